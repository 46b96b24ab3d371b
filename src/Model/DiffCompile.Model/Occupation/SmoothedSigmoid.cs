using System.Globalization;

namespace DiffCompile.Model.Occupation;

/// <summary>
/// The sigmoid s averaged over logistic noise ε, with all its derivatives: M_jn(x, w) = E[ε^j s⁽ⁿ⁾(x + wε)].
/// </summary>
/// <remarks>
/// The family is closed, ∂M_jn/∂x = M_j,n+1 and ∂M_jn/∂w = M_j+1,n+1, so that one rule serves every order.
/// <para>
/// Integrals are trapezoidal sums over the whole line. The integrand is analytic in the strip |Im ε| &lt; π min(1, 1/w)
/// and decays exponentially: with the step h used, h = 0.4 min(1, 1/w), the error of the sum is of the order of
/// exp(−5π²) = 4e-22 of the integral, in the middle as in the tails; where poles coincide (w = 1) or high derivatives
/// sharpen them it grows, and stays below 1e-15 for the first few orders.
/// </para>
/// </remarks>
public static partial class SmoothedSigmoid
{
    /// <summary>Largest order n of a moment.</summary>
    public const int LargestOrder = 16;

    /// <summary>Largest width w.</summary>
    public const double LargestWidth = 100.0;

    private const double LargestStep = 0.4;

    // exp(-42) is below an ulp, with room for the powers of the noise in higher moments.
    private const double DecayLengths = 42.0;

    // exp(-750) is zero in double precision: beyond it, tails need no nodes of their own.
    private const double UnderflowLengths = 750.0;

    /// <summary>M_jn(x, w) = E[ε^j s⁽ⁿ⁾(x + wε)], ε standard logistic, s⁽ⁿ⁾ the n-th derivative of the sigmoid.</summary>
    /// <param name="x">Argument, any number.</param>
    /// <param name="width">Width w of the smoothing, 0 to <see cref="LargestWidth"/>; the cost grows in proportion beyond 1.</param>
    /// <param name="power">Power j of the noise, at least 0.</param>
    /// <param name="order">Order n of the derivative, 0 to <see cref="LargestOrder"/>.</param>
    /// <returns>The moment, to about 1e-14 of E[|ε|^j |s⁽ⁿ⁾|]; it is relatively accurate where nothing cancels, as for M_00 and M_01.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative power, or an order or a width outside its range.</exception>
    public static double Moment(
        [Domain(-30.0, 30.0)] double x, [Domain(0.01, 0.95)] double width, [Domain(0, 2)] int power, [Domain(0, 2)] int order)
    {
        RequireWidth(width, nameof(width));
        ArgumentOutOfRangeException.ThrowIfNegative(power);
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, LargestOrder);

        // s⁽ⁿ⁾ = s(1 - s) Q(1 - 2s) for n > 0.
        Span<double> polynomial = stackalloc double[Math.Max(1, order)];
        FillDerivativePolynomial(polynomial);

        double step = Step(width);
        double sum = power == 0 ? 0.25 * Derivative(x, order, polynomial) : 0.0;
        double sign = (power & 1) == 0 ? 1.0 : -1.0;
        for (int k = NodeCount(x, width, step); k >= 1; k--)
        {
            double noise = k * step;
            double up = Derivative(x + width * noise, order, polynomial);
            double down = Derivative(x - width * noise, order, polynomial);
            sum += LogisticDensity(noise) * Power(noise, power) * (up + sign * down);
        }

