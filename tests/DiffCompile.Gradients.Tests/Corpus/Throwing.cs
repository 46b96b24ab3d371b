using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>The derivative throws when the primal throws, even where the throwing operation feeds no derivative.</summary>
public static partial class Throwing
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CheckedProduct(double x, [NoGradient] int n) => x * x + checked(n * 1000000 - n * 1000000);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double IntegerQuotient(double x, [NoGradient] int n) => (3.0 * x) + (7 / n);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SignOfNaN(double x, [NoGradient] double y) => (x * x) + Math.Sign(y);

    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double ClampAgainstOrder(double x, [NoGradient] double low, [NoGradient] double high)
    {
        double y = Math.Clamp(low, low, high);
        return y > 1e300 ? x : x * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ThrownInBranch(double x, [NoGradient] int n)
    {
        double r = 2.0 * x;
        if (n > 3)
        {
            throw new ArgumentOutOfRangeException(nameof(n));
        }

        if (n > 1)
        {
            r += 5 / (n - 2);
        }

        return r * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ThrownInCall(double x, [NoGradient] int n) => (x * x) + Quotient(n);

    // Two branches on one condition, with another one between them that may throw first.
    [Differentiable]
    [OnlyExpected]
    public static double Ordered(double x, [NoGradient] int n, [NoGradient] int m)
    {
        bool both = n > 0;
        double r = x;
        if (both)
        {
            r = x * x;
        }

        if (m > 0)
        {
            throw new ArgumentException("first");
        }

        if (both)
        {
            r += 6 / (n - 1);
        }

        return r * x;
    }

    [Expect]
    public static bool TheFirstThrows() =>
        Near.Throws<ArgumentException>(() => Ordered(1.0, 1, 1)) && Near.Throws<ArgumentException>(() => OrderedGradient(1.0, 1, 1))
        && Near.Throws<ArgumentException>(() => OrderedVjp(1.0, 1, 1, 1.0)) && Near.Throws<ArgumentException>(() => OrderedJvp(1.0, 1, 1, 1.0))
        && Near.Throws<DivideByZeroException>(() => OrderedGradient(1.0, 1, 0)) && OrderedGradient(2.0, 3, 0) == 15.0 && OrderedGradient(2.0, 0, 0) == 4.0;

    private static double Quotient(int n) => 6 / n;

    // The results are not used, and the calls are not inlined.
    [Differentiable]
    public static double UnusedCall(double x, [NoGradient] int n)
    {
        _ = Long(x, n);
        return x * x;
    }

    [Differentiable]
    public static double UnusedRuledCall(double x)
    {
        _ = Ruled(x);
        return x * x;
    }

    private static double Ruled(double x) => x < 100.0 ? x : throw new NotFiniteNumberException();

    [DerivativeOf(nameof(Ruled))]
    private static double RuledVjp(double x, double value, double valueBar) => valueBar;

    private static double Long(double x, int n)
    {
        double a = x * 0.1, b = x * 0.2 + a, c = b * 0.3 - a, d = c * b + a, e = d * 0.5 + c;
        double f = e * d - a, g = f * 0.7 + e, h = g * f - d, i = h * 0.3 + b, j = i * h - c;
        double k = j * 0.2 + i, l = k * j - h, m = l * 0.9 + k, o = m * l - j, p = o * 0.1 + m;
        double q = p * o - l, r = q * 0.4 + p, s = r * q - o, t = s * 0.6 + r, u = t * s - q;
        double v = u * 0.8 + t, w = v * u - s, y = w * 0.5 + v, z = y * w - u, aa = z * 0.3 + y;
        return aa * z - w + (6 / n);
    }

    [Expect]
    public static bool UnusedCallsThrow() =>
        Near.Throws<DivideByZeroException>(() => UnusedCallGradient(1.0, 0)) && Near.Throws<DivideByZeroException>(() => UnusedCallJvp(1.0, 0, 1.0))
        && Near.Throws<NotFiniteNumberException>(() => UnusedRuledCallGradient(1000.0)) && UnusedCallGradient(1.5, 2) == 3.0 && UnusedRuledCallGradient(1.5) == 3.0;

    [Expect]
    public static bool GradientsThrow() =>
        Near.Throws<OverflowException>(() => CheckedProductGradient(1.0, 100000))
        && Near.Throws<DivideByZeroException>(() => IntegerQuotientGradient(1.0, 0))
        && Near.Throws<ArithmeticException>(() => SignOfNaNGradient(1.0, double.NaN))
        && Near.Throws<ArgumentException>(() => ClampAgainstOrderGradient(1.0, 2.0, 1.0))
        && Near.Throws<ArgumentOutOfRangeException>(() => ThrownInBranchGradient(1.0, 4))
        && Near.Throws<DivideByZeroException>(() => ThrownInBranchGradient(1.0, 2))
        && Near.Throws<DivideByZeroException>(() => ThrownInCallGradient(1.0, 0));

    [Expect]
    public static bool OtherMembersThrow() =>
        Near.Throws<DivideByZeroException>(() => IntegerQuotientJvp(1.0, 0, 1.0))
        && Near.Throws<DivideByZeroException>(() => IntegerQuotientVjp(1.0, 0, 1.0))
        && Near.Throws<DivideByZeroException>(() => IntegerQuotientHessianVectorProduct(1.0, 0, 1.0))
        && Near.Throws<ArgumentOutOfRangeException>(() => ThrownInBranchJvp(1.0, 4, 1.0))
        && Near.Throws<ArgumentOutOfRangeException>(() => ThrownInBranchHessianVectorProduct(1.0, 4, 1.0));

    [Expect]
    public static bool AndDoNotElse() => CheckedProductGradient(1.5, 3) == 3.0 && ThrownInBranchGradient(1.5, 1) == 6.0 && ThrownInBranchGradient(1.5, 3) == 11.0;
}
