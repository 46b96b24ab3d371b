using DiffCompile;

namespace DiffCompile.Corpus;

[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusedAttribute(string id, string at, string says = "") : Attribute
{
    public string Id { get; } = id;

    public string At { get; } = at;

    public string Says { get; } = says;
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

    // The first loss is named.
    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double ConvertedOnBothSides(double x, bool which) => x * (which ? (int)x : (int)(x * 2.0));

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static (double Good, double Bad) OneOfTwoResults(double x) => (x * x, x * (int)x);

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double ThroughHelper(double x) => x * Half((int)x);

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double HandedToALongCall(double x) => x * Long(2.0, (int)x);

    // The loss is inside of a call that stays one.
    [Differentiable]
    [Refused("DC3102", "Long")]
    public static double LostInALongCall(double x) => x * Long(x, 2);

    private static double Long(double x, int n)
    {
        double a = x * 0.1, b = x * 0.2 + a, c = b * 0.3 - a, d = c * b + a, e = d * 0.5 + c;
        double f = e * d - a, g = f * 0.7 + e, h = g * f - d, i = h * 0.3 + b, j = i * h - c;
        double k = j * 0.2 + i, l = k * j - h, m = l * 0.9 + k, o = m * l - j, p = o * 0.1 + m;
        double q = p * o - l, r = q * 0.4 + p, s = r * q - o, t = s * 0.6 + r, u = t * s - q;
        double v = u * 0.8 + t, w = v * u - s, y = w * 0.5 + v, z = y * w - u, aa = z * 0.3 + y;
        double bb = aa * z - y, cc = bb * 0.7 + aa, dd = cc * bb - z, ee = dd * 0.2 + cc, ff = ee * dd - bb;
        return ff * ee - w * (n + (int)x);
    }

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
    [Refused("DC3105", "NotLinear", "has only a VJP rule, and the JVP rule that 'the requested members' needs cannot be derived from it because it is not provably linear in the cotangents. Add one: [DerivativeOf(nameof(NotLinear), RuleKind.Jvp)].")]
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
    [Refused("DC3105", "SumOfSquares", "it is not provably linear in the tangents. Add one: [DerivativeOf(nameof(SumOfSquares), RuleKind.Vjp)].")]
    public static double UsesSumOfSquares(double x) => SumOfSquares(x);

    private static double Constant(double x) => x;

    [DerivativeOf(nameof(Constant))]
    private static double ConstantVjp(double x, double value, double valueBar) => x;

    [Differentiable]
    [Refused("DC3105", "Constant")]
    public static double UsesConstant(double x) => Constant(x);

    private static double OverItself(double x) => x;

    [DerivativeOf(nameof(OverItself))]
    private static double OverItselfVjp(double x, double value, double valueBar) => valueBar * x / valueBar;

    [Differentiable]
    [Refused("DC3105", "OverItself")]
    public static double UsesOverItself(double x) => OverItself(x);

    private static double TimesBent(double x) => x;

    [DerivativeOf(nameof(TimesBent))]
    private static double TimesBentVjp(double x, double value, double valueBar) => valueBar * Math.Sin(valueBar);

    [Differentiable]
    [Refused("DC3105", "TimesBent")]
    public static double UsesTimesBent(double x) => TimesBent(x);

    private static double BentTimes(double x) => x;

    [DerivativeOf(nameof(BentTimes))]
    private static double BentTimesVjp(double x, double value, double valueBar) => Math.Sin(valueBar) * valueBar;

    [Differentiable]
    [Refused("DC3105", "BentTimes")]
    public static double UsesBentTimes(double x) => BentTimes(x);

    private static double GuardedSecond(double x) => x;

    [DerivativeOf(nameof(GuardedSecond))]
    private static double GuardedSecondVjp(double x, double value, double valueBar) => DiffCompile.Mathematics.DerivativeMath.Mul0(x, valueBar, x);

    [Differentiable]
    [Refused("DC3105", "GuardedSecond")]
    public static double UsesGuardedSecond(double x) => GuardedSecond(x);

    private static double GuardedBoth(double x) => x;

    [DerivativeOf(nameof(GuardedBoth))]
    private static double GuardedBothVjp(double x, double value, double valueBar) => DiffCompile.Mathematics.DerivativeMath.Mul0(valueBar, valueBar, x);

    [Differentiable]
    [Refused("DC3105", "GuardedBoth")]
    public static double UsesGuardedBoth(double x) => GuardedBoth(x);

    private static double GuardedAt(double x) => x;

    [DerivativeOf(nameof(GuardedAt))]
    private static double GuardedAtVjp(double x, double value, double valueBar) => DiffCompile.Mathematics.DerivativeMath.Mul0(valueBar, x, valueBar);

    [Differentiable]
    [Refused("DC3105", "GuardedAt")]
    public static double UsesGuardedAt(double x) => GuardedAt(x);

    private static double PlusConstant(double x) => x;

    [DerivativeOf(nameof(PlusConstant))]
    private static double PlusConstantVjp(double x, double value, double valueBar) => x + valueBar;

    [Differentiable]
    [Refused("DC3105", "PlusConstant")]
    public static double UsesPlusConstant(double x) => PlusConstant(x);

    private static double MinusConstant(double x) => x;

    [DerivativeOf(nameof(MinusConstant))]
    private static double MinusConstantVjp(double x, double value, double valueBar) => valueBar - x;

    [Differentiable]
    [Refused("DC3105", "MinusConstant")]
    public static double UsesMinusConstant(double x) => MinusConstant(x);

    private static double ConstantQuotient(double x) => x;

    [DerivativeOf(nameof(ConstantQuotient))]
    private static double ConstantQuotientVjp(double x, double value, double valueBar) => 1.0 / (1.0 + valueBar);

    [Differentiable]
    [Refused("DC3105", "ConstantQuotient")]
    public static double UsesConstantQuotient(double x) => ConstantQuotient(x);

    private static double OfSpan(ReadOnlySpan<double> x) => x[0];

    [DerivativeOf(nameof(OfSpan))]
    private static void OfSpanVjp(ReadOnlySpan<double> x, double value, double valueBar, Span<double> xBar) => xBar[0] += valueBar;

    [Differentiable(DerivativeModes.Jvp)]
    [Refused("DC3105", "OfSpan", "it has span parameters")]
    public static double UsesSpan(ReadOnlySpan<double> x, double s) => s * OfSpan(x);

    private static double Scaled(ReadOnlySpan<double> x, double k) => x[0] * k;

    [DerivativeOf(nameof(Scaled))]
    private static double ScaledVjp(ReadOnlySpan<double> x, double k, double value, double valueBar, Span<double> xBar)
    {
        xBar[0] += k * valueBar;
        return x[0] * valueBar;
    }

    [Differentiable(DerivativeModes.Gradient)]
    [Refused("DC3110", "Scaled", "The span 'x' is not differentiated here, but 'Scaled' and its rule")]
    public static double ExcludesSpan([NoGradient] ReadOnlySpan<double> x, double s) => Scaled(x, s);

    private static double Opaque(double x) => x;

    [DerivativeOf(nameof(Opaque))]
    private static double OpaqueVjp(double x, double value, double valueBar) => valueBar * Array.Empty<double>().Length;

    [DerivativeOf(nameof(Opaque), RuleKind.Jvp)]
    private static double OpaqueJvp(double x, double xDot) => xDot * Array.Empty<double>().Length;

    [Differentiable(DerivativeModes.HessianVectorProduct)]
    [Refused("DC3107", "UsesOpaque", "but the rule 'OpaqueVjp' is ordinary code")]
    public static double UsesOpaque(double x) => x * Opaque(x);

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double LostInLoop(double x)
    {
        int k = 0;
        for (int i = 0; i < 3; i++)
        {
            k += (int)x;
        }

        return k * x;
    }

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double LostTwoTripsLater(double x)
    {
        int a = 0, b = 0, c = 0;
        for (int i = 0; i < 3; i++)
        {
            c = b;
            b = a;
            a = (int)x;
        }

        return c + x;
    }

    [Differentiable]
    [Refused("DC3102", "(int)x")]
    public static double LostInArray(double x)
    {
        int[] k = new int[2];
        k[0] = (int)x;
        return k[0] * x;
    }
}
