using DiffCompile.Model.Catalogs;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

public class SyntheticCatalogTests
{
    private const double L = BolshoiPlanckHosts.BoxSizeMpcPerH;

    private static HaloCatalog Make(SyntheticCatalogOptions? options = null)
        => new SyntheticCatalog(options).ReadAll();

    private static int[] BinCounts(HaloCatalog catalog)
    {
        var counts = new int[30];
        foreach (var mass in catalog.Halos.MassMsunPerH)
        {
            counts[(int)((Math.Log10(mass) - 10.667758) / ((15.104461 - 10.667758) / 30))]++;
        }

        return counts;
    }

    /// <summary>The 30 host counts of Bolshoi-Planck, 997,674 in all, in 250 Mpc/h.</summary>
    [Fact]
    public void The_whole_catalog_has_the_host_counts_of_Bolshoi_Planck()
    {
        var log = new ProgressLog();
        var catalog = new SyntheticCatalog().ReadAll(log);

        catalog.Count.ShouldBe(997_674);
        BinCounts(catalog).ShouldBe(
        [
            256180, 189817, 142170, 105774, 79053, 58742, 43720, 32402, 23764, 17515, 13422, 9647, 7239, 5188, 3847,
            2704, 2012, 1378, 1018, 720, 497, 305, 229, 150, 79, 54, 33, 12, 1, 2,
        ]);
        catalog.Box.ShouldBe(new SimulationBox(250, BoxOrigin.StatedByCatalog));
        catalog.VolumeFilledFraction.ShouldBeInRange(0.9999, 1.0);
        catalog.HostsOnly().Count.ShouldBe(997_674);
        catalog.Halos.Columns.ShouldBe(HaloColumns.All);
        log.Reports[^1].ShouldBe(new CatalogProgress(997_674, 997_674, 997_674));
    }

    [Fact]
    public void A_fraction_keeps_the_shape_of_the_counts()
    {
        var catalog = Make(new() { Fraction = 0.01 });

        catalog.Count.ShouldBe(9977);
        var counts = BinCounts(catalog);
        for (var bin = 0; bin < counts.Length; bin++)
        {
            Math.Abs(counts[bin] - (BolshoiPlanckHosts.Counts[bin] * 9977.0 / 997_674)).ShouldBeLessThan(1.0);
        }

        Make(new() { HaloCount = 1 }).Count.ShouldBe(1);
        BolshoiPlanckHosts.Apportion(int.MaxValue).Sum(share => (long)share).ShouldBe(int.MaxValue);
    }

    [Theory]
    [InlineData(SyntheticPositions.Uniform)]
    [InlineData(SyntheticPositions.Clustered)]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads(SyntheticPositions positions)
    {
        var one = Make(new() { HaloCount = 40_000, Positions = positions, Parallelism = 1 }).Halos;
        var many = Make(new() { HaloCount = 40_000, Positions = positions, Parallelism = 7 }).Halos;
        var other = Make(new() { HaloCount = 40_000, Positions = positions, Seed = 2 }).Halos;

        Bits(many).ShouldBe(Bits(one));
        Bits(other).Zip(Bits(one)).Count(pair => pair.First == pair.Second).ShouldBe(0);

        static List<double> Bits(HaloBatch halos) =>
        [
            .. halos.MassMsunPerH, .. halos.XMpcPerH, .. halos.YMpcPerH, .. halos.ZMpcPerH,
            .. halos.ScaleRadiusKpcPerH, .. halos.Concentration,
        ];
    }

    [Fact]
    public void Every_halo_has_its_own_number_and_masses_are_mixed()
    {
        var halos = Make(new() { HaloCount = 20_000 }).Halos;

        halos.Id.ToArray().ShouldBe(Enumerable.Range(0, 20_000).Select(i => (long)i));
        halos.MassMsunPerH.ToArray().Distinct().Count().ShouldBe(20_000);
        var firstThousand = halos.MassMsunPerH[..1000].ToArray().Average(Math.Log10);
        firstThousand.ShouldBe(halos.MassMsunPerH.ToArray().Average(Math.Log10), 0.02);
    }

