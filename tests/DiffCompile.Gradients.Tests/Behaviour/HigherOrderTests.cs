using DiffCompile.Corpus;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Third and fourth derivatives by composing members, against analytic ones.</summary>
public static partial class HigherOrder
{
    [Differentiable]
    public static double Power5(double x) => x * x * x * x * x;

    [Differentiable]
    public static double Power5First(double x) => Power5Gradient(x);

    [Differentiable]
    public static double Power5Second(double x) => Power5FirstGradient(x);

    [Differentiable]
    public static double Power5Third(double x) => Power5SecondGradient(x);

    [Differentiable]
    public static double Power5Fourth(double x) => Power5ThirdGradient(x);

    [Differentiable]
    public static double Exponential(double x) => Math.Exp(2.0 * x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ByTangents(double x) => ExponentialJvp(x, 1.0).Tangent;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ByTangentsTwice(double x) => ByTangentsJvp(x, 1.0).Tangent;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Mixed(double x, double y) => x * x * x * y * y + Math.Sin(x * y);

    /// <summary>vᵀ∇²F v for v = (1, 2).</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double MixedCurvature(double x, double y)
    {
        (double a, double b) = MixedHessianVectorProduct(x, y, 1.0, 2.0);
        return a + 2.0 * b;
    }
}

public sealed class HigherOrderTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(-1.7)]
    public void Derivatives_of_the_sine_go_round(double x)
    {
        Nested.SineGradient(x).ShouldBe(Math.Cos(x));
        Nested.CosineGradient(x).ShouldBe(-Math.Sin(x));
        Nested.MinusSineGradient(x).ShouldBe(-Math.Cos(x));
        Nested.MinusCosineGradient(x).ShouldBe(Math.Sin(x));
        Nested.CosineHessianVectorProduct(x, 1.0).ShouldBe(-Math.Cos(x));
        Nested.ByHessianVectorProductGradient(x).ShouldBe(Math.Sin(x));
        Nested.MinusCosineHessianVectorProduct(x, 1.0).ShouldBe(Math.Cos(x));
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(-3.0)]
    [InlineData(0.0)]
    public void Derivatives_of_a_polynomial_are_exact(double x)
    {
        HigherOrder.Power5Gradient(x).ShouldBe(5.0 * x * x * x * x);
        HigherOrder.Power5FirstGradient(x).ShouldBe(20.0 * x * x * x);
        HigherOrder.Power5SecondGradient(x).ShouldBe(60.0 * x * x);
        HigherOrder.Power5ThirdGradient(x).ShouldBe(120.0 * x);
        HigherOrder.Power5FourthGradient(x).ShouldBe(120.0);
    }

    [Fact]
    public void Forward_over_forward_and_reverse_over_that()
    {
        HigherOrder.ByTangentsGradient(0.3).ShouldBe(4.0 * Math.Exp(0.6), 1e-15);
        HigherOrder.ByTangentsTwiceGradient(0.3).ShouldBe(8.0 * Math.Exp(0.6), 1e-14);
        HigherOrder.ByTangentsTwiceHessianVectorProduct(0.3, 1.0).ShouldBe(16.0 * Math.Exp(0.6), 1e-14);
    }

    [Fact]
    public void Third_derivatives_in_two_variables()
    {
        // F = x³y² + sin(xy); G = F_xx + 4 F_xy + 4 F_yy.
        const double x = 0.7, y = -1.3;
        double s = Math.Sin(x * y), c = Math.Cos(x * y);
        double xxx = (6.0 * y * y) - (y * y * y * c);
        double xxy = (12.0 * x * y) - (2.0 * y * s) - (x * y * y * c);
        double xyy = (6.0 * x * x) - (2.0 * x * s) - (x * x * y * c);
        double yyy = -x * x * x * c;
        (double gx, double gy) = HigherOrder.MixedCurvatureGradient(x, y);
        gx.ShouldBe(xxx + (4.0 * xxy) + (4.0 * xyy), 1e-13);
        gy.ShouldBe(xxy + (4.0 * xyy) + (4.0 * yyy), 1e-13);
    }

    [Fact]
    public void Perturbations_are_not_confused()
    {
        Nested.ClassicConfusionGradient(1.0).ShouldBe(1.0);
        Nested.ConfusionByPullbackGradient(1.0).ShouldBe(1.0);
        Calls.ConfusionGradient(2.0, 3.0).ShouldBe((3.0, 2.0));
    }
}
