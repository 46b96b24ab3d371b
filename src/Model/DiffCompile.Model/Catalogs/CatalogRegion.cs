using System.Globalization;

namespace DiffCompile.Model.Catalogs;

/// <summary>
/// An axis-parallel block of space, comoving Mpc/h. Lower faces belong to it, upper faces do not, so that blocks that
/// touch share no halo.
/// </summary>
public readonly record struct CatalogRegion
{
    /// <summary>The block [x0, x1) × [y0, y1) × [z0, z1).</summary>
    /// <exception cref="ArgumentException">A bound is not finite, or an axis has no extent.</exception>
    public CatalogRegion(double x0, double x1, double y0, double y1, double z0, double z1)
    {
        Check(x0, x1, "x");
        Check(y0, y1, "y");
        Check(z0, z1, "z");
        (X0, X1, Y0, Y1, Z0, Z1) = (x0, x1, y0, y1, z0, z1);
    }

    /// <summary>Lower bound of x, included.</summary>
    public double X0 { get; }

    /// <summary>Upper bound of x, excluded.</summary>
    public double X1 { get; }

    /// <summary>Lower bound of y, included.</summary>
    public double Y0 { get; }

    /// <summary>Upper bound of y, excluded.</summary>
    public double Y1 { get; }

    /// <summary>Lower bound of z, included.</summary>
    public double Z0 { get; }

    /// <summary>Upper bound of z, excluded.</summary>
    public double Z1 { get; }

    /// <summary>Comoving volume, (Mpc/h)³.</summary>
    public double VolumeMpcPerHCubed => (X1 - X0) * (Y1 - Y0) * (Z1 - Z0);

    /// <summary>Reads the form <c>x0:x1,y0:y1,z0:z1</c>, with a point for the decimals in every language.</summary>
    /// <exception cref="FormatException">The text has another form, or an axis has no extent.</exception>
    public static CatalogRegion Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var axes = text.Split(',');
        if (axes.Length != 3)
        {
            throw Malformed(text, $"{axes.Length} part(s) between commas, not 3");
        }

        Span<double> bounds = stackalloc double[6];
        for (var axis = 0; axis < 3; axis++)
        {
            var ends = axes[axis].Split(':');
            if (ends.Length != 2)
            {
                throw Malformed(text, $"'{axes[axis]}' is not a pair of numbers with a colon between");
            }

            for (var end = 0; end < 2; end++)
            {
                if (!double.TryParse(ends[end], NumberStyles.Float, CultureInfo.InvariantCulture, out bounds[(2 * axis) + end]))
                {
                    throw Malformed(text, $"'{ends[end]}' is not a number");
                }
            }
        }

        try
        {
            return new CatalogRegion(bounds[0], bounds[1], bounds[2], bounds[3], bounds[4], bounds[5]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"The region '{text}' is empty or unbounded. {e.Message}", e);
        }
    }

    /// <summary>Whether the point lies inside.</summary>
    public bool Contains(double xMpcPerH, double yMpcPerH, double zMpcPerH)
        => xMpcPerH >= X0 && xMpcPerH < X1 && yMpcPerH >= Y0 && yMpcPerH < Y1 && zMpcPerH >= Z0 && zMpcPerH < Z1;

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => FormattableString.Invariant($"{X0}:{X1},{Y0}:{Y1},{Z0}:{Z1}");

    private static void Check(double lower, double upper, string axis)
    {
        if (!double.IsFinite(lower) || !double.IsFinite(upper) || lower >= upper)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The region runs from {axis} = {lower} to {upper} Mpc/h; expected two finite bounds, the lower one first."));
        }
    }

    private static FormatException Malformed(string text, string reason)
        => new($"The region '{text}' cannot be read: {reason}; expected x0:x1,y0:y1,z0:z1 in Mpc/h, for example 0:256,0:128,0:128.");
}
