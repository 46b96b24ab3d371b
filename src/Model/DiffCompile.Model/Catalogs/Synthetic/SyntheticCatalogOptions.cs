namespace DiffCompile.Model.Catalogs;

/// <summary>How the halos of a synthetic catalog lie in space. Neither depends on mass.</summary>
public enum SyntheticPositions
{
    /// <summary>Independent and uniform in the box: no clustering.</summary>
    Uniform,

    /// <summary>
    /// Around cluster centres that are uniform in the box; each halo belongs to any one of them and lies at a Gaussian
    /// distance along every axis (M. Thomas, Biometrika 36, 18, 1949), periodic. With n centres per volume and the standard
    /// deviation σ, pairs of halos are in excess by ξ(r) = exp(−r²/4σ²) / ((4πσ²)^(3/2) n) on average.
    /// The defaults give ξ = 1 near 5 Mpc/h, as galaxies have, but not their power law.
    /// </summary>
    Clustered,
}

/// <summary>What a synthetic catalog is made of.</summary>
public sealed record SyntheticCatalogOptions
{
    private readonly int haloCount = BolshoiPlanckHosts.TotalCount;
    private readonly double concentrationScatterDex = HaloStructure.ConcentrationScatterDex;
    private readonly int clusterCount = 5000;
    private readonly double clusterSpreadMpcPerH = 3.5;
    private readonly int parallelism = Environment.ProcessorCount;

    /// <summary>Names the one catalog out of 2^64.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Number of halos, shared out among the mass bins by <see cref="BolshoiPlanckHosts.Apportion"/>. The box stays the same,
    /// so that the number density is in proportion.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int HaloCount
    {
        get => haloCount;
        init => haloCount = value >= 1 ? value : throw OutOfRange(nameof(HaloCount), value, "at least 1");
    }

    /// <summary>Sets <see cref="HaloCount"/> as a fraction of the hosts of Bolshoi-Planck, rounded to whole halos, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number in (0, 1].</exception>
    public double Fraction
    {
        get => (double)HaloCount / BolshoiPlanckHosts.TotalCount;
        init => haloCount = value is > 0.0 and <= 1.0
            ? Math.Max(1, (int)Math.Round(value * BolshoiPlanckHosts.TotalCount))
            : throw OutOfRange(nameof(Fraction), value, "a number above 0 and not above 1");
    }

    /// <summary>How the halos lie in space.</summary>
    public SyntheticPositions Positions { get; init; } = SyntheticPositions.Uniform;

    /// <summary>Standard deviation of lg c about <see cref="HaloStructure.MedianConcentration"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number of zero or more.</exception>
    public double ConcentrationScatterDex
    {
        get => concentrationScatterDex;
        init => concentrationScatterDex = value is >= 0.0 and < double.PositiveInfinity
            ? value
            : throw OutOfRange(nameof(ConcentrationScatterDex), value, "a finite number of zero or more");
    }

    /// <summary>Number of cluster centres in the box, for <see cref="SyntheticPositions.Clustered"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int ClusterCount
    {
        get => clusterCount;
        init => clusterCount = value >= 1 ? value : throw OutOfRange(nameof(ClusterCount), value, "at least 1");
    }

    /// <summary>Standard deviation σ along each axis about a centre, Mpc/h, for <see cref="SyntheticPositions.Clustered"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above zero.</exception>
    public double ClusterSpreadMpcPerH
    {
        get => clusterSpreadMpcPerH;
        init => clusterSpreadMpcPerH = value is > 0.0 and < double.PositiveInfinity
            ? value
            : throw OutOfRange(nameof(ClusterSpreadMpcPerH), value, "a finite length above 0 Mpc/h");
    }

    /// <summary>Threads at work. The catalog does not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Parallelism
    {
        get => parallelism;
        init => parallelism = value >= 1 ? value : throw OutOfRange(nameof(Parallelism), value, "at least 1");
    }

    private static ArgumentOutOfRangeException OutOfRange(string name, object value, string expected)
        => new(name, value, $"Expected {expected}.");
}
