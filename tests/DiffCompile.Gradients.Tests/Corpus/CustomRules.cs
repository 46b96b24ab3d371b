using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Methods whose bodies are never read, since they have rules.</summary>
public static partial class CustomRules
{
    private static double Cubed(double x)
    {
        double r = 1.0;
        for (int i = 0; i < 3; i++)
        {
            r *= x;
        }

        return r;
    }

    [DerivativeOf(nameof(Cubed))]
    private static double CubedVjp(double x, double value, double valueBar) => 3.0 * x * x * valueBar;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PullbackOnly(double x, double y) => Cubed(x * y) * y + Cubed(x);

    private static double Geometric(double x, double y)
    {
        double sum = 0.0;
        double power = y;
        for (int i = 0; i < 4; i++)
        {
            sum += power;
            power *= x;
        }

        return sum;
    }

    [DerivativeOf(nameof(Geometric), RuleKind.Jvp)]
    private static double GeometricJvp(double x, double y, double xDot, double yDot) =>
        y * (1.0 + 2.0 * x + 3.0 * x * x) * xDot + (1.0 + x + x * x + x * x * x) * yDot;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TangentOnly(double x, double y) => Geometric(x, y) * x + Geometric(y, 2.0);

    private static double Hyperbola(double x, double y)
    {
        double r = x;
        while (r > 1e300)
        {
            r *= 0.5;
        }

        return r / y;
    }

    [DerivativeOf(nameof(Hyperbola), RuleKind.Vjp)]
    private static (double X, double Y) HyperbolaVjp(double x, double y, double value, double valueBar) => (valueBar / y, -valueBar * value / y);

    [DerivativeOf(nameof(Hyperbola), RuleKind.Jvp)]
    private static double HyperbolaJvp(double x, double y, double xDot, double yDot) => xDot / y - x / (y * y) * yDot;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BothRules([Domain(0.5, 1.5)] double x, [Domain(0.5, 1.5)] double y) => Hyperbola(x * x, y) + Hyperbola(y, x) * y;

    /// <summary>sin(x + n·π/2), whose rule calls it again: sin, cos, −sin …</summary>
    internal static double ShiftedSine(double x, int n)
    {
        for (; n >= 4; n -= 4)
        {
        }

        return n == 0 ? Math.Sin(x) : n == 1 ? Math.Cos(x) : n == 2 ? -Math.Sin(x) : -Math.Cos(x);
    }

