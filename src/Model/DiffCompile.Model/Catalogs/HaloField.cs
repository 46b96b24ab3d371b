using System.Globalization;

namespace DiffCompile.Model.Catalogs;

/// <summary>One value per halo. Real-valued fields come first, so that a field is also the index of its array.</summary>
internal enum HaloField
{
    Mass,
    X,
    Y,
    Z,
    Radius,
    ScaleRadius,
    Concentration,
    Id,
    ParentId,
}

/// <summary>What is known about each field: its name in messages, its flag, and which values are possible.</summary>
internal static class HaloFields
{
    /// <summary>Number of real-valued fields.</summary>
    public const int RealCount = (int)HaloField.Concentration + 1;

    /// <summary>Number of fields.</summary>
    public const int Count = (int)HaloField.ParentId + 1;

    /// <summary>
    /// Catalogs print coordinates and box sizes with few digits, so that a halo at the very edge may lie outside by rounding.
    /// </summary>
    private const double RelativeEdgeTolerance = 1e-6;

    public static bool IsReal(this HaloField field) => (int)field < RealCount;

    public static bool IsCoordinate(this HaloField field) => field is HaloField.X or HaloField.Y or HaloField.Z;

    public static HaloColumns Column(this HaloField field) => field switch
    {
        HaloField.Mass => HaloColumns.Mass,
        HaloField.X or HaloField.Y or HaloField.Z => HaloColumns.Position,
        HaloField.Radius => HaloColumns.Radius,
        HaloField.ScaleRadius => HaloColumns.ScaleRadius,
        HaloField.Concentration => HaloColumns.Concentration,
        HaloField.Id => HaloColumns.Id,
        _ => HaloColumns.ParentId,
    };

    /// <summary>Name of the field with its unit, as in the public members.</summary>
    public static string Label(this HaloField field) => field switch
    {
        HaloField.Mass => "mass (Msun/h)",
        HaloField.X => "x (Mpc/h)",
        HaloField.Y => "y (Mpc/h)",
        HaloField.Z => "z (Mpc/h)",
        HaloField.Radius => "radius (kpc/h)",
        HaloField.ScaleRadius => "scale radius (kpc/h)",
        HaloField.Concentration => "concentration",
        HaloField.Id => "halo id",
        _ => "parent id",
    };

    /// <summary>Whether <paramref name="value"/> can stand in a catalog; NaN and infinities never can.</summary>
    /// <param name="field">A real-valued field.</param>
    /// <param name="value">The value, in the unit of <see cref="Label"/>.</param>
    /// <param name="boxSizeMpcPerH">Side of the box, or positive infinity where none is stated.</param>
    public static bool Accepts(this HaloField field, double value, double boxSizeMpcPerH) => field switch
    {
        HaloField.Mass or HaloField.Concentration => value > 0.0 && value < double.PositiveInfinity,
        HaloField.Radius or HaloField.ScaleRadius => value >= 0.0 && value < double.PositiveInfinity,
        _ when double.IsPositiveInfinity(boxSizeMpcPerH) => double.IsFinite(value),
        _ => value >= -RelativeEdgeTolerance * boxSizeMpcPerH && value <= (1.0 + RelativeEdgeTolerance) * boxSizeMpcPerH,
    };

    /// <summary>What <see cref="Accepts"/> wants, in words.</summary>
    public static string Expectation(this HaloField field, double boxSizeMpcPerH) => field switch
    {
        HaloField.Mass => "a finite mass above zero in Msun/h",
        HaloField.Concentration => "a finite concentration above zero",
        HaloField.Radius or HaloField.ScaleRadius => "a finite radius of zero or more in kpc/h",
        HaloField.Id or HaloField.ParentId => "a 64-bit integer",
        _ when double.IsPositiveInfinity(boxSizeMpcPerH) => "a finite coordinate in Mpc/h",
        _ => string.Create(CultureInfo.InvariantCulture, $"a coordinate inside the box, 0 to {boxSizeMpcPerH} Mpc/h"),
    };
}
