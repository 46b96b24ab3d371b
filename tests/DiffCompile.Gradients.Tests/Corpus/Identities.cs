using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Functions whose derivatives are known from what they are: linear, homogeneous, constant.</summary>
public static partial class Identities
{
    /// <summary>A linear map of five numbers to three, with loops, branches on integers and changes in place.</summary>
    [Differentiable(DerivativeModes.Jvp | DerivativeModes.Vjp)]
    public static void Linear([Length(5)] ReadOnlySpan<double> x, [Length(3), Scratch] Span<double> t, [Length(3)] Span<double> y)
    {
        t.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            t[i % 3] += 0.75 * x[i] - x[(i + 2) % 5];
            if (i % 2 == 1)
            {
                t[0] -= 1.5 * x[i];
                continue;
            }

            (t[1], t[2]) = (t[2], t[1]);
        }

        for (int i = 2; i >= 0; i--)
        {
            y[i] = t[i] + (i > 0 ? 0.5 * t[i - 1] : x[4]);
        }
    }

    /// <summary>Homogeneous of degree 3: f(cx) = c³ f(x).</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double HomogeneousOfDegreeThree([Length(4)] double[] x)
    {
        double square = 0.0, product = 1.0;
        int i = 0;
        while (i < x.Length)
        {
            square += x[i] * x[i];
            product *= i < 3 ? x[i] : 1.0;
            i++;
        }

        return square * Math.Sqrt(square) + product;
    }

    /// <summary>Scalar product of the first two vectors of a basis made orthonormal: always zero.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.0, 0.25, 0.5, -0.5, 1.25, 0.75, 0.5, -0.25, 2.0)]
    public static double ScalarProductOfOrthonormal([Length(9), Domain(0.25, 1.5)] double[] a)
    {
        double[] q = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                q[3 * i + k] = a[3 * i + k] + (i == k ? 2.0 : 0.0);
            }

            for (int j = 0; j < i; j++)
            {
                double along = 0.0;
                for (int k = 0; k < 3; k++)
                {
                    along += q[3 * i + k] * q[3 * j + k];
                }

                for (int k = 0; k < 3; k++)
                {
                    q[3 * i + k] -= along * q[3 * j + k];
                }
            }

            double norm = 0.0;
            for (int k = 0; k < 3; k++)
            {
                norm += q[3 * i + k] * q[3 * i + k];
            }

            norm = Math.Sqrt(norm);
            for (int k = 0; k < 3; k++)
            {
                q[3 * i + k] /= norm;
            }
        }

        double product = 0.0;
        for (int k = 0; k < 3; k++)
        {
            product += q[k] * q[3 + k] + q[3 + k] * q[6 + k];
        }

        return product;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Identity(double x) => x;

    [Differentiable]
    public static void IdentityOfArray([Length(4)] ReadOnlySpan<double> x, [Length(4)] Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i];
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ConstantOnOneSide(double x, double y) => y > 0.0 ? 3.0 : x * y;

    // A struct's member and a tuple's element overwritten twice, results through out, a value through in.
    [Differentiable(DerivativeModes.Jvp | DerivativeModes.Vjp)]
    public static double OverwrittenTwice(in double x, double y, out double square, out double rest)
    {
        (double A, double B) p = (x, y);
        p.A = p.B * x;
        p.A = p.A * p.A + y;
        p.B *= p.A;
        p.B = p.B - x * p.A;
        square = x;
        Squared(p.A, out square);
        rest = square * p.B;
        square += rest;
        rest = x * y;
        return p.A * p.B;
    }

    private static void Squared(in double x, out double square) => square = x * x;
}
