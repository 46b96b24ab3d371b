using System.Globalization;
using System.Text.Json.Nodes;
using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;
using DiffCompile.Samples.HaloOccupation;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Samples.Tests.HaloOccupation;

/// <summary>The derivatives against formulas worked out by hand, and against differences of whole runs.</summary>
public class DerivativeTests
{
    private const string Pinocchio = "data/halos/pinocchio-256-z0.catalog.out";
    private const string Rockstar = "data/halos/hodtools-rockstar-z0.dat";

    public static TheoryData<string, string, string> Runs()
    {
        var runs = new TheoryData<string, string, string>();
        foreach (var (threshold, _) in Zheng07Samples.All)
        {
            string sample = threshold.ToString(CultureInfo.InvariantCulture);
            runs.Add(Pinocchio, "pinocchio", sample);
            runs.Add(Rockstar, "rockstar", sample);
        }

        return runs;
    }

    [SharedDataTheory(Pinocchio, Rockstar)]
    [MemberData(nameof(Runs))]
    public void Agree_with_the_formulas_to_1e_12(string catalog, string format, string sample)
    {
        JsonObject json = SampleRun.Json("--catalog", SharedData.PathOf(catalog), "--format", format, "--sample", sample);

        double[] expected = ByHand(Hosts(catalog, format), Zheng07Samples.ForThreshold(double.Parse(sample, CultureInfo.InvariantCulture)));
        double[] derivatives = json.PerParameter("dlnDensity");
        for (int i = 0; i < expected.Length; i++)
        {
            derivatives[i].ShouldBe(expected[i], 1e-12 * Math.Abs(expected[i]), ParameterChanges.Names[i]);
        }
    }

    [SharedDataTheory(Pinocchio, Rockstar)]
    [InlineData(Pinocchio, "pinocchio", "-20")]
    [InlineData(Pinocchio, "pinocchio", "-21")]
    [InlineData(Rockstar, "rockstar", "-20")]
    [InlineData(Rockstar, "rockstar", "-21")]
    public void Agree_with_differences_of_whole_runs_to_1e_7(string catalog, string format, string sample)
    {
        string[] arguments = ["--catalog", SharedData.PathOf(catalog), "--format", format, "--sample", sample];
        JsonObject json = SampleRun.Json(arguments);
        double[] parameters = json.PerParameter("parameters");
        double[] derivatives = json.PerParameter("dlnDensity");
        for (int i = 0; i < parameters.Length; i++)
        {
            // What a central difference leaves is h²/6 of a third derivative, 1e-8 of the first here, and rounding, 1e-11.
            // A step of the cut M0 must not cross a halo, where the second derivative is infinite: the least massive
            // halos of Pinocchio lie 4e-4 dex above the cut of the sample -21.
            const double Step = 3e-5;
            double difference = (LogGalaxies(i, Step) - LogGalaxies(i, -Step)) / (2.0 * Step);
            derivatives[i].ShouldBe(difference, 1e-7 * Math.Abs(difference), ParameterChanges.Names[i]);
        }

        double LogGalaxies(int i, double step)
        {
            string value = (parameters[i] + step).ToString(CultureInfo.InvariantCulture);
            JsonObject shifted = SampleRun.Json([.. arguments, "--set", $"{ParameterChanges.Names[i]}={value}"]);
            return Math.Log(shifted.Number("sumCentrals") + shifted.Number("sumSatellitesModulated"));
        }
    }