    /// <summary>
    /// The masses of a bin follow a power law between its edges: their mean fraction of the way through, for a density that
    /// rises by e^k, is 1/(1 − e^−k) − 1/k.
    /// </summary>
    [Fact]
    public void Masses_fall_off_inside_a_bin_as_between_its_neighbours()
    {
        var k = Math.Log(142170.0 / 256180.0) / 2;
        var fractions = Make(new() { Fraction = 0.2 }).Halos.MassMsunPerH.ToArray()
            .Select(mass => (Math.Log10(mass) - 10.667758) / ((15.104461 - 10.667758) / 30) - 1)
            .Where(fraction => fraction is >= 0 and < 1).ToArray();

        fractions.Length.ShouldBeInRange(37_963, 37_964);
        fractions.Average().ShouldBe((1 / (1 - Math.Exp(-k))) - (1 / k), 5 * Math.Sqrt(1.0 / 12 / fractions.Length));
        fractions.Average().ShouldBeLessThan(0.5 - (5 * Math.Sqrt(1.0 / 12 / fractions.Length)));
    }

    [Fact]
    public void Concentrations_scatter_about_the_published_relation()
    {
        var halos = Make(new() { HaloCount = 50_000, ConcentrationScatterDex = 0.16 }).Halos;
        var deviations = new double[halos.Count];
        for (var i = 0; i < deviations.Length; i++)
        {
            deviations[i] = Math.Log10(halos.Concentration[i]) - (1.025 - (0.097 * (Math.Log10(halos.MassMsunPerH[i]) - 12)));
            (halos.RadiusKpcPerH[i] / halos.ScaleRadiusKpcPerH[i]).ShouldBe(halos.Concentration[i], 1e-12 * halos.Concentration[i]);
        }

        deviations.Average().ShouldBe(0, 5 * 0.16 / Math.Sqrt(deviations.Length));
        Math.Sqrt(deviations.Average(d => d * d)).ShouldBe(0.16, 5 * 0.16 / Math.Sqrt(2.0 * deviations.Length));
        HaloStructure.MedianConcentration(1e12).ShouldBe(10.5925, 1e-4);
    }

    /// <summary>Mean density of a sphere of the virial radius, by hand: Δ = 102.1 for Ωm = 0.307.</summary>
    [Fact]
    public void Virial_radii_enclose_the_virial_overdensity()
    {
        HaloStructure.VirialOverdensity(1.0).ShouldBe(18 * Math.PI * Math.PI, 1e-12);
        HaloStructure.VirialOverdensity(0.307).ShouldBe(102.098, 1e-3);
        var halos = Make(new() { HaloCount = 100 }).Halos;
        for (var i = 0; i < halos.Count; i++)
        {
            var density = halos.MassMsunPerH[i] / (4 * Math.PI / 3 * Math.Pow(halos.RadiusKpcPerH[i] / 1000, 3));
            (density / 2.77536627e11).ShouldBe(HaloStructure.VirialOverdensity(0.307), 1e-9);
        }
    }

    [Theory]
    [InlineData(SyntheticPositions.Uniform)]
    [InlineData(SyntheticPositions.Clustered)]
    public void Positions_lie_in_the_box_and_fill_it_evenly_along_each_axis(SyntheticPositions positions)
    {
        var halos = Make(new() { HaloCount = 100_000, Positions = positions }).Halos;
        foreach (var axis in new[] { halos.XMpcPerH.ToArray(), halos.YMpcPerH.ToArray(), halos.ZMpcPerH.ToArray() })
        {
            axis.Min().ShouldBeInRange(0, 0.1);
            axis.Max().ShouldBeInRange(L - 0.1, L);
            axis.Max().ShouldBeLessThan(L);

            // Standard error of the mean: of 5000 independent centres for clusters, of each halo otherwise.
            var independent = positions == SyntheticPositions.Clustered ? 5000 : axis.Length;
            axis.Average().ShouldBe(L / 2, 5 * L / Math.Sqrt(12.0 * independent));
        }
    }

