using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Callees too long to be inlined that keep only a few values, so that these are handed over to the reverse half.</summary>
public static partial class SplitCalls
{
    // Rotations by constants need nothing kept.
    private static (double P, int Sign, double Q) Mix(double x, double y)
    {
        double a = x, b = y, t;
        t = (0.8 * a) - (0.6 * b); b = (0.6 * a) + (0.8 * b); a = t;
        t = (0.6 * a) - (0.8 * b); b = (0.8 * a) + (0.6 * b); a = t;
        t = (0.8 * a) - (0.6 * b); b = (0.6 * a) + (0.8 * b); a = t;
        t = (0.96 * a) - (0.28 * b); b = (0.28 * a) + (0.96 * b); a = t;
        t = (0.8 * a) - (0.6 * b); b = (0.6 * a) + (0.8 * b); a = t;
        t = (0.6 * a) - (0.8 * b); b = (0.8 * a) + (0.6 * b); a = t;
        t = (0.28 * a) - (0.96 * b); b = (0.96 * a) + (0.28 * b); a = t;
        t = (0.8 * a) - (0.6 * b); b = (0.6 * a) + (0.8 * b); a = t;
        t = (0.6 * a) - (0.8 * b); b = (0.8 * a) + (0.6 * b); a = t;
        t = (0.96 * a) - (0.28 * b); b = (0.28 * a) + (0.96 * b); a = t;
        t = (0.8 * a) - (0.6 * b); b = (0.6 * a) + (0.8 * b); a = t;
        double p = a * b, q = Math.Sin(a) + (0.5 * b);
        int sign = 1;
        if (a > 0.1)
        {
            double e = Math.Exp(b);
            q += e * a;
            sign = -1;
        }

        return (p, sign, q);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.25)]
    [Point(-0.5, 0.25)]
    [Emits("UsesBoth_MixAugmentedForward(")]
    [EmitsNot("UsesBoth_MixVjp(")]
    [EmitsNot("signDot")]
    [Emits("double pBar,\n        double qBar,\n        out double yBar)")]
    public static double UsesBoth(double x, double y)
    {
        (double p, int sign, double q) = Mix(x * y, y);
        return (p * q * x) + (sign * p);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesLast(double x, double y) => Mix(x, y * y).Q * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesFirst(double x, double y) => Mix(x, y * y).P * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OneArgumentVaries(double x, [NoGradient] double y) => Mix(y, x).Q * Mix(x, 0.5).P;

    [Differentiable(DerivativeModes.SecondOrder)]
    [EmitsNot("_MixJvp(")]
    public static double NothingVaries(double x, [NoGradient] double y) => Mix(y, 0.5).Q * x * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Chained(double x)
    {
        (double p, _, double q) = Mix(x, 0.3);
        (double r, _, double s) = Mix(q, p * x);
        return (r * s) + p;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    public static double InBranch(double x)
    {
        double r = x * x;
        if (x > 0.0)
        {
            r = Mix(r, x).Q * x;
        }

        return r + Mix(x, r).P;
    }

    [Differentiable]
    public static (double A, double B) SeveralOutputs(double x, double y)
    {
        (double p, _, double q) = Mix(x, y);
        return (q * x, p);
    }
}
