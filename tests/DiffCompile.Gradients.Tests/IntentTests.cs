using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests;

/// <summary>Stated intent: what finite differences cannot confirm, because the author asked for another derivative.</summary>
public static partial class Intent
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Stopped(double x, double y) => x * Differentiation.StopGradient(y) + y * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StoppedInteger(double x) => x * (int)Differentiation.StopGradient(x * 3.0);
}

public sealed class IntentTests
{
    [Fact]
    public void StopGradient_cuts_the_path_and_nothing_else()
    {
        Intent.StoppedGradient(2.0, 3.0).ShouldBe((3.0, 6.0));
        Intent.StoppedJvp(2.0, 3.0, 0.5, 0.25).ShouldBe((15.0, 3.0));
        Intent.StoppedVjp(2.0, 3.0, -2.0).ShouldBe((-6.0, -12.0));
        Intent.StoppedHessianVectorProduct(2.0, 3.0, 0.5, 0.25).ShouldBe((0.0, 0.5));
    }

    [Fact]
    public void An_integer_behind_StopGradient_counts_as_a_constant() => Intent.StoppedIntegerGradient(1.5).ShouldBe(4.0);
}
