namespace DiffCompile.Objectives.Classics;

/// <summary>Gaussian process of squared-exponential covariance (Rasmussen and Williams 2006, algorithm 2.1).</summary>
public static partial class GaussianProcess
{
    /// <summary>Log marginal likelihood of noisy values at given places, by Cholesky factorisation.</summary>
    /// <param name="amplitude">Standard deviation of the process.</param>
    /// <param name="length">Correlation length.</param>
    /// <param name="noise">Standard deviation of the noise.</param>
    /// <param name="x">Places.</param>
    /// <param name="y">Values.</param>
    /// <param name="factor">Scratch of n²: the covariance, then in place its lower Cholesky factor.</param>
    /// <param name="white">Scratch of n: the values made independent.</param>
    /// <exception cref="ArgumentException">The covariance is not positive definite to rounding.</exception>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double LogLikelihood(
        double amplitude,
        double length,
        double noise,
        [NoGradient] ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        [Scratch] Span<double> factor,
        [Scratch] Span<double> white)
    {
        int n = x.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double u = (x[i] - x[j]) / length;
                factor[i * n + j] = amplitude * amplitude * Math.Exp(-0.5 * u * u);
            }

            factor[i * n + i] += noise * noise;
        }

        Factorize(factor, n);
        double value = -0.5 * n * Math.Log(2.0 * Math.PI);
        for (int i = 0; i < n; i++)
        {
            double rest = y[i];
            for (int j = 0; j < i; j++)
            {
                rest -= factor[i * n + j] * white[j];
            }

            white[i] = rest / factor[i * n + i];
            value -= 0.5 * white[i] * white[i] + Math.Log(factor[i * n + i]);
        }

        return value;
    }

    /// <summary>Replaces the lower triangle of a positive definite matrix by its Cholesky factor.</summary>
    private static void Factorize(Span<double> a, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double diagonal = a[j * n + j];
            for (int k = 0; k < j; k++)
            {
                diagonal -= a[j * n + k] * a[j * n + k];
            }

            if (!(diagonal > 0.0))
            {
                throw new ArgumentException("The covariance is not positive definite.");
            }

            diagonal = Math.Sqrt(diagonal);
            a[j * n + j] = diagonal;
            for (int i = j + 1; i < n; i++)
            {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= a[i * n + k] * a[j * n + k];
                }

                a[i * n + j] = sum / diagonal;
            }
        }
    }
}
