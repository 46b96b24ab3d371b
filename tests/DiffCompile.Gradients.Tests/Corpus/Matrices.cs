using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Arrays of two and three dimensions.</summary>
public static partial class Matrices
{
    [Differentiable(DerivativeModes.All)]
    public static double QuadraticForm([Length(3, 3)] double[,] a, ReadOnlySpan<double> x)
    {
        double s = 0.0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                s += a[i, j] * x[i] * x[j];
            }
        }

        return s;
    }

    [Differentiable]
    public static void Product([Length(2, 3)] double[,] a, [Length(3, 2)] double[,] b, [Length(2, 2)] double[,] c)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                double sum = c[i, j];
                for (int k = 0; k <= a.GetUpperBound(1); k++)
                {
                    sum += a[i, k] * b[k, j];
                }

                c[i, j] = sum;
            }
        }
    }

    // Column first, bounds of the caller: every access is checked.
    [Differentiable]
    public static void SwapAndScale([Length(3, 2)] double[,] a, double x, [NoGradient] int k)
    {
        int r = k % 3;
        (a[r, 0], a[r, 1]) = (a[r, 1] * x, a[r, 0]);
        for (int j = 1; j >= 0; j--)
        {
            for (int i = 2; i > 0; i--)
            {
                a[i, j] *= a[i - 1, j];
                a[i - 1, j] -= a[i, 1 - j] * x;
            }
        }
    }

    [Differentiable]
    public static void Cholesky([Length(3, 3)] double[,] a)
    {
        int n = a.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            a[i, i] += 9.0;
        }

        for (int j = 0; j < n; j++)
        {
            for (int k = 0; k < j; k++)
            {
                a[j, j] -= a[j, k] * a[j, k];
            }

            a[j, j] = Math.Sqrt(a[j, j]);
            for (int i = j + 1; i < n; i++)
            {
                for (int k = 0; k < j; k++)
                {
                    a[i, j] -= a[i, k] * a[j, k];
                }

                a[i, j] /= a[j, j];
            }
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Table(double x, double y, [NoGradient] int n)
    {
        var t = new double[n + 2, 3];
        for (int i = 0; i < t.GetLength(0); i++)
        {
            t[i, 0] = i == 0 ? x : t[i - 1, 1] * y;
            t[i, 1] = t[i, 0] + y;
            t[i, 2] += t[i, 0] * t[i, 1];
        }

        double[,] w = { { x, 2.0 }, { y, x * y } };
        return (t[n + 1, 2] * w[1, 0]) + (w[1, 1] * t.Length);
    }

    [Differentiable(DerivativeModes.All)]
    public static double Cube([Length(2, 1, 3)] double[,,] a, double x)
    {
        var sums = new double[2, 2, 2];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int k = 0; k < a.GetLength(2); k++)
            {
                sums[i, k & 1, 1] += a[i, 0, k] * a[i, 0, k] * x;
            }
        }

        double s = 0.0;
        foreach (double v in sums)
        {
            s += v * v;
        }

        return s * Corner(a);
    }

    private static double Corner(double[,,] a) => a[a.GetLength(0) - 1, 0, a.GetUpperBound(2)];

    // Helpers see parameters and arrays of the method alike.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Helpers([Length(2, 2)] double[,] a, double x)
    {
        var b = new double[2, 2];
        Square(a, b, x);
        var c = new double[2, 2];
        Square(b, c, 0.5);
        return c[0, 0] + (c[1, 1] * a[0, 1]);
    }

    private static void Square(double[,] from, double[,] to, double factor)
    {
        for (int i = 0; i < from.GetLength(0); i++)
        {
            for (int j = 0; j < from.GetLength(1); j++)
            {
                for (int k = 0; k < from.GetLength(0); k++)
                {
                    to[i, j] += factor * from[i, k] * from[k, j];
                }
            }
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Counted([Length(2, 2)] int[,] counts, [Length(2, 2)] float[,] weights, [Scratch, Length(2, 2)] double[,] scratch, double x)
    {
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                scratch[i, j] = (counts[i, j] * x) + weights[i, j];
            }
        }

        return scratch[0, 1] * scratch[1, 0] * x;
    }

    [Differentiable(DerivativeModes.All)]
    public static (double First, double Second) TwoResults([Length(2, 3)] double[,] a, double x) => (a[0, 1] * x, a[1, 2] * a[0, 0]);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Copied([Length(2, 2)] double[,] a, double x)
    {
        double[,] b = (double[,])a.Clone();
        Array.Clear(a);
        b[0, 1] *= x;
        a[1, 0] = b[0, 1] * b[0, 0];
        double[,] c = new double[2, 2];
        Array.Copy(b, c, b.Length);
        return (a[1, 0] * x) + (a[0, 0] * x) + (c[1, 1] * c[0, 1]);
    }
}
