using DiffCompile;

namespace DiffCompile.Corpus;

public readonly record struct Particle(double X, double Y, double Mass);

public readonly record struct Label(double X, int Kind, double Weight, bool IsHeavy, Sign Side);

public enum Sign
{
    Plus,
    Minus,
}

public readonly record struct Segment(Point2 From, Point2 To, float Width);

public readonly record struct Single2(float A, float B)
{
    public float Product => A * B;

    public Single2 Turned(float angle) => new((A * MathF.Cos(angle)) - (B * MathF.Sin(angle)), (A * MathF.Sin(angle)) + (B * MathF.Cos(angle)));
}

/// <summary>Arrays and spans of record structs and of tuples.</summary>
public static partial class StructArrays
{
    private static readonly Point2[] s_nodes = [new(0.5, 1.0), new(-0.5, 2.0)];

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Energy(ReadOnlySpan<Particle> p, double softening)
    {
        double sum = 0.0;
        for (int i = 0; i < p.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = p[i].X - p[j].X, dy = p[i].Y - p[j].Y;
                sum -= p[i].Mass * p[j].Mass / Math.Sqrt((dx * dx) + (dy * dy) + 1.0 + (softening * softening));
            }
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Moment(Particle[] p)
    {
        double s = 0.0;
        foreach (Particle q in p)
        {
            s += q.Mass * ((q.X * q.X) + Math.Sin(q.Y));
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OneMember(ReadOnlySpan<Particle> p)
    {
        double s = 0.0;
        foreach (Particle q in p)
        {
            s += q.X * q.X * q.X;
        }

        return s;
    }

    [Differentiable]
    public static void Drift(Span<Particle> p, double dt)
    {
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = p[i] with { X = p[i].X + (dt * p[i].Y * p[i].Y) };
        }
    }

    [Differentiable]
    public static void Replace([Length(4)] Particle[] p, double k)
    {
        for (int i = 1; i < p.Length; i++)
        {
            Particle q = p[i - 1];
            p[i] = new Particle(q.X * p[i].Y, Math.Sin(q.Y) + k, q.Mass * p[i].Mass);
        }
    }

    // What a loop overwrites is kept.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Leapfrog([Length(2)] Span<Particle> p, double h)
    {
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < p.Length; i++)
            {
                Particle q = p[i];
                p[i] = q with { X = q.X + (h * q.Mass * Math.Cos(q.Y)), Y = q.Y - (h * Math.Sin(q.X)) };
            }
        }

        return (p[0].X * p[1].Y) + p[0].Mass;
    }

