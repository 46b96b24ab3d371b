using System.Runtime.CompilerServices;

namespace DiffCompile.Mathematics;

public static partial class DerivativeMath
{
    // Powers below this have lost digits to gradual underflow, and so would a quotient with them.
    private const double SmallestFullPower = 1e-290;

    /// <summary>
    /// ∂xʸ/∂x = y·xʸ⁻¹ from a power that is already there. At x = 0 the limit from the right: 0 for y &gt; 1 and for y = 0,
    /// 1 for y = 1, infinite otherwise.
    /// </summary>
    /// <param name="x">Base; negative only with an integer exponent.</param>
    /// <param name="y">Exponent.</param>
    /// <param name="power">xʸ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PowSlope(double x, double y, double power)
    {
        double magnitude = Math.Abs(power);
        return x != 0.0 && magnitude > SmallestFullPower && magnitude <= double.MaxValue
            ? y * (power / x)
            : PowDerivative(x, y, power, 1, 0);
    }

    /// <inheritdoc cref="PowSlope(double, double, double)"/>
    public static float PowSlope(float x, float y, float power) => (float)PowSlope((double)x, (double)y, Widened(x, y, power));

    /// <summary>
    /// ∂xʸ/∂y = xʸ·ln x from a power that is already there. At x = 0 the limit from the right: 0 for y &gt; 0, else −∞. NaN
    /// for negative x, where neighbouring exponents have no power.
    /// </summary>
    /// <param name="x">Base.</param>
    /// <param name="y">Exponent.</param>
    /// <param name="power">xʸ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PowLog(double x, double y, double power)
    {
        double slope = power * Math.Log(x);
        return !double.IsNaN(slope) || power != 0.0 || !(x >= 0.0) ? slope : 0.0;
    }

    /// <inheritdoc cref="PowLog(double, double, double)"/>
    public static float PowLog(float x, float y, float power) => (float)PowLog((double)x, (double)y, Widened(x, y, power));

    /// <summary>
    /// ∂ᵐ⁺ⁿxʸ/∂xᵐ∂yⁿ = ∂ⁿ/∂yⁿ [y(y − 1)…(y − m + 1)·xʸ⁻ᵐ], exactly 0 where the polynomial in y vanishes, and with limits
    /// from the right at x = 0: the second derivative of x² is 2 there, that of x³ is 0.
    /// </summary>
    /// <param name="x">Base; negative only with an integer exponent and n = 0, else NaN.</param>
    /// <param name="y">Exponent.</param>
    /// <param name="power">xʸ.</param>
    /// <param name="inBase">m, the order in x; not negative.</param>
    /// <param name="inExponent">n, the order in y; not negative.</param>
    public static double PowDerivative(double x, double y, double power, int inBase, int inExponent)
    {
        if (double.IsNaN(x) || double.IsNaN(y) || (x < 0.0 && inExponent > 0))
        {
            return double.NaN;
        }

        // coefficients[k] = tᵏ-coefficient of (y + t)(y + t − 1)…(y + t − m + 1), so that by Leibniz' rule the result is
        // xʸ⁻ᵐ·Σ n!/(n − k)!·coefficients[k]·(ln x)ⁿ⁻ᵏ.
        Span<double> coefficients = stackalloc double[inExponent + 1];
        coefficients[0] = 1.0;
        for (int i = 0; i < inBase; i++)
        {
            for (int k = inExponent; k >= 0; k--)
            {
                coefficients[k] = (coefficients[k] * (y - i)) + (k > 0 ? coefficients[k - 1] : 0.0);
            }
        }

        double factor = LoweredPower(x, y, power, inBase);
        double logarithm = inExponent > 0 ? Math.Log(x) : 0.0;
        double falling = 1.0;
        double sum = 0.0;
        for (int k = 0; k <= inExponent; k++)
        {
            if (coefficients[k] != 0.0)
            {
                // A power that vanishes beats every logarithm; otherwise the highest power of an infinite one decides.
                double term = falling * coefficients[k] * Math.Pow(logarithm, inExponent - k);
                if (double.IsInfinity(logarithm))
                {
                    return factor == 0.0 ? 0.0 : term * factor;
                }

                sum += term;
            }

            falling *= inExponent - k;
        }

        return sum == 0.0 ? 0.0 : sum * factor;
    }

    /// <inheritdoc cref="PowDerivative(double, double, double, int, int)"/>
    public static float PowDerivative(float x, float y, float power, int inBase, int inExponent) =>
        (float)PowDerivative((double)x, (double)y, Widened(x, y, power), inBase, inExponent);

    // xʸ⁻ᵐ, by division where that loses nothing.
    private static double LoweredPower(double x, double y, double power, int m)
    {
        double magnitude = Math.Abs(power);
        if (x == 0.0 || !(magnitude > SmallestFullPower && magnitude <= double.MaxValue) || double.IsInfinity(x))
        {
            return Math.Pow(x, y - m);
        }

        double lowered = power;
        for (int i = 0; i < m; i++)
        {
            lowered /= x;
        }

        return lowered;
    }

    // A float power has fewer digits near underflow and overflows early; there the double one is taken.
    private static double Widened(float x, float y, float power) =>
        MathF.Abs(power) is > 1e-30f and <= float.MaxValue ? power : Math.Pow(x, y);
}
