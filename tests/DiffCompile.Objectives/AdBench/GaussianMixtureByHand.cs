namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Value and gradient of <see cref="GaussianMixture.LogPosterior"/> written by hand: per point one pass over the components
/// for their log densities and one for the adjoints, weighted by the responsibilities. k·d + n·k + k exponentials,
/// n + 1 logarithms beside those of the constant.
/// </summary>
public sealed class GaussianMixtureByHand
{
    private readonly GaussianMixtureInput _input;
    private readonly bool _corrected;
    private readonly double[] _diagonals;
    private readonly double[] _logDeterminants;
    private readonly double[] _centered;
    private readonly double[] _whitened;
    private readonly double[] _terms;
    private readonly double[] _diagonalBars;
    private readonly double[] _columnBars;

    /// <summary>Buffers for one input; its parameters may be changed between calls.</summary>
    /// <param name="input">The input.</param>
    /// <param name="corrected">Whether the log prior is added, not subtracted.</param>
    public GaussianMixtureByHand(GaussianMixtureInput input, bool corrected)
    {
        _input = input;
        _corrected = corrected;
        int d = input.Dimensions, k = input.Components;
        _diagonals = new double[k * d];
        _logDeterminants = new double[k];
        _centered = new double[k * d];
        _whitened = new double[k * d];
        _terms = new double[k];
        _diagonalBars = new double[k * d];
        _columnBars = new double[d];
    }

    /// <summary>Value, and gradient in the order of the file: weights, means, inverse covariance factors.</summary>
    /// <param name="gradient">Overwritten; k + k·d + k·d(d+1)/2.</param>
    public double ValueAndGradient(Span<double> gradient)
    {
        int d = _input.Dimensions, k = _input.Components, n = _input.Points;
        gradient.Clear();
        Span<double> alphaBars = gradient[..k];
        Span<double> meanBars = gradient.Slice(k, k * d);
        Span<double> icfBars = gradient[(k + k * d)..];
        _diagonalBars.AsSpan().Clear();

        Prepare(d, k);
        double sum = 0.0;
        for (int p = 0; p < n; p++)
        {
            sum += Responsibilities(_input.X.AsSpan(p * d, d), d, k);
            for (int c = 0; c < k; c++)
            {
                Accumulate(c, d, _terms[c], meanBars, icfBars);
                alphaBars[c] += _terms[c];
            }
        }

        return sum + Finish(d, k, n, alphaBars, icfBars);
    }

    private void Prepare(int d, int k)
    {
        int icfSize = d * (d + 1) / 2;
        for (int c = 0; c < k; c++)
        {
            double logDeterminant = 0.0;
            for (int i = 0; i < d; i++)
            {
                double q = _input.Icf[c * icfSize + i];
                logDeterminant += q;
                _diagonals[c * d + i] = Math.Exp(q);
            }

            _logDeterminants[c] = logDeterminant;
        }
    }

    /// <summary>Leaves each component's share of the point in the terms and returns the point's log density.</summary>
    private double Responsibilities(ReadOnlySpan<double> x, int d, int k)
    {
        int icfSize = d * (d + 1) / 2;
        double largest = double.NegativeInfinity;
        for (int c = 0; c < k; c++)
        {
            ReadOnlySpan<double> lower = _input.Icf.AsSpan(c * icfSize + d, icfSize - d);
            ReadOnlySpan<double> mean = _input.Means.AsSpan(c * d, d);
            ReadOnlySpan<double> diagonal = _diagonals.AsSpan(c * d, d);
            Span<double> centered = _centered.AsSpan(c * d, d);
            Span<double> whitened = _whitened.AsSpan(c * d, d);
            for (int i = 0; i < centered.Length; i++)
            {
                centered[i] = x[i] - mean[i];
                whitened[i] = diagonal[i] * centered[i];
            }

            for (int j = 0; j < centered.Length; j++)
            {
                double factor = centered[j];
                Span<double> below = whitened[(j + 1)..];
                ReadOnlySpan<double> column = lower[..below.Length];
                lower = lower[below.Length..];
                for (int i = 0; i < below.Length; i++)
                {
                    below[i] += column[i] * factor;
                }
            }

            double square = 0.0;
            for (int i = 0; i < whitened.Length; i++)
            {
                square += whitened[i] * whitened[i];
            }

            double term = _input.Alphas[c] + _logDeterminants[c] - 0.5 * square;
            _terms[c] = term;
            largest = Math.Max(largest, term);
        }

        return Normalize(_terms, largest);
    }

