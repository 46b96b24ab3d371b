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
