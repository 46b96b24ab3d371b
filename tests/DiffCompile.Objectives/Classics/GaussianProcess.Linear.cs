using DiffCompile.Mathematics;

namespace DiffCompile.Objectives.Classics;

public static partial class GaussianProcess
{
    /// <summary>
    /// The same log marginal likelihood with the Cholesky factor of the library, whose derivative keeps n² numbers, where that of
    /// the elimination written out keeps n³/3.
    /// </summary>
    /// <param name="amplitude">Standard deviation of the process.</param>
    /// <param name="length">Correlation length.</param>
    /// <param name="noise">Standard deviation of the noise.</param>
    /// <param name="x">Places.</param>
    /// <param name="y">Values.</param>
    /// <param name="covariance">Scratch of n².</param>
    /// <param name="factor">Scratch of n².</param>
    /// <param name="weights">Scratch of n.</param>
    /// <exception cref="ArgumentException">The covariance is not positive definite to rounding.</exception>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double LogLikelihoodByFactor(
        double amplitude,
        double length,
        double noise,
        [NoGradient] ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        [Scratch] Span<double> covariance,
        [Scratch] Span<double> factor,
        [Scratch] Span<double> weights)
    {
        int n = x.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double u = (x[i] - x[j]) / length;
                covariance[i * n + j] = amplitude * amplitude * Math.Exp(-0.5 * u * u);
            }

            covariance[i * n + i] += noise * noise;
        }

        Linear.CholeskyFactorize(covariance, n, factor);
        Linear.CholeskySolve(factor, y, weights);
        double square = 0.0;
        for (int i = 0; i < n; i++)
        {
            square += y[i] * weights[i];
        }

        return -0.5 * (square + Linear.CholeskyLogDeterminant(factor, n) + n * Math.Log(2.0 * Math.PI));
    }
}
