using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Fields that anyone may assign.</summary>
public struct Body
{
    public double X;
    public double V;
    public int Hits;

    public double Momentum(double mass) => mass * V;

    // What it changes may be a member of itself.
    public double Doubled(ref double v)
    {
        double before = X;
        v *= 2.0;
        return (before * X) + V;
    }

    public double First(Body[] all, double x)
    {
        double before = X;
        all[0].X = x * V;
        return before * X;
    }
}

/// <summary>A struct of fields in a struct of fields.</summary>
public struct Pair
{
    public Body Left, Right;
    public double Spring;
}

/// <summary>Properties, some of them structs that are copied when they are read.</summary>
public struct Node
{
    public double Value { get; set; }

    public Body Inner { get; set; }
}

public record struct Entry(double Key, double Weight);

/// <summary>What is stored once and never changed.</summary>
public readonly struct Interval
{
    public Interval(double min, double max)
    {
        Min = min;
        Max = max;
    }

    public double Min { get; }

    public double Max { get; }

    public double Width => Max - Min;
}

public struct Init
{
    public double A { get; init; }

    public required double B { get; init; }
}

/// <summary>Structs that are no positional readonly records, in variables and in arrays.</summary>
public static partial class MutableStructs
{
    [Differentiable]
    public static void Kick([Length(3)] Span<Body> b, double dt)
    {
        for (int i = 0; i < b.Length; i++)
        {
            b[i].V -= dt * Math.Sin(b[i].X);
            b[i].X += dt * b[i].V;
            b[i].Hits++;
            b[i].X *= b[i].Hits > 2 ? 0.5 : 1.0;
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Local(double x, double y)
    {
        Body b;
        b.X = x;
        b.V = y * x;
        b.Hits = 2;
        for (int i = 0; i < b.Hits; i++)
        {
            b.V += b.X * y;
            b.X *= 0.5;
        }

        Body c = b;
        c.X += 1.0;
        return (b.Momentum(x) * c.X) + (b.X * c.V);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Parameter(Body b, Pair p)
    {
        p.Left.X += b.X * p.Right.V;
        b = p.Left;
        b.V *= p.Spring;
        p.Right = b with { X = p.Left.X * 2.0 };
        return (p.Right.X * b.V) + p.Left.V;
    }

    [Differentiable]
    public static Pair Result(Pair p, double x)
    {
        p.Left = new Body { X = x * p.Spring, V = p.Right.X, Hits = p.Left.Hits };
        p.Spring -= p.Left.V * x;
        return p;
    }

    [Differentiable]
    public static void Pairs([Length(2)] Pair[] p, double x)
    {
        for (int i = 0; i < p.Length; i++)
        {
            p[i].Left.X += x * p[i].Right.V;
            p[i].Right = p[i].Left;
            p[i].Right.V = p[i].Spring * p[i].Left.X;
            p[1].Spring *= p[i].Right.X;
        }
    }

    [Differentiable]
    public static void Nodes([Length(3)] Node[] n, double x)
    {
        for (int i = 1; i < n.Length; i++)
        {
            n[i].Value *= x + n[i - 1].Inner.V;
            n[i].Inner = n[i].Inner with { X = n[i].Value * n[i].Inner.X };
            n[i - 1].Inner = n[i].Inner;
        }
    }

    [Differentiable]
    public static void Entries([Length(3)] Span<Entry> e, double x)
    {
        e[0].Key += x * e[1].Weight;
        e[2] = e[1] with { Weight = e[0].Key * e[2].Weight };
        e[1] = new Entry(e[2].Key, e[1].Key);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Widths([Length(3)] ReadOnlySpan<Interval> a, double x)
    {
        double s = x;
        foreach (Interval i in a)
        {
            s += i.Width * i.Width * i.Min * x;
        }

        return s;
    }

    [Differentiable]
    public static void Widen([Length(3)] Interval[] a, double x)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = new Interval(a[i].Min - x, a[i].Max * a[i].Width);
        }

        a[0] = new Interval(a[0].Min, a[1].Max * x);
    }

    [Differentiable]
    public static Init Made([Length(2)] Init[] a, Init b)
    {
        a[1] = a[0] with { B = b.A * a[1].A };
        a[0] = new Init { B = a[1].B * b.B };
        return new Init { A = a[0].B, B = b.B * a[1].B };
    }

    private static void Bounce(ref Body b, double x)
    {
        b.V = -b.V * x;
        b.Hits += 1;
    }

    private static void Scale(ref double v, double x) => v *= x;

    [EmitsNot("_ = ")]
    [Differentiable]
    public static double ByReference([Length(3)] Body[] b, double x)
    {
        Body own = b[0];
        Bounce(ref b[1], x);
        Bounce(ref own, b[1].X);
        Scale(ref b[2].X, own.V);
        Scale(ref own.V, x);
        Scale(ref own.X, own.V);
        return own.X + own.Hits;
    }

    [Differentiable]
    public static double OfItself([Length(3)] Body[] b, double x, [NoGradient] int i)
    {
        double s = b[i % 3].Doubled(ref b[0].X) + b[i % 3].First(b, x);
        Body own = b[1];
        return s + own.Doubled(ref own.X) + b[0].Momentum(b[0].X = x);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Own(double x, [NoGradient] int n)
    {
        Span<Pair> p = new Pair[n + 1];
        p[0].Left.X = x;
        for (int i = 1; i < p.Length; i++)
        {
            p[i].Left = p[i - 1].Left;
            p[i].Left.X *= x;
            p[i].Spring += p[i].Left.X + p[i - 1].Spring;
        }

        return p[n].Spring * p[n].Left.X;
    }
}
