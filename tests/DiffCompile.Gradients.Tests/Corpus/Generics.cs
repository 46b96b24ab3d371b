using System.Numerics;
using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>A vector of any number type.</summary>
public readonly record struct Vector<T>(T X, T Y)
    where T : IFloatingPointIeee754<T>
{
    public T Length => T.Sqrt(Dot(this) + T.One);

    public static Vector<T> operator +(Vector<T> a, Vector<T> b) => new(a.X + b.X, a.Y + b.Y);

    public T Dot(Vector<T> other) => X * other.X + Y * other.Y;
}

/// <summary>A force law that a generic method is given by its type.</summary>
public interface IForce
{
    double At(double x);
}

public readonly record struct Spring(double K) : IForce
{
    public double At(double x) => -K * x;
}

public readonly record struct Pendulum(double G) : IForce
{
    public double At(double x) => -G * Math.Sin(x);
}

/// <summary>Generic methods over number types: differentiable ones have members for double and for float.</summary>
public static partial class Generics
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static T Bump<T>(T x, T width)
        where T : IFloatingPointIeee754<T>
    {
        T u = x / (width * width + T.CreateChecked(0.5));
        return T.Exp(-u * u) / (T.One + T.Cos(T.Pi * x) * T.CreateChecked(0.25));
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static T Recurrence<T>(T[] a, T x)
        where T : IFloatingPointIeee754<T>
    {
        T s = T.Zero, p = T.One;
        foreach (T v in a)
        {
            p *= x;
            s += v * p + s * v * T.CreateChecked(0.1);
        }

        return s;
    }

    [Differentiable]
    public static (T Radius, T Angle) Polar<T>(Vector<T> v)
        where T : IFloatingPointIeee754<T> => (v.Length, T.Atan2(v.Y, T.CreateChecked(2) + v.X * v.X));

    [Differentiable]
    public static void Scaled<T>(ReadOnlySpan<T> from, Span<T> to, T factor)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] += factor * from[i] * from[i];
        }
    }

    /// <summary>Calls the instance of double and that of float.</summary>
    [Differentiable]
    public static double Mixed(double x, float y) => Bump(x, 1.0) * Bump(y, 0.5f) + Clamped(x) * Clamped(y) + Sum(new Vector<double>(x, 2.0)).X;

    [Differentiable]
    public static double Nested(double x) => x * BumpGradient(x, 1.0).x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Forces(double x, double k) => Work(new Spring(k), x) * Work(new Pendulum(x), k);

    // Kept as a pair of methods for each number type.
    [Differentiable]
    [Emits("Large_doubleLayer")]
    [Emits("Large_floatLayer")]
    public static T Large<T>(T x, T y)
        where T : IFloatingPointIeee754<T>
    {
        T r = x;
        r = Layer(r, y);
        r = Layer(r, x);
        r = Layer(r, r * y);
        r = Layer(r, x + y);
        r = Layer(r, x - y);
        r = Layer(r, r * x);
        r = Layer(r, y * y);
        r = Layer(r, x * x);
        r = Layer(r, r - y);
        return Layer(r, x * y);
    }

    private static T Layer<T>(T r, T p)
        where T : IFloatingPointIeee754<T>
    {
        T half = T.CreateChecked(0.5), tenth = T.CreateChecked(0.1);
        T a = T.Sin(r * half + p), b = T.Cos(p * half - r), c = a * b + tenth * p;
        T d = T.Tanh(c + a * half) * b, e = T.Exp(-d * d * half) + c, f = T.Sin(e + d) * a;
        T g = T.Cos(f * half + b) + e * tenth, h = T.Tanh(g * half - f), i = T.Sin(h * a) + g * tenth;
        T j = T.Cos(i + b * half) * h, k = T.Exp(-j * j) + i * tenth, l = T.Tanh(k * half + j) - a * tenth;
        return T.Sin(l + k * half) * half + T.Cos(j - l) * tenth + T.Tanh(i * h) * half;
    }

    private static T Clamped<T>(T x)
        where T : INumber<T> => T.Max(x * x, T.CreateChecked(-3)) + x;

    private static Vector<T> Sum<T>(Vector<T> v)
        where T : IFloatingPointIeee754<T> => v + v + new Vector<T>(T.One, v.Dot(v));

    private static double Work<TForce>(TForce force, double x)
        where TForce : struct, IForce
    {
        double w = 0.0;
        for (int i = 0; i < 3; i++)
        {
            double f = force.At(x);
            w += f * x;
            x += 0.1 * f;
        }

        return w;
    }

    [Expect]
    public static bool Both_number_types_have_members() =>
        Near.Is(2.0 * 3.0, SquareGradient(3.0)) && SquareGradient(3.0f) == 6.0f && SquareGradient(3.0f).GetType() == typeof(float);

    [Differentiable]
    public static T Square<T>(T x)
        where T : INumber<T> => x * x;
}
