using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Custom rules in one direction, whose other direction is derived, and in both.</summary>
public static partial class RulePairs
{
    private static double ByPullback(double x, double y) => x * x * y;

    [DerivativeOf(nameof(ByPullback))]
    private static (double XBar, double YBar) ByPullbackVjp(double x, double y, double value, double valueBar) => (2.0 * valueBar * x * y, value / y * valueBar);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesPullback(double x, [Domain(0.5, 2.0)] double y) => ByPullback(x * y, y) * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesPullbackInOne(double x, [NoGradient] double y) => ByPullback(x, 2.0) + ByPullback(3.0, x) + (ByPullback(y * y, 2.0) * x);

    private static double ByTangent(double x, double y) => x * y * y;

    [DerivativeOf(nameof(ByTangent), RuleKind.Jvp)]
    private static double ByTangentJvp(double x, double y, double xDot, double yDot) => -(-(y * y) * xDot) - (yDot * -2.0 * x * y);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesTangent(double x, double y) => ByTangent(x * y, y) * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesTangentInOne(double x, [NoGradient] double y) => ByTangent(x, y) + ByTangent(y, x);

    // A guarded product is linear in its first factor; a conversion keeps that.
    private static double Guarded(double x, float y) => y * Math.Sqrt(x);

    [DerivativeOf(nameof(Guarded))]
    private static (double XBar, float YBar) GuardedVjp(double x, float y, double value, double valueBar) =>
        (DiffCompile.Mathematics.DerivativeMath.Mul0(valueBar * y, 0.5 / Math.Sqrt(x), x), (float)(Math.Sqrt(x) * valueBar));

    [Differentiable]
    public static double UsesGuarded([Domain(0.5, 2.0)] double x, float y) => Guarded(x * x, y) * x;

    private static double ByBoth(double x) => Math.Exp(x);

    [DerivativeOf(nameof(ByBoth))]
    private static double ByBothVjp(double x, double value, double valueBar) => value * valueBar;

    [DerivativeOf(nameof(ByBoth), RuleKind.Jvp)]
    private static double ByBothJvp(double x, double xDot) => ByBoth(x) * xDot;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesBoth(double x) => ByBoth(x * x) * x;

    // The rule is what counts, not the body.
    private static double Bent(double x) => x;

    [DerivativeOf(nameof(Bent))]
    private static double BentVjp(double x, double value, double valueBar) => 3.0 * valueBar;

    [DerivativeOf(nameof(Bent), RuleKind.Jvp)]
    private static double BentJvp(double x, double xDot) => 5.0 * xDot;

    [Differentiable]
    [OnlyExpected]
    [Emits("            // reverse")]
    public static double UsesBent([NoGradient] bool twice, double x) => twice ? Bent(Bent(x)) : Bent(x);

    [Expect]
    public static bool EachDirectionHasItsRule() =>
        UsesBentGradient(false, 2.0) == 3.0 && UsesBentVjp(true, 2.0, 1.0) == 9.0
        && UsesBentJvp(false, 2.0, 1.0) is (2.0, 5.0) && UsesBentJvp(true, 2.0, 1.0) is (2.0, 25.0);

    // Linear in the cotangent on either side of a branch on something else, with zeros and quotients.
    private static double Piecewise(double x, double y) => x > 0.0 ? x * y : x / (2.0 + (y * y));

    [DerivativeOf(nameof(Piecewise))]
    private static (double XBar, double YBar) PiecewiseVjp(double x, double y, double value, double valueBar)
    {
        double d = 2.0 + (y * y);
        double xBar = 0.0;
        double yBar = 0.0;
        if (x > 0.0)
        {
            xBar = y * valueBar;
            yBar = (valueBar * x) + (valueBar - valueBar);
        }
        else
        {
            xBar = valueBar / d;
            yBar = -(valueBar * (2.0 * x * y / d / d));
        }

        return (xBar, yBar);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.25)]
    [Point(-0.5, 1.25)]
    public static double UsesPiecewise(double x, double y) => Piecewise(x, y) * y;

    private static double Ramp(double x) => x > 0.0 ? x * x : 0.0;

    [DerivativeOf(nameof(Ramp))]
    private static double RampVjp(double x, double value, double valueBar) => x > 0.0 ? 2.0 * x * valueBar : 0.0;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    public static double UsesRamp(double x) => Ramp(x) * x + Ramp(-x);

    // Several results, of which not all matter; a parameter without derivative; a struct.
    private static (double A, double B) Two(double x, [NoGradient] double k, Point2 p) => (x * x * k, x * p.X * p.Y);

    [DerivativeOf(nameof(Two))]
    private static (double X, Point2 P) TwoVjp(double x, double k, Point2 p, (double A, double B) value, (double A, double B) valueBar) =>
        ((2.0 * x * k * valueBar.A) + (p.X * p.Y * valueBar.B), new Point2(x * p.Y * valueBar.B, x * p.X * valueBar.B));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesTwo(double x, double y)
    {
        (double a, double b) = Two(x * y, 3.0, new Point2(y, x));
        return (a * y) + (b * b);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesSecondOfTwo(double x, double y) => Two(x, 3.0, new Point2(y, 2.0)).B * y;

    private static float InSingle(float x) => x * x * x;

    [DerivativeOf(nameof(InSingle))]
    private static float InSingleVjp(float x, float value, float valueBar) => 3.0f * x * x * valueBar;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static float UsesSingle(float x, float y) => InSingle(x * y) + y;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    public static double RuleInBranch(double x)
    {
        double r = x;
        if (x > 0.0)
        {
            r = ByPullback(x, 2.0) * ByTangent(r, x);
        }

        return r * x;
    }
}