    [DerivativeOf(nameof(ShiftedSine))]
    private static double ShiftedSineVjp(double x, int n, double value, double valueBar) => valueBar * ShiftedSine(x, n + 1);

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.7, 0)]
    [Point(0.7, 1)]
    [Point(-0.7, 3)]
    public static double RuleCallsItsMethod(double x, [NoGradient] int n) => ShiftedSine(x * x, n) + x;

    private static double Dot(Point2 p, Point2 q)
    {
        double sum = 0.0;
        for (int i = 0; i < 2; i++)
        {
            sum += i == 0 ? p.X * q.X : p.Y * q.Y;
        }

        return sum;
    }

    [DerivativeOf(nameof(Dot))]
    private static (Point2 P, Point2 Q) DotVjp(Point2 p, Point2 q, double value, double valueBar) =>
        (new Point2(q.X * valueBar, q.Y * valueBar), new Point2(p.X * valueBar, p.Y * valueBar));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StructRule(Point2 p, double s) => Dot(p, new Point2(s, p.X)) * Dot(p, p);

    private static double Weighted(Tagged t)
    {
        double r = 0.0;
        for (int i = 0; i < t.Kind; i++)
        {
            r += t.Weight * t.At.X;
        }

        return r;
    }

    [DerivativeOf(nameof(Weighted))]
    private static Tagged WeightedVjp(Tagged t, double value, double valueBar) =>
        new(0, valueBar * t.Kind * t.At.X, new Point2(valueBar * t.Kind * t.Weight, 0.0));

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(2, 0.5, 0.25, -0.75)]
    [Point(0, 0.5, 0.25, -0.75)]
    public static double RuleOfStructWithInteger(Tagged t) => Weighted(t) * t.At.Y + Weighted(t with { Weight = t.At.Y });

    private static (double Sine, double Cosine) Circle(double angle)
    {
        for (int i = 0; i < 1; i++)
        {
        }

        return (Math.Sin(angle), Math.Cos(angle));
    }

    [DerivativeOf(nameof(Circle))]
    private static double CircleVjp(double angle, (double Sine, double Cosine) value, (double Sine, double Cosine) valueBar) =>
        value.Cosine * valueBar.Sine - value.Sine * valueBar.Cosine;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RuleOfTuple(double x, double y)
    {
        (double s, double c) = Circle(x * y);
        return s * s * c + y * c;
    }

    private static (int Count, double Value) Counted(double x)
    {
        int n = 0;
        for (double t = x; t > 1.0; t -= 1.0)
        {
            n++;
        }

        return (n, x * x);
    }

    [DerivativeOf(nameof(Counted))]
    private static double CountedVjp(double x, (int Count, double Value) value, (int Count, double Value) valueBar) => 2.0 * x * valueBar.Value;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(2.5)]
    [Point(0.5)]
    public static double RuleOfTupleWithInteger(double x)
    {
        (int n, double value) = Counted(x);
        return n > 1 ? value * x : value;
    }

    private static float Single(float x)
    {
        for (int i = 0; i < 1; i++)
        {
        }

        return x * x;
    }

    [DerivativeOf(nameof(Single))]
    private static float SingleVjp(float x, float value, float valueBar) => 2.0f * x * valueBar;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static float SingleRule(float x) => Single(x) * x;

    private static double Excluded(double x, [NoGradient] double y)
    {
        for (int i = 0; i < 1; i++)
        {
        }

        return x * x * y;
    }

    [DerivativeOf(nameof(Excluded))]
    private static double ExcludedVjp(double x, double y, double value, double valueBar) => 2.0 * x * y * valueBar;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RuleWithExcludedInput(double x, [NoGradient] double y) => Excluded(x, y) * x;

    /// <summary>An opaque rule with a rule of its own, which second derivatives use.</summary>
    private static double Opaque(double x)
    {
        for (int i = 0; i < 1; i++)
        {
        }

        return x * x * x;
    }

    [DerivativeOf(nameof(Opaque))]
    private static double OpaqueVjp(double x, double value, double valueBar)
    {
        // 'try' is no differentiable code, so the rule stays opaque.
        try
        {
            return 3.0 * x * x * valueBar;
        }
        finally
        {
            _ = value;
        }
    }

    [DerivativeOf(nameof(OpaqueVjp), RuleKind.Jvp)]
    private static double OpaqueVjpJvp(double x, double value, double valueBar, double xDot, double valueDot, double valueBarDot) =>
        6.0 * x * valueBar * xDot + 3.0 * x * x * valueBarDot;

    [DerivativeOf(nameof(Opaque), RuleKind.Jvp)]
    private static double OpaqueJvp(double x, double xDot) => 3.0 * x * x * xDot;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Emits("double xBar = global::DiffCompile.Corpus.CustomRules.OpaqueVjp(")]
    public static double RuleOfRule(double x) => Opaque(x) * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    public static double RuleInBranch(double x)
    {
        if (x > 0.0)
        {
            return Cubed(x) * x;
        }

        double c = Cubed(x);
        return c * c + Geometric(x, x);
    }

    /// <summary>A rule for a differentiable method wins over its body.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfMarked(double x, double y) => Marked(x) * y;

    [Differentiable]
    public static double Marked(double x) => x * x;

    [DerivativeOf(nameof(Marked))]
    private static double MarkedRule(double x, double value, double valueBar) => (x + x) * valueBar;
}
