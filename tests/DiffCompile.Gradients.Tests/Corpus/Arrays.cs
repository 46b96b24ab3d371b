using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Arrays and spans that are read: indices, parts, masks, sums.</summary>
public static partial class Arrays
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SquaredNorm(ReadOnlySpan<double> x)
    {
        double s = 0.0;
        foreach (double v in x)
        {
            s += v * v;
        }

        return s;
    }

    // Idea 30: the norm away from the origin.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Norm([Domain(0.2, 1)] double[] x)
    {
        double s = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            s += x[i] * x[i];
        }

        return Math.Sqrt(s);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SameArrayReadTwice(double[] x)
    {
        double s = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                s += x[i] * x[j] * (i + 1.0) * x[i];
            }
        }

        return s;
    }

    // Idea 16: neighbours.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RosenbrockChain([Length(6)] double[] x)
    {
        double s = 0.0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double a = x[i + 1] - (x[i] * x[i]), b = 1.0 - x[i];
            s += (100.0 * a * a) + (b * b);
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Horner([Length(5)] double[] c, double x)
    {
        double p = 0.0;
        for (int i = c.Length - 1; i >= 0; i--)
        {
            p = (p * x) + c[i];
        }

        return p;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double IndexFromEnd(double[] x, double y) => (x[^1] * x[^2]) + (y * x[x.Length - 3]) + Math.Sin(x[^1]);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Slices([Length(6)] ReadOnlySpan<double> x, double y)
    {
        ReadOnlySpan<double> inner = x[1..^1], part = inner.Slice(1, 2), tail = x[4..];
        double s = 0.0;
        for (int i = 0; i < part.Length; i++)
        {
            s += part[i] * inner[i] * tail[i] * y;
        }

        return s + (part[^1] * x[^1]);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SlicesInLoop([Length(6)] double[] x)
    {
        double s = 0.0;
        for (int i = 0; i < 3; i++)
        {
            ReadOnlySpan<double> row = x.AsSpan(2 * i, 2);
            s += row[0] * row[1] * s + Dot(row, x.AsSpan(i, 2));
        }

        return s;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            s += a[i] * b[i];
        }

        return s;
    }

    // Idea 17: one array for two parameters of a helper.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DotWithItself(double[] x, double[] y) => Dot(x, x) * Dot(x, y) * Dot(y.AsSpan(1), x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Indirect([Length(4)] double[] x, [Length(5), NoGradient] int[] index)
    {
        double s = 0.0;
        for (int i = 0; i < index.Length; i++)
        {
            s += x[index[i]] * x[index[i]] * (i + 1) + (s * x[i % 4]);
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Masked([Length(4)] double[] x, [Length(4), NoGradient] bool[] mask)
    {
        double s = 1.0;
        for (int i = 0; i < x.Length; i++)
        {
            if (mask[i])
            {
                s *= x[i];
            }
            else
            {
                s += x[i] * x[i];
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static float SinglePrecision([Length(4)] float[] x, ReadOnlySpan<float> y)
    {
        float s = 0f;
        for (int i = 0; i < y.Length; i++)
        {
            s += x[i] * y[i] * (x[i + 1] + s);
        }

        return s;
    }

    [Differentiable]
    public static (double Mean, double Spread) MeanAndSpread(double[] x)
    {
        double mean = 0.0;
        foreach (double v in x)
        {
            mean += v / x.Length;
        }

        double spread = 0.0;
        foreach (double v in x)
        {
            spread += (v - mean) * (v - mean);
        }

        return (mean, Math.Sqrt(spread));
    }

    [Differentiable]
    public static double MixedElements([Length(4)] float[] x, [Length(4)] double[] y, [Length(4), NoGradient] long[] n)
    {
        double s = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            s += x[i] * y[i] * n[i];
        }

        return s;
    }

    // Idea 33: equal entries, one that dominates, −∞ among them.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.5, 0.5, 0.5)]
    [Point(50.0, 0.5, -0.5, 1.0)]
    public static double LogSumExp([Length(4)] double[] x)
    {
        double largest = x[0];
        for (int i = 1; i < x.Length; i++)
        {
            largest = Math.Max(largest, x[i]);
        }

        double s = 0.0;
        foreach (double v in x)
        {
            s += Math.Exp(v - largest);
        }

        return largest + Math.Log(s);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RunningMaximum([Length(5)] double[] x)
    {
        double largest = x[0], s = 0.0;
        foreach (double v in x)
        {
            if (v > largest)
            {
                largest = v;
            }

            s += largest * largest;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.0, 2.0, -1.0)]
    [Point(0.0, 0.0, 2.0, -1.0)]
    public static double ProductWithZeros([Length(4)] double[] x)
    {
        double p = 1.0;
        foreach (double v in x)
        {
            p *= v;
        }

        return p;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CompensatedSum([Length(5)] double[] x)
    {
        double sum = 0.0, lost = 0.0;
        foreach (double v in x)
        {
            double y = (v * v) - lost;
            double t = sum + y;
            lost = (t - sum) - y;
            sum = t;
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BilinearForm([Length(6)] double[] matrix, [Length(2)] double[] left, double[] right)
    {
        double s = 0.0;
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                s += left[i] * matrix[(i * right.Length) + j] * right[j];
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PairDistances([Length(6)] double[] x)
    {
        double s = 0.0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = x[2 * i] - x[2 * j], dy = x[(2 * i) + 1] - x[(2 * j) + 1];
                s += 1.0 / Math.Sqrt((dx * dx) + (dy * dy) + 0.1);
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double IndexWithSideEffect(double[] a, double x)
    {
        int i = 0;
        double s = a[i++] * x;
        s += a[i++] * a[i];
        return s * s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OrderOfEvaluation(double[] a, double x)
    {
        int i = 0;
        double s = a[i] + ((i = 2) * a[i] * x);
        s += (s * (s = x)) + s;
        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.25)]
    [Point(-0.5, 0.25)]
    public static double EmptyArray(double x, double y)
    {
        Span<double> none = new double[0];
        double s = x;
        foreach (double v in none)
        {
            s *= v;
        }

        return none.IsEmpty ? s * y : s;
    }

    // Idea 24: a table in a static field.
    private static readonly double[] s_weights = [0.25, 0.5, 0.125];

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Table(double[] x)
    {
        double s = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            s += s_weights[i] * x[i] * x[i] * s_weights[2 - i];
        }

        return s * Dot(s_weights, x);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double FirstNegative([Length(5)] double[] x, double y)
    {
        int i = 0;
        while (i < x.Length && x[i] >= 0.0)
        {
            i++;
        }

        return i < x.Length ? x[i] * y * y : y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Determinant2([Length(4)] double[] m) => (m[0] * m[3]) - (m[1] * m[2]);

    // Idea 13 and 59: minors of a 3 × 3 matrix.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DeterminantByMinors([Length(9)] double[] m)
    {
        double s = 0.0;
        for (int j = 0; j < 3; j++)
        {
            int a = j == 0 ? 1 : 0, b = j == 2 ? 1 : 2;
            double minor = (m[3 + a] * m[6 + b]) - (m[3 + b] * m[6 + a]);
            s += (j % 2 == 0 ? 1.0 : -1.0) * m[j] * minor;
        }

        return s;
    }
}
