using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

public sealed class GaussianProcessTests
{
    [Fact]
    public void Log_likelihood_is_that_of_the_normal_density()
    {
        double[] x = [0.0, 0.4, 1.1, 1.7, 2.5, 3.6], y = [0.2, 0.5, -0.1, -0.7, 0.3, 1.1];
        int n = x.Length;
        Matrix<double> covariance = Matrix<double>.Build.Dense(n, n, (i, j) =>
            1.3 * 1.3 * Math.Exp(-0.5 * Math.Pow((x[i] - x[j]) / 0.8, 2)) + (i == j ? 0.2 * 0.2 : 0.0));
        Vector<double> v = Vector<double>.Build.Dense(y);
        double expected = -0.5 * v.DotProduct(covariance.Inverse() * v) - 0.5 * Math.Log(covariance.LU().Determinant) - 0.5 * n * Math.Log(2.0 * Math.PI);
        GaussianProcess.LogLikelihood(1.3, 0.8, 0.2, x, y, new double[n * n], new double[n]).ShouldAgree(expected, 1e-13);
    }

    [Fact]
    public void Noise_alone_gives_independent_values() =>
        GaussianProcess.LogLikelihood(0.0, 1.0, 2.0, [0.0, 1.0], [2.0, -4.0], new double[4], new double[2])
            .ShouldBe(-0.5 - 2.0 - 2.0 * Math.Log(2.0) - Math.Log(2.0 * Math.PI), 1e-14);

    [Fact]
    public void Equal_places_without_noise_are_refused() =>
        Should.Throw<ArgumentException>(() => GaussianProcess.LogLikelihood(1.0, 1.0, 0.0, [1.0, 1.0], [0.0, 0.0], new double[4], new double[2]))
            .Message.ShouldContain("positive definite");
}
