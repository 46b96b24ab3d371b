using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>What the framework does with whole arrays and spans: copies, parts, filling, and elements given at once.</summary>
public static partial class Copies
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ArrayCopy(double[] a, double x)
    {
        double[] b = new double[a.Length + 1];
        Array.Copy(a, b, a.Length);
        b[^1] = x;
        a[0] *= b[1];
        return (a[0] * b[0]) + (b[^1] * b[^2]);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ArrayCopyOfPart([Length(5)] double[] a, double x, [NoGradient] int start)
    {
        int[] order = [3, 1, 2, 0];
        int[] kept = new int[4];
        Array.Copy(order, 1, kept, 2, 2);
        double[] b = new double[4];
        Array.Copy(a, start & 1, b, 1, 3);
        return (b[kept[2]] * b[kept[3]] * x) + (b[0] * b[3]);
    }

    // Elements move up: they are copied from the last one down, so that none is lost.
    [Differentiable]
    public static void MovesUp([Length(5)] double[] a, double x)
    {
        Array.Copy(a, 0, a, 1, a.Length - 1);
        a[0] *= x;
        a[3] += a[1] * a[2];
    }

    [Differentiable]
    public static void MovesDown([Length(5)] Span<double> a, double x)
    {
        a[1..].CopyTo(a);
        a[^1] *= x * a[0];
    }

    // Which way is known only in the call.
    [Differentiable]
    public static void MovesEitherWay([Length(6)] double[] a, [NoGradient] int from, [NoGradient] int to)
    {
        Array.Copy(a, from & 3, a, to & 3, 3);
        a.AsSpan(1, 4)[(from & 1)..].CopyTo(a.AsSpan(to & 1));
        a[0] *= a[5];
    }

    [Differentiable]
    public static void MovesInLoop([Length(4)] Span<double> window, ReadOnlySpan<double> stream, Span<double> sums)
    {
        for (int t = 0; t < stream.Length; t++)
        {
            window[..^1].CopyTo(window[1..]);
            window[0] = stream[t] * window[1];
            sums[t] = window[0] + (window[2] * window[3]);
        }
    }

    [Differentiable]
    public static void CopyToArray(double[] a, [Length(6)] double[] b, [NoGradient] int at)
    {
        a.CopyTo(b, at & 3);
        b[0] *= b[5];
    }

    [Differentiable]
    public static void Cleared([Length(5)] double[] a, double x)
    {
        double kept = a[1] * a[3];
        Array.Clear(a, 1, 3);
        a[2] += kept * x;
        a[4] += a[1] * a[3];
    }

    [Differentiable]
    public static void ClearedWhole([Length(4)] double[] a, double x)
    {
        double kept = a[0] * a[1];
        Array.Clear(a);
        a[1] += kept * x;
    }

    [Differentiable]
    public static void Filled([Length(5)] double[] a, double x)
    {
        Array.Fill(a, x * a[0], 1, 3);
        a[4] *= a[2];
        a[2] = 1.0;
        Span<double> part = a.AsSpan(3);
        part.Fill(a[4] * part[0]);
    }

    // A range of an array is a new array, one of a span the same memory.
    [Differentiable]
    public static void RangeOfArray([Length(5)] double[] a, double x)
    {
        double[] copy = a[1..^1];
        Span<double> same = a.AsSpan()[1..^1];
        Span<double> alsoCopy = a[..2];
        copy[0] *= x;
        same[1] += copy[0] * alsoCopy[0];
        alsoCopy[1] = 7.0;
        a[^1] = copy[^1] * a[^2] * a[1];
    }

    [Differentiable]
    public static void PartsOfArray([Length(6)] double[] a, [NoGradient] int n)
    {
        Span<double> b = a.AsSpan(1), c = a.AsSpan(1, 2), d = a.AsSpan(2..^1), e = a.AsSpan(^2), f = b.Slice(n & 1), g = b.Slice(1, 3);
        b[0] *= c[1];
        d[0] += e[0] * e[1];
        f[1] -= g[2] * d[1];
        c[0] *= g[0];
    }

    [Differentiable]
    public static void CopiesAsArrays([Length(4)] Span<double> a, [Length(4)] double[] b)
    {
        double[] c = a.ToArray(), d = (double[])b.Clone();
        Span<double> e = a[1..3].ToArray();
        a[0] = c[1] * d[0];
        b[0] *= e[1] + c[0];
        e[0] = 5.0;
        a[1] += d[0] * e[1];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OnTheStack(double x, double y)
    {
        Span<double> a = stackalloc double[] { x, y, x * y };
        Span<double> b = stackalloc[] { y * a[2], a[0] };
        ReadOnlySpan<double> c = stackalloc double[2] { b[0], 3 };
        a[0] *= 2.0;
        return (a[0] * b[1]) + (c[0] * c[1] * a[1]);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double GivenAtOnce(double x, double y)
    {
        double[] a = new double[] { x, y, 1 };
        double[] b = [x * y, .. a, .. a.AsSpan(1), y];
        Span<double> c = [.. b[1..3], x];
        ReadOnlySpan<double> d = [c[0] * b[4], 2];
        double[] none = [];
        a[0] = 10.0;
        return (b[0] * b[^1]) + (c[2] * c[1] * d[0]) + (d[1] * b[1] * (none.Length + 1));
    }

    [Differentiable]
    public static void Swaps([Length(5)] double[] a, [NoGradient] int k)
    {
        for (int i = 0, j = a.Length - 1; i < j; i++, j--)
        {
            (a[i], a[j]) = (a[j], a[i] * a[0]);
        }

        int m = k % a.Length;
        (a[m], a[0], a[1]) = (a[0], a[1], a[m]);
    }
}