    /// <summary>Pairs closer than 10 Mpc/h against the integral of the Thomas process, and against none for uniform positions.</summary>
    [Fact]
    public void Clustered_positions_have_the_stated_pair_excess()
    {
        const double RMax = 10;
        const double Sigma = 3.5;
        const int N = 20_000;
        var uniformPairs = 0.5 * N * (N - 1) * (4 * Math.PI / 3 * Math.Pow(RMax, 3)) / Math.Pow(L, 3);

        // Pairs of one cluster: N²/2 × 1/5000, of which those closer than RMax by the Maxwell distribution of width √2 σ.
        var s = Math.Sqrt(2) * Sigma;
        const int Steps = 1000;
        var closer = 0.0;
        for (var i = 0; i < Steps; i++)
        {
            var r = (i + 0.5) * RMax / Steps;
            closer += RMax / Steps * Math.Sqrt(2 / Math.PI) * r * r / Math.Pow(s, 3) * Math.Exp(-r * r / (2 * s * s));
        }

        var clusteredPairs = uniformPairs + (0.5 * N * (N - 1) / 5000.0 * closer);

        // Uniform: Poisson. Clustered: the number of pairs in a box varies by more; two tenths of the excess allow for it.
        Pairs(SyntheticPositions.Uniform).ShouldBe(uniformPairs, 5 * Math.Sqrt(uniformPairs));
        Pairs(SyntheticPositions.Clustered).ShouldBe(clusteredPairs, 0.2 * (clusteredPairs - uniformPairs));

        static double Pairs(SyntheticPositions positions)
        {
            var halos = Make(new() { HaloCount = N, Positions = positions }).Halos;
            var cells = new Dictionary<(int, int, int), List<int>>();
            const int Side = (int)(L / RMax);
            for (var i = 0; i < N; i++)
            {
                var cell = ((int)(halos.XMpcPerH[i] / RMax), (int)(halos.YMpcPerH[i] / RMax), (int)(halos.ZMpcPerH[i] / RMax));
                (cells.TryGetValue(cell, out var list) ? list : cells[cell] = []).Add(i);
            }

            var pairs = 0;
            foreach (var ((cx, cy, cz), members) in cells)
            {
                for (var d = 0; d < 27; d++)
                {
                    var neighbour = (Turn(cx + (d % 3) - 1), Turn(cy + (d / 3 % 3) - 1), Turn(cz + (d / 9) - 1));
                    if (!cells.TryGetValue(neighbour, out var others))
                    {
                        continue;
                    }

                    foreach (var i in members)
                    {
                        foreach (var j in others)
                        {
                            var dx = Gap(halos.XMpcPerH[i], halos.XMpcPerH[j]);
                            var dy = Gap(halos.YMpcPerH[i], halos.YMpcPerH[j]);
                            var dz = Gap(halos.ZMpcPerH[i], halos.ZMpcPerH[j]);
                            pairs += i < j && (dx * dx) + (dy * dy) + (dz * dz) < RMax * RMax ? 1 : 0;
                        }
                    }
                }
            }

            return pairs;

            static int Turn(int cell) => (cell + Side) % Side;

            static double Gap(double a, double b) => Math.IEEERemainder(a - b, L);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { HaloCount = 0 }).Message.ShouldContain("at least 1");
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { Fraction = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { Fraction = 1.5 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { Fraction = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { ConcentrationScatterDex = -0.1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { ClusterCount = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { ClusterSpreadMpcPerH = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SyntheticCatalogOptions { Parallelism = 0 });
    }
}
