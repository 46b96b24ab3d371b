using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Methods that call themselves: once, several times, on some paths, with several results, in loops.</summary>
public static partial class Recursion
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.1, 13)]
    [Point(-0.7, 4)]
    [Point(0.5, 0)]
    public static double Power(double x, int n) =>
        n == 0 ? 1.0 : n % 2 == 0 ? Power(x * x, n / 2) : x * Power(x, n - 1);

    /// <summary>Bonnet's recursion of the Legendre polynomials, which calls twice.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.3, 5)]
    [Point(-0.8, 2)]
    [Point(0.4, 1)]
    public static double Legendre(double x, int n)
    {
        if (n == 0)
        {
            return 1.0;
        }

        return n == 1 ? x : (((2 * n) - 1) * x * Legendre(x, n - 1) - (n - 1) * Legendre(x, n - 2)) / n;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.7, 1, 9)]
    public static double ContinuedFraction(double x, [NoGradient] int n, [NoGradient] int last) =>
        n > last ? n : n + (x / ContinuedFraction(x, n + 1, last));

    /// <summary>Simpson's rule, halved where the two halves do not agree with the whole: the depth depends on the data.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.0, 1.5, 0.8)]
    [Point(0.2, 0.9, 2.5)]
    public static double Area(double from, double to, double width) => Simpson(from, to, width, 6);

    private static double Simpson(double from, double to, double width, int levels)
    {
        double middle = 0.5 * (from + to);
        double whole = Rule(from, to, width);
        double halves = Rule(from, middle, width) + Rule(middle, to, width);
        return levels == 0 || Math.Abs(halves - whole) < 1e-5
            ? halves
            : Simpson(from, middle, width, levels - 1) + Simpson(middle, to, width, levels - 1);
    }

    private static double Rule(double from, double to, double width) =>
        (to - from) / 6.0 * (Bell(from * width) + (4.0 * Bell(0.5 * (from + to) * width)) + Bell(to * width));

    private static double Bell(double t) => Math.Exp(-t * t);

    /// <summary>What is handed out varies only from the second call on.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 3)]
    [Point(0.6, 1)]
    public static double Later(double x, int n) => Shifted(x, 0.25, 0.125, n);

    private static double Shifted(double x, double y, double z, int n) => n == 0 ? z * 3.0 : Shifted(Math.Sin(x), x * x, y, n - 1);

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, -0.4, 5)]
    public static (double Cosine, double Sine) Turned(double x, double y, [NoGradient] int n)
    {
        if (n == 0)
        {
            return (x, y);
        }

        (double c, double s) = Turned(x - (0.1 * y * y), y + (0.1 * x * x), n - 1);
        return (c * Math.Cos(s), s + (x * c));
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 4)]
    public static double InALoop(double x, double y, [NoGradient] int n)
    {
        double sum = y;
        for (int k = 0; k < n; k++)
        {
            sum += Math.Sin(x * InALoop(sum * 0.25, y, k));
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 6)]
    [Point(0.6, 5.0, 6)]
    public static double WithAWayOut(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < 4; i++)
        {
            if (n == 0)
            {
                return s * y;
            }

            s = (s * y) + WithAWayOut(0.5 * s, y, n - 1);
            if (s > 4.0)
            {
                break;
            }
        }

        return s * s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9)]
    public static double LocalFunction(double x, double y)
    {
        return Nested(x, 3) * y + Nested(y, 4);
        static double Nested(double t, int n) => n == 0 ? t : Math.Log(1.5 + Math.Sin(t * Nested(t * 0.5, n - 1)));
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6f, 5)]
    public static float Single(float x, [NoGradient] int n) => n == 0 ? x : x * MathF.Sin(Single(x, n - 1));

    /// <summary>The value of a recursion and its derivative in one expression.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.2, 4)]
    public static double Newton(double x, [NoGradient] int n)
    {
        (double value, double slope) = PowerJvp(x, n + 1, 1.0);
        return x - ((value - 2.0) / slope);
    }

    /// <summary>Memory of its own in each call.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 3)]
    public static double OwnMemory(double x, [NoGradient] int n)
    {
        Span<double> powers = stackalloc double[3];
        powers[0] = Math.Sin(x);
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * powers[0];
        }

        double below = n == 0 ? 0.5 : OwnMemory(powers[1], n - 1);
        return (powers[0] * below) + (powers[2] * Math.Cos(below));
    }

    /// <summary>The recursion of another method, in a loop whose end depends on it, with residuals of both.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 4)]
    [Emits("CalledInALoop_NestedAugmentedForward(")]
    [EmitsNot("CalledInALoop_NestedVjp(s")]
    public static double CalledInALoop(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < 6; i++)
        {
            double below = Nested(s, n);
            s = (s * Math.Exp(-s * s)) + (below * y);
            if (s > 1.0)
            {
                s *= 0.5 * below;
                break;
            }
        }

        return s;
    }

    private static double Nested(double t, int n) => n == 0 ? t : Math.Sin(t * Nested(t * 0.75, n - 1)) + (0.5 * t);

    /// <summary>Calls whose residuals lie on the stack, one on some paths only, one whose result nobody wants, one in a tuple.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 3)]
    [Point(-0.6, 0.9, 3)]
    public static double Several(double x, double y, [NoGradient] int n)
    {
        double s = y;
        if (x > 0.0)
        {
            s *= Nested(x * y, n);
        }

        double unread = Nested(y, n);
        double t = Nested(s, 2);
        if (x > 0.5)
        {
            unread = Nested(t, n + 1);
        }

        return unread > 1e9 ? s : s * t;
    }

    /// <summary>Two recursions, one of them inside the other.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 3)]
    public static double OneInTheOther(double x, double y, [NoGradient] int n) =>
        n == 0 ? y : x * Math.Cos(OneInTheOther(Nested(x, n), y * Nested(y, 2), n - 1));

    /// <summary>The second result varies because the first one of the call inside does.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 3)]
    public static double Delayed(double x, [NoGradient] int n) => Pair(x, n + 1).Before;

    private static (double Now, double Before) Pair(double x, int n)
    {
        if (n == 0)
        {
            return (Math.Cos(x), 1.0);
        }

        (double now, double before) = Pair(x, n - 1);
        return (Math.Sin(x * now) + before, now);
    }
}
