namespace DiffCompile.Verification;

/// <summary>A derivative by finite differences and what is known of its error.</summary>
/// <param name="Value">The derivative; NaN where the function was not finite on both sides at any step.</param>
/// <param name="Error">Estimate of |Value − truth|, truncation and rounding together; infinite where Value is NaN.</param>
public readonly record struct FiniteDifferenceEstimate(double Value, double Error)
{
    /// <summary>Largest value of the function at the largest step, divided by that step: far below it no derivative can be seen.</summary>
    internal double Slope { get; init; }
}

/// <summary>
/// Derivatives from values alone: central differences at shrinking steps, extrapolated to step zero. The entry of the
/// extrapolation table with the smallest estimated error is taken.
/// </summary>
/// <remarks>
/// C. J. F. Ridders, “Accurate computation of F′(x) and F′(x)F″(x)”, Advances in Engineering Software 4, 75 (1982).
/// To his estimate (the distance from the two entries that an entry was made of) the rounding error of the values,
/// divided by the step, is added: two entries that agree by chance do not make a small error.
/// </remarks>
public static class FiniteDifference
{
    /// <summary>Rounding error of a value, relative to its size, that is assumed where none is given: a few units in the last place.</summary>
    public const double DefaultPrecision = 1e-15;

    private const int Rows = 12;
    private const double Shrink = 1.5;

    // 2^-30: a function that is not finite this near on either side has no derivative there for our purposes.
    private const int MaxHalvings = 30;

    /// <summary>d f(x + t·direction)/dt at t = 0, for each result of <paramref name="f"/>.</summary>
    /// <param name="f">The function. Where it throws, its results count as NaN.</param>
    /// <param name="outputs">Number of its results.</param>
    /// <param name="x">Where.</param>
    /// <param name="direction">Along what; as long as <paramref name="x"/>.</param>
    /// <param name="step">
    /// Largest t that is tried, positive. It is halved until the function is finite on both sides, and then divided by 1.5
    /// eleven times, down to 1 % of itself: a generous step is the better choice.
    /// </param>
    /// <param name="precision">Rounding error of a value of <paramref name="f"/>, relative to its size.</param>
    /// <exception cref="ArgumentException">The lengths differ, or <paramref name="step"/> or <paramref name="precision"/> is not positive.</exception>
    public static FiniteDifferenceEstimate[] Directional(
        VectorFunction f, int outputs, ReadOnlySpan<double> x, ReadOnlySpan<double> direction, double step, double precision = DefaultPrecision)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfNegative(outputs);
        RequirePositive(step, nameof(step));
        RequirePositive(precision, nameof(precision));
        if (direction.Length != x.Length)
        {
            throw new ArgumentException($"The direction has {direction.Length} numbers where the point has {x.Length}.", nameof(direction));
        }

        var line = new Line(f, outputs, x.ToArray(), direction.ToArray());
        double h = line.LargestFiniteStep(step);
        double[][] differences = new double[Rows][];
        double[][] rounding = new double[Rows][];
        for (int row = 0; row < Rows; row++, h /= Shrink)
        {
            (differences[row], rounding[row]) = line.CentralDifference(h, precision);
        }

        var estimates = new FiniteDifferenceEstimate[outputs];
        for (int k = 0; k < outputs; k++)
        {
            estimates[k] = Extrapolate(differences, rounding, k) with { Slope = rounding[0][k] / precision };
        }

        return estimates;
    }

    /// <summary>f′(x) of a function of one number.</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">Largest step that is tried, positive.</param>
    public static FiniteDifferenceEstimate Derivative(Func<double, double> f, double x, double step)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Directional((input, result) => result[0] = f(input[0]), 1, [x], [1.0], step)[0];
    }

    private static FiniteDifferenceEstimate Extrapolate(double[][] differences, double[][] rounding, int k)
    {
        var best = new FiniteDifferenceEstimate(double.NaN, double.PositiveInfinity);
        double[] coarser = new double[Rows];
        double[] current = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            // current[j] removes the error terms h², h⁴ … h^(2j); a row that is not finite spoils only what is made of it.
            current[0] = differences[row][k];
            double factor = Shrink * Shrink;
            for (int j = 1; j <= row; j++, factor *= Shrink * Shrink)
            {
                current[j] = ((factor * current[j - 1]) - coarser[j - 1]) / (factor - 1.0);
                double spread = Math.Max(Math.Abs(current[j] - current[j - 1]), Math.Abs(current[j] - coarser[j - 1]));
                double error = spread + rounding[row][k];
                if (error < best.Error)
                {
                    best = new FiniteDifferenceEstimate(current[j], error);
                }
            }

            (coarser, current) = (current, coarser);
        }

        return best;
    }

    private static void RequirePositive(double number, string name)
    {
        if (!(number > 0.0) || double.IsInfinity(number))
        {
            throw new ArgumentOutOfRangeException(name, number, "It must be positive and finite.");
        }
    }

    /// <summary>The function along a line through the point.</summary>
    private sealed class Line(VectorFunction f, int outputs, double[] x, double[] direction)
    {
        private readonly double[] _moved = new double[x.Length];
        private readonly double[] _up = new double[outputs];
        private readonly double[] _down = new double[outputs];

        public double LargestFiniteStep(double step)
        {
            double h = step;
            for (int i = 0; i < MaxHalvings; i++, h *= 0.5)
            {
                if (Evaluate(h, _up) && Evaluate(-h, _down))
                {
                    return h;
                }
            }

            return step;
        }

        public (double[] Difference, double[] Rounding) CentralDifference(double h, double precision)
        {
            Evaluate(h, _up);
            Evaluate(-h, _down);
            double[] difference = new double[outputs];
            double[] rounding = new double[outputs];
            for (int k = 0; k < outputs; k++)
            {
                difference[k] = (_up[k] - _down[k]) / (2.0 * h);
                rounding[k] = precision * Math.Max(Math.Abs(_up[k]), Math.Abs(_down[k])) / h;
            }

            return (difference, rounding);
        }

        /// <summary>False where a result is not finite.</summary>
        private bool Evaluate(double t, double[] result)
        {
            for (int i = 0; i < x.Length; i++)
            {
                _moved[i] = x[i] + (t * direction[i]);
            }

            Array.Fill(result, double.NaN);
            try
            {
                f(_moved, result);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Outside of the domain the author may throw; that is no fault of the derivative at x.
                Array.Fill(result, double.NaN);
            }

            return Array.TrueForAll(result, double.IsFinite);
        }
    }
}
