namespace DiffCompile.Model.StellarMass;

/// <summary>
/// Parameters of the three-roll stellar-to-halo mass relation (Hearin et al. 2021, appendix C1), or their unbounded
/// counterparts. Masses are lg of solar masses, speeds are per dex, slopes are d lg M*/d lg M_halo.
/// </summary>
/// <param name="LogMcrit">Halo mass at which the slope rolls from low to high masses, dex.</param>
/// <param name="LogRatio">lg(M*/M_halo) there, dex. (The paper lists lg M* itself; the fit uses the ratio.)</param>
/// <param name="RollSpeed">Speed of that roll, per dex.</param>
/// <param name="LowLogM">Halo mass at which the low-mass slope itself rolls, dex.</param>
/// <param name="LowSpeed">Speed of the low-mass roll, per dex.</param>
/// <param name="LowSlopeBelow">Low-mass slope below <paramref name="LowLogM"/>.</param>
/// <param name="LowSlopeAbove">Low-mass slope above <paramref name="LowLogM"/>.</param>
/// <param name="HighLogM">Halo mass at which the high-mass slope itself rolls, dex.</param>
/// <param name="HighSpeed">Speed of the high-mass roll, per dex.</param>
/// <param name="HighSlopeBelow">High-mass slope below <paramref name="HighLogM"/>.</param>
/// <param name="HighSlopeAbove">High-mass slope above <paramref name="HighLogM"/>.</param>
public readonly record struct ThreeRollParameters(
    double LogMcrit,
    double LogRatio,
    double RollSpeed,
    double LowLogM,
    double LowSpeed,
    double LowSlopeBelow,
    double LowSlopeAbove,
    double HighLogM,
    double HighSpeed,
    double HighSlopeBelow,
    double HighSlopeAbove)
{
    /// <summary>The published starting point; the speeds are 1.6, 2 and 2 (the paper says unity).</summary>
    public static ThreeRollParameters Fiducial { get; } = new(11.35, -1.65, 1.6, 11.5, 2.0, 2.5, 2.5, 13.5, 2.0, 0.5, 0.5);

    /// <summary>Lower bounds of a fit.</summary>
    public static ThreeRollParameters LowerBounds { get; } = new(9.0, -5.0, 0.0, 9.0, 0.0, 0.0, 0.0, 9.0, 0.0, -0.5, -0.5);

    /// <summary>Upper bounds of a fit.</summary>
    public static ThreeRollParameters UpperBounds { get; } = new(16.0, 0.0, 25.0, 16.0, 25.0, 10.0, 10.0, 16.5, 15.0, 15.0, 15.0);
}
