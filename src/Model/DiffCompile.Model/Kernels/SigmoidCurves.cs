using DiffCompile.Mathematics;

namespace DiffCompile.Model.Kernels;

/// <summary>
/// Smooth transitions between two levels, the building block of the parametric models of the galaxy–halo connection
/// (Hearin et al. 2021, appendix C; argument order as there: abscissa, centre, steepness, low level, high level).
/// </summary>
public static partial class SigmoidCurves
{
    /// <summary>Steepness of <see cref="Bound"/>: a unit step of u moves the value by at most a fortieth of its range.</summary>
    public const double BoundSteepness = 0.1;

    /// <summary>Logistic step S(x) = lo + (hi − lo)/(1 + exp(−k (x − x0))).</summary>
    /// <param name="x">Abscissa.</param>
    /// <param name="x0">Centre, in the unit of x: the curve passes half way there.</param>
    /// <param name="k">Steepness, per unit of x; negative swaps the two levels, 0 gives their mean.</param>
    /// <param name="lo">Level at x → −∞ (k &gt; 0).</param>
    /// <param name="hi">Level at x → +∞ (k &gt; 0).</param>
    /// <returns>A value between the levels; dS/dx = k (S − lo)(hi − S)/(hi − lo).</returns>
    [Differentiable]
    public static double Step(double x, double x0, double k, double lo, double hi)
        => lo + (hi - lo) * SpecialFunctions.Sigmoid(k * (x - x0));

    /// <summary>Slope dS/dx of <see cref="Step"/>.</summary>
    /// <param name="x">Abscissa.</param>
    /// <param name="x0">Centre, in the unit of x.</param>
    /// <param name="k">Steepness, per unit of x.</param>
    /// <param name="lo">Level at x → −∞ (k &gt; 0).</param>
    /// <param name="hi">Level at x → +∞ (k &gt; 0).</param>
    /// <returns>Change of the level per unit of x.</returns>
    /// <remarks>Both factors s and 1 − s are evaluated as sigmoids, so that neither tail loses its digits.</remarks>
    [Differentiable]
    public static double StepSlope(double x, double x0, double k, double lo, double hi)
    {
        double argument = k * (x - x0);
        return k * (hi - lo) * SpecialFunctions.Sigmoid(argument) * SpecialFunctions.Sigmoid(-argument);
    }

    /// <summary>Inverse of <see cref="Step"/> in its first argument: x = x0 + ln((y − lo)/(hi − y))/k.</summary>
    /// <param name="y">Level, strictly between lo and hi; NaN is returned beyond them and ±∞ on them.</param>
    /// <param name="x0">Centre, in the unit of x.</param>
    /// <param name="k">Steepness, per unit of x; not 0.</param>
    /// <param name="lo">Level at x → −∞ (k &gt; 0).</param>
    /// <param name="hi">Level at x → +∞ (k &gt; 0).</param>
    /// <returns>The abscissa at which the step has the level y.</returns>
    [Differentiable]
    public static double InverseStep(double y, double x0, double k, double lo, double hi)
        => x0 + Math.Log((y - lo) / (hi - y)) / k;

    /// <summary>
    /// Line through (xPivot, yPivot) whose slope rolls from one value to another: y = yPivot + S(x; x0, k, lo, hi)·(x − xPivot).
    /// </summary>
    /// <param name="x">Abscissa.</param>
    /// <param name="xPivot">Abscissa of the fixed point.</param>
    /// <param name="yPivot">Ordinate of the fixed point.</param>
    /// <param name="x0">Abscissa half way between the two slopes.</param>
    /// <param name="k">Steepness of the roll, per unit of x.</param>
    /// <param name="lo">Slope at x → −∞ (k &gt; 0).</param>
    /// <param name="hi">Slope at x → +∞ (k &gt; 0).</param>
    /// <returns>The ordinate, in the unit of yPivot.</returns>
    [Differentiable]
    public static double RollingLine(double x, double xPivot, double yPivot, double x0, double k, double lo, double hi)
        => yPivot + Step(x, x0, k, lo, hi) * (x - xPivot);

    /// <summary>Slope dy/dx of <see cref="RollingLine"/>: S + S′·(x − xPivot). It does not depend on yPivot.</summary>
    /// <param name="x">Abscissa.</param>
    /// <param name="xPivot">Abscissa of the fixed point.</param>
    /// <param name="x0">Abscissa half way between the two slopes.</param>
    /// <param name="k">Steepness of the roll, per unit of x.</param>
    /// <param name="lo">Slope at x → −∞ (k &gt; 0).</param>
    /// <param name="hi">Slope at x → +∞ (k &gt; 0).</param>
    /// <returns>Change of the ordinate per unit of x.</returns>
    [Differentiable]
    public static double RollingLineSlope(double x, double xPivot, double x0, double k, double lo, double hi)
        => Step(x, x0, k, lo, hi) + StepSlope(x, x0, k, lo, hi) * (x - xPivot);

    /// <summary>
    /// Maps an unbounded fit variable into an open interval: S(u; (lo + hi)/2, 0.1, lo, hi), whose centre is the middle
    /// of the interval, so that there u equals the value.
    /// </summary>
    /// <param name="u">Unbounded variable.</param>
    /// <param name="lo">Lower bound of the value.</param>
    /// <param name="hi">Upper bound of the value.</param>
    /// <returns>The bounded value.</returns>
    [Differentiable]
    public static double Bound(double u, double lo, double hi) => Step(u, 0.5 * (lo + hi), BoundSteepness, lo, hi);

    /// <summary>Inverse of <see cref="Bound"/>.</summary>
    /// <param name="value">Bounded value, strictly between lo and hi; NaN is returned beyond them and ±∞ on them.</param>
    /// <param name="lo">Lower bound of the value.</param>
    /// <param name="hi">Upper bound of the value.</param>
    /// <returns>The unbounded variable.</returns>
    [Differentiable]
    public static double Unbound(double value, double lo, double hi)
        => InverseStep(value, 0.5 * (lo + hi), BoundSteepness, lo, hi);
}
