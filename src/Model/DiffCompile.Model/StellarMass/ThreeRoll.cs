using DiffCompile.Model.Kernels;

namespace DiffCompile.Model.StellarMass;

/// <summary>
/// Three-roll relation between the stellar mass of a galaxy and the peak mass of its (sub)halo (Hearin et al. 2021,
/// appendix C1): a line in logarithmic mass whose slope rolls at a critical mass between two slopes that roll themselves.
/// </summary>
/// <remarks>Halo masses are Msun/h with h = 1 written out, stellar masses Msun with h = 0.7, as in the paper.</remarks>
public static partial class ThreeRoll
{
    // Steepness of the map from unbounded variables; its centre is 0 for every parameter,
    // unlike SigmoidCurves.Bound, whose centre is the middle of the interval.
    private const double BoundCentre = 0.0;

    /// <summary>
    /// Mean lg stellar mass: x_crit + r + α(x)(x − x_crit) with α(x) = S(x; x_crit, k, α_low(x), α_high(x)) and
    /// α_low, α_high logistic steps of x.
    /// </summary>
    /// <param name="logMhalo">x = lg of the peak halo mass, dex.</param>
    /// <param name="p">Parameters of the relation.</param>
    /// <returns>lg of the mean stellar mass, dex.</returns>
    [Differentiable]
    public static double LogStellarMass(double logMhalo, ThreeRollParameters p)
    {
        double slopeLow = SigmoidCurves.Step(logMhalo, p.LowLogM, p.LowSpeed, p.LowSlopeBelow, p.LowSlopeAbove);
        double slopeHigh = SigmoidCurves.Step(logMhalo, p.HighLogM, p.HighSpeed, p.HighSlopeBelow, p.HighSlopeAbove);
        return SigmoidCurves.RollingLine(
            logMhalo, p.LogMcrit, p.LogMcrit + p.LogRatio, p.LogMcrit, p.RollSpeed, slopeLow, slopeHigh);
    }

    /// <summary>Scatter of lg stellar mass at fixed halo mass: S(x; 12, 1, σ_low, σ_high) (appendix B).</summary>
    /// <param name="logMhalo">x = lg of the peak halo mass, dex.</param>
    /// <param name="sigmaLow">Scatter at low halo mass, dex; greater than 0.</param>
    /// <param name="sigmaHigh">Scatter at high halo mass, dex; greater than 0.</param>
    /// <returns>Standard deviation, dex.</returns>
    [Differentiable]
    public static double Scatter(double logMhalo, double sigmaLow, double sigmaHigh)
        => SigmoidCurves.Step(logMhalo, 12.0, 1.0, sigmaLow, sigmaHigh);

    /// <summary>Maps unbounded fit variables into an interval each: p = S(u; 0, 0.1, lower, upper), field by field.</summary>
    /// <param name="u">Unbounded variables, one per parameter; 0 is the middle of each interval.</param>
    /// <param name="lower">Lower bounds; published: <see cref="ThreeRollParameters.LowerBounds"/>.</param>
    /// <param name="upper">Upper bounds; published: <see cref="ThreeRollParameters.UpperBounds"/>.</param>
    /// <returns>The parameters.</returns>
    [Differentiable]
    public static ThreeRollParameters Bound(
        ThreeRollParameters u, [NoGradient] ThreeRollParameters lower, [NoGradient] ThreeRollParameters upper) => new(
        BoundOne(u.LogMcrit, lower.LogMcrit, upper.LogMcrit),
        BoundOne(u.LogRatio, lower.LogRatio, upper.LogRatio),
        BoundOne(u.RollSpeed, lower.RollSpeed, upper.RollSpeed),
        BoundOne(u.LowLogM, lower.LowLogM, upper.LowLogM),
        BoundOne(u.LowSpeed, lower.LowSpeed, upper.LowSpeed),
        BoundOne(u.LowSlopeBelow, lower.LowSlopeBelow, upper.LowSlopeBelow),
        BoundOne(u.LowSlopeAbove, lower.LowSlopeAbove, upper.LowSlopeAbove),
        BoundOne(u.HighLogM, lower.HighLogM, upper.HighLogM),
        BoundOne(u.HighSpeed, lower.HighSpeed, upper.HighSpeed),
        BoundOne(u.HighSlopeBelow, lower.HighSlopeBelow, upper.HighSlopeBelow),
        BoundOne(u.HighSlopeAbove, lower.HighSlopeAbove, upper.HighSlopeAbove));

    /// <summary>Inverse of <see cref="Bound"/>.</summary>
    /// <param name="p">Parameters strictly inside the bounds; a field outside gives NaN in its place.</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <returns>The unbounded variables.</returns>
    [Differentiable]
    public static ThreeRollParameters Unbound(
        ThreeRollParameters p, [NoGradient] ThreeRollParameters lower, [NoGradient] ThreeRollParameters upper) => new(
        UnboundOne(p.LogMcrit, lower.LogMcrit, upper.LogMcrit),
        UnboundOne(p.LogRatio, lower.LogRatio, upper.LogRatio),
        UnboundOne(p.RollSpeed, lower.RollSpeed, upper.RollSpeed),
        UnboundOne(p.LowLogM, lower.LowLogM, upper.LowLogM),
        UnboundOne(p.LowSpeed, lower.LowSpeed, upper.LowSpeed),
        UnboundOne(p.LowSlopeBelow, lower.LowSlopeBelow, upper.LowSlopeBelow),
        UnboundOne(p.LowSlopeAbove, lower.LowSlopeAbove, upper.LowSlopeAbove),
        UnboundOne(p.HighLogM, lower.HighLogM, upper.HighLogM),
        UnboundOne(p.HighSpeed, lower.HighSpeed, upper.HighSpeed),
        UnboundOne(p.HighSlopeBelow, lower.HighSlopeBelow, upper.HighSlopeBelow),
        UnboundOne(p.HighSlopeAbove, lower.HighSlopeAbove, upper.HighSlopeAbove));

    /// <summary>Maps one unbounded variable into an interval: S(u; 0, 0.1, lower, upper).</summary>
    /// <param name="u">Unbounded variable.</param>
    /// <param name="lower">Lower bound of the parameter.</param>
    /// <param name="upper">Upper bound of the parameter.</param>
    /// <returns>The parameter.</returns>
    [Differentiable]
    public static double BoundOne(double u, double lower, double upper)
        => SigmoidCurves.Step(u, BoundCentre, SigmoidCurves.BoundSteepness, lower, upper);

    /// <summary>Inverse of <see cref="BoundOne"/>.</summary>
    /// <param name="value">Parameter strictly between the bounds; NaN is returned beyond them.</param>
    /// <param name="lower">Lower bound of the parameter.</param>
    /// <param name="upper">Upper bound of the parameter.</param>
    /// <returns>The unbounded variable.</returns>
    [Differentiable]
    public static double UnboundOne(double value, double lower, double upper)
        => SigmoidCurves.InverseStep(value, BoundCentre, SigmoidCurves.BoundSteepness, lower, upper);
}
