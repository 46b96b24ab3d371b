namespace DiffCompile.Mathematics;

using System.Runtime.CompilerServices;

/// <summary>
/// The few operations with more than 53 bits that the special functions need. A number is a pair high + low,
/// low being below the last bit of high. The error-free sum and product are those of Dekker (1971) and Knuth (TAOCP 2, 4.2.2).
/// </summary>
internal static class Extended
{
    /// <summary>ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact.</summary>
    internal const double Ln2High = 0.6931471803691238, Ln2Low = 1.9082149292705877e-10;

    /// <summary>a + b exactly: the rounded sum and its error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Sum(double a, double b, out double low)
    {
        double sum = a + b;
        double bPart = sum - a;
        low = (a - (sum - bPart)) + (b - bPart);
        return sum;
    }

    /// <summary>a·b exactly: the rounded product and its error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Product(double a, double b, out double low)
    {
        double product = a * b;
        low = Math.FusedMultiplyAdd(a, b, -product);
        return product;
    }

    /// <summary>y·2^k, with one rounding where the result is subnormal; |k| below 1500.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Scale(double y, int k)
    {
        if (k > 1023)
        {
            return y * PowerOfTwo(1023) * PowerOfTwo(k - 1023);
        }

        return k < -1021 ? y * PowerOfTwo(k + 512) * PowerOfTwo(-512) : y * PowerOfTwo(k);
    }

    /// <summary>2^k for −1022 ≤ k ≤ 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);

    /// <summary>exp(−x²), where x² may have twice the bits of x: exp(−h − l) ≈ exp(−h)(1 − l).</summary>
    /// <param name="x">A number of at most 40 in absolute value.</param>
    /// <param name="low">What the returned value lacks.</param>
    /// <param name="shift">Added to the exponent, so that a later, smaller result is still normal here.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ExpNegatedSquare(double x, out double low, double shift = 0)
    {
        double square = Product(x, x, out double error);
        double e = Math.Exp(shift - square);
        low = -e * error;
        return e;
    }

    /// <summary>Natural logarithm of 0 &lt; x &lt; ∞ with about 60 bits: 2 artanh((m − 1)/(m + 1)) + k ln 2 for x = m 2^k, √½ ≤ m &lt; √2.</summary>
    internal static double Log(double x, out double low)
    {
        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2^54: subnormal numbers have no leading bit
            k = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        // Adding what lies between √½ and 1 moves the exponent's step from 1 to √½.
        long shifted = bits + (0x3FF0000000000000L - 0x3FE6A09E667F3BCDL);
        k += (int)(shifted >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((shifted & 0x000FFFFFFFFFFFFFL) + 0x3FE6A09E667F3BCDL);

        double f = m - 1.0;
        double g = 2.0 + f;
        double gLow = f - (g - 2.0);
        double s = f / g;
        double sLow = (Math.FusedMultiplyAdd(-s, g, f) - s * gLow) / g;
        double z = s * s;
        double tail = s * z * Polynomial.MulAdd(z, Polynomial.Degree7(z,
                0.3999999999999999, 0.28571428571435464, 0.22222222219827728, 0.18181818598169913,
                0.1538457477813401, 0.13335653976459466, 0.11687780989571862, 0.1188509934324957), 0.6666666666666666);

        double high = Sum(k * Ln2High, 2.0 * s, out double rest);
        rest += Math.FusedMultiplyAdd(k, Ln2Low, 2.0 * sLow + tail);
        double sum = high + rest;
        low = rest - (sum - high);
        return sum;
    }
}
