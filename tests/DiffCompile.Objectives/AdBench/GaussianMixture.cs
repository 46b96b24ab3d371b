using DiffCompile.Mathematics;

namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Log posterior of a mixture of Gaussians whose inverse covariances are Q Qᵀ with Q lower triangular, its diagonal given
/// as logarithms, under a Wishart prior (Šrajer, Kukelova and Fitzgibbon 2018, "A benchmark of selected algorithmic
/// differentiation tools", section 3.1).
/// </summary>
public static partial class GaussianMixture
{
    /// <summary>Log posterior of the parameters, up to a constant of the data.</summary>
    /// <param name="alphas">Logarithms of the mixture weights, not normalised, [component].</param>
    /// <param name="means">Means, [component, dimension].</param>
    /// <param name="icf">
    /// Inverse covariance factors, [component, d(d+1)/2]: the d logarithms of the diagonal of Q, then its strict lower
    /// triangle column by column.
    /// </param>
    /// <param name="x">Observations, [point, dimension].</param>
    /// <param name="d">Number of dimensions, at least 1.</param>
    /// <param name="k">Number of components, at least 1.</param>
    /// <param name="n">Number of points.</param>
    /// <param name="gamma">Scale of the Wishart prior, above 0.</param>
    /// <param name="m">Degrees of freedom of the Wishart prior beyond d + 1, at least 0.</param>
    /// <param name="corrected">
    /// Whether the log prior is added; ADBench subtracts it, and its published values hold only so.
    /// </param>
    /// <param name="diagonals">Scratch of k·d: the diagonals of Q.</param>
    /// <param name="logDeterminants">Scratch of k: log det Q.</param>
    /// <param name="centered">Scratch of d: a point less a mean.</param>
    /// <param name="whitened">Scratch of d: Q times that.</param>
    /// <param name="terms">Scratch of k: log density of a point under each component.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double LogPosterior(
        ReadOnlySpan<double> alphas,
        ReadOnlySpan<double> means,
        ReadOnlySpan<double> icf,
        [NoGradient] ReadOnlySpan<double> x,
        int d,
        int k,
        int n,
        [NoGradient] double gamma,
        int m,
        bool corrected,
        [Scratch] Span<double> diagonals,
        [Scratch] Span<double> logDeterminants,
        [Scratch] Span<double> centered,
        [Scratch] Span<double> whitened,
        [Scratch] Span<double> terms)
    {
        int icfSize = d * (d + 1) / 2;
        for (int c = 0; c < k; c++)
        {
            double logDeterminant = 0.0;
            for (int i = 0; i < d; i++)
            {
                double q = icf[c * icfSize + i];
                logDeterminant += q;
                diagonals[c * d + i] = Math.Exp(q);
            }

            logDeterminants[c] = logDeterminant;
        }

        double sum = 0.0;
        for (int p = 0; p < n; p++)
        {
            for (int c = 0; c < k; c++)
            {
                for (int i = 0; i < d; i++)
                {
                    centered[i] = x[p * d + i] - means[c * d + i];
                    whitened[i] = diagonals[c * d + i] * centered[i];
                }

                int at = c * icfSize + d;
                for (int j = 0; j < d; j++)
                {
                    for (int i = j + 1; i < d; i++)
                    {
                        whitened[i] += icf[at] * centered[j];
                        at++;
                    }
                }

                double square = 0.0;
                for (int i = 0; i < d; i++)
                {
                    square += whitened[i] * whitened[i];
                }

                terms[c] = alphas[c] + logDeterminants[c] - 0.5 * square;
            }

            sum += LogSumExp(terms, k);
        }

        double constant = -0.5 * n * d * Math.Log(2.0 * Math.PI);
        double logPrior = LogWishartPrior(icf, diagonals, logDeterminants, d, k, gamma, m);
        double logLikelihood = constant + sum - n * LogSumExp(alphas, k);
        return corrected ? logLikelihood + logPrior : logLikelihood - logPrior;
    }

    /// <summary>log Σ exp v over the first <paramref name="count"/> values, shifted by the largest.</summary>
    private static double LogSumExp(ReadOnlySpan<double> values, int count)
    {
        double largest = values[0];
        for (int i = 1; i < count; i++)
        {
            if (values[i] > largest)
            {
                largest = values[i];
            }
        }

        double sum = 0.0;
        for (int i = 0; i < count; i++)
        {
            sum += Math.Exp(values[i] - largest);
        }

        return Math.Log(sum) + largest;
    }

    private static double LogWishartPrior(
        ReadOnlySpan<double> icf, ReadOnlySpan<double> diagonals, ReadOnlySpan<double> logDeterminants, int d, int k, double gamma, int m)
    {
        int icfSize = d * (d + 1) / 2;
        double sum = 0.0;
        for (int c = 0; c < k; c++)
        {
            double frobenius = 0.0;
            for (int i = 0; i < d; i++)
            {
                frobenius += diagonals[c * d + i] * diagonals[c * d + i];
            }

            for (int i = d; i < icfSize; i++)
            {
                frobenius += icf[c * icfSize + i] * icf[c * icfSize + i];
            }

            sum += m * logDeterminants[c] - 0.5 * gamma * gamma * frobenius;
        }

        return sum + k * LogWishartNormalization(d, gamma, m);
    }

    /// <summary>Logarithm of the factor that normalises the prior of one component.</summary>
    internal static double LogWishartNormalization(int d, double gamma, int m)
    {
        int freedom = d + m + 1;
        return freedom * d * (Math.Log(gamma) - 0.5 * Math.Log(2.0)) - LogMultivariateGamma(0.5 * freedom, d);
    }

    /// <summary>Logarithm of the gamma function of p × p positive definite matrices (Muirhead 1982, section 2.1.2).</summary>
    private static double LogMultivariateGamma(double a, int p)
    {
        double sum = 0.25 * p * (p - 1) * Math.Log(Math.PI);
        for (int j = 1; j <= p; j++)
        {
            sum += SpecialFunctions.LogGamma(a + 0.5 * (1 - j));
        }

        return sum;
    }
}
