namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const int LargestPolygammaOrder = 20;

    /// <summary>Polygamma function: the n-th derivative of <see cref="Digamma(double)"/>.</summary>
    /// <param name="n">Order, 0 to 20; 0 is digamma, 1 trigamma. Others give NaN.</param>
    /// <param name="x">
    /// Any number. NaN gives NaN. At 0 and the negative integers +∞ for odd n, NaN for even n (−∞ at +0 and +∞ at −0); NaN at −∞.
    /// </param>
    /// <remarks>
    /// (−1)^(n+1) n! Σ (x + k)^−(n+1) summed up to an argument where the Euler–Maclaurin tail (DLMF 5.15.9) is exact;
    /// for negative x the sum splits at the nearest integer into three sums of positive terms.
    /// Derivative Polygamma(n + 1, x). Largest measured error 1.7 ulp for n ≤ 7; for x &lt; 0 and even n, where the function has
    /// zeros, in ulp of max(|result|, n! 2^(n+1)), the size of the terms that cancel.
    /// </remarks>
    public static double Polygamma(int n, double x)
    {
        if (n < 2)
        {
            return n == 0 ? Digamma(x) : n == 1 ? Trigamma(x) : double.NaN;
        }

        if (n > LargestPolygammaOrder || double.IsNaN(x) || double.IsNegativeInfinity(x))
        {
            return double.NaN;
        }

        bool odd = (n & 1) != 0;
        if (x > 0.0)
        {
            double sum = PowerSum(n, x, 0.0);
            return odd ? sum : -sum;
        }

        double r = x - Math.Round(x);
        if (r == 0.0)
        {
            return odd ? double.PositiveInfinity : x == 0.0 ? -1.0 / x : double.NaN;
        }

        // Terms at distance j + r above the nearest integer, the nearest one, and those at distance i − r below it, i = 1 … r − x.
        double above = PowerSum(n, Extended.Sum(1.0, r, out double low), low);
        double nearest = Term(Factorial(n), Math.Abs(r), 0.0, n + 1);
        double below = x < -0.5 ? PowerSum(n, Extended.Sum(1.0, -r, out low), low) - PowerSum(n, Extended.Sum(1.0, -x, out low), low) : 0.0;
        return odd ? nearest + (above + below) : (r > 0.0 ? -nearest : nearest) + (below - above);
    }

    /// <inheritdoc cref="Polygamma(int, double)"/>
    public static float Polygamma(int n, float x) => (float)Polygamma(n, (double)x);

    /// <summary>n! Σ over k ≥ 0 of (a + low + k)^−(n+1), a &gt; 0.</summary>
    private static double PowerSum(int n, double a, double low)
    {
        double factorial = Factorial(n);
        double start = 15.0 + 0.5 * n;
        int count = a < start ? (int)Math.Ceiling(start - a) : 0;
        double z = Extended.Sum(a, count, out double zLow);

        // (n−1)!/z^n (1 + n/(2z) + Σ B_2j (n)_2j / (2j)! z^−2j), with B_2j/(2j)! written out.
        double r = 1.0 / z;
        double r2 = r * r;
        double b = 0.0;
        b = Step(b, 18, 8.586062056277845e-15);
        b = Step(b, 16, -3.3896802963225827e-13);
        b = Step(b, 14, 1.3382536530684679e-11);
        b = Step(b, 12, -5.284190138687493e-10);
        b = Step(b, 10, 2.08767569878681e-08);
        b = Step(b, 8, -8.267195767195768e-07);
        b = Step(b, 6, 3.306878306878307e-05);
        b = Step(b, 4, -0.001388888888888889);
        b = Step(b, 2, 0.08333333333333333);
        double leading = Term(factorial / n, z, low + zLow, n);
        double sum = MulAdd(leading, MulAdd(0.5 * n, r, b), leading);

        for (int k = count - 1; k >= 0; k--)
        {
            double shifted = Extended.Sum(a, k, out double shiftedLow);
            sum += Term(factorial, shifted, low + shiftedLow, n + 1);
        }

        return sum;

        // Horner over falling j: (c_j + rest) (n + 2j − 2)(n + 2j − 1) z^−2.
        double Step(double rest, int twiceJ, double coefficient)
            => (coefficient + rest) * ((n + twiceJ - 2.0) * (n + twiceJ - 1.0)) * r2;
    }

    /// <summary>factor/(a + aLow)^n for a &gt; 0, rounded about once.</summary>
    private static double Term(double factor, double a, double aLow, int n)
    {
        double r = 1.0 / a;
        double rLow = r * (MulAdd(-a, r, 1.0) - aLow * r);
        double high = factor, low = 0.0;
        for (int i = 0; i < n; i++)
        {
            double next = high * r;
            low = MulAdd(high, r, -next) + MulAdd(high, rLow, low * r);
            high = next;
        }

        return double.IsFinite(low) ? high + low : high;
    }

    private static double Factorial(int n)
    {
        double product = 1.0;
        for (int i = 2; i <= n; i++)
        {
            product *= i;
        }

        return product;
    }
}
