namespace DiffCompile.Model.Catalogs;

/// <summary>How far a reader has come.</summary>
/// <param name="HalosRead">Halos handed out so far.</param>
/// <param name="UnitsDone">Work done so far: bytes of a file, halos of a synthetic catalog.</param>
/// <param name="UnitsTotal">The same at the end, where it is known beforehand.</param>
public readonly record struct CatalogProgress(long HalosRead, long UnitsDone, long? UnitsTotal)
{
    /// <summary>Work done as a fraction in [0, 1], where the total is known.</summary>
    public double? Fraction => UnitsTotal is > 0 and var total ? Math.Min(1.0, (double)UnitsDone / total) : null;
}
