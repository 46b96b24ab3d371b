using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Singular partials met by a zero: exact zeros, and second derivatives that survive.</summary>
public static partial class Guards
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double ScaledRoot(double x, double y) => y * Math.Sqrt(x);

    // ∂²(y·√x)/∂x∂y at y = 0 is ½/√x; in x alone nothing is left at y = 0.
    [Expect]
    public static bool MixedDerivativeSurvives() =>
        ScaledRootHessianVectorProduct(4.0, 0.0, 1.0, 0.0) is (0.0, 0.25)
        && ScaledRootHessianVectorProduct(4.0, 0.0, 0.0, 1.0) is (0.25, 0.0);

    [Expect]
    public static bool RootAtZero() =>
        ScaledRootGradient(0.0, 0.0) is (0.0, 0.0)
        && ScaledRootGradient(0.0, 2.0) is (double.PositiveInfinity, 0.0)
        && ScaledRootJvp(0.0, 1.0, 0.0, 1.0) is (0.0, 0.0);

    [Expect]
    public static bool NaNIsNotHidden() => double.IsNaN(ScaledRootGradient(double.NaN, 0.0).x) && double.IsNaN(ScaledRootJvp(double.NaN, 1.0, 0.0, 0.0).Item2);

    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double RootOfSum(double x, double y) => Math.Sqrt((x * x) + (y * y)) + Math.Sqrt(y);

    [Expect]
    public static bool RootOfSumAtOrigin() => RootOfSumJvp(0.0, 0.0, 1.0, 0.0) is (0.0, 0.0);

    // exp10 reaches 0 far earlier than exp, and in single precision exp does so, too.
    [Differentiable]
    [OnlyExpected]
    public static double RootOfPower([Domain(-500.0, 0.0)] double x) => Math.Sqrt(DiffCompile.Mathematics.SpecialFunctions.Exp10(x));

    [Differentiable]
    [OnlyExpected]
    public static float RootOfSmallPower([Domain(-500.0, 0.0)] float x) => MathF.Sqrt(MathF.Exp(x));

    [Expect]
    public static bool UnderflowIsGuarded() => RootOfPowerJvp(-400.0, 1.0) is (0.0, 0.0) && RootOfSmallPowerJvp(-200.0f, 1.0f) is (0.0f, 0.0f);

    // What the stated range rules out needs no guard …
    [Differentiable]
    [EmitsNot("Mul0")]
    public static double SumAboveZero([Domain(-1.0, 2.0)] double x, [Domain(1.5, 2.0)] double y) => Math.Log(x + y);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double DifferenceAboveZero([Domain(1.5, 2.0)] double x, [Domain(-2.0, 1.0)] double y) => Math.Log(x - y);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double NegativeAboveZero([Domain(-2.0, -0.5)] double x) => Math.Log(-x);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double SquareAboveZero([Domain(-2.0, -0.5)] double x) => Math.Log(x * x);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double OtherSquareAboveZero([Domain(0.5, 2.0)] double x) => Math.Log(x * x);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double SquareInTheDisc([Domain(-0.5, 0.9)] double x) => Math.Asin(x * x);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double MagnitudeInTheDisc([Domain(-0.9, 0.5)] double x) => Math.Asin(Math.Abs(x));

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double RootInTheDisc([Domain(0.1, 0.9)] double x) => Math.Asin(Math.Sqrt(x));

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double ProductAboveZero([Domain(0.5, 2.0)] double x, [Domain(0.1, 2.0)] double y) => Math.Log(x * y);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double MagnitudeAboveZero([Domain(-2.0, -0.5)] double x) => Math.Log(Math.Abs(x));

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double RootAboveZero([Domain(0.5, 2.0)] double x) => Math.Log(Math.Sqrt(x));

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double RootAboveMinusOne([Domain(-1.0, 2.0)] double x) => Math.Exp(x) / (Math.Cosh(x) + 0.0);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double ExponentialAboveZero([Domain(-500.0, 2.0)] double x) => Math.Log(Math.Exp(x));

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double ConvertedAboveZero([Domain(0.5, 2.0)] float x) => Math.Log((double)x);

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double ConstantAboveZero([Domain(0.5, 2.0)] double x) => Math.Log(x + 1.0) / 3.0;

    [Differentiable]
    [EmitsNot("Mul0")]
    public static double SecondInput(double x, [Domain(0.5, 2.0)] double y) => x + Math.Log(y);

    // … and what it allows does.
    // Each of these is singular at one end of the range that follows from the domains.
    [Differentiable]
    [OnlyExpected]
    public static double LogOfProduct([Domain(0.0, 1.0)] double x, [Domain(2.0, 3.0)] double y) => Math.Log(x * y);

    [Differentiable]
    [OnlyExpected]
    public static double LogOfSquare([Domain(-1.0, 1.0)] double x) => Math.Log(x * x);

    [Differentiable]
    public static double LogOfMagnitude([Domain(-1.0, 1.0)] double x) => Math.Log(Math.Abs(x));

    [Differentiable]
    public static double LogOfSum([Domain(-1.0, 1.0)] double x, [Domain(1.0, 2.0)] double y) => Math.Log(x + y);

    [Differentiable]
    public static double LogOfDifference([Domain(1.0, 3.0)] double x, [Domain(-1.0, 1.0)] double y) => Math.Log(x - y);

    [Differentiable]
    public static double LogOfNegative([Domain(-1.0, 0.0)] double x) => Math.Log(-x);

    [Differentiable]
    public static double LogOfRoot([Domain(0.0, 1.0)] double x) => Math.Log(Math.Sqrt(x));

    [Differentiable]
    [OnlyExpected]
    public static double LogOfExponential([Domain(-1000.0, 0.0)] double x) => Math.Log(Math.Exp(x));

    [Differentiable]
    [OnlyExpected]
    public static double LogOfNegativeProduct([Domain(-1.0, 0.0)] double x, [Domain(-1.0, 0.0)] double y) => Math.Log(x * y);

    [Differentiable]
    public static double AreaOfCosine([Domain(0.0, 1.0)] double x) => Math.Acosh(Math.Cosh(x));

    [Differentiable]
    public static double LogOfConverted([Domain(0.0, 1.0)] float x) => Math.Log((double)x);

    [Differentiable]
    [OnlyExpected]
    public static double LogOfMixedSigns([Domain(-1.0, 0.5)] double x, [Domain(0.0, 1.0)] double y) => Math.Log(x * y);

    [Expect]
    public static bool ZeroDirectionsAtTheEnds() =>
        LogOfProductJvp(0.0, 2.0, 0.0, 0.0).Item2 == 0.0
        && LogOfSquareJvp(0.0, 0.0).Item2 == 0.0
        && LogOfMagnitudeJvp(0.0, 0.0).Item2 == 0.0
        && LogOfSumJvp(-1.0, 1.0, 0.0, 0.0).Item2 == 0.0
        && LogOfDifferenceJvp(1.0, 1.0, 0.0, 0.0).Item2 == 0.0
        && LogOfNegativeJvp(0.0, 0.0).Item2 == 0.0
        && LogOfRootJvp(0.0, 0.0).Item2 == 0.0
        && LogOfExponentialJvp(-1000.0, 0.0).Item2 == 0.0
        && LogOfNegativeProductJvp(0.0, 0.0, 0.0, 0.0).Item2 == 0.0
        && AreaOfCosineJvp(0.0, 0.0).Item2 == 0.0
        && LogOfConvertedJvp(0.0f, 0.0f).Item2 == 0.0
        && LogOfMixedSignsJvp(0.0, 0.0, 0.0, 0.0).Item2 == 0.0
        && LogOfMixedSignsJvp(-1.0, 0.0, 0.0, 0.0).Item2 == 0.0;

    // A varying quotient times an exact zero from an untaken side, and signs of zero.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SignsOfZero(double x, double y) => (0.0 - x) * y + (x - 0.0) - (y - x) / 4.0;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SignedZeroResult(double x) => (0.0 - x) + 0.0;

    // The value keeps the bits of the author's method: −0.0 + 0.0 is +0.0, 0.0 − 0.0 is not −0.0.
    [Expect]
    public static bool ZerosKeepTheirBits() =>
        Bits(SignedZeroResultValueAndGradient(0.0).Item1, SignedZeroResult(0.0))
        && Bits(ProductsWithOneValueAndGradient(-0.0).Item1, ProductsWithOne(-0.0))
        && Bits(ProductsWithZeroValueAndGradient(double.PositiveInfinity).Item1, ProductsWithZero(double.PositiveInfinity))
        && Bits(ProductsWithZeroValueAndGradient(-2.0).Item1, ProductsWithZero(-2.0))
        && Bits(DoubleNegationValueAndGradient(-0.0).Item1, DoubleNegation(-0.0))
        && Bits(ReassociatedValueAndGradient(0.1).Item1, Reassociated(0.1))
        && Bits(ReassociatedValueAndGradient(1e16).Item1, Reassociated(1e16));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ProductsWithOne(double x) => ((x * 1.0) + 0.0) / 1.0;

    [Differentiable(DerivativeModes.Gradient)]
    public static double ProductsWithZero(double x) => (x * 0.0) + (0.0 * x) - (x * -1.0) + x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DoubleNegation(double x) => 0.0 - -(-x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Reassociated(double x) => (3.0 * (0.1 * x)) + (x - (-(x * 0.7) - 0.3)) + (0.1 + 0.2 + x);

    private static bool Bits(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
