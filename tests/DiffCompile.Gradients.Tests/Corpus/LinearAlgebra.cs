using DiffCompile;
using DiffCompile.Mathematics;

namespace DiffCompile.Corpus;

/// <summary>Systems of equations and Cholesky factors of another assembly, whose rules are taken in.</summary>
public static partial class LinearAlgebra
{
    // Needs an exchange of rows at the first column.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Solved(double p, double q, double r)
    {
        double[] a = [0.1 * p, 2.0, q, 3.0, p * q, 0.5, r, 1.0, 4.0 + q];
        double[] b = [p, q * r, 1.0];
        double[] x = new double[3], factors = new double[9];
        int[] pivots = new int[3];
        Linear.Solve(a, b, x, factors, pivots);
        return x[0] + (2.0 * x[1] * x[2]);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SolvedTransposed(double p, double q)
    {
        double[] a = [0.1, 2.0 + p, q, 3.0];
        double[] b = [p, q];
        double[] x = new double[2], y = new double[2], factors = new double[4];
        int[] pivots = new int[2];
        Linear.LuFactorize(a, factors, pivots);
        Linear.LuSolveTransposed(a, factors, pivots, b, x);
        Linear.LuSolve(a, factors, pivots, x, y);
        return y[0] * y[1];
    }

    // All memory is used again in each trip.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SolvedInEachTrip(double p, double q)
    {
        double[] a = [3.0, p, q, 2.0];
        double[] b = [1.0, q];
        double[] x = new double[2], factors = new double[4];
        int[] pivots = new int[2];
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            Linear.Solve(a, b, x, factors, pivots);
            a[i] += 0.5 * x[1];
            b[0] = x[0] + p;
            sum += (i + 1) * x[0] * x[1];
        }

        return sum;
    }

    // Aᵀ A + 1 is positive definite.
    private static void Normal(ReadOnlySpan<double> rows, int n, Span<double> a)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = i == j ? 1.0 : 0.0;
                for (int k = 0; k < n; k++)
                {
                    sum += rows[(k * n) + i] * rows[(k * n) + j];
                }

                a[(i * n) + j] = sum;
            }
        }
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Likelihood([Length(9)] ReadOnlySpan<double> rows, [Length(3)] ReadOnlySpan<double> y)
    {
        double[] a = new double[9], factor = new double[9], x = new double[3];
        Normal(rows, 3, a);
        Linear.CholeskyFactorize(a, 3, factor);
        Linear.CholeskySolve(factor, y, x);
        double sum = Linear.CholeskyLogDeterminant(factor, 3);
        for (int i = 0; i < 3; i++)
        {
            sum += x[i] * y[i];
        }

        return -0.5 * sum;
    }

    // The elements of the factor themselves, those above the diagonal too.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfFactor(double p, double q, double r)
    {
        double[] a = [4.0 + (p * p), 100.0, 100.0, p * q, 3.0 + (q * q), 100.0, r, q, 5.0];
        double[] factor = [p, q, r, p, q, r, p, q, r];
        Linear.CholeskyFactorize(a, 3, factor);
        double sum = factor[1] + factor[2] + factor[5];
        for (int i = 0; i < 9; i++)
        {
            sum += (i + 1) * Math.Sin(factor[i] + i);
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double FactorsInEachTrip(double p, double q)
    {
        double[] a = [2.0, 0.0, p, 3.0];
        double[] factor = new double[4], b = [q, p], x = new double[2];
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            sum += Linear.LogDeterminant(a, 2, factor);
            Linear.CholeskyFactorize(a, 2, factor);
            Linear.CholeskySolve(factor, b, x);
            a[0] += x[0] * x[0];
            a[2] *= 0.5;
            b[1] = x[1] - (i * q);
        }

        return sum * x[1];
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    [OnlyExpected]
    public static double LogDeterminantAlong(double t, [NoGradient] ReadOnlySpan<double> a, [NoGradient] ReadOnlySpan<double> b, [NoGradient] int n)
    {
        double[] sum = new double[n * n], factor = new double[n * n];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = a[i] + (t * b[i]);
        }

        return Linear.LogDeterminant(sum, n, factor);
    }

    // d/dt ln det(A + tB) = tr(A⁻¹B), d²/dt² = −tr(A⁻¹B A⁻¹B).
    [Expect]
    public static bool LogarithmOfADeterminantHasItsDerivatives()
    {
        double[] a = [4.0, 1.0, 1.0, 3.0], b = [1.0, 0.5, 0.5, -2.0];
        double determinant = 11.0;
        double[] c = [((3.0 * 1.0) - 0.5) / determinant, ((3.0 * 0.5) + 2.0) / determinant, ((4.0 * 0.5) - 1.0) / determinant, ((4.0 * -2.0) - 0.5) / determinant];
        double first = c[0] + c[3];
        double second = -((c[0] * c[0]) + (2.0 * c[1] * c[2]) + (c[3] * c[3]));
        return Near(LogDeterminantAlong(0.0, a, b, 2), Math.Log(determinant))
            && Near(LogDeterminantAlongGradient(0.0, a, b, 2), first)
            && Near(LogDeterminantAlongJvp(0.0, a, b, 2, 2.0).Tangent, 2.0 * first)
            && Near(LogDeterminantAlongHessianVectorProduct(0.0, a, b, 2, 1.0), second);
    }

    // x = A⁻¹b with the derivative −A⁻¹ Ȧ x, second derivative 2 A⁻¹ Ȧ A⁻¹ Ȧ x.
    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double SolvedAlong(double t)
    {
        double[] a = [1.0 + t, 2.0, 3.0, 4.0 - t];
        double[] b = [1.0, 2.0];
        double[] x = new double[2], factors = new double[4];
        int[] pivots = new int[2];
        Linear.Solve(a, b, x, factors, pivots);
        return x[0];
    }

    // By Cramer's rule x₀ = −t / (−2 + 3t − t²).
    [Expect]
    public static bool ASolutionHasItsDerivatives()
    {
        const double t = 0.5;
        double d = -2.0 + (3.0 * t) - (t * t), slope = 3.0 - (2.0 * t);
        double first = (-1.0 / d) + (t * slope / (d * d));
        double second = (2.0 * slope / (d * d)) - (2.0 * t / (d * d)) - (2.0 * t * slope * slope / (d * d * d));
        double[] hessian = new double[1];
        SolvedAlongHessian(t, hessian);
        return Near(SolvedAlong(t), -t / d) && Near(SolvedAlongGradient(t), first) && Near(hessian[0], second);
    }

    private static bool Near(double found, double expected) => Math.Abs(found - expected) <= 1e-13 * Math.Abs(expected);
}
