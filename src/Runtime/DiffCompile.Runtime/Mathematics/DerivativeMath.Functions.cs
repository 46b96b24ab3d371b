using System.Runtime.CompilerServices;

namespace DiffCompile.Mathematics;

public static partial class DerivativeMath
{
    // exp(−x²) is below the smallest double from here on.
    private const double GaussianUnderflow = 746.0;
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>
    /// exp(−x²) to a few ulp: the rounding error of x², which the exponential would magnify by x², is added back.
    /// </summary>
    /// <param name="x">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Gaussian(double x)
    {
        double square = x * x;
        if (square > GaussianUnderflow)
        {
            return 0.0;
        }

        double exponential = Math.Exp(-square);
        return exponential - (exponential * Math.FusedMultiplyAdd(x, x, -square));
    }

    /// <inheritdoc cref="Gaussian(double)"/>
    public static float Gaussian(float x) => (float)Math.Exp(-((double)x * x));

    /// <summary>The hyperbolic secant 1/cosh(x); 0 at ±∞.</summary>
    /// <param name="x">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sech(double x) => 1.0 / Math.Cosh(x);

    /// <inheritdoc cref="Sech(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sech(float x) => 1.0f / MathF.Cosh(x);

    /// <summary>
    /// sech²(x), the derivative of tanh: 1 − t² where that keeps all but two bits, 1/cosh² where tanh comes near ±1.
    /// </summary>
    /// <param name="x">Any number.</param>
    /// <param name="t">tanh(x), which the caller has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double TanhSlope(double x, double t) => Math.Abs(t) < 0.875 ? 1.0 - (t * t) : Sech(x) * Sech(x);

    /// <inheritdoc cref="TanhSlope(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float TanhSlope(float x, float t) => MathF.Abs(t) < 0.875f ? 1.0f - (t * t) : Sech(x) * Sech(x);

    /// <summary>
    /// ∂h/∂x = x/h of the norm h = √(x² + y²). At the origin 0, the smallest subgradient; NaN where both are infinite.
    /// </summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="norm">h, which the caller has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double HypotSlope(double x, double y, double norm)
    {
        double slope = x / norm;
        return !double.IsNaN(slope) ? slope : SingularHypotSlope(x, y);
    }

    /// <inheritdoc cref="HypotSlope(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HypotSlope(float x, float y, float norm)
    {
        float slope = x / norm;
        return !float.IsNaN(slope) ? slope : (float)SingularHypotSlope(x, y);
    }

    /// <summary>x/(x² + y²), the derivative of atan2, without overflow or underflow of the squares; 0 at the origin.</summary>
    /// <remarks>Scaled as in R. L. Smith, "Algorithm 116: Complex division", Communications of the ACM 5 (1962).</remarks>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    public static double OverSquares(double x, double y)
    {
        double quotient;
        if (Math.Abs(x) >= Math.Abs(y))
        {
            quotient = 1.0 / (x + (y * (y / x)));
        }
        else
        {
            double ratio = x / y;
            quotient = ratio / ((x * ratio) + y);
        }

        // The quotient of two numbers is only NaN at the origin or between two infinities.
        return !double.IsNaN(quotient) || double.IsNaN(x) || double.IsNaN(y) ? quotient : 0.0;
    }

    /// <inheritdoc cref="OverSquares(double, double)"/>
    public static float OverSquares(float x, float y) => (float)OverSquares((double)x, (double)y);

    /// <summary>eˣ/(eˣ + eʸ), the weight of x in the logarithm of eˣ + eʸ; ½ where both are the same, infinities included.</summary>
    /// <param name="x">Exponent whose weight is asked for.</param>
    /// <param name="y">The other exponent.</param>
    public static double ExpShare(double x, double y) => x == y ? 0.5 : 1.0 / (1.0 + Math.Exp(y - x));

    /// <inheritdoc cref="ExpShare(double, double)"/>
    public static float ExpShare(float x, float y) => x == y ? 0.5f : 1.0f / (1.0f + MathF.Exp(y - x));

    /// <summary>The derivative of ln erfc(x), −2/√π/erfcx(x): −2x far on the right, 0 far on the left.</summary>
    /// <param name="x">Any number.</param>
    public static double LogErfcSlope(double x) => -TwoOverSqrtPi / SpecialFunctions.Erfcx(x);

    /// <inheritdoc cref="LogErfcSlope(double)"/>
    public static float LogErfcSlope(float x) => (float)LogErfcSlope((double)x);

    private static double SingularHypotSlope(double x, double y) =>
        double.IsNaN(x) || double.IsNaN(y) || (double.IsInfinity(x) && double.IsInfinity(y)) ? double.NaN
        : double.IsInfinity(x) ? Math.Sign(x)
        : 0.0;
}
