namespace DiffCompile.Model.Catalogs;

/// <summary>Smallest axis-parallel box that holds a set of halo coordinates, comoving Mpc/h.</summary>
/// <param name="MinX">Lowest x.</param>
/// <param name="MaxX">Highest x.</param>
/// <param name="MinY">Lowest y.</param>
/// <param name="MaxY">Highest y.</param>
/// <param name="MinZ">Lowest z.</param>
/// <param name="MaxZ">Highest z.</param>
public readonly record struct CoordinateBounds(double MinX, double MaxX, double MinY, double MaxY, double MinZ, double MaxZ)
{
    /// <summary>The bounds of no coordinates at all: the neutral element of <see cref="Include(HaloBatch)"/>.</summary>
    public static CoordinateBounds Empty { get; } = new(
        double.PositiveInfinity, double.NegativeInfinity,
        double.PositiveInfinity, double.NegativeInfinity,
        double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Whether no coordinate has been included.</summary>
    public bool IsEmpty => MinX > MaxX;

    /// <summary>Comoving volume, (Mpc/h)³; zero when empty.</summary>
    public double VolumeMpcPerHCubed => IsEmpty ? 0.0 : (MaxX - MinX) * (MaxY - MinY) * (MaxZ - MinZ);

    /// <summary>These bounds, widened to hold the halos of <paramref name="halos"/>. Made for use while streaming.</summary>
    public CoordinateBounds Include(HaloBatch halos)
    {
        ArgumentNullException.ThrowIfNull(halos);
        var (minX, maxX) = Widen(MinX, MaxX, halos.XMpcPerH);
        var (minY, maxY) = Widen(MinY, MaxY, halos.YMpcPerH);
        var (minZ, maxZ) = Widen(MinZ, MaxZ, halos.ZMpcPerH);
        return new CoordinateBounds(minX, maxX, minY, maxY, minZ, maxZ);
    }

    /// <summary>Volume of these bounds over the volume of <paramref name="box"/>; near 1 for a catalog that fills its box.</summary>
    public double VolumeFilledFraction(SimulationBox box) => VolumeMpcPerHCubed / box.VolumeMpcPerHCubed;

    private static (double Min, double Max) Widen(double min, double max, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return (min, max);
    }
}
