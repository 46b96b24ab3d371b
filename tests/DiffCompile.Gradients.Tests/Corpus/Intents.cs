using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>What the author asked for, which finite differences cannot confirm.</summary>
public static partial class Intents
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double Stopped(double x, double y) => (x * Differentiation.StopGradient(y)) + (y * y);

    [Expect]
    public static bool StopGradientCutsThePath() =>
        StoppedGradient(2.0, 3.0) is (3.0, 6.0)
        && StoppedJvp(2.0, 3.0, 0.5, 0.25) is (15.0, 3.0)
        && StoppedVjp(2.0, 3.0, -2.0) is (-6.0, -12.0)
        && StoppedHessianVectorProduct(2.0, 3.0, 0.5, 0.25) is (0.0, 0.5);

    // The stopped value is read after the variable that it stood in was written again.
    [Differentiable]
    [OnlyExpected]
    [Emits("double yDot;")]
    public static double StoppedThenOverwritten(double x)
    {
        double y, w;
        if (x > 0.0)
        {
            y = x * x;
            (y, w) = TripledAndProduct(Differentiation.StopGradient(y), y, x);
        }
        else
        {
            y = x;
            w = 1.0;
        }

        return y * w;
    }

    private static (double Tripled, double Product) TripledAndProduct(double p, double q, double x)
    {
        double y = q * 3.0;
        return (y, (p * p * x) + y);
    }

    [Expect]
    public static bool TheStoppedValueIsTheOldOne() => StoppedThenOverwrittenValueAndGradient(2.0) is (528.0, 864.0);

    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double StoppedInteger(double x) => x * (int)Differentiation.StopGradient(x * 3.0);

    [Expect]
    public static bool StoppedIntegerIsAConstant() => StoppedIntegerGradient(1.5) == 4.0;

    [Differentiable]
    public static double Excluded(double x, [NoGradient] double y, double z) => x * y * y * z;

    [Expect]
    public static bool ExcludedInputsHaveNoPlace() => ExcludedGradient(2.0, 3.0, 0.5) is (4.5, 18.0) && ExcludedJvp(2.0, 3.0, 0.5, 1.0, 1.0) is (9.0, 22.5);

    // A callee whose argument is excluded in it, although it varies here.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CallsExcluding(double x) => ExcludingGradient(x, x * x) * x;

    [Differentiable]
    public static double Excluding(double a, [NoGradient] double b) => a * a * b;

    [Differentiable(Kinks = KinkConvention.Left)]
    [OnlyExpected]
    public static double LeftCaller(double x, double y) => Math.Abs(x) + SymmetricCallee(y) + RightCallee(x) + Helper(y);

    [Differentiable]
    [OnlyExpected]
    public static double SymmetricCallee(double x) => Math.Abs(x);

    [Differentiable(Kinks = KinkConvention.Right)]
    [OnlyExpected]
    public static double RightCallee(double x) => x > 100.0 ? x : Math.Abs(x) * 4.0;

    private static double Helper(double x) => Math.Max(x, 0.0) * 8.0;

    // Left of abs −1, right of 4·abs +4; symmetric abs 0; the helper has the caller's convention: the zero is taken.
    [Expect]
    public static bool ConventionsTravelWithTheirMethods() => LeftCallerGradient(0.0, 0.0) is (3.0, 0.0) && LeftCallerJvp(0.0, 0.0, 1.0, 0.0) is (0.0, 3.0);
}
