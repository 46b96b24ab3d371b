namespace DiffCompile.Model.Catalogs;

/// <summary>A halo catalog in memory.</summary>
public sealed class HaloCatalog
{
    /// <summary>Joins what a catalog says about itself with its halos.</summary>
    /// <param name="metadata">Its box is taken over; without one, the box is assumed from the coordinates.</param>
    /// <param name="halos">The halos; positions are needed.</param>
    /// <exception cref="InvalidOperationException">No box is stated and none can be assumed (<see cref="SimulationBox.Assume"/>).</exception>
    public HaloCatalog(HaloCatalogMetadata metadata, HaloBatch halos)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(halos);
        Halos = halos;
        Bounds = CoordinateBounds.Empty.Include(halos);
        Box = metadata.Box ?? SimulationBox.Assume(Bounds);
        Metadata = metadata with { HaloCount = halos.Count, Columns = halos.Columns };
    }

    /// <summary>What the catalog says about itself.</summary>
    public HaloCatalogMetadata Metadata { get; }

    /// <summary>All halos.</summary>
    public HaloBatch Halos { get; }

    /// <summary>Number of halos.</summary>
    public int Count => Halos.Count;

    /// <summary>Bounding box of the halos' coordinates.</summary>
    public CoordinateBounds Bounds { get; }

    /// <summary>
    /// The simulation box: stated, or else the smallest one of whole Mpc/h that holds every coordinate
    /// (then <see cref="SimulationBox.Origin"/> is <see cref="BoxOrigin.Assumed"/>).
    /// </summary>
    public SimulationBox Box { get; }

    /// <summary>
    /// Volume of <see cref="Bounds"/> over the volume of <see cref="Box"/>. Well below 1, the halos are a part of the
    /// simulation only, and dividing their number by the box's volume gives no density.
    /// </summary>
    public double VolumeFilledFraction => Bounds.VolumeFilledFraction(Box);

    /// <summary>
    /// Gathers a stream of batches. Where no box is stated, it is assumed from these halos only: filter the catalog
    /// instead of the stream to have it assumed from all of them.
    /// </summary>
    /// <exception cref="ArgumentException">The batches do not all have the same columns.</exception>
    /// <exception cref="OverflowException">There are more halos than one array can hold.</exception>
    public static HaloCatalog FromBatches(HaloCatalogMetadata metadata, IEnumerable<HaloBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(batches);
        var parts = batches.ToArray();
        var columns = parts.Length > 0 ? parts[0].Columns : metadata.Columns;
        if (Array.Exists(parts, part => part.Columns != columns))
        {
            throw new ArgumentException("Some batches have other columns than the first; expected the same in all.", nameof(batches));
        }

        var count = 0;
        foreach (var part in parts)
        {
            count = checked(count + part.Count);
        }

        var reals = new double[]?[HaloFields.RealCount];
        for (var field = (HaloField)0; field.IsReal(); field++)
        {
            var f = field;
            reals[(int)f] = columns.HasFlag(f.Column()) ? Join(parts, count, part => part.Real(f)) : null;
        }

        var ids = columns.HasFlag(HaloColumns.Id) ? Join(parts, count, part => part.Id) : null;
        var parentIds = columns.HasFlag(HaloColumns.ParentId) ? Join(parts, count, part => part.ParentId) : null;
        return new HaloCatalog(metadata, new HaloBatch(count, reals, ids, parentIds));
    }

    /// <summary>The hosts of this catalog, in the same box (see <see cref="HaloSelection.HostRows"/>).</summary>
    public HaloCatalog HostsOnly() => With(HaloSelection.HostRows(Halos));

    /// <summary>The halos inside <paramref name="region"/>, in the same box.</summary>
    public HaloCatalog Within(CatalogRegion region) => With(HaloSelection.RowsWithin(Halos, region));

    private HaloCatalog With(int[] rows) => new(Metadata with { Box = Box }, Halos.Select(rows));

    private static T[] Join<T>(HaloBatch[] parts, int count, Func<HaloBatch, ReadOnlySpan<T>> column)
    {
        var all = GC.AllocateUninitializedArray<T>(count);
        var next = 0;
        foreach (var part in parts)
        {
            column(part).CopyTo(all.AsSpan(next));
            next += part.Count;
        }

        return all;
    }
}
