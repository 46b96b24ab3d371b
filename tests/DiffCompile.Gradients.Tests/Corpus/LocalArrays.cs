using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Arrays that the method makes itself.</summary>
public static partial class LocalArrays
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Powers(double x, [NoGradient] int n)
    {
        double[] p = new double[n + 2];
        p[0] = 1.0;
        for (int i = 1; i < p.Length; i++)
        {
            p[i] = p[i - 1] * x;
        }

        double s = 0.0;
        for (int i = 0; i < p.Length; i++)
        {
            s += p[i] * p[p.Length - 1 - i];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OnTheStack(double x, double y)
    {
        Span<double> t = stackalloc double[4];
        t[0] = x;
        t[1] = y;
        for (int i = 2; i < t.Length; i++)
        {
            t[i] = t[i - 1] * t[i - 2];
        }

        return t[3] + t[2];
    }

    // New memory in every trip, zero at first.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ScratchInLoop(double[] a, double x)
    {
        double s = x;
        for (int i = 0; i < a.Length; i++)
        {
            double[] scratch = new double[2];
            scratch[0] += a[i] * s;
            scratch[1] = scratch[0] * scratch[0];
            s += scratch[1] * x;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithElements(double x, double y)
    {
        double[] a = { x, x * y, 2.0 };
        double[] b = [y, a[1], a[0] * a[0]];
        ReadOnlySpan<double> c = [a[1] * b[2], 3.0];
        var d = new[] { c[0], b[1] };
        return (d[0] * a[2]) + (d[1] * c[1] * b[0]);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Copied(ReadOnlySpan<double> x)
    {
        Span<double> y = new double[x.Length];
        x.CopyTo(y);
        for (int i = 1; i < y.Length; i++)
        {
            y[i] += y[i - 1] * x[i];
        }

        return y[^1] * x[0];
    }

    // Idea 20: a scratch buffer of integers, indices into one of numbers.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RankedSum([Length(4)] double[] x)
    {
        int[] order = new int[x.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (int i = 1; i < order.Length; i++)
        {
            for (int j = i; j > 0 && x[order[j - 1]] > x[order[j]]; j--)
            {
                (order[j - 1], order[j]) = (order[j], order[j - 1]);
            }
        }

        double s = 0.0;
        for (int i = 0; i < order.Length; i++)
        {
            s += (i + 1) * x[order[i]] * x[order[i]];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SeenBefore([Length(5), NoGradient] int[] index, [Length(4)] double[] x)
    {
        bool[] seen = new bool[x.Length];
        double s = 1.0;
        foreach (int i in index)
        {
            if (seen[i])
            {
                s += x[i];
                continue;
            }

            seen[i] = true;
            s *= x[i] + 2.0;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TestReadsArray(double x)
    {
        double[] a = new double[4];
        a[0] = x * x;
        int i = 0;
        while (a[i] < 10.0 && i < 3)
        {
            a[i + 1] = a[i] * (1.5 + (x * x));
            i++;
        }

        return a[i] + a[0];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DynamicProgramme([Length(4)] double[] x, double y)
    {
        int n = x.Length;
        double[] before = new double[n + 1], now = new double[n + 1];
        before[0] = 1.0;
        for (int i = 0; i < n; i++)
        {
            now[0] = before[0] * y;
            for (int j = 1; j <= n; j++)
            {
                now[j] = (before[j - 1] * x[i]) + (now[j - 1] * y) + before[j];
            }

            now.AsSpan().CopyTo(before);
        }

        return before[n];
    }

    // Idea 58 in small: a layer, its activation, another layer.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TwoLayers([Length(6)] double[] w, [Length(2)] double[] v, double[] x)
    {
        Span<double> hidden = stackalloc double[2];
        for (int i = 0; i < hidden.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                hidden[i] += w[(i * x.Length) + j] * x[j];
            }

            hidden[i] = Math.Tanh(hidden[i]);
        }

        return (v[0] * hidden[0]) + (v[1] * hidden[1]);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.75)]
    [Point(-0.5, 0.75)]
    public static double OnOneSideOnly(double x, double y)
    {
        double r = y;
        if (x > 0.0)
        {
            Span<double> t = new double[3];
            t.Fill(x * y);
            t[1] *= t[0];
            r = t[0] + (t[1] * t[2]);
        }

        return r * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double MadeByHelper(double x, [NoGradient] int n)
    {
        double s = 0.0;
        for (int i = 0; i < n + 1; i++)
        {
            s += Last(x + i, i + 1) * Last(s, 2);
        }

        return s;
    }

    private static double Last(double x, int n)
    {
        Span<double> t = stackalloc double[n + 1];
        t[0] = x;
        for (int i = 1; i < t.Length; i++)
        {
            t[i] = Math.Sin(t[i - 1]) * x;
        }

        return t[^1];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InTuple(double x, double y)
    {
        (double[] Values, double Scale) t = (new double[2], y);
        t.Values[0] = x * x;
        t.Values[1] = t.Values[0] * t.Scale;
        return t.Values[1] * x;
    }

    // Idea 62 with right-hand sides of its own: −½ yᵀ K⁻¹ y − ½ log |K|.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double GaussianProcess([Length(3)] double[] x, [Length(3)] double[] y, [Domain(0.5, 1.5)] double scale, [Domain(0.5, 1)] double noise)
    {
        int n = x.Length;
        double[] k = new double[n * n];
        double[] z = new double[n];
        double result = 0.0;
        for (int i = 0; i < n; i++)
        {
            double zi = y[i];
            for (int j = 0; j <= i; j++)
            {
                double d = (x[i] - x[j]) / scale;
                double s = Math.Exp(-0.5 * d * d) + (i == j ? noise : 0.0);
                for (int l = 0; l < j; l++)
                {
                    s -= k[(i * n) + l] * k[(j * n) + l];
                }

                k[(i * n) + j] = i == j ? Math.Sqrt(s) : s / k[(j * n) + j];
            }

            for (int l = 0; l < i; l++)
            {
                zi -= k[(i * n) + l] * z[l];
            }

            z[i] = zi / k[(i * n) + i];
            result -= (0.5 * z[i] * z[i]) + Math.Log(k[(i * n) + i]);
        }

        return result;
    }
}
