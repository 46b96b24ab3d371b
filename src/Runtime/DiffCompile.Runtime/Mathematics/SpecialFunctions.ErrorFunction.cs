namespace DiffCompile.Mathematics;

using System.Runtime.CompilerServices;
using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    /// <summary>Error function, 2/√π ∫₀^x exp(−t²) dt. Odd, between −1 and 1.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>
    /// Polynomial in x² up to |x| = 0.84, beyond it 1 − Erfc. Derivative <see cref="ErfDerivative(double)"/>. Largest measured error 0.8 ulp.
    /// </remarks>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a < 0.84)
        {
            return MulAdd(x, ErfSeries(x * x), x);
        }

        if (!(a < 6.0))
        {
            return double.IsNaN(x) ? x : Math.CopySign(1.0, x);
        }

        return Math.CopySign(1.0 - ErfcTail(a), x);
    }

    /// <inheritdoc cref="Erf(double)"/>
    public static float Erf(float x) => (float)Erf((double)x);

    /// <summary>Derivative of <see cref="Erf(double)"/>, 2/√π exp(−x²), with twice the bits in x²: Math.Exp(-x * x) loses x² units. 0 beyond |x| = 27.3.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>Derivative −2x ErfDerivative(x). Largest measured error 1.1 ulp.</remarks>
    public static double ErfDerivative(double x)
    {
        if (Math.Abs(x) > 27.5)
        {
            return 0.0;
        }

        double e = Extended.ExpNegatedSquare(x, out double low);
        double high = Extended.Product(TwoOverSqrtPi, e, out double highLow);
        return high + MulAdd(TwoOverSqrtPi, low, MulAdd(TwoOverSqrtPiLow, e, highLow));
    }

    /// <inheritdoc cref="ErfDerivative(double)"/>
    public static float ErfDerivative(float x) => (float)ErfDerivative((double)x);

    /// <summary>Complementary error function 1 − Erf(x), to full precision in the right tail (subnormal from 26.54, 0 from 27.23).</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>exp(−x²) with twice the bits in x², times <see cref="Erfcx(double)"/>. Derivative −ErfDerivative(x). Largest measured error 1.9 ulp.</remarks>
    public static double Erfc(double x)
    {
        if (x >= 0.5)
        {
            return x < 27.3 ? ErfcTail(x) : 0.0;
        }

        if (x > -0.84)
        {
            double high = 1.0 - x;
            double low = (1.0 - high) - x;
            return high + MulAdd(-x, ErfSeries(x * x), low);
        }

        return x > -6.0 ? 2.0 - ErfcTail(-x) : double.IsNaN(x) ? x : 2.0;
    }

    /// <inheritdoc cref="Erfc(double)"/>
    public static float Erfc(float x) => (float)Erfc((double)x);

    /// <summary>Scaled complementary error function exp(x²) Erfc(x): 1/(x √π) far on the right, +∞ from −26.63 down.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>
    /// (1 + 2x) Erfcx(x) is a polynomial in (x − 3)/(x + 3) on the whole half-line, the form of Shepherd and Laframboise
    /// (1981). Derivative <see cref="ErfcxDerivative(double)"/>. Largest measured error 1.7 ulp.
    /// </remarks>
    public static double Erfcx(double x)
    {
        if (x >= 0.5)
        {
            double high = ErfcxTail(x, out double low);
            return high + low;
        }

        if (x < -26.7)
        {
            return double.PositiveInfinity;
        }

        double square = Extended.Product(x, x, out double error);
        double e = Math.Exp(square);
        double tail = Erfc(x);
        double scaled = e * tail;
        return double.IsInfinity(scaled) ? scaled : MulAdd(scaled, error, scaled);
    }

    /// <inheritdoc cref="Erfcx(double)"/>
    public static float Erfcx(float x) => (float)Erfcx((double)x);

    /// <summary>Derivative of <see cref="Erfcx(double)"/>, 2x Erfcx(x) − 2/√π, without the cancellation at large x (there −1/(√π x²)).</summary>
    /// <param name="x">Any number. NaN gives NaN; −∞ from −26.63 down.</param>
    /// <remarks>A polynomial in (x − 3)/(x + 3) divided by (1 + 2x)². Largest measured error 2.8 ulp.</remarks>
    public static double ErfcxDerivative(double x)
    {
        if (!(x >= 0.5))
        {
            return MulAdd(2.0 * x, Erfcx(x), -TwoOverSqrtPi);
        }

        if (x > 1e8)
        {
            return -(OneOverSqrtPi / x) / x;
        }

        double inverse = 1.0 / MulAdd(2.0, x, 1.0);
        return -ErfcxSlope((x - 3.0) / (x + 3.0)) * inverse * inverse;
    }

    /// <inheritdoc cref="ErfcxDerivative(double)"/>
    public static float ErfcxDerivative(float x) => (float)ErfcxDerivative((double)x);

    /// <summary>log Erfc(x) where Erfc itself underflows: −x² − log(x √π) far on the right, log 2 far on the left.</summary>
    /// <param name="x">Any number. NaN gives NaN. −∞ where x² overflows.</param>
    /// <remarks>Derivative −2/√π / Erfcx(x). Largest measured error 1.6 ulp.</remarks>
    public static double LogErfc(double x)
    {
        if (!(x >= 0.5))
        {
            return Log1p(-Erf(x));
        }

        double square = Extended.Product(x, x, out double error);
        if (double.IsInfinity(square))
        {
            return double.NegativeInfinity;
        }

        double high = ErfcxTail(x, out double low);
        return (Math.Log(high) + (low / high - error)) - square;
    }

    /// <inheritdoc cref="LogErfc(double)"/>
    public static float LogErfc(float x) => (float)LogErfc((double)x);

    /// <summary>Erf(√z)/√z − 1 for 0 ≤ z ≤ 0.75.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ErfSeries(double z)
        => MulAdd(z, Degree11(z,
                -0.37612638903183754, 0.11283791670955114, -0.026866170645127845, 0.0052239776253901506,
                -0.0008548327018718468, 0.0001205533270529517, -1.4925639519833559e-05, 1.6461822990527387e-06,
                -1.6360449390246477e-07, 1.4739341935657164e-08, -1.1733314521892249e-09, 6.67520361438513e-11), 0.1283791670955126);

    /// <summary>Erfc for 0.5 ≤ x ≤ 27.3.</summary>
    private static double ErfcTail(double x)
    {
        // e^60 keeps exp(−x²) normal until the last multiplication.
        const double Shift = 60.0, Unshift = 8.75651076269652e-27;
        bool far = x > 26.0;
        double e = Extended.ExpNegatedSquare(x, out double eLow, far ? Shift : 0.0);
        double g = ErfcxTail(x, out double gLow);
        double product = MulAdd(e, g, MulAdd(e, gLow, eLow * g));
        return far ? product * Unshift : product;
    }

    /// <summary>Erfcx for x ≥ 0 and what the returned value lacks.</summary>
    private static double ErfcxTail(double x, out double low)
    {
        if (x > 5e7)
        {
            low = 0.0;
            return OneOverSqrtPi / x;
        }

        double divisor = Extended.Sum(1.0, 2.0 * x, out double divisorLow);
        return ErfcxQuotient((x - 3.0) / (x + 3.0), divisor, divisorLow, out low);
    }

    /// <summary>Erfcx(a/√2) for a ≥ 0, with a/√2 never rounded, and what the returned value lacks.</summary>
    private static double ErfcxTailOfNormal(double a, out double low)
    {
        if (a > 7e7)
        {
            low = 0.0;
            return SqrtTwoOverPi / a;
        }

        const double Sqrt2 = 1.4142135623730951, Sqrt2Low = -9.667293313452913e-17, Middle = 4.242640687119285;
        double twiceX = Extended.Product(Sqrt2, a, out double twiceXLow);
        double divisor = Extended.Sum(1.0, twiceX, out double divisorLow);
        divisorLow += MulAdd(Sqrt2Low, a, twiceXLow);
        return ErfcxQuotient((a - Middle) / (a + Middle), divisor, divisorLow, out low);
    }

    /// <summary>The shape at t over 1 + 2x, given in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ErfcxQuotient(double t, double divisor, double divisorLow, out double low)
    {
        double tail = ErfcxShape(t, out double constant);
        double inverse = 1.0 / divisor;
        double high = (constant + tail) * inverse;
        low = (MulAdd(-high, divisor, constant) + MulAdd(-high, divisorLow, tail)) * inverse;
        return high;
    }

    /// <summary>(1 + 2x) Erfcx(x) at t = (x − 3)/(x + 3), as constant + returned value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ErfcxShape(double t, out double constant)
    {
        constant = 1.2530080582697296;
        return MulAdd(t, Degree23(t,
                -0.13562110612458117, -0.04756229435345087, 0.1296451587027606, -0.11927366341530699,
                0.06830802734397848, -0.023770514918645888, 0.002529391816066239, 0.0018886903591561553,
                -0.0007798322721083991, -0.00010515979981501177, 0.00012509935235563107, 4.949484992570595e-06,
                -2.0100567931289227e-05, -7.315105164159062e-07, 3.472414602875686e-06, 3.5683839153992204e-07,
                -6.166496077604353e-07, -1.4160064940265987e-07, 1.0187000600072885e-07, 4.180784698845582e-08,
                -1.3326364813003834e-08, -8.500397929772615e-09, 9.885798831139365e-10, 8.864219016427092e-10), 4.5276203702746546e-17);
    }

    /// <summary>−(1 + 2x)² Erfcx'(x) at t = (x − 3)/(x + 3), x ≥ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ErfcxSlope(double t)
        => MulAdd(t, Degree23(t,
                -0.2054705607993036, -0.6936084288393639, 0.8662754147905094, -0.4719294741330078,
                0.019277493313443753, 0.16887802106835206, -0.12551965352988226, 0.03175691314816952,
                0.009918973290502122, -0.008015038939560496, -0.00023673583718189208, 0.0014813154501842776,
                -6.583123430303772e-05, -0.0002834577254963807, 9.039901535316768e-06, 5.839484093486818e-05,
                3.1111591244492425e-06, -1.2365218115979508e-05, -2.3364970042633698e-06, 2.5596008257254155e-06,
                8.079114964325796e-07, -5.021264245335451e-07, -1.3939455052779737e-07, 7.363867119533538e-08), 2.6642407403514707);
}
