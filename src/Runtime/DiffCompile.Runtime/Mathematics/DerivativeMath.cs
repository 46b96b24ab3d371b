using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffCompile.Mathematics;

/// <summary>
/// Functions that partial derivatives are written with. Generated code calls them; each is itself differentiable, so that
/// derivatives of every order exist. All accept every double: a NaN operand gives NaN where nothing else is said.
/// </summary>
public static partial class DerivativeMath
{
    /// <summary>
    /// The product a·p of a tangent or cotangent and a partial derivative, but 0 where a = 0, p is not finite and x is a
    /// number: what does not depend on an operand gets an exact zero from it even where the partial is singular.
    /// </summary>
    /// <param name="a">Tangent or cotangent.</param>
    /// <param name="p">Partial derivative; may be infinite or NaN.</param>
    /// <param name="x">Operand at which the partial was taken; NaN is not masked.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Mul0(double a, double p, double x)
    {
        double product = a * p;
        return !double.IsNaN(product) || a != 0.0 || double.IsNaN(x) ? product : 0.0;
    }

    /// <inheritdoc cref="Mul0(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mul0(float a, float p, float x)
    {
        float product = a * p;
        return !float.IsNaN(product) || a != 0.0f || float.IsNaN(x) ? product : 0.0f;
    }

    /// <inheritdoc cref="Mul0(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Mul0(Vector512<double> a, double p, double x) => double.IsFinite(p) || double.IsNaN(x) ? a * p : Masked(a, p);

    /// <inheritdoc cref="Mul0(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Mul0(double p, Vector512<double> a, double x) => Mul0(a, p, x);

    private static Vector512<double> Masked(Vector512<double> a, double p) =>
        Vector512.ConditionalSelect(Vector512.Equals(a, Vector512<double>.Zero), Vector512<double>.Zero, a * p);

    /// <summary>Derivative of |x|: 1 for x &gt; 0, −1 for x &lt; 0.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="atZero">The value at ±0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AbsSlope(double x, double atZero) => x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x == 0.0 ? atZero : double.NaN;

    /// <inheritdoc cref="AbsSlope(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AbsSlope(float x, float atZero) => x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x == 0.0f ? atZero : float.NaN;

    /// <summary>
    /// The share of x in a selection among x and y, such as max or min: 1 where x was taken, 0 where y was, NaN where
    /// neither was.
    /// </summary>
    /// <param name="selected">What the selection gave.</param>
    /// <param name="x">First operand.</param>
    /// <param name="y">Second operand.</param>
    /// <param name="tie">The value for x = y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Share(double selected, double x, double y, double tie) =>
        selected == x ? (selected == y ? tie : 1.0) : selected == y ? 0.0 : double.NaN;

    /// <inheritdoc cref="Share(double, double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Share(float selected, float x, float y, float tie) =>
        selected == x ? (selected == y ? tie : 1.0f) : selected == y ? 0.0f : float.NaN;

    /// <summary>1 where x exceeds the limit, 0 where it does not; a limit that is NaN is no limit.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="limit">Upper limit.</param>
    /// <param name="tie">The value for x = limit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Above(double x, double limit, double tie) =>
        x > limit ? 1.0 : x == limit ? tie : double.IsNaN(x) ? x : 0.0;

    /// <inheritdoc cref="Above(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Above(float x, float limit, float tie) =>
        x > limit ? 1.0f : x == limit ? tie : float.IsNaN(x) ? x : 0.0f;

    /// <summary>1 where x falls below the limit, 0 where it does not; a limit that is NaN is no limit.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="limit">Lower limit.</param>
    /// <param name="tie">The value for x = limit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Below(double x, double limit, double tie) =>
        x < limit ? 1.0 : x == limit ? tie : double.IsNaN(x) ? x : 0.0;

    /// <inheritdoc cref="Below(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Below(float x, float limit, float tie) =>
        x < limit ? 1.0f : x == limit ? tie : float.IsNaN(x) ? x : 0.0f;

    /// <summary><see cref="Math.Round(double, MidpointRounding)"/> with the mode as its number.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="mode">Number of a <see cref="MidpointRounding"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="mode"/> is no rounding mode.</exception>
    public static double RoundMode(double x, int mode) => Math.Round(x, (MidpointRounding)mode);

    /// <inheritdoc cref="RoundMode(double, int)"/>
    public static float RoundMode(float x, int mode) => MathF.Round(x, (MidpointRounding)mode);

    /// <summary><see cref="Math.Round(double, int, MidpointRounding)"/> with the mode as its number.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="digits">Decimals to keep: 0 to 15 for double, 0 to 6 for float.</param>
    /// <param name="mode">Number of a <see cref="MidpointRounding"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="digits"/> or <paramref name="mode"/> is out of range.</exception>
    public static double RoundDigitsMode(double x, int digits, int mode) => Math.Round(x, digits, (MidpointRounding)mode);

    /// <inheritdoc cref="RoundDigitsMode(double, int, int)"/>
    public static float RoundDigitsMode(float x, int digits, int mode) => MathF.Round(x, digits, (MidpointRounding)mode);
}