    [SharedDataTheory(Pinocchio, Rockstar)]
    [InlineData(Pinocchio, CatalogFormat.Pinocchio, -20.0)]
    [InlineData(Pinocchio, CatalogFormat.Pinocchio, -21.0)]
    [InlineData(Rockstar, CatalogFormat.Rockstar, -20.0)]
    [InlineData(Rockstar, CatalogFormat.Rockstar, -21.0)]
    public void Agree_with_the_column_beside_them_to_1e_7(string catalog, CatalogFormat format, double sample)
    {
        Summary summary = OccupationRun.Execute(new Options
        {
            Catalog = SharedData.PathOf(catalog),
            Format = format,
            Sample = sample,
            Parameters = Zheng07Samples.ForThreshold(sample),
        });

        double[] derivatives = ParameterChanges.Values(summary.Result.DlnDensity);
        double[] column = ParameterChanges.Values(summary.FiniteDifferences);
        for (int i = 0; i < column.Length; i++)
        {
            column[i].ShouldNotBe(derivatives[i]);
            column[i].ShouldBe(derivatives[i], 1e-7 * Math.Abs(derivatives[i]), ParameterChanges.Names[i]);
        }
    }

    [Fact]
    public void A_halo_at_or_below_the_cut_adds_only_its_central()
    {
        Zheng07Parameters p = Zheng07Samples.ForThreshold(-18.0);
        foreach (double logM in new[] { p.LogM0, p.LogM0 - 0.5 })
        {
            var (value, gradient) = GalaxyCount.MeanGalaxiesValueAndGradient(logM, p);
            value.ShouldBe(Zheng07.MeanCentral(logM, p.LogMmin, p.SigmaLogM));
            gradient.LogMmin.ShouldBeLessThan(0.0);
            (gradient.LogM0, gradient.LogM1, gradient.Alpha).ShouldBe((0.0, 0.0, 0.0));
        }
    }

    private static double[] Hosts(string catalog, string format)
    {
        CatalogFormat kind = Enum.Parse<CatalogFormat>(format, ignoreCase: true);
        return [.. HaloCatalogReaders.Open(SharedData.PathOf(catalog), kind).ReadAll().HostsOnly().Halos.MassMsunPerH];
    }

    /// <summary>
    /// ∂ ln N/∂θ of N = Σ C (1 + S), C = ½ erfc(−z), z = (x − x_min)/σ, S = r^α, r = (M − M0)/M1, with the derivatives
    /// C′ = exp(−z²)/√π, ∂z/∂x_min = −1/σ, ∂z/∂σ = −z/σ, ∂r/∂x_0 = −ln(10) M0/M1, ∂r/∂x_1 = −ln(10) r.
    /// </summary>
    private static double[] ByHand(double[] masses, Zheng07Parameters p)
    {
        double ln10 = Math.Log(10.0);
        var terms = new List<double>[6];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = new List<double>(masses.Length);
        }

        foreach (double mass in masses)
        {
            double x = Math.Log10(mass);
            double z = (x - p.LogMmin) / p.SigmaLogM;
            double c = Zheng07.MeanCentral(x, p.LogMmin, p.SigmaLogM);
            double bell = Math.Exp(-z * z) / (Math.Sqrt(Math.PI) * p.SigmaLogM);
            double s = Zheng07.MeanSatellite(x, p.LogM0, p.LogM1, p.Alpha);
            terms[0].Add(c * (1.0 + s));
            terms[1].Add(-bell * (1.0 + s));
            terms[2].Add(-bell * z * (1.0 + s));
            if (s > 0.0)
            {
                double cutOverMass = Math.Exp(ln10 * (p.LogM0 - x));
                double aboveCut = -double.ExpM1(ln10 * (p.LogM0 - x));
                double logRatio = (ln10 * (x - p.LogM1)) + double.LogP1(-cutOverMass);
                terms[3].Add(-c * s * p.Alpha * ln10 * cutOverMass / aboveCut);
                terms[4].Add(-c * s * p.Alpha * ln10);
                terms[5].Add(c * s * logRatio);
            }
        }

        double galaxies = PairwiseSum(terms[0]);
        return [.. terms[1..].Select(t => PairwiseSum(t) / galaxies)];
    }

    private static double PairwiseSum(List<double> terms)
    {
        return Sum(0, terms.Count);

        double Sum(int first, int end) => (end - first) switch
        {
            0 => 0.0,
            1 => terms[first],
            _ => Sum(first, (first + end) / 2) + Sum((first + end) / 2, end),
        };
    }
}
