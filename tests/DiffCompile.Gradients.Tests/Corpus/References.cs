using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Helpers with parameters by reference: other names for variables and elements of the caller.</summary>
public static partial class References
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Swapped(double x, double y)
    {
        Swap(ref x, ref y);
        double z = x * x;
        Grow(ref z, y);
        Grow(ref z, z);
        return x - 2.0 * y + z;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SameTwice(double x, double y)
    {
        double r = Mix(ref x, ref x);
        return r + Mix(ref x, ref y) * y;
    }

    /// <summary>Compensated summation, whose two sums are the caller's.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Compensated(double[] a, double x)
    {
        double sum = 0.0, rest = 0.0;
        foreach (double v in a)
        {
            Kahan(ref sum, ref rest, v * x * sum + v);
        }

        return sum + rest;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Elements(double x, double y)
    {
        double[] a = [x, y, x * y];
        for (int i = 0; i < 3; i++)
        {
            Mix(ref a[i], ref a[2 - i]);
            Swap(ref a[0], ref a[i]);
        }

        return a[0] + 2.0 * a[1] * a[2];
    }

    [Differentiable]
    public static void Sorted(double[] a)
    {
        for (int i = 1; i < a.Length; i++)
        {
            for (int j = i; j > 0; j--)
            {
                if (a[j] < a[j - 1])
                {
                    Swap(ref a[j], ref a[j - 1]);
                }
            }
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Struct(double x, double y)
    {
        Point2 p = new(x, y);
        Turn(ref p, x);
        Turn(ref p, y);
        return p.X * p.Y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TupleMember(double x, double y)
    {
        (double Q, double P) state = (x, y);
        Grow(ref state.Q, state.P);
        Swap(ref state.Q, ref state.P);
        return state.Q * state.Q + state.P;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithCapture(double x, double y)
    {
        double s = x;
        Fold(ref s);
        Fold(ref y);
        return s * y;

        void Fold(ref double v)
        {
            v *= y;
            s = Math.Sin(s) + v;
            v -= s * x;
        }
    }

    // The parameter sees the element change.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InElement(double x, double y)
    {
        double[] a = [x, y];
        return Late(in a[0], a) * Late(a[1], a);
    }

    private static double Late(in double v, double[] a)
    {
        a[0] *= a[1];
        return v * v;
    }

    private static void Swap(ref double a, ref double b)
    {
        double t = a;
        a = b;
        b = t;
    }

    private static void Grow(ref double a, double b)
    {
        a += b;
        a *= Math.Cos(b);
    }

    private static double Mix(ref double a, ref double b)
    {
        a += 0.5;
        b *= a;
        return a - Math.Sin(b);
    }

    private static void Kahan(ref double sum, ref double rest, double v)
    {
        double z = v - rest;
        double t = sum + z;
        rest = (t - sum) - z;
        sum = t;
    }

    private static void Turn(ref Point2 p, double angle)
    {
        p = new(p.X * Math.Cos(angle) - p.Y * Math.Sin(angle), p.X * Math.Sin(angle) + p.Y * Math.Cos(angle));
    }

    [Expect]
    public static bool Sorting_permutes_the_cotangents()
    {
        double[] a = [3.0, 1.0, 2.0], bar = [10.0, 20.0, 30.0];
        SortedVjp(a, bar);
        return a is [1.0, 2.0, 3.0] && bar is [30.0, 10.0, 20.0];
    }
}
