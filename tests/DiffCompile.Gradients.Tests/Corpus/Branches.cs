using DiffCompile;

namespace DiffCompile.Corpus;

public enum Shape
{
    Linear,
    Quadratic,
    Exponential = 7,
}

public static partial class Branches
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.5)]
    [Point(-0.5, 1.5)]
    [Emits("double rDot;")]
    public static double IfElse(double x, double y)
    {
        double r;
        if (x > 0.0)
        {
            r = x * x * y;
        }
        else
        {
            r = Math.Sin(x) + y * y;
        }

        return r * y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.5)]
    [Point(-0.5, 1.5)]
    public static double EarlyReturn(double x, double y)
    {
        if (x <= 0.0)
        {
            return x * y;
        }

        double u = Math.Log(x) * y;
        return u * u;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.5)]
    [Point(-0.5, 0.5)]
    [Point(0.5, -0.5)]
    [Point(-0.5, -0.5)]
    [Point(1.7, -1.5)]
    public static double NestedPartialReturns(double x, double y)
    {
        double t = x * y;
        if (x > 0.0)
        {
            if (y > 0.0)
            {
                return Math.Exp(t) * x;
            }

            t = t * t + x;
        }
        else if (y < -0.3)
        {
            t = Math.Cos(t) * y;
        }

        t = t * x + y;
        if (t > 0.7)
        {
            return t * t * y;
        }

        return Math.Sin(t) * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    [Point(0.0, Smooth = false)]
    public static double TernaryGuardsNaN(double x) => x > 0.0 ? Math.Sqrt(x) * x : 0.0;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.2)]
    [Point(-0.5, 0.2)]
    [Point(0.5, -0.2)]
    public static double ShortCircuit(double x, double y)
    {
        double r = x;
        if (x > 0.0 && Math.Log(x) < y)
        {
            r = x * y;
        }

        if (x < 0.0 || y < 0.0)
        {
            r += y * y * x;
        }

        bool both = x > 0.1 & y > 0.1;
        return both ? r * r : r * 3.0;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.7, 0)]
    [Point(0.7, 1)]
    [Point(0.7, 2)]
    [Point(0.7, 3)]
    public static double SwitchStatement(double x, [NoGradient] int mode)
    {
        double r = 0.0;
        switch (mode)
        {
            case 0:
                r = x * x;
                break;
            case 1:
            case 2:
                r = Math.Exp(x) * mode;
                break;
            default:
                return -x;
        }

        return r * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.7, 0)]
    [Point(0.7, 1)]
    [Point(0.7, 7)]
    public static double SwitchOnEnum(double x, [NoGradient] Shape shape) => shape switch
    {
        Shape.Linear => 2.0 * x,
        Shape.Quadratic => x * x,
        Shape.Exponential => Math.Exp(x),
        _ => x * x * x,
    };

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(-2.0)]
    [Point(0.3)]
    [Point(1.5)]
    [Point(5.0)]
    public static double RelationalPatterns(double x) => x switch
    {
        < -1.0 => x * x,
        >= -1.0 and < 1.0 => x * x * x,
        > 4.0 or < -4.0 => Math.Log(x),
        _ => Math.Sqrt(x),
    };

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.5)]
    [Point(1.5, 0.5)]
    public static double BranchThenUse(double x, double y)
    {
        double a = x * y, b = x + y;
        if (x < y)
        {
            double t = a;
            a = b * b;
            b = t;
        }

        double c = a * b;
        if (x < y)
        {
            c += Math.Sin(a);
        }

        return c * b;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.5)]
    [Point(2.5, 1.5)]
    [Point(-0.5, 1.5)]
    public static double ValueKeptForReverse(double x, double y)
    {
        double k = 1.0;
        if (x > 0.0)
        {
            double e = Math.Exp(x * y);
            k = e * e;
            if (x > 2.0)
            {
                double s = Math.Sin(e);
                k = s * k * y;
            }
        }

        double z = k * x;
        return z * z + y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.0)]
    public static double GuardedThrow([Domain(0.1, 2)] double x)
    {
        if (x < 0.0)
        {
            throw new ArgumentOutOfRangeException(nameof(x));
        }

        return Math.Sqrt(x) * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.5)]
    [Point(-1.5)]
    public static double ThrowExpression(double x) => x > -100.0 ? x * x * x : throw new ArgumentException("x is too small");

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(2.0, 1)]
    [Point(2.0, 0)]
    public static double BoolParameter(double x, [NoGradient] bool squared) => squared ? x * x : !squared ? x * 3.0 : 0.0;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.0, 1.0, Smooth = false)]
    [Point(0.5, 1.0)]
    public static double OnlyOneSideVaries(double x, double y)
    {
        double r = 1.0;
        if (y > 0.5)
        {
            r = x * x;
        }

        return r + y;
    }

    // Both branches, and what goes backward through them, are joined.
    [Differentiable]
    [EmitsNot("// reverse\n        if (outer)")]
    [EmitsNot("// reverse\n            if (inner)")]
    public static double NestedFlags(bool outer, bool inner, double x)
    {
        double y = x;
        if (outer)
        {
            if (inner)
            {
                y = x * x;
            }
            else
            {
                y = Math.Sin(x);
            }
        }

        return (3.0 * y) + x;
    }

    // A tangent without a name gets one like any other.
    [Differentiable]
    [EmitsNot("double Dot")]
    public static double UnnamedChoice(double x, double y) => y + (x > 0.0 ? Math.Exp(x) : x * x);

    // The helper's argument waits as text, in which y still has its old value.
    [Differentiable]
    [Point(0.5)]
    [Point(-0.5)]
    public static double OverwrittenWhileTextWaits(double x)
    {
        double y, w;
        if (x > 0.0)
        {
            y = x * x;
            (y, w) = TripledAndSine(y * 0.5, y);
        }
        else
        {
            y = x;
            w = 1.0;
        }

        return y * w;
    }

    private static (double Tripled, double Sine) TripledAndSine(double p, double q)
    {
        double y = q * 3.0;
        return (y, Math.Sin(p) + y);
    }
}
