using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Helpers that are handed one array twice, or overlapping parts of it, and write to it while they read it.</summary>
public static partial class AliasedCalls
{
    // What is read from r before the loop is not what is read in it, when w and r are one array.
    private static double Mix(Span<double> w, ReadOnlySpan<double> r, double p)
    {
        double s = p * r[0];
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = w[i] * r[0] * 0.5 + r[r.Length - 1 - i] * p;
            s += w[i] * r[0];
        }

        return s + r[0];
    }

    [Differentiable(DerivativeModes.Gradient | DerivativeModes.Jvp | DerivativeModes.Vjp | DerivativeModes.HessianVectorProduct)]
    public static double OneArrayTwice(Span<double> a, double x)
    {
        double s = Mix(a, a, x);
        return s + a[0] * a[1] * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OwnArrayTwice(ReadOnlySpan<double> b, double x)
    {
        double[] a = [x, b[1], b[2] * x];
        double s = Mix(a, a, x);
        return s + a[0] * a[1] * x + b[0];
    }

    [EmitsNot("_ = ")]
    [Differentiable(DerivativeModes.Gradient | DerivativeModes.Jvp | DerivativeModes.Vjp | DerivativeModes.HessianVectorProduct)]
    public static double OverlappingParts([Length(4)] Span<double> a, double x)
    {
        double s = Mix(a[..2], a[1..], x);
        return s + Through(a, a[1..], x);
    }

    // A helper of the helper sees one array where the helper has two names for it.
    private static double Through(Span<double> w, ReadOnlySpan<double> r, double p)
    {
        double before = r[0];
        double s = Mix(w[..3], r, p * before);
        return s * r[0] + before;
    }
}
