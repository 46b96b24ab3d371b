namespace DiffCompile.Model.Catalogs;

/// <summary>How a catalog is read. The defaults read every known column.</summary>
public sealed record HaloReaderOptions
{
    private readonly double? boxSizeMpcPerH;
    private readonly int parallelism = Math.Min(4, Environment.ProcessorCount);
    private readonly int blockBytes = 1 << 20;

    /// <summary>
    /// The columns to read; fewer are faster. Mass and position are always read, others only where the catalog has them.
    /// </summary>
    public HaloColumns Columns { get; init; } = HaloColumns.All;

    /// <summary>Which columns of a text format hold what, where the names that are looked for by default do not fit.</summary>
    public HaloColumnNames Names { get; init; } = new();

    /// <summary>Side of the simulation box, comoving Mpc/h. Takes the place of what the catalog states.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above zero.</exception>
    public double? BoxSizeMpcPerH
    {
        get => boxSizeMpcPerH;
        init => boxSizeMpcPerH = value is null or (> 0.0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BoxSizeMpcPerH), value, "Expected a finite box size above 0 Mpc/h.");
    }

    /// <summary>How many blocks of text are parsed at the same time. The result does not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Parallelism
    {
        get => parallelism;
        init => parallelism = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Parallelism), value, "Expected at least 1.");
    }

    /// <summary>Bytes of text per batch. About twice <see cref="Parallelism"/> blocks, and their halos, are in memory at a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 16.</exception>
    public int BlockBytes
    {
        get => blockBytes;
        init => blockBytes = value >= 16
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BlockBytes), value, "Expected at least 16 bytes.");
    }

    /// <summary>The box to put into the metadata of a catalog that states <paramref name="stated"/>.</summary>
    internal SimulationBox? BoxOr(double? stated)
    {
        if (BoxSizeMpcPerH is { } fromCaller)
        {
            return new SimulationBox(fromCaller, BoxOrigin.StatedByCaller);
        }

        return stated is { } fromCatalog ? new SimulationBox(fromCatalog, BoxOrigin.StatedByCatalog) : null;
    }
}