    /// <summary>Replaces the values by their softmax and returns log Σ exp of them.</summary>
    private static double Normalize(Span<double> values, double largest)
    {
        double sum = 0.0;
        for (int c = 0; c < values.Length; c++)
        {
            double e = Math.Exp(values[c] - largest);
            values[c] = e;
            sum += e;
        }

        double inverse = 1.0 / sum;
        for (int c = 0; c < values.Length; c++)
        {
            values[c] *= inverse;
        }

        return Math.Log(sum) + largest;
    }

    /// <summary>Adjoint of −½|Q(x − μ)|² of one component, weighted by its share.</summary>
    private void Accumulate(int c, int d, double weight, Span<double> meanBars, Span<double> icfBars)
    {
        int icfSize = d * (d + 1) / 2;
        ReadOnlySpan<double> lower = _input.Icf.AsSpan(c * icfSize + d, icfSize - d);
        Span<double> lowerBar = icfBars.Slice(c * icfSize + d, icfSize - d);
        ReadOnlySpan<double> diagonal = _diagonals.AsSpan(c * d, d);
        ReadOnlySpan<double> centered = _centered.AsSpan(c * d, d);
        ReadOnlySpan<double> whitened = _whitened.AsSpan(c * d, d);
        Span<double> diagonalBar = _diagonalBars.AsSpan(c * d, d);
        Span<double> meanBar = meanBars.Slice(c * d, d);
        Span<double> whitenedBar = _columnBars;
        for (int i = 0; i < whitened.Length; i++)
        {
            whitenedBar[i] = -weight * whitened[i];
        }

        for (int j = 0; j < centered.Length; j++)
        {
            double own = centered[j];
            double bar = diagonal[j] * whitenedBar[j];
            diagonalBar[j] += whitenedBar[j] * own;
            ReadOnlySpan<double> below = whitenedBar[(j + 1)..];
            ReadOnlySpan<double> column = lower[..below.Length];
            Span<double> columnBar = lowerBar[..below.Length];
            lower = lower[below.Length..];
            lowerBar = lowerBar[below.Length..];
            for (int i = 0; i < below.Length; i++)
            {
                bar += column[i] * below[i];
                columnBar[i] += below[i] * own;
            }

            meanBar[j] -= bar;
        }
    }

    /// <summary>Normalisation of the weights, prior, and the step from the diagonal to its logarithm.</summary>
    private double Finish(int d, int k, int n, Span<double> alphaBars, Span<double> icfBars)
    {
        int icfSize = d * (d + 1) / 2;
        double sign = _corrected ? 1.0 : -1.0;
        double gammaSquare = _input.Gamma * _input.Gamma;
        double prior = 0.0;
        for (int c = 0; c < k; c++)
        {
            // ∂/∂log det Q is the sum of the shares, which is what the weights have so far.
            double logDeterminantBar = alphaBars[c] + sign * _input.Freedom;
            double frobenius = 0.0;
            for (int i = 0; i < d; i++)
            {
                double q = _diagonals[c * d + i];
                frobenius += q * q;
                icfBars[c * icfSize + i] = logDeterminantBar + (_diagonalBars[c * d + i] - sign * gammaSquare * q) * q;
            }

            for (int i = d; i < icfSize; i++)
            {
                double l = _input.Icf[c * icfSize + i];
                frobenius += l * l;
                icfBars[c * icfSize + i] -= sign * gammaSquare * l;
            }

            prior += _input.Freedom * _logDeterminants[c] - 0.5 * gammaSquare * frobenius;
        }

        double largest = double.NegativeInfinity;
        for (int c = 0; c < k; c++)
        {
            _terms[c] = _input.Alphas[c];
            largest = Math.Max(largest, _terms[c]);
        }

        double logNorm = Normalize(_terms, largest);
        for (int c = 0; c < k; c++)
        {
            alphaBars[c] -= n * _terms[c];
        }

        prior += k * GaussianMixture.LogWishartNormalization(d, _input.Gamma, _input.Freedom);
        return sign * prior - n * logNorm - 0.5 * n * d * Math.Log(2.0 * Math.PI);
    }
}
