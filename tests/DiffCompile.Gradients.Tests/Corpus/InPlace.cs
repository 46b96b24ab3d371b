using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Arrays and spans that are written: recurrences, swaps, scatter, sorts, factorisations.</summary>
public static partial class InPlace
{
    // Idea 16: recurrences forwards and backwards, the same index read and written.
    [Differentiable]
    public static void RunningProduct([Length(5)] Span<double> a)
    {
        for (int i = 1; i < a.Length; i++)
        {
            a[i] = a[i - 1] * a[i];
        }
    }

    [Differentiable]
    public static void FromTheEnd([Length(5)] double[] a, double x)
    {
        for (int i = a.Length - 2; i >= 0; i--)
        {
            a[i] = (a[i + 1] * a[i]) + (x * a[i]);
        }
    }

    [Differentiable]
    public static void SquareEach(Span<double> a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i] *= a[i];
            a[i] += a[i] * a[i];
        }
    }

    [Differentiable]
    public static double SumAfterwards([Length(4)] Span<double> a, double x)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = Math.Sin(a[i] * x);
        }

        double s = 0.0;
        foreach (double v in a)
        {
            s += v * v;
        }

        return s;
    }

    // A Jacobian's columns are inputs that are not written: these have none, see docs/limits.md.
    [Differentiable]
    public static (double First, double Product) DoublesTheFirst(double[] x)
    {
        x[0] *= 2.0;
        return (x[0], x[0] * x[1]);
    }

    [Differentiable]
    public static (double First, double Last) CountsCalls(ReadOnlySpan<double> x, int[] calls)
    {
        CountOne(calls);
        return (x[0] * calls[0], x[^1] * x[0] * calls[0]);
    }

    private static void CountOne(int[] calls) => calls[0]++;

    [Emits("PrefixSumsJacobian(")]
    [Differentiable]
    public static void PrefixSums([Length(5)] ReadOnlySpan<double> x, [Length(5)] Span<double> sums)
    {
        double s = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            s += x[i] * x[i];
            sums[i] = s;
        }
    }

    [Differentiable]
    public static void Compound(Span<double> a, double x)
    {
        a[0] += x;
        a[1] -= a[0] * x;
        a[2] *= a[1];
        a[0] /= 3.0 + (a[2] * a[2]);
        a[1]++;
        --a[2];
        a[0] = a[1] = a[2] * a[0];
    }

    [Differentiable]
    public static void IndexWithSideEffect(Span<double> a, double x)
    {
        int i = 0;
        a[i++] = x * x;
        a[i++] += x;
        a[i] = a[i - 1] * a[i - 2];
    }

    [Differentiable]
    public static void PlaceBeforeValue(Span<double> a, double x)
    {
        int i = 0;
        a[i] = (x * (i = 1)) + a[i];
        a[++i] *= a[--i] * x;
    }

    // Idea 15: swaps of elements.
    [Differentiable]
    public static void Reverse([Length(5)] Span<double> a, double x)
    {
        for (int i = 0, j = a.Length - 1; i < j; i++, j--)
        {
            (a[i], a[j]) = (a[j] * x, a[i]);
        }
    }

    // Idea 18: sort, then a weighted sum.
    [Differentiable]
    [Point(0.5, -0.25, 1.0, 0.0)]
    public static double InsertionSort([Length(4)] Span<double> a)
    {
        for (int i = 1; i < a.Length; i++)
        {
            for (int j = i; j > 0 && a[j - 1] > a[j]; j--)
            {
                (a[j - 1], a[j]) = (a[j], a[j - 1]);
            }
        }

        double s = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            s += (i + 1) * a[i] * a[i];
        }

        return s;
    }

    [Differentiable]
    public static void Histogram([Length(6)] ReadOnlySpan<double> weights, [Length(6), NoGradient] ReadOnlySpan<int> bins, [Length(4)] Span<double> counts)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            counts[bins[i]] += weights[i] * weights[i];
        }
    }

    [Differentiable]
    public static void ScatterOverwrites([Length(6)] ReadOnlySpan<double> x, [Length(6), NoGradient] int[] index, [Length(4)] Span<double> to)
    {
        for (int i = 0; i < x.Length; i++)
        {
            to[index[i]] = (to[index[i]] * 0.5) + (x[i] * x[i]);
        }
    }

    [Differentiable]
    public static void Normalize([Domain(0.5, 1.5)] Span<double> a)
    {
        double s = 0.0;
        foreach (double v in a)
        {
            s += v * v;
        }

        double length = Math.Sqrt(s);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] /= length;
        }
    }

    [Differentiable]
    public static void Softmax([Length(4)] Span<double> a)
    {
        double largest = a[0];
        foreach (double v in a)
        {
            largest = Math.Max(largest, v);
        }

        double s = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = Math.Exp(a[i] - largest);
            s += a[i];
        }

        for (int i = 0; i < a.Length; i++)
        {
            a[i] /= s;
        }
    }

    [Differentiable]
    public static void MatrixTimesVector([Length(6)] double[] m, double[] x, [Length(2)] Span<double> y)
    {
        y.Clear();
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                y[i] += m[(i * x.Length) + j] * x[j];
            }
        }
    }

    // Idea 62: factorisation, substitution, determinant, fast Fourier transform.
    [Differentiable]
    [Point(4.0, 0.5, 0.25, 0.5, 3.0, -0.5, 0.25, -0.5, 2.0)]
    public static double CholeskyLogDeterminant([Length(9), Domain(1.5, 1.6)] Span<double> a)
    {
        const int n = 3;
        double log = 0.0;
        for (int j = 0; j < n; j++)
        {
            a[(j * n) + j] += 4.0;
            for (int k = 0; k < j; k++)
            {
                a[(j * n) + j] -= a[(j * n) + k] * a[(j * n) + k];
            }

            a[(j * n) + j] = Math.Sqrt(a[(j * n) + j]);
            log += 2.0 * Math.Log(a[(j * n) + j]);
            for (int i = j + 1; i < n; i++)
            {
                double s = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    s -= a[(i * n) + k] * a[(j * n) + k];
                }

                a[(i * n) + j] = s / a[(j * n) + j];
            }
        }

        return log;
    }

    [Differentiable]
    public static void TriangularSolve([Length(9), Domain(1, 2)] double[] lower, Span<double> b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                b[i] -= lower[(i * n) + k] * b[k];
            }

            b[i] /= lower[(i * n) + i];
        }
    }

    [Differentiable]
    public static double DeterminantByElimination([Length(9)] Span<double> a)
    {
        const int n = 3;
        double determinant = 1.0;
        for (int j = 0; j < n; j++)
        {
            int pivot = j;
            for (int i = j + 1; i < n; i++)
            {
                if (Math.Abs(a[(i * n) + j]) > Math.Abs(a[(pivot * n) + j]))
                {
                    pivot = i;
                }
            }

            if (pivot != j)
            {
                for (int k = 0; k < n; k++)
                {
                    (a[(j * n) + k], a[(pivot * n) + k]) = (a[(pivot * n) + k], a[(j * n) + k]);
                }

                determinant = -determinant;
            }

            determinant *= a[(j * n) + j];
            for (int i = j + 1; i < n; i++)
            {
                double factor = a[(i * n) + j] / a[(j * n) + j];
                for (int k = j; k < n; k++)
                {
                    a[(i * n) + k] -= factor * a[(j * n) + k];
                }
            }
        }

        return determinant;
    }

    [Differentiable]
    public static void FourierTransform([Length(8)] Span<double> re, [Length(8)] Span<double> im)
    {
        int n = re.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (re[i], re[j]) = (re[j], re[i]);
                (im[i], im[j]) = (im[j], im[i]);
            }
        }

        for (int length = 2; length <= n; length <<= 1)
        {
            double angle = -2.0 * Math.PI / length;
            for (int start = 0; start < n; start += length)
            {
                for (int k = 0; k < length / 2; k++)
                {
                    double c = Math.Cos(angle * k), s = Math.Sin(angle * k);
                    int p = start + k, q = p + (length / 2);
                    double tr = (re[q] * c) - (im[q] * s), ti = (re[q] * s) + (im[q] * c);
                    (re[q], im[q]) = (re[p] - tr, im[p] - ti);
                    re[p] += tr;
                    im[p] += ti;
                }
            }
        }
    }

    [Differentiable]
    public static void Leapfrog([Length(2)] Span<double> position, [Length(2)] Span<double> momentum, double k, [NoGradient] int steps)
    {
        const double h = 0.1;
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < position.Length; i++)
            {
                momentum[i] -= 0.5 * h * k * Math.Sin(position[i]);
                position[i] += h * momentum[i];
                momentum[i] -= 0.5 * h * k * Math.Sin(position[i] * position[1 - i]);
            }
        }
    }

    [Differentiable]
    public static double ClearedBetween([Length(4)] double[] a, double x)
    {
        double[] t = new double[a.Length];
        double s = 0.0;
        for (int k = 0; k < 2; k++)
        {
            Array.Clear(t);
            for (int i = 0; i < a.Length; i++)
            {
                t[i] += a[i] * x;
            }

            s = s * t[1] + t[0] * t[2];
            Array.Clear(t, 1, 2);
            s += t[1] + t[2] + t[3] * t[3];
        }

        return s;
    }

    [Differentiable]
    public static void FillAndClear([Length(4)] double[] a, double x)
    {
        a.AsSpan(0, 2).Fill(x * a[3]);
        a.AsSpan(3).Clear();
        Array.Fill(a, a[2] + a[0]);
        a[1] *= x;
    }

    [Differentiable]
    public static void CopyAndChange(ReadOnlySpan<double> from, [Length(4)] Span<double> to, double x)
    {
        from.CopyTo(to[1..]);
        to[2] *= to[1] * x;
        to[0] += to[3];
    }

    [Differentiable]
    public static void PartsOfOne([Length(6)] Span<double> a, double x)
    {
        Span<double> left = a[..3], right = a[2..];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = right[i] * x;
            right[0] += left[i];
        }
    }

    [Differentiable]
    public static void Overlapping([Length(6)] Span<double> a)
    {
        Accumulate(a[..4], a[2..]);
        Accumulate(a, a);
    }

    private static void Accumulate(Span<double> to, ReadOnlySpan<double> from)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * from[i];
        }
    }

    [Differentiable]
    public static void WhileTheArraySays([Length(4)] Span<double> a, double x)
    {
        int i = 0;
        while (i < 3 && a[i] < 1.0)
        {
            a[i + 1] += a[i] * x;
            a[i] *= a[i];
            i++;
        }
    }

    [Differentiable]
    public static void WritesAndContinues([Length(5)] Span<double> a, double x)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] < 0.0)
            {
                continue;
            }

            a[i] *= x;
            if (a[i] > 1.0)
            {
                break;
            }

            a[(i + 1) % a.Length] += a[i];
        }
    }

    [Differentiable]
    public static void SinglePrecision([Length(4)] Span<float> a, float x)
    {
        for (int i = 1; i < a.Length; i++)
        {
            a[i] += a[i - 1] * x;
        }
    }

    [Differentiable]
    public static void OddEven([Length(6)] Span<double> a, [NoGradient] int n)
    {
        for (int sweep = 0; sweep < n; sweep++)
        {
            for (int i = 1 + (sweep % 2); i < a.Length - 1; i += 2)
            {
                a[i] = 0.5 * (a[i - 1] + (a[i + 1] * a[i]));
            }
        }
    }

    /// <summary>More columns than one sweep takes; what is written starts from the same numbers in each.</summary>
    [Emits("ManyColumnsJacobian(")]
    [Emits("Span<Vector512<double>> aDot = Directions.Zero(workspace, a.Length);")]
    [Emits("Vector512<double> zDot = Directions.Unit(1 + x.Length - first);")]
    [Differentiable]
    public static void ManyColumns([Length(11)] ReadOnlySpan<double> x, double y, double z, [Length(4)] Span<double> a, [Length(4), NoGradient] int[] visits)
    {
        for (int i = 0; i < x.Length; i++)
        {
            int at = (visits[i % 4] + i) % 4;
            a[at] = (a[at] * Math.Sin(x[i])) + (y * z);
            visits[i % 4]++;
        }
    }

    /// <summary>Tangents through branches, own memory, roots at zero and slices.</summary>
    [Emits("RowsJacobian(")]
    [Differentiable]
    [Point(0.5, -3.0, 0.25, -0.5, 1.0, 0.75, 0.1, 0.2, 0.3)]
    public static void Rows([Length(5)] ReadOnlySpan<double> x, double y, [Length(3)] Span<double> rows)
    {
        double[] own = new double[x.Length];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = x[i] > 0.3 ? Math.Sqrt(x[i]) * y : x[i] < -2.0 ? 0.0 : x[i] / (2.0 + y);
        }

        rows[0] = own[0] - own[^1];
        rows[1] = own.Length > 4 ? Math.Sqrt(Math.Abs(own[1])) * own[2] : 0.0;
        Span<double> tail = rows[2..];
        tail[0] += -own[3];
    }
}
