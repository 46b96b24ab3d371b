using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

/// <summary>Generated derivatives of classical objectives: every mode against differences, and against formulas by hand.</summary>
public sealed class GeneratedDerivativeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void Rosenbrock_chain(int n)
    {
        double[] x = Generated.Draw(n, n), v = Generated.Draw(n, n + 1), gradient = new double[n], product = new double[n];
        for (int i = 0; i < n - 1; i++)
        {
            double bend = x[i + 1] - x[i] * x[i];
            gradient[i] += -400.0 * bend * x[i] - 2.0 * (1.0 - x[i]);
            gradient[i + 1] += 200.0 * bend;
            product[i] += (800.0 * x[i] * x[i] - 400.0 * bend + 2.0) * v[i] - 400.0 * x[i] * v[i + 1];
            product[i + 1] += 200.0 * v[i + 1] - 400.0 * x[i] * v[i];
        }

        // Terms of the size of 800 cancel.
        double[] found = new double[n], second = new double[n];
        RosenbrockChain.ValueValueAndGradient(x, found).ShouldBe(RosenbrockChain.Value(x));
        found.ShouldAgree(gradient, 1e-12);
        RosenbrockChain.ValueHessianVectorProduct(x, v, second);
        second.ShouldAgree(product, 1e-12);
        RosenbrockChain.ValueJvp(x, v).Tangent.ShouldAgree(gradient.Zip(v, (a, b) => a * b).Sum(), 1e-11);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void Second_derivatives_of_the_rosenbrock_chain_in_three_products(int n)
    {
        // The matrix has three diagonals, so that columns three apart share no row.
        double[] x = Generated.Draw(n, n);
        double[][] products = new double[3][];
        for (int colour = 0; colour < 3; colour++)
        {
            double[] v = Enumerable.Range(0, n).Select(i => i % 3 == colour ? 1.0 : 0.0).ToArray();
            RosenbrockChain.ValueHessianVectorProduct(x, v, products[colour] = new double[n]);
        }

        for (int i = 0; i < n; i++)
        {
            double diagonal = (i > 0 ? 200.0 : 0.0) + (i < n - 1 ? 1200.0 * x[i] * x[i] - 400.0 * x[i + 1] + 2.0 : 0.0);
            products[i % 3][i].ShouldAgree(diagonal, 1e-12);
            if (i < n - 1)
            {
                products[i % 3][i + 1].ShouldAgree(-400.0 * x[i], 1e-13);
                products[(i + 1) % 3][i].ShouldAgree(-400.0 * x[i], 1e-13);
            }
        }
    }

    [Fact]
    public void Rosenbrock_chain_in_every_mode() =>
        new Generated(typeof(RosenbrockChain), nameof(RosenbrockChain.Value), new[] { 0.4, -1.1, 0.9, 1.3 }).ShouldAgreeInEveryMode();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Kepler_by_the_implicit_function_theorem(double e)
    {
        for (double m = -6.0; m <= 6.0; m += 0.37)
        {
            double anomaly = Kepler.EccentricAnomaly(m, e);
            double slope = 1.0 / (1.0 - e * Math.Cos(anomaly));
            (double byMean, double byEccentricity) = Kepler.EccentricAnomalyGradient(m, e);
            byMean.ShouldAgree(slope, 1e-12, $"∂E/∂M at M = {m}");
            byEccentricity.ShouldAgree(slope * Math.Sin(anomaly), 1e-12, $"∂E/∂e at M = {m}");
            (double twice, _) = Kepler.EccentricAnomalyHessianVectorProduct(m, e, 1.0, 0.0);
            twice.ShouldAgree(-e * Math.Sin(anomaly) * slope * slope * slope, 1e-9, $"∂²E/∂M² at M = {m}");
        }
    }

    [Fact]
    public void Gaussian_process_by_the_inverse_of_the_covariance()
    {
        double[] x = [0.0, 0.4, 1.1, 1.7, 2.5, 3.6], y = [0.2, 0.5, -0.1, -0.7, 0.3, 1.1];
        const double amplitude = 1.3, length = 0.8, noise = 0.4;
        int n = x.Length;
        var f = new Generated(typeof(GaussianProcess), nameof(GaussianProcess.LogLikelihood), amplitude, length, noise, x, y, new double[n * n], new double[n]);
        f.ShouldAgreeInEveryMode(0.05);

        // Rasmussen and Williams 2006, equation 5.9: ½ tr((ααᵀ − K⁻¹) ∂K/∂θ), α = K⁻¹ y.
        Matrix<double> Kernel(Func<double, double> f) => Matrix<double>.Build.Dense(n, n, (i, j) => f(Math.Pow((x[i] - x[j]) / length, 2)));
        Matrix<double> unit = Matrix<double>.Build.DenseIdentity(n), k = Kernel(s => amplitude * amplitude * Math.Exp(-0.5 * s)) + noise * noise * unit;
        Matrix<double> inverse = k.Inverse();
        Vector<double> alpha = inverse * Vector<double>.Build.Dense(y);
        double Slope(Matrix<double> change) => 0.5 * ((alpha.OuterProduct(alpha) - inverse) * change).Trace();
        double[] expected =
        [
            Slope(Kernel(s => 2.0 * amplitude * Math.Exp(-0.5 * s))),
            Slope(Kernel(s => amplitude * amplitude * Math.Exp(-0.5 * s) * s / length)),
            Slope(2.0 * noise * unit),
            .. alpha.Select(a => -a),
        ];
        f.Gradient().ShouldAgree(expected, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Transform_is_pulled_back_by_the_conjugate_sum(int n)
    {
        double[] real = Generated.Draw(n, 1), imaginary = Generated.Draw(n, 2), seed = Generated.Draw(2 * n, 3), direction = Generated.Draw(2 * n, 4);
        var f = new Generated(typeof(Fft), nameof(Fft.Transform), real, imaginary);
        (double[] pulledReal, double[] pulledImaginary) = Sum(seed[..n], seed[n..], 1.0);
        f.Vjp(seed).ShouldAgree([.. pulledReal, .. pulledImaginary], 1e-13);
        (double[] pushedReal, double[] pushedImaginary) = Sum(direction[..n], direction[n..], -1.0);
        f.Jvp(direction).ShouldAgree([.. pushedReal, .. pushedImaginary], 1e-13);
    }

    [Fact]
    public void Weighted_power_is_a_quadratic_form()
    {
        const int n = 16;
        double[] real = Generated.Draw(n, 5), imaginary = Generated.Draw(n, 6), weights = Generated.Draw(n, 7), v = Generated.Draw(2 * n, 8);
        var f = new Generated(typeof(Fft), nameof(Fft.WeightedPower), real, imaginary, weights, new double[n], new double[n]);
        f.ShouldAgreeInEveryMode();

        // Σ wₖ |Fₖ|²: the gradient is 2 Fᴴ(w F x), and so is the product with the second derivative.
        double[] Quadratic(double[] re, double[] im)
        {
            (double[] a, double[] b) = Sum(re, im, -1.0);
            (double[] p, double[] q) = Sum(a.Zip(weights, (x, w) => 2.0 * w * x).ToArray(), b.Zip(weights, (x, w) => 2.0 * w * x).ToArray(), 1.0);
            return [.. p, .. q];
        }

        f.Gradient().ShouldAgree(Quadratic(real, imaginary), 1e-13);
        f.HessianVectorProduct(v).ShouldAgree(Quadratic(v[..n], v[n..]), 1e-13);
    }

    /// <summary>Σⱼ fⱼ exp(sign · 2πi jk/n), term by term.</summary>
    private static (double[] Real, double[] Imaginary) Sum(double[] real, double[] imaginary, double sign)
    {
        int n = real.Length;
        double[] sumReal = new double[n], sumImaginary = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int j = 0; j < n; j++)
            {
                (double sine, double cosine) = Math.SinCos(sign * 2.0 * Math.PI * (j * k % n) / n);
                sumReal[k] += real[j] * cosine - imaginary[j] * sine;
                sumImaginary[k] += real[j] * sine + imaginary[j] * cosine;
            }
        }

        return (sumReal, sumImaginary);
    }
}