    [Differentiable]
    public static void Swap([Length(4)] Span<Particle> p, double x, [NoGradient] int k)
    {
        int i = k % 4;
        (p[i], p[^1]) = (p[^1], p[i] with { Mass = x * p[i].Mass });
        p[0] = p[i];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Indexed([Length(3)] ReadOnlySpan<Particle> p, [Length(4)] int[] which, double x)
    {
        double s = x;
        for (int k = 0; k < which.Length; k++)
        {
            if (which[k] < p.Length)
            {
                Particle q = p[which[k]];
                s = (s * q.X) + (q.Mass * k);
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Own(double x, double y, [NoGradient] int n)
    {
        Particle[] p = new Particle[n + 2];
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = new Particle(x * i, i == 0 ? y : p[i - 1].Y * x, 1.0);
        }

        p[0] = p[^1] with { Mass = y };
        double s = 0.0;
        foreach (Particle q in p)
        {
            s += q.Mass * q.X * q.Y;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Copies([Length(3)] Particle[] p, double x)
    {
        Particle[] q = (Particle[])p.Clone();
        Particle[] r = [new(x, 2.0, x * x), .. p];
        q.AsSpan(1, 2).CopyTo(r);
        Array.Copy(p, 0, q, 1, 2);
        q[0] = r[0] with { Y = x };
        r.AsSpan(3).Fill(q[0]);
        Span<Particle> t = stackalloc Particle[2];
        t[1] = q[1];
        p.AsSpan(1).CopyTo(r.AsSpan(1, 2));
        return (q[0].X * r[1].Y * r[2].Mass) + (q[0].Y * r[3].Mass) + (t[0].X * t[1].Mass) + (t[1].X * q[2].Y);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Parts([Length(5)] ReadOnlySpan<Particle> p)
    {
        ReadOnlySpan<Particle> inner = p[1..^1], tail = inner.Slice(1);
        double s = 0.0;
        for (int i = 0; i < tail.Length; i++)
        {
            s += inner[i].X * tail[i].Y;
        }

        return s * (tail.IsEmpty ? 1.0 : p[^1].Mass);
    }

    [Differentiable]
    public static void InParts([Length(4)] Span<Particle> p, double x)
    {
        Span<Particle> tail = p[1..], middle = tail[..^1];
        for (int i = 0; i < middle.Length; i++)
        {
            middle[i] = middle[i] with { Y = tail[i].X * x * p[i].Y };
        }

        tail[2] = middle[0];
        p[..1].Clear();
    }

    // Members that are not differentiated stay as they are.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Labels([Length(4)] Label[] a, double x)
    {
        double s = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            s += a[i].Kind > 1 ? a[i].X * a[i].X * x : a[i].IsHeavy ? a[i].Weight * x * x : a[i].Kind;
            s *= a[i].Side == Sign.Plus ? 1.0 : x;
        }

        return s;
    }

    [Differentiable]
    public static void Relabel([Length(4)] Label[] a, double x)
    {
        for (int i = 1; i < a.Length; i++)
        {
            Label b = a[i - 1];
            a[i] = a[i] with { X = b.IsHeavy ? a[i].Weight * x : b.X * a[i].X, Kind = b.Kind + 1, IsHeavy = !b.IsHeavy, Side = b.Kind > 2 ? Sign.Minus : b.Side };
        }

        a[0] = new Label(x, a[1].Kind, a[^1].X, a[2].IsHeavy, Sign.Minus);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Lengths([Length(3)] ReadOnlySpan<Segment> s)
    {
        double sum = 0.0;
        for (int i = 0; i < s.Length; i++)
        {
            Point2 a = s[i].From, b = s[i].To;
            sum += s[i].Width * Math.Sqrt(1.0 + ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
        }

        return sum;
    }

    [Differentiable]
    public static void Chain([Length(3)] Span<Segment> s, double x)
    {
        for (int i = 1; i < s.Length; i++)
        {
            s[i] = s[i] with { From = s[i - 1].To, To = s[i].To with { X = x * s[i].From.Y }, Width = 2.0f * s[i].Width };
        }

        s[0] = s[0] with { To = s[2].From };
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static float Members([Length(3)] ReadOnlySpan<Single2> a, float x)
    {
        float s = 0.0f;
        for (int i = 0; i < a.Length; i++)
        {
            s += a[i].Product * a[i].Turned(x).A;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfTuples([Length(3)] (double Re, double Im)[] z, double x)
    {
        double s = 0.0;
        for (int i = 0; i < z.Length; i++)
        {
            (double re, double im) = z[i];
            s += (re * im * x) + (z[i].Re * z[i].Item2);
        }

        return s;
    }

    [Differentiable]
    public static void TuplesInPlace([Length(3)] Span<(double Re, double Im)> z, double x)
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i].Re *= x;
            z[i] = (z[i].Re - z[i].Im, z[i].Im * z[i].Re);
            (z[i].Re, z[i].Im) = (z[i].Im, z[0].Re);
        }
    }

    [Differentiable]
    public static (double X, double Y) Centre([Length(3)] ReadOnlySpan<Particle> p, double scale)
    {
        double x = 0.0, y = 0.0;
        foreach (Particle q in p)
        {
            x += q.Mass * q.X;
            y += q.Mass * q.Y * scale;
        }

        return (x, y);
    }

    [Differentiable]
    public static Point2 Two([Length(2)] ReadOnlySpan<Particle> p, [Length(2)] Label[] a, double[] x) => new(p[0].X * a[1].Weight * x[0], p[1].Mass * a[0].X * x[2]);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Grid([Length(2, 3)] Point2[,] a)
    {
        double s = 0.0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                s += a[i, j].X * a[1 - i, j].Y * (i + j);
            }
        }

        return s;
    }

    [Differentiable]
    public static void GridInPlace([Length(2, 3)] Point2[,] a, double x)
    {
        for (int j = 0; j < a.GetLength(1); j++)
        {
            a[1, j] = new Point2(a[0, j].Y * x, a[1, j].X);
            a[0, j] = a[0, j] with { X = a[1, j].X * a[1, j].Y };
        }
    }

    private static double Kinetic(ReadOnlySpan<Particle> p, int from)
    {
        double s = 0.0;
        for (int i = from; i < p.Length; i++)
        {
            s += Square(in p[i]);
        }

        return s;
    }

    private static double Square(in Particle q) => q.X * q.X * q.Mass;

    private static void Push(ref Particle q, double dt, in Particle other) => q = q with { X = q.X + (dt * other.Y), Y = q.Y * other.X };

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Helpers([Length(3)] Particle[] p, double dt)
    {
        Push(ref p[0], dt, in p[1]);
        Push(ref p[2], dt, in p[2]);
        return Kinetic(p, 1) + Kinetic(p.AsSpan(0, 1), 0) + p[2].Y;
    }

    [Differentiable]
    public static double WithScratch([Length(3)] ReadOnlySpan<Particle> p, [Scratch, Length(3)] Span<Particle> t)
    {
        for (int i = 0; i < p.Length; i++)
        {
            t[i] = new Particle(p[i].X * p[i].Y, i == 0 ? 1.0 : t[i - 1].X, p[i].Mass);
        }

        return t[2].X * t[1].Y * t[2].Y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Table(double x)
    {
        double s = 0.0;
        for (int i = 0; i < s_nodes.Length; i++)
        {
            s += s_nodes[i].Y * Math.Exp(x * s_nodes[i].X);
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Excluded([NoGradient, Length(3)] Particle[] data, [Length(3)] Particle[] p)
    {
        double s = 0.0;
        for (int i = 0; i < p.Length; i++)
        {
            s += (data[i].X - p[i].X) * (data[i].Y - p[i].Y) * data[i].Mass * p[i].Mass;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LeavesEarly([Length(4)] Particle[] p, double x)
    {
        double s = x;
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = p[i] with { Mass = s };
            if (p[i].X > 0.75)
            {
                return s * p[i].Y;
            }

            if (p[i].Y < -1.0)
            {
                break;
            }

            s *= p[i].X * p[i].Mass;
        }

        return s + p[1].Mass;
    }

    // The element is read for the value of q only.
    [Differentiable]
    public static double Unneeded([Length(4)] Particle[] p, double x, [NoGradient] int i)
    {
        Particle q = p[i];
        return (x * x) + (0.0 * Math.Floor(q.Mass));
    }

    [Differentiable]
    public static void Weighted([Length(2)] Span<Point2> p, [Length(4)] ReadOnlySpan<double> w)
    {
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = new Point2(p[i].X * w[2 * i], p[i].Y * w[(2 * i) + 1] * p[i].X);
        }
    }

    [Differentiable]
    public static void TwoNames([Length(2)] (double Re, double Im)[] a, [Length(2)] (double X, double Y)[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i].Re += b[i].X * b[i].Y;
        }

        b.CopyTo(a, 0);
    }

    // Both are looked at, but of q only whether it is there.
    [Differentiable]
    public static double Unread(Particle[] p, Particle[] q, double x)
    {
        double s = 0.0;
        for (int i = 0; i < p.Length; i++)
        {
            Particle other = q[i];
            s += Math.Floor(other.Y - other.Y) + (p[i].X * x);
        }

        return s;
    }

    [Expect]
    internal static bool Each_array_has_its_own_check()
    {
        Particle[] one = [new(1.0, 2.0, 3.0)], two = [one[0], one[0]];
        return Near.Throws<IndexOutOfRangeException>(() => Excluded(one, two)) && Near.Throws<IndexOutOfRangeException>(() => ExcludedGradient(one, two, new Particle[2]))
            && Near.Throws<IndexOutOfRangeException>(() => Unread(two, one, 2.0)) && Near.Throws<IndexOutOfRangeException>(() => UnreadGradient(two, one, 2.0, new Particle[2], new Particle[1]))
            && UnreadGradient(two, two, 2.0, new Particle[2], new Particle[2]) == 2.0;
    }

    [Expect]
    internal static bool What_has_no_derivative_is_left_alone()
    {
        Label[] a = [new(0.5, 2, 1.0, true, Sign.Plus), new(0.25, 0, 2.0, true, Sign.Plus)], bars = [new(9.0, 7, 9.0, true, Sign.Minus), new(9.0, 8, 9.0, false, Sign.Minus)];
        LabelsGradient(a, 2.0, bars);
        return bars[0] == new Label(2.0, 7, 0.0, true, Sign.Minus) && bars[1] == new Label(0.0, 8, 4.0, false, Sign.Minus);
    }
}
