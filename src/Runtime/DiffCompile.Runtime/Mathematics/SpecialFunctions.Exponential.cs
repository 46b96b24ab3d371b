namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

/// <summary>
/// Functions beyond <see cref="Math"/>, for values and for derivatives. All are pure, allocate nothing and never throw:
/// outside the domain the result is NaN. Errors are given in ulp of the exact result, as measured against tables of
/// 60-digit values over the whole domain (see docs/special-functions.md). Every <see cref="float"/> overload computes in
/// double and rounds once at the end.
/// </summary>
public static partial class SpecialFunctions
{
    private const double TwoOverSqrtPi = 1.1283791670955126, TwoOverSqrtPiLow = 1.533545961316588e-17;
    private const double OneOverSqrtPi = 0.5641895835477563;

    /// <summary>2^x. Exact for integers; overflows to +∞ from 1024, falls to 0 below −1075.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>Reduction to |r| ≤ ½ and a polynomial. Largest measured error 0.8 ulp.</remarks>
    public static double Exp2(double x)
    {
        if (!(x < 1024.0))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < -1080.0)
        {
            return 0.0;
        }

        double k = Math.Round(x);
        double r = x - k;
        double tail = MulAdd(r, Degree11(r,
            0.24022650695910072, 0.05550410866482158, 0.009618129107628484, 0.0013333558146428445,
            0.00015403530393362755, 1.5252733804051129e-05, 1.3215486815999978e-06, 1.0178086021185474e-07,
            7.054894386348348e-09, 4.4455303091051067e-10, 2.5733568308756892e-11, 1.3716962392737587e-12), 0.6931471805599453);
        return Extended.Scale(MulAdd(r, tail, 1.0), (int)k);
    }

    /// <inheritdoc cref="Exp2(double)"/>
    public static float Exp2(float x) => (float)Exp2((double)x);

    /// <summary>10^x. Exact for integers from 0 to 22; overflows to +∞ above 308.25, falls to 0 below −323.6.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>Reduction by powers of two and a polynomial whose linear term has extra bits. Largest measured error 0.7 ulp.</remarks>
    public static double Exp10(double x)
    {
        if (!(x < 309.0))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < -325.0)
        {
            return 0.0;
        }

        const double Log10Of2High = 0.301029995663157, Log10Of2Low = 8.241712586023572e-13; // the first has 40 bits
        const double Ln10High = 2.302585092994046, Ln10Low = -2.1707562233822494e-16;
        double k = Math.Round(x * 3.321928094887362);
        double partly = x - k * Log10Of2High;
        double r = MulAdd(-k, Log10Of2Low, partly);
        double rLow = MulAdd(-k, Log10Of2Low, partly - r);
        // 10^r = 1 + a + r² q(r), a = r ln 10 in two parts.
        double a = Extended.Product(r, Ln10High, out double aLow);
        aLow = MulAdd(r, Ln10Low, MulAdd(rLow, Ln10High, aLow));
        double q = Degree11(r,
            2.650949055239199, 2.034678592293476, 1.1712551489122678, 0.5393829291955815,
            0.20699584869661358, 0.068089365074398, 0.01959769466495094, 0.005013928839680145,
            0.0011544969522887531, 0.0002416662916960504, 4.6471190173739565e-05, 8.228711183906567e-06);
        double high = 1.0 + a;
        double low = (a - (high - 1.0)) + aLow;
        return Extended.Scale(high + MulAdd(r * r, q, low), (int)k);
    }

    /// <inheritdoc cref="Exp10(double)"/>
    public static float Exp10(float x) => (float)Exp10((double)x);

    /// <summary>e^x − 1 without cancellation near 0. −1 at −∞, +∞ above 709.78; keeps the sign of zero.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>e^x − 1 = 2^k ((1 − 2^−k) + r + r²/2 + r³ P(r)), x = k ln 2 + r. Largest measured error 0.7 ulp.</remarks>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-17 || double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.79)
        {
            return double.PositiveInfinity;
        }

        if (x < -40.0)
        {
            return -1.0;
        }

        double k = Math.Round(x * 1.4426950408889634);
        double partly = x - k * Extended.Ln2High;
        double r = MulAdd(-k, Extended.Ln2Low, partly);
        double rLow = MulAdd(-k, Extended.Ln2Low, partly - r);
        double cubic = MulAdd(r, Degree11(r,
                0.041666666666666664, 0.008333333333333333, 0.001388888888888889, 0.0001984126984126984,
                2.48015873015802e-05, 2.7557319223981712e-06, 2.755731924424185e-07, 2.505210839735553e-08,
                2.087672890501374e-09, 1.6059027319305577e-10, 1.1489431440140138e-11, 7.658154494726538e-13), 0.16666666666666666);
        double p = MulAdd(r * r, MulAdd(r, cubic, 0.5), MulAdd(rLow, r, rLow));
        double inverse = Extended.Scale(1.0, -(int)k);
        double start = 1.0 - inverse;
        double startLow = (1.0 - start) - inverse;
        double high = Extended.Sum(start, r, out double low);
        return Extended.Scale(high + (low + startLow + p), (int)k);
    }

    /// <inheritdoc cref="Expm1(double)"/>
    public static float Expm1(float x) => (float)Expm1((double)x);

    /// <summary>log(1 + x) without loss near 0. −∞ at −1, NaN below; keeps the sign of zero.</summary>
    /// <param name="x">At least −1.</param>
    /// <remarks>log(u) + c/u with u + c = 1 + x exactly. Largest measured error 0.9 ulp.</remarks>
    public static double Log1p(double x)
    {
        if (Math.Abs(x) < 1e-17)
        {
            return x;
        }

        double u = Extended.Sum(1.0, x, out double c);
        double log = Math.Log(u);
        return double.IsFinite(log) ? log + c / u : log;
    }

    /// <inheritdoc cref="Log1p(double)"/>
    public static float Log1p(float x) => (float)Log1p((double)x);
}
