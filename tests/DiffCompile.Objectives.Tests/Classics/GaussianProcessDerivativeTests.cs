using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

/// <summary>Derivatives of the likelihood through the library's Cholesky factor, against the formulas of matrix calculus.</summary>
public sealed class GaussianProcessDerivativeTests
{
    private const double Amplitude = 1.3, Length = 0.8, Noise = 0.3;

    [Fact]
    public void Value_is_that_of_the_elimination_written_out()
    {
        (double[] x, double[] y) = Data(12);
        Value(Amplitude, Length, Noise, x, y)
            .ShouldAgree(GaussianProcess.LogLikelihood(Amplitude, Length, Noise, x, y, new double[144], new double[12]), 1e-13);
    }

    // ∂/∂θ = ½ wᵀ K̇ w − ½ tr(K⁻¹ K̇), w = K⁻¹ y (Rasmussen and Williams 2006, equation 5.9), and ∂/∂y = −w.
    [Fact]
    public void Gradient_is_that_of_the_book()
    {
        (double[] x, double[] y) = Data(12);
        (Matrix<double>[] k, Vector<double> w) = Model(x, y);
        Matrix<double> inverse = k[0].Inverse();
        double[] yBar = new double[12];
        (double amplitude, double length, double noise) = Gradient(x, y, yBar, null);
        amplitude.ShouldAgree(Slope(k[1]), 1e-11);
        length.ShouldAgree(Slope(k[2]), 1e-11);
        noise.ShouldAgree(Slope(k[3]), 1e-11);
        yBar.ShouldAgree((-w).ToArray(), 1e-11);

        double Slope(Matrix<double> change) => 0.5 * ((w * (change * w)) - (inverse * change).Trace());
    }

    // Along y the likelihood is quadratic: its Hessian is −K⁻¹, and that of noise and y is K⁻¹ K̇ w.
    [Fact]
    public void Second_derivatives_are_those_of_a_quadratic_form()
    {
        (double[] x, double[] y) = Data(12);
        (Matrix<double>[] k, Vector<double> w) = Model(x, y);
        double[] direction = [.. Enumerable.Range(0, 12).Select(i => Math.Cos(i))];
        double[] along = new double[12];
        (_, _, double mixed) = GaussianProcess.LogLikelihoodByFactorHessianVectorProduct(
            Amplitude, Length, Noise, x, y, new double[144], new double[144], new double[12], 0.0, 0.0, 0.0, direction, along);
        Vector<double> d = Vector<double>.Build.Dense(direction);
        along.ShouldAgree((-(k[0].Inverse() * d)).ToArray(), 1e-11);
        mixed.ShouldAgree(d * (k[0].Inverse() * (k[3] * w)), 1e-11);
    }

    [Fact]
    public void Residuals_grow_with_the_square_of_the_number_of_places()
    {
        long Bytes(int n)
        {
            (double[] x, double[] y) = Data(n);
            var workspace = new DerivativeWorkspace();
            Gradient(x, y, new double[n], workspace);
            return workspace.Capacity;
        }

        // The covariance has n²/2 elements; of each its exponential and its distance are kept, and three matrices of twins.
        Bytes(64).ShouldBeLessThan(64 * 64 * 8 * 8);
        Bytes(128).ShouldBeLessThan(128 * 128 * 8 * 8);
    }

    [Fact]
    public void A_second_call_allocates_nothing()
    {
        (double[] x, double[] y) = Data(20);
        double[] covariance = new double[400], factor = new double[400], weights = new double[20], yBar = new double[20];
        var workspace = new DerivativeWorkspace();
        long Call()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            GaussianProcess.LogLikelihoodByFactorGradient(Amplitude, Length, Noise, x, y, covariance, factor, weights, yBar, workspace);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Call();
        Call().ShouldBe(0);
    }

    private static double Value(double amplitude, double length, double noise, double[] x, double[] y) =>
        GaussianProcess.LogLikelihoodByFactor(amplitude, length, noise, x, y, new double[x.Length * x.Length], new double[x.Length * x.Length], new double[x.Length]);

    private static (double Amplitude, double Length, double Noise) Gradient(double[] x, double[] y, double[] yBar, DerivativeWorkspace? workspace) =>
        GaussianProcess.LogLikelihoodByFactorGradient(
            Amplitude, Length, Noise, x, y, new double[x.Length * x.Length], new double[x.Length * x.Length], new double[x.Length], yBar, workspace);

    private static (double[] X, double[] Y) Data(int n) =>
        ([.. Enumerable.Range(0, n).Select(i => 0.5 * i + 0.1 * Math.Sin(3.0 * i))], [.. Enumerable.Range(0, n).Select(i => Math.Sin(i) + 0.3 * Math.Cos(5.0 * i))]);

    /// <summary>The covariance, its derivatives in amplitude, length and noise, and K⁻¹ y.</summary>
    private static (Matrix<double>[] K, Vector<double> W) Model(double[] x, double[] y)
    {
        int n = x.Length;
        Matrix<double> Of(Func<double, double> element, double diagonal) =>
            Matrix<double>.Build.Dense(n, n, (i, j) => element((x[i] - x[j]) / Length) + (i == j ? diagonal : 0.0));
        Matrix<double> k = Of(u => Amplitude * Amplitude * Math.Exp(-0.5 * u * u), Noise * Noise);
        Matrix<double>[] all =
        [
            k,
            Of(u => 2.0 * Amplitude * Math.Exp(-0.5 * u * u), 0.0),
            Of(u => Amplitude * Amplitude * Math.Exp(-0.5 * u * u) * u * u / Length, 0.0),
            Of(_ => 0.0, 2.0 * Noise),
        ];
        return (all, k.Inverse() * Vector<double>.Build.Dense(y));
    }
}