        return step * sum;
    }

    /// <summary>Rule of <see cref="Moment"/>: ∂M_jn/∂x = M_j,n+1 and ∂M_jn/∂w = M_j+1,n+1.</summary>
    /// <param name="x">Argument.</param>
    /// <param name="width">Width w of the smoothing.</param>
    /// <param name="power">Power j of the noise.</param>
    /// <param name="order">Order n of the derivative.</param>
    /// <param name="value">M_jn; not needed.</param>
    /// <param name="valueBar">Cotangent of the moment.</param>
    /// <returns>Cotangents of x and w.</returns>
    [DerivativeOf(nameof(Moment), RuleKind.Vjp)]
    public static (double XBar, double WidthBar) MomentRule(
        double x, double width, int power, int order, double value, double valueBar)
        => (valueBar * Moment(x, width, power, order + 1), valueBar * Moment(x, width, power + 1, order + 1));

    /// <summary>M_00 and M_01 in one pass.</summary>
    internal static (double Value, double Slope) ValueAndSlope(double x, double width)
    {
        double step = Step(width);
        (double centre, double centreComplement) = SigmoidPair(x);
        double value = 0.25 * centre;
        double slope = 0.25 * centre * centreComplement;
        for (int k = NodeCount(x, width, step); k >= 1; k--)
        {
            double noise = k * step;
            double density = LogisticDensity(noise);
            (double up, double upComplement) = SigmoidPair(x + width * noise);
            (double down, double downComplement) = SigmoidPair(x - width * noise);
            value += density * (up + down);
            slope += density * (up * upComplement + down * downComplement);
        }

        return (step * value, step * slope);
    }

    internal static void RequireWidth(double width, string name)
    {
        if (!(width >= 0.0 && width <= LargestWidth))
        {
            throw new ArgumentOutOfRangeException(
                name, width, string.Create(CultureInfo.InvariantCulture, $"Expected a number from 0 to {LargestWidth}."));
        }
    }

    // The trapezoidal sum sees the nearest pole, that of the density at ±iπ or that of the sigmoid at ±iπ/w.
    private static double Step(double width) => LargestStep / Math.Max(1.0, width);

    // Where the noise lifts a small sigmoid (wε < |x|) the integrand falls as e^((w-1)ε) only, beyond as e^(-ε).
    private static int NodeCount(double x, double width, double step)
    {
        double reach = DecayLengths + Math.Min(Math.Abs(x), UnderflowLengths * Math.Max(1.0, width));
        if (width < 1.0)
        {
            reach = Math.Min(reach, DecayLengths / (1.0 - width));
        }

        return double.IsNaN(reach) ? 1 : (int)Math.Ceiling(reach / step);
    }

    // s(y) and 1 - s(y), each with full relative accuracy.
    private static (double Value, double Complement) SigmoidPair(double y)
    {
        double e = Math.Exp(-Math.Abs(y));
        double large = 1.0 / (1.0 + e);
        double small = e / (1.0 + e);
        return y < 0.0 ? (small, large) : (large, small);
    }

    private static double LogisticDensity(double noise)
    {
        double e = Math.Exp(-noise);
        return e / ((1.0 + e) * (1.0 + e));
    }

    private static double Power(double noise, int power)
    {
        double result = 1.0;
        for (int i = 0; i < power; i++)
        {
            result *= noise;
        }

        return result;
    }

    private static double Derivative(double y, int order, ReadOnlySpan<double> polynomial)
    {
        (double s, double r) = SigmoidPair(y);
        if (order == 0)
        {
            return s;
        }

        double q = 0.0;
        for (int power = order - 1; power >= 0; power--)
        {
            q = q * (r - s) + polynomial[power];
        }

        return s * r * q;
    }

    // Q of order n = q.Length in powers of d = 1 - 2s: Q_1 = 1, and since d' = -½(1 - d²), Q_n+1 = d Q_n - ½(1 - d²) Q_n'.
    private static void FillDerivativePolynomial(Span<double> q)
    {
        q.Clear();
        q[0] = 1.0;
        for (int n = 1; n < q.Length; n++)
        {
            double above = 0.0;
            for (int power = n; power >= 0; power--)
            {
                double below = power > 0 ? (1.0 + 0.5 * (power - 1)) * q[power - 1] : 0.0;
                double updated = below - 0.5 * (power + 1) * above;
                above = q[power];
                q[power] = updated;
            }
        }
    }
}
