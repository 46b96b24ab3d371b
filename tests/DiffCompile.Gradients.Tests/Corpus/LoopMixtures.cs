using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Loops, branches, arrays and parts of them in each other: pairs of constructs that go wrong together.</summary>
public static partial class LoopMixtures
{
    [Differentiable]
    public static void SlicesInBranchInLoop([Length(6)] Span<double> a, double x, [NoGradient] int n)
    {
        for (int i = 0; i < 3; i++)
        {
            if ((i + n) % 2 == 0)
            {
                Span<double> p = a.Slice(i, 2), q = a[(i + 1)..];
                p[0] *= q[0] * x;
                q[1] += p[1] * p[0];
            }
            else
            {
                a[i] *= a[i + 1];
            }
        }
    }

    [Differentiable]
    public static double LocalInBranchInLoop(double[] b, double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n + 1; i++)
        {
            if (s < 2.0)
            {
                var t = new double[i + 1];
                for (int j = 0; j <= i; j++)
                {
                    t[j] = s * b[j % 3] + (j > 0 ? t[j - 1] : 0.0);
                }

                s += t[i] * t[i];
                if (s > 5.0)
                {
                    break;
                }
            }
            else
            {
                s *= 0.5 * x;
                continue;
            }

            s += b[0];
        }

        return s;
    }

    [Differentiable]
    public static double ReturnInBranchWithArrays([Length(5)] Span<double> a, double x)
    {
        for (int i = 0; i < a.Length; i++)
        {
            var part = a[i..];
            part[0] *= x;
            if (part[0] > 0.5)
            {
                part[^1] += part[0] * x;
                return a[^1] * part[0];
            }

            if (part[0] < -1.0)
            {
                a[0] = x;
                break;
            }
        }

        return a[0] * a[1];
    }

    [Differentiable]
    public static void AliasParts([Length(4)] Span<double> a)
    {
        Span<double> b = a, c = b[1..], d = c[1..];
        for (int i = 0; i < d.Length; i++)
        {
            b[i] = c[i] * d[i];
            d[i] += b[i + 1];
            c[0] *= a[3];
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OuterValueInInner(double x, double y, [NoGradient] int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            double t = Math.Sin(x * i) * s + y;
            for (int j = 0; j < i; j++)
            {
                double u = t * y + j;
                for (int k = 0; k < 2; k++)
                {
                    s += u * t * k + s * 0.1 * u;
                    t += 0.1 * s;
                }
            }

            s *= t;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TripCountsDiffer(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < 4; i++)
        {
            int j = 0;
            while (s < 3.0 && j < i + n)
            {
                s = s * 1.1 + x * x;
                j++;
            }

            s *= 0.4;
            s += j * x;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CarriedInt(double x, [NoGradient] int n)
    {
        int a = 0, b = 1;
        double s = 0;
        for (int i = 0; i < n + 3; i++)
        {
            s += x * s * a + x;
            (a, b) = (b, a + b);
            if (b % 3 == 0)
            {
                a ^= 1;
                s *= x;
            }
        }

        return s * b;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CarriedBool(double x, [NoGradient] int n)
    {
        bool flip = n > 1;
        double s = x;
        for (int i = 0; i < 5; i++)
        {
            if (flip)
            {
                s *= x + i;
            }
            else
            {
                s += x * s;
            }

            flip = !flip && s < 3.0;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StructCarried(double x, double y)
    {
        var p = (A: x, B: y, N: 0);
        for (int i = 0; i < 4; i++)
        {
            p = (p.A * p.B, p.A + y * p.B, p.N + 1);
            p.A += p.N;
        }

        return p.A * p.B;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StopInLoop(double x, double y)
    {
        double s = x;
        for (int i = 0; i < 3; i++)
        {
            s = s * y + Differentiation.StopGradient(0.0 * s);
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double AbsMax(double[] a)
    {
        double m = 0.0;
        foreach (double v in a)
        {
            m = Math.Max(m, Math.Abs(v));
        }

        double s = 0;
        foreach (double v in a)
        {
            s += (v / m) * (v / m);
        }

        return m * Math.Sqrt(s);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ArrayVarReassigned(double[] a, double[] b, double x)
    {
        double[] c = a;
        double s = c[0] * x;
        c = b;
        s *= c[1];
        c = a;
        s += c[2] * s;
        return s;
    }

    [Differentiable]
    public static void ArrayVarReassigned2(double[] a, Span<double> b, double x)
    {
        Span<double> c = a;
        c[0] *= x;
        c = b;
        c[0] += a[0];
        c = c[1..];
        c[0] *= b[0];
        c[1] = c[0] * c[0];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ParamReassigned(double x, double[] a)
    {
        a = new double[2];
        a[0] = x * x;
        a[1] = a[0] * x;
        x = a[1];
        return x * a[0];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NestedIndex([Length(4)] double[] x, [Length(4), NoGradient] int[] p)
    {
        double s = 0;
        for (int i = 0; i < 4; i++)
        {
            s += x[p[p[i]]] * x[i] * s + x[p[i]];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double IntArrayWritten([Length(4)] double[] x, [Length(4), NoGradient] int[] p)
    {
        double s = 0;
        for (int i = 0; i < 4; i++)
        {
            p[i] = (p[i] + i) % 4;
            s += x[p[i]] * x[i] * (1 + s);
            p[(i + 1) % 4] ^= p[i] & 3;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NoGradArray([NoGradient] double[] w, double x)
    {
        double s = 0;
        for (int i = 0; i < w.Length; i++)
        {
            s += w[i] * x * s + x;
        }

        return s;
    }

    [Differentiable]
    public static double NoGradWritten([NoGradient] double[] w, double x)
    {
        double s = x;
        for (int i = 0; i < w.Length; i++)
        {
            s += w[i] * x * s;
            w[i] = w[i] * 2;
            s *= w[i];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CopyInBranch([Length(3)] double[] a, double x)
    {
        Span<double> t = new double[3];
        if (x > 0)
        {
            a.CopyTo(t);
        }
        else
        {
            t.Fill(x);
        }

        double s = 0;
        foreach (double v in t)
        {
            s += v * v * a[0];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ForeachModifiesSame([Length(3)] double[] a, double x)
    {
        Span<double> t = new double[3];
        t[0] = x;
        t[1] = a[1];
        t[2] = 1;
        double s = 0;
        int i = 0;
        foreach (double v in t)
        {
            i++;
            if (i < 3)
            {
                t[i] += v * a[0];
            }

            s += v * t[2];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ForeachItemAssigned([Length(3)] double[] a, double x)
    {
        double s = x;
        foreach (double v in a)
        {
            double w = v;
            w *= s;
            s += w * x;
        }

        for (int k = 0; k < 2; k++)
        {
            foreach (double v in a.AsSpan(k))
            {
                s = s * v + k;
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LocalShadow(double x, [NoGradient] int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            double t = x * i;
            s += t * s + t;
        }

        for (int i = n; i > 0; i--)
        {
            double t = x - i;
            s *= t;
        }

        {
            double t = s * s;
            return t;
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UninitialisedThenSet(double x, [NoGradient] int n)
    {
        double best;
        int k = 0;
        do
        {
            best = x * k + x * x;
            k++;
        }
        while (k < n);
        return best * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SqrtZeroFirst(double[] a)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++)
        {
            s += i == 0 ? 0.0 * a[i] : Math.Sqrt(a[i] * a[i] + 0.5) * s + a[i];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double GeometricUntil([Domain(0.4, 0.45)] double x)
    {
        double t = 1, s = 0;
        while (t > 1e-3)
        {
            s += t;
            t *= x;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PassLoopVarByHelperOut(double x, double y)
    {
        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            Two(x * i, s, out double p, out s);
            s += p * y;
        }

        return s;
    }

    private static void Two(double a, double b, out double p, out double q)
    {
        p = a * b + a;
        q = b * b + a;
    }

    [Differentiable]
    public static void OutElement(Span<double> a, double x)
    {
        for (int i = 0; i < 2; i++)
        {
            Two(a[i], x, out a[i + 1], out double q);
            a[i] += q;
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LongIndexCast([Length(4)] double[] x, [NoGradient] long n)
    {
        double s = 1;
        for (long i = 0; i < 4; i++)
        {
            s = s * x[(int)i] + n;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double FloatToIntIndex([Length(4)] double[] table, [Domain(0.1, 2.9)] double x)
    {
        int i = (int)x;
        double t = x - Differentiation.StopGradient(i);
        return table[i] * (1 - t) + table[i + 1] * t;
    }

    // The index into the triangle runs on through both loops.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RunningIndex([Length(6)] double[] triangle, [Length(4)] double[] x)
    {
        double sum = 0.0;
        int at = 0;
        for (int j = 0; j < 4; j++)
        {
            for (int i = j + 1; i < 4; i++)
            {
                sum += triangle[at] * triangle[at] * x[i] * x[j];
                at++;
            }
        }

        return sum;
    }

    // The same cosine in the test, in a trip and behind the loop: what is found in one place is not at hand in every other.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CosineEverywhere(double x, [NoGradient] int n)
    {
        double s = Math.Sin(x), t = x;
        int trips = 0;
        while (Math.Cos(x) * s < 50.0 && trips < 3)
        {
            trips++;
            s += Math.Sin(t) + (0.5 * Math.Cos(x));
            t *= 1.1;
            if (n > 1)
            {
                s += Math.Sin(s) * Math.Cos(s);
            }
        }

        for (int i = 0; i < n; i++)
        {
            s += Math.Sin(x * i) * Math.Cos(x * i);
            if (i > 1)
            {
                t += Math.Sin(t);
            }
        }

        return (s * Math.Sin(x)) + (n > 1 ? Math.Sin(s) : Math.Cos(t));
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CosineOnOneSide(double x, double y)
    {
        double t;
        if (y > 0.0)
        {
            t = Math.Cos(x) * x;
        }
        else
        {
            t = Math.Sin(x) + y;
        }

        return t * t * Math.Exp(t);
    }

    // What is read in every trip is found before the loop, but not before something was written.
    [Differentiable]
    public static double WritesThenReads([Length(4)] Span<double> a, [Length(4)] double[] b, [NoGradient] int at)
    {
        double s = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] *= a[i];
            s += (a[i] * s * Math.Exp(b[at])) + (b[at] * b[at] * a[i]);
        }

        return s;
    }

    // Trips that depend on where the loop around stands, on a test that is worked out, and on nothing.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NestsOfAllKinds([Length(4)] double[] a, [NoGradient] int n)
    {
        double s = 1.0;
        for (int i = 1; i <= n - 1; i++)
        {
            for (int j = n - 1; j >= 0; j--)
            {
                s = Math.Sin(s) + (a[j % 4] * i);
                for (int k = 0; k < 2; k++)
                {
                    s *= Math.Cos(s * a[k]);
                }
            }

            for (int j = i; j < n; j++)
            {
                s += Math.Sin(a[j % 4] * s);
            }

            if (i == 1)
            {
                for (int j = n; j > 1; j--)
                {
                    s *= Math.Exp(0.1 * s);
                }
            }
        }

        return s;
    }

    // Both variables take each other's old value.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Exchange(double x, double y, [NoGradient] int n)
    {
        double a = x, b = y;
        for (int i = 0; i < n; i++)
        {
            (a, b) = (b, a);
        }

        return a * a * b;
    }

    // The element is read, then written, then written with a sum of what was read.
    [Differentiable]
    public static void WrittenInBetween(Span<double> a, double x)
    {
        a[0] = a[0] + (a[0] = x * x);
    }

    // The exponential is the same in every trip of the inner loop, which may have none.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SameInEveryTrip(double[] x, double y, [NoGradient] int n)
    {
        double s = 1.0;
        for (int j = 0; j < x.Length; j++)
        {
            for (int i = 0; i < n; i++)
            {
                s = Math.Sin(s) * Math.Exp(x[j] * y);
            }
        }

        return s;
    }
}
