namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const double Sqrt1Over2 = 0.7071067811865476;
    private const double SqrtTwoOverPi = 0.7978845608028654;

    /// <summary>Density of the standard normal distribution, exp(−x²/2)/√(2π). 0 beyond |x| = 38.6.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>Derivative −x NormalPdf(x). Largest measured error ? ulp.</remarks>
    public static double NormalPdf(double x)
    {
        if (Math.Abs(x) > 40.0)
        {
            return 0.0;
        }

        const double OneOverSqrt2Pi = 0.3989422804014327, RelativeLow = -6.247338e-17;
        double square = Extended.Product(x, x, out double error);
        double density = OneOverSqrt2Pi * Math.Exp(-0.5 * square);
        return MulAdd(density, MulAdd(-0.5, error, RelativeLow), density);
    }

    /// <inheritdoc cref="NormalPdf(double)"/>
    public static float NormalPdf(float x) => (float)NormalPdf((double)x);

    /// <summary>Distribution function of the standard normal distribution, to full precision in the left tail (0 below −38.6).</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>½ Erfc(−x/√2) with exp(−x²/2) taken from x itself. Derivative <see cref="NormalPdf(double)"/>. Largest measured error ? ulp.</remarks>
    public static double NormalCdf(double x)
    {
        if (x > 0.5)
        {
            return 1.0 - NormalTail(x);
        }

        return x >= -0.5 ? MulAdd(0.5, Erf(x * Sqrt1Over2), 0.5) : double.IsNaN(x) ? x : NormalTail(-x);
    }

    /// <inheritdoc cref="NormalCdf(double)"/>
    public static float NormalCdf(float x) => (float)NormalCdf((double)x);

    /// <summary>log NormalCdf(x) where NormalCdf itself underflows: about −x²/2 far on the left, −NormalCdf(−x) far on the right.</summary>
    /// <param name="x">Any number. NaN gives NaN. −∞ where x² overflows.</param>
    /// <remarks>Derivative <see cref="InverseMills(double)"/>. Largest measured error ? ulp.</remarks>
    public static double LogNormalCdf(double x)
    {
        if (x > 0.0)
        {
            return Log1p(-NormalCdf(-x));
        }

        return x >= -0.5 ? Math.Log(NormalCdf(x)) : double.IsNaN(x) ? x : LogNormalTail(-x);
    }

    /// <inheritdoc cref="LogNormalCdf(double)"/>
    public static float LogNormalCdf(float x) => (float)LogNormalCdf((double)x);

    /// <summary>log(Φ(x)/Φ(−x)), Φ the normal distribution function: odd, 2x√(2/π) near 0, about ±x²/2 far away.</summary>
    /// <param name="x">Any number. NaN gives NaN. ±∞ where x² overflows.</param>
    /// <remarks>
    /// 2 artanh(Erf(x/√2)) near 0, the difference of the logarithms elsewhere.
    /// Derivative InverseMills(x) + InverseMills(−x). Largest measured error ? ulp.
    /// </remarks>
    public static double LogitNormalCdf(double x)
    {
        double a = Math.Abs(x);
        if (a < 1.0)
        {
            double e = Erf(a * Sqrt1Over2);
            return Math.CopySign(Log1p(2.0 * e / (1.0 - e)), x);
        }

        return double.IsNaN(x) ? x : Math.CopySign(Log1p(-NormalCdf(-a)) - LogNormalTail(a), x);
    }

    /// <inheritdoc cref="LogitNormalCdf(double)"/>
    public static float LogitNormalCdf(float x) => (float)LogitNormalCdf((double)x);

    /// <summary>Inverse Mills ratio NormalPdf(x)/NormalCdf(x): about −x far on the left, NormalPdf(x) far on the right.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>√(2/π)/Erfcx(−x/√2). Derivative <see cref="InverseMillsDerivative(double)"/>. Largest measured error ? ulp.</remarks>
    public static double InverseMills(double x)
    {
        if (x > -0.5 || double.IsNaN(x))
        {
            return NormalPdf(x) / NormalCdf(x);
        }

        if (x < -1e9)
        {
            return -x;
        }

        double high = ErfcxTail(-x * Sqrt1Over2, out double low);
        double ratio = SqrtTwoOverPi / high;
        return MulAdd(ratio, -low / high, ratio);
    }

    /// <inheritdoc cref="InverseMills(double)"/>
    public static float InverseMills(float x) => (float)InverseMills((double)x);

    /// <summary>
    /// Derivative of <see cref="InverseMills(double)"/>, −m(x + m), without the cancellation of x + m on the left; from −1 to 0.
    /// </summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>For x &lt; −0.75 Erfcx'/(√π Erfcx²) at −x/√2. Largest measured error ? ulp.</remarks>
    public static double InverseMillsDerivative(double x)
    {
        if (x > -0.75 || double.IsNaN(x))
        {
            double m = InverseMills(x);
            // Far on the right m is 0 while x may be infinite.
            return m == 0.0 ? -0.0 : -m * (x + m);
        }

        if (x < -1e9)
        {
            return -1.0;
        }

        double a = -x * Sqrt1Over2;
        double t = (a - 3.0) / (a + 3.0);
        double shape = ErfcxShape(t, out double constant) + constant;
        return -OneOverSqrtPi * ErfcxSlope(t) / (shape * shape);
    }

    /// <inheritdoc cref="InverseMillsDerivative(double)"/>
    public static float InverseMillsDerivative(float x) => (float)InverseMillsDerivative((double)x);

    /// <summary>1 − NormalCdf(a), a ≥ ½.</summary>
    private static double NormalTail(double a)
    {
        if (a > 40.0)
        {
            return 0.0;
        }

        // e^60 keeps exp(−a²/2) normal until the last multiplication.
        const double Shift = 60.0, Unshift = 8.75651076269652e-27;
        bool far = a > 36.0;
        double square = Extended.Product(a, a, out double error);
        double e = Math.Exp(MulAdd(-0.5, square, far ? Shift : 0.0));
        double g = ErfcxTail(a * Sqrt1Over2, out double gLow);
        double product = 0.5 * MulAdd(e, g, e * MulAdd(-0.5 * error, g, gLow));
        return far ? product * Unshift : product;
    }

    /// <summary>log(1 − NormalCdf(a)), a ≥ ½.</summary>
    private static double LogNormalTail(double a)
    {
        double square = Extended.Product(a, a, out double error);
        if (double.IsInfinity(square))
        {
            return double.NegativeInfinity;
        }

        double high = ErfcxTail(a * Sqrt1Over2, out double low);
        return (Math.Log(0.5 * high) + MulAdd(-0.5, error, low / high)) - 0.5 * square;
    }
}
