using DiffCompile;

namespace DiffCompile.Corpus;

public static partial class Calls
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [EmitsNot("Outer_")]
    public static double Outer(double x, double y) => Inner(x * y, y) * Helper(x) + Types.StructParameter(new Point2(x, y), 2.0);

    [Differentiable]
    public static double Inner(double a, double b) => a > 0.0 ? a * a * b : Math.Exp(a) - b;

    private static double Helper(double x)
    {
        if (x < 0.0)
        {
            return -x * x;
        }

        return x * x * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LocalFunction(double x, double y)
    {
        return Square(x) * Square(y) + Twice(Square(x));

        static double Square(double v) => v * v;

        double Twice(double v) => 2.0 * v;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NamedArguments(double x, double y) => Inner(b: x, a: y) + WithDefault(x) + WithDefault(y, 3.0);

    private static double WithDefault(double x, double scale = 2.0) => scale * x * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesOut(double x, double y)
    {
        Types.OutResults(x, y, out double s, out double q);
        return s * q + Types.ValueAndOut(x, out double square, out _) * square;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesTuple(double x, double y)
    {
        (double r, double phi) = Types.Polar(x, 2.0 + y * y);
        return r * phi;
    }

    /// <summary>d/dx of Inner, used inside another differentiable method.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NestedGradient(double x, double y)
    {
        var g = InnerGradient(x, y);
        return g.a * x + g.b * g.b;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NestedValueAndGradient(double x)
    {
        (double value, double slope) = CubeValueAndGradient(x * x);
        return value * slope;
    }

    [Differentiable]
    public static double Cube(double x) => x * x * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NestedJvp(double x, double y)
    {
        (double value, double tangent) = InnerJvp(x, y, y, x);
        return value + tangent * x;
    }

    /// <summary>Perturbation confusion: inner and outer differentiate the same name; d/dx (x·d/dx(x·y)) = y.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Confusion(double x, double y) => x * ProductGradient(x, y).x;

    [Differentiable]
    public static double Product(double x, double y) => x * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(2.0)]
    public static double CallInBranch(double x)
    {
        if (x > 1.0)
        {
            return Inner(x, x) * Cube(x);
        }

        return Cube(x) + Helper(x);
    }
}

/// <summary>Callees too large to be inlined, so that split pairs are used.</summary>
public static partial class LargeCalls
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [Emits("Caller_LargeVjp(")]
    [EmitsNot("AugmentedForward")]
    public static double Caller(double x, double y) => Large(x, y) * Large(y, x) + x;

    // Without results between them, the branch forward and the branch backward are joined.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    [Emits("            // reverse")]
    public static double CallerInBranch(double x)
    {
        double r = x;
        if (x > 0.0)
        {
            r = Large(x, x * x);
        }

        return r * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Large(double x, double y)
    {
        double a = x * y + 1.0, b = x - y * 0.5, c = a * b + 0.1, d = Math.Sin(c) + a;
        double r = Step(a, b, c, d);
        r = Step(r, a * 0.1, b, c * 0.5);
        r = Step(r, b * 0.2, c, d);
        r = Step(r, c * 0.3, d, a);
        if (r > 0.2)
        {
            r = Step(r * 0.5, a, b * 0.7, d);
        }

        r = Step(r, d * 0.4, a, b);
        r = Step(r, a * 0.5, b, c);
        r = Step(r, b * 0.6, c, d);
        return r;
    }

    private static double Step(double r, double p, double q, double s)
    {
        double u = Math.Sin(r * 0.7 + p);
        double v = Math.Cos(q * 0.3 - r);
        double w = u * v + 0.1 * s;
        double z = w / (1.5 + u * u) + Math.Exp(-v * v);
        return 0.5 * z + 0.2 * w * q - 0.1 * u * v * p + 0.05 * Math.Tanh(w + z * r);
    }

    // Each call alone is small; all of them are not.
    [Differentiable]
    [Emits("ManyCalls_StepAugmentedForward(")]
    public static double ManyCalls(double x, double y)
    {
        double r = Step(x, y, 0.1, 0.2);
        r = Step(r, x, 0.2, 0.3);
        r = Step(r, y, 0.3, 0.4);
        r = Step(r, x, 0.4, 0.5);
        r = Step(r, y, 0.5, 0.6);
        r = Step(r, x, 0.6, 0.7);
        r = Step(r, y, 0.7, 0.8);
        r = Step(r, x, 0.8, 0.9);
        r = Step(r, y, 0.9, 1.0);
        r = Step(r, x, 1.0, 0.1);
        r = Step(r, y, 1.1, 0.2);
        r = Step(r, x, 1.2, 0.3);
        r = Step(r, y, 1.3, 0.4);
        r = Step(r, x, 1.4, 0.5);
        r = Step(r, y, 1.5, 0.6);
        r = Step(r, x, 1.6, 0.7);
        r = Step(r, y, 1.7, 0.8);
        r = Step(r, x, 1.8, 0.9);
        r = Step(r, y, 1.9, 1.0);
        return Step(r, x, 2.0, 0.1);
    }

    // These are small together, too.
    [Differentiable]
    [EmitsNot("FewCalls_")]
    public static double FewCalls(double x, double y)
    {
        double r = Step(x, y, 0.1, 0.2);
        r = Step(r, x, 0.2, 0.3);
        r = Step(r, y, 0.3, 0.4);
        return Step(r, x, 0.4, 0.5);
    }
}
