namespace DiffCompile.Model.Catalogs;

/// <summary>Who says how large the simulation box is.</summary>
public enum BoxOrigin
{
    /// <summary>The catalog's own header.</summary>
    StatedByCatalog,

    /// <summary>The caller, in the reader's options.</summary>
    StatedByCaller,

    /// <summary>Nobody: the smallest box of whole Mpc/h that holds every coordinate.</summary>
    Assumed,
}

/// <summary>The cubic box [0, L]³ of a simulation.</summary>
/// <param name="SizeMpcPerH">Its side L, comoving Mpc/h.</param>
/// <param name="Origin">Who says so.</param>
public readonly record struct SimulationBox(double SizeMpcPerH, BoxOrigin Origin)
{
    /// <summary>Comoving volume, (Mpc/h)³.</summary>
    public double VolumeMpcPerHCubed => SizeMpcPerH * SizeMpcPerH * SizeMpcPerH;

    /// <summary>The smallest box of whole Mpc/h that holds every coordinate within <paramref name="bounds"/>; at least 1 Mpc/h.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is no coordinate to go by, or one is negative: a box that starts at 0 then holds them at no size.
    /// </exception>
    public static SimulationBox Assume(CoordinateBounds bounds)
    {
        if (bounds.IsEmpty)
        {
            throw new InvalidOperationException("The catalog states no box and holds no halo to assume one from; state the box size.");
        }

        var lowest = Math.Min(bounds.MinX, Math.Min(bounds.MinY, bounds.MinZ));
        if (lowest < 0.0)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The catalog states no box and has a coordinate of {lowest} Mpc/h; expected 0 or more. State the box size, or shift the coordinates."));
        }

        var highest = Math.Max(bounds.MaxX, Math.Max(bounds.MaxY, bounds.MaxZ));
        return new SimulationBox(Math.Max(1.0, Math.Ceiling(highest)), BoxOrigin.Assumed);
    }
}
