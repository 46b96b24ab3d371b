using DiffCompile;

namespace DiffCompile.Corpus;

[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusedAttribute(string id, string at) : Attribute
{
    public string Id { get; } = id;

    public string At { get; } = at;
}

/// <summary>A float turned into an integer that flows back: the derivative would be lost silently.</summary>
public static partial class RefusedIntegers
{
    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double Converted(double x) => x * (int)x;

    [Differentiable]
    [Refused("DC3102", "(long)(x * x)")]
    public static double ConvertedChecked(double x) => x + checked((long)(x * x));

    [Differentiable]
    [Refused("DC3102", "(int)(x * 2.0)")]
    public static double ConvertedInBranch(double x, bool which)
    {
        int n = 3;
        if (which)
        {
            n = (int)(x * 2.0);
        }

        return x * n;
    }

    [Differentiable]
    [Refused("DC3102", "(int)(x * 2.0)")]
    public static double ConvertedInOtherBranch(double x, bool which)
    {
        int n;
        if (which)
        {
            n = 3;
        }
        else
        {
            n = (int)(x * 2.0);
        }

        return x * n;
    }

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static (double Good, double Bad) OneOfTwoResults(double x) => (x * x, x * (int)x);

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double ThroughHelper(double x) => x * Half((int)x);

    private static int Half(int n) => n / 2;

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double ThroughRule(double x) => Ruled(x * (int)x);

    private static double Ruled(double x) => x;

    [DerivativeOf(nameof(Ruled))]
    private static double RuledVjp(double x, double value, double valueBar) => valueBar;

    // As condition or bound an integer is harmless.
    [Differentiable]
    public static double OnlyCondition(double x) => (int)x > 3 ? x * x : x * 2.0;

    [Differentiable]
    public static double OnlyAnOutput(double x, out int floor)
    {
        floor = (int)x;
        return x * x;
    }

    [Differentiable]
    public static double OfSomethingInactive(double x, [NoGradient] double y) => x * (int)y;
}

/// <summary>No path from an active input to a result.</summary>
public static partial class RefusedPaths
{
    [Differentiable]
    [Refused("DC3103", "Steps")]
    public static double Steps(double x) => Math.Floor(x) * 2.0;

    [Differentiable]
    [Refused("DC3103", "AllStopped")]
    public static double AllStopped(double x) => Differentiation.StopGradient(x) * 3.0;

    [Differentiable]
    [Refused("DC3103", "OnlySign")]
    public static double OnlySign(double x) => Math.Sign(x) * 1.0;

    [Differentiable]
    [Refused("DC3103", "OnlyExcluded")]
    public static double OnlyExcluded(double x, [NoGradient] double y) => x > 0.0 ? y : 2.0 * y;
}

/// <summary>A direction that no rule gives and that cannot be derived from the other one.</summary>
public static partial class RefusedRules
{
    private static double NotLinear(double x) => x;

    [DerivativeOf(nameof(NotLinear))]
    private static double NotLinearVjp(double x, double value, double valueBar) => valueBar * valueBar;

    [Differentiable]
    [Refused("DC3105", "NotLinear")]
    public static double UsesNotLinear(double x) => NotLinear(x);

    private static double Affine(double x) => x;

    [DerivativeOf(nameof(Affine))]
    private static double AffineVjp(double x, double value, double valueBar) => valueBar + 1.0;

    [Differentiable]
    [Refused("DC3105", "Affine")]
    public static double UsesAffine(double x) => Affine(x);

    private static double Less(double x) => x;

    [DerivativeOf(nameof(Less))]
    private static double LessVjp(double x, double value, double valueBar) => 1.0 - valueBar;

    [Differentiable]
    [Refused("DC3105", "Less")]
    public static double UsesLess(double x) => Less(x);

    private static double Quotient(double x) => x;

    [DerivativeOf(nameof(Quotient))]
    private static double QuotientVjp(double x, double value, double valueBar) => x / valueBar;

    [Differentiable]
    [Refused("DC3105", "Quotient")]
    public static double UsesQuotient(double x) => Quotient(x);

    private static double BranchOnIt(double x) => x;

    [DerivativeOf(nameof(BranchOnIt))]
    private static double BranchOnItVjp(double x, double value, double valueBar) => valueBar > 0.0 ? valueBar : 2.0 * valueBar;

    [Differentiable]
    [Refused("DC3105", "BranchOnIt")]
    public static double UsesBranchOnIt(double x) => BranchOnIt(x);

    private static double BranchToConstant(double x) => x;

    [DerivativeOf(nameof(BranchToConstant))]
    private static double BranchToConstantVjp(double x, double value, double valueBar) => x > 0.0 ? valueBar : 1.0;

    [Differentiable]
    [Refused("DC3105", "BranchToConstant")]
    public static double UsesBranchToConstant(double x) => BranchToConstant(x);

    private static double Bent(double x) => x;

    [DerivativeOf(nameof(Bent))]
    private static double BentVjp(double x, double value, double valueBar) => Math.Sin(valueBar);

    [Differentiable]
    [Refused("DC3105", "Bent")]
    public static double UsesBent(double x) => Bent(x);

    private static double SumOfSquares(double x) => x;

    [DerivativeOf(nameof(SumOfSquares), RuleKind.Jvp)]
    private static double SumOfSquaresJvp(double x, double xDot) => xDot + xDot * xDot;

    [Differentiable]
    [Refused("DC3105", "SumOfSquares")]
    public static double UsesSumOfSquares(double x) => SumOfSquares(x);

    private static double Constant(double x) => x;

    [DerivativeOf(nameof(Constant))]
    private static double ConstantVjp(double x, double value, double valueBar) => x;

    [Differentiable]
    [Refused("DC3105", "Constant")]
    public static double UsesConstant(double x) => Constant(x);

    private static double OfSpan(ReadOnlySpan<double> x) => x[0];

    [DerivativeOf(nameof(OfSpan))]
    private static void OfSpanVjp(ReadOnlySpan<double> x, double value, double valueBar, Span<double> xBar) => xBar[0] += valueBar;

    [Differentiable(DerivativeModes.Jvp)]
    [Refused("DC3105", "OfSpan")]
    public static double UsesSpan(ReadOnlySpan<double> x, double s) => s * OfSpan(x);

    private static double Opaque(double x) => x;

    [DerivativeOf(nameof(Opaque))]
    private static double OpaqueVjp(double x, double value, double valueBar) => valueBar * Array.Empty<double>().Length;

    [DerivativeOf(nameof(Opaque), RuleKind.Jvp)]
    private static double OpaqueJvp(double x, double xDot) => xDot * Array.Empty<double>().Length;

    [Differentiable(DerivativeModes.HessianVectorProduct)]
    [Refused("DC3107", "UsesOpaque")]
    public static double UsesOpaque(double x) => x * Opaque(x);
}
