using System.Runtime.CompilerServices;
using DiffCompile;

namespace DiffCompile.Corpus;

[InlineArray(3)]
public struct Vector3
{
    private double _element;
}

[InlineArray(4)]
public struct Floats
{
    private float _element;
}

[InlineArray(2)]
public struct Points
{
    private Point2 _element;
}

[InlineArray(3)]
public struct Counts
{
    private int _element;
}

[InlineArray(2)]
public struct Buffer2<T>
{
    private T _element;
}

public struct Rigid
{
    public Vector3 Position;
    public Vector3 Momentum;
    public double Mass;
    public Counts Hits;
}

public readonly record struct Fixed(Vector3 Axis, double Angle);

/// <summary>Inline arrays as parameters, locals, members, results and elements.</summary>
public static partial class InlineVectors
{
    [Differentiable(DerivativeModes.All)]
    public static double Constant(Vector3 v, double x) => (v[0] * v[1] * x) + Math.Sin(v[2]);

    [Differentiable(DerivativeModes.All)]
    public static double Looped(Vector3 v, double x)
    {
        double s = 0.0;
        for (int i = 0; i < 3; i++)
        {
            s += v[i] * v[(i + 1) % 3] * x;
        }

        return s * v[0];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Local(double x, double y, [NoGradient] int k)
    {
        Vector3 v = default;
        v[0] = x;
        v[1] = x * y;
        for (int i = 2; i < 3; i++)
        {
            v[i] = v[i - 1] * v[i - 2];
        }

        v[k % 3] += y * v[2];
        return (v[0] * v[1]) + v[2];
    }

    // What is assigned is a copy.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Copied(Vector3 v, double x, [NoGradient] int k)
    {
        Vector3 w = v;
        w[k % 3] *= x;
        Vector3 u = w;
        v[(k + 1) % 3] = w[0] * u[1];
        (w, u) = (u, v);
        u[0] += x;
        return (v[0] * w[0]) + (v[1] * u[2]) + (w[2] * u[1] * x);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ByPath(Vector3 v, double x)
    {
        Vector3 w = v;
        if (x > 0.0)
        {
            w[1] = x * x;
            w[2] *= w[1];
        }
        else
        {
            w = default;
            w[0] = x * v[2];
        }

        for (int i = 0; i < 2; i++)
        {
            Vector3 t = w;
            w[0] += t[1] * x;
            w[1] = t[0] * t[2];
        }

        return w[0] + (w[1] * w[2]);
    }

    [Differentiable]
    public static Vector3 Cross(Vector3 a, Vector3 b)
    {
        Vector3 c = default;
        for (int i = 0; i < 3; i++)
        {
            int j = (i + 1) % 3, k = (i + 2) % 3;
            c[i] = (a[j] * b[k]) - (a[k] * b[j]);
        }

        return c;
    }

    [Differentiable]
    public static (Vector3 Sum, double Dot) Pair(in Vector3 a, Vector3 b, double x)
    {
        Vector3 sum = a;
        double dot = 0.0;
        for (int i = 0; i < 3; i++)
        {
            sum[i] += b[i] * x;
            dot += a[i] * b[i];
        }

        return (sum, dot);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double AsSpans(Vector3 v, double x)
    {
        Vector3 w = v;
        Span<double> all = w;
        Span<double> tail = w[1..];
        ReadOnlySpan<double> seen = w;
        tail[0] = x * all[2];
        tail.CopyTo(all);
        w[^1] *= x;
        double s = 0.0;
        foreach (double e in w)
        {
            s += e * e;
        }

        return s + (seen[1] * Largest(v));
    }

    private static double Largest(ReadOnlySpan<double> v) => v[0] > v[1] ? v[0] * v[2] : v[1];

    [Differentiable(DerivativeModes.SecondOrder)]
    public static float Single(Floats f, [NoGradient] int i) => f[i] * f[3] * f[(i + 1) % 4];

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfStructs(Points p, [NoGradient] int i)
    {
        Points q = p;
        q[i % 2] = q[1] with { X = q[0].Y * 2.0 };
        return q[0].X * q[1].Y * p[1].X;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Generic(Buffer2<double> b, double x)
    {
        Buffer2<double> c = default;
        c[1] = b[0] * x;
        c[0] = c[1] * b[1];
        return c[0] + c[1];
    }

    [Differentiable]
    public static Rigid Push(Rigid body, double dt)
    {
        Vector3 p = body.Momentum;
        for (int i = 0; i < 3; i++)
        {
            p[i] *= 1.0 - dt;
        }

        body.Momentum = p;
        body.Position[0] += dt * p[0] / (2.0 + (body.Mass * body.Mass));
        body.Position[2] *= body.Momentum[1];
        body.Hits[1] = body.Hits[0] + 1;
        return body;
    }

    [Differentiable]
    public static void PushAll([Length(2)] Span<Rigid> bodies, double dt)
    {
        for (int b = 0; b < bodies.Length; b++)
        {
            bodies[b].Position[0] += dt * bodies[b].Momentum[0];
            bodies[b].Momentum[2] = bodies[b].Mass * bodies[b].Position[1];
            bodies[b].Hits[2]++;
            bodies[0].Position = bodies[b].Momentum;
        }
    }

    [Differentiable]
    public static void Turn([Length(2)] Fixed[] f, double x)
    {
        for (int i = 0; i < f.Length; i++)
        {
            Vector3 axis = f[i].Axis;
            axis[1] *= x * f[0].Angle;
            f[i] = f[i] with { Axis = axis, Angle = f[i].Angle * f[i].Axis[2] };
        }
    }

    [Differentiable]
    public static void Rows([Length(2)] Vector3[] rows, double x)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i][1] += x * rows[0][2];
            Vector3 r = rows[i];
            for (int j = 0; j < 3; j++)
            {
                r[j] *= x;
            }

            rows[1] = r;
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Nested(Vector3 v, double x)
    {
        Vector3 g = ConstantGradient(v, x).v;
        double s = 0.0;
        foreach (double e in g)
        {
            s += e * e;
        }

        return s + ConstantJvp(v, x, g, 1.0).Tangent;
    }

    private static void Scale(ref Vector3 v, double x, int from)
    {
        for (int i = from; i < 3; i++)
        {
            v[i] *= x;
        }
    }

    private static double Norm(Vector3 v, Span<double> all, double x)
    {
        all[1] = x;
        double s = 0.0;
        for (int i = 0; i < 3; i++)
        {
            s += v[i] * v[i];
        }

        return s;
    }

    private static void Add(ref double element, in Vector3 v, double x) => element += x * v[1];

    private static Vector3 Doubled(Vector3 v)
    {
        for (int i = 0; i < 3; i++)
        {
            v[i] += v[i];
        }

        return v;
    }

    // A parameter by value is a copy, one by reference is the variable itself.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Helpers(Vector3 v, double x)
    {
        Vector3 w = v;
        Scale(ref w, x, 1);
        double s = Norm(w, w, x * x);
        Add(ref w[1], in w, x);
        Vector3 d = Doubled(w);
        void Change(int i) => w[i] *= d[i];
        Change(0);
        return s + (w[1] * w[2]) + (d[1] * v[0]) + w[0];
    }

    [Differentiable]
    public static double Out(double x, Vector3 v, out Vector3 result, out Counts counts)
    {
        result = v;
        result[1] = x * v[2];
        counts = default;
        counts[2] = x > 0.0 ? 3 : 2;
        return result[1] * x;
    }
}
