using DiffCompile.Mathematics;
using DiffCompile.Model.Kernels;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Kernels;

public class SigmoidCurvesTests
{
    [Fact]
    public void Step_is_half_way_at_its_centre_and_reaches_its_levels()
    {
        SigmoidCurves.Step(12.0, 12.0, 1.7, -1.0, 5.0).ShouldBe(2.0);
        SigmoidCurves.Step(1e4, 12.0, 1.7, -1.0, 5.0).ShouldBe(5.0);
        SigmoidCurves.Step(-1e4, 12.0, 1.7, -1.0, 5.0).ShouldBe(-1.0);
        SigmoidCurves.Step(1e4, 12.0, -1.7, -1.0, 5.0).ShouldBe(-1.0);
        SigmoidCurves.Step(3.0, 12.0, 2.0, 2.5, 2.5).ShouldBe(2.5);
        SigmoidCurves.Step(13.0, 12.0, 2.0, 0.0, 1.0).ShouldBeWithin(1.0 / (1.0 + Math.Exp(-2.0)), 1e-15);
    }

    [Theory]
    [InlineData(0.3, 0.0, 1.0, 0.0, 1.0)]
    [InlineData(11.2, 12.0, 1.7, -1.0, 5.0)]
    [InlineData(14.2, 12.0, -0.9, -1.4, -5.25)]
    public void Slope_and_inverse_agree_with_the_step(double x, double x0, double k, double lo, double hi)
    {
        double y = SigmoidCurves.Step(x, x0, k, lo, hi);
        double slope = SigmoidCurves.StepSlope(x, x0, k, lo, hi);

        slope.ShouldBeWithin(k * (y - lo) * (hi - y) / (hi - lo), 1e-13);
        FiniteDifference.Derivative(t => SigmoidCurves.Step(t, x0, k, lo, hi), x, 0.3).ShouldBeWithin(slope, 1e-10);
        SigmoidCurves.InverseStep(y, x0, k, lo, hi).ShouldBeWithin(x, 1e-13, 1e-14);
        SigmoidCurves.InverseStep(y, x0, k, lo, hi).ShouldBeWithin(x0 - (Math.Log(((hi - lo) / (y - lo)) - 1.0) / k), 1e-13, 1e-13);
    }

    [Fact]
    public void Slope_keeps_its_digits_far_from_the_centre()
    {
        SigmoidCurves.StepSlope(40.0, 0.0, 1.0, 0.0, 1.0).ShouldBeWithin(Math.Exp(-40.0), 1e-13);
        SigmoidCurves.StepSlope(-40.0, 0.0, 1.0, 0.0, 1.0).ShouldBeWithin(Math.Exp(-40.0), 1e-13);
    }

    [Fact]
    public void Inverse_beyond_the_levels_is_not_a_number_and_on_them_infinite()
    {
        SigmoidCurves.InverseStep(5.1, 12.0, 1.0, -1.0, 5.0).ShouldBe(double.NaN);
        SigmoidCurves.InverseStep(-1.1, 12.0, 1.0, -1.0, 5.0).ShouldBe(double.NaN);
        SigmoidCurves.InverseStep(5.0, 12.0, 1.0, -1.0, 5.0).ShouldBe(double.PositiveInfinity);
        SigmoidCurves.InverseStep(-1.0, 12.0, 1.0, -1.0, 5.0).ShouldBe(double.NegativeInfinity);
    }

    [Fact]
    public void Rolling_line_passes_its_pivot_and_has_the_stated_slope()
    {
        SigmoidCurves.RollingLine(12.0, 12.0, 7.5, 13.0, 1.1, 2.0, 0.4).ShouldBe(7.5);
        SigmoidCurves.RollingLine(112.0, 12.0, 7.5, 13.0, 1.1, 2.0, 0.4).ShouldBeWithin(47.5, 1e-14);
        double slope = SigmoidCurves.RollingLineSlope(12.6, 12.0, 13.0, 1.1, 2.0, 0.4);
        FiniteDifference.Derivative(x => SigmoidCurves.RollingLine(x, 12.0, 7.5, 13.0, 1.1, 2.0, 0.4), 12.6, 0.2)
            .ShouldBeWithin(slope, 1e-10);
    }

    [Theory]
    [InlineData(13.3)]
    [InlineData(13.0001)]
    [InlineData(15.4999)]
    public void Bound_and_unbound_are_inverse(double value)
        => SigmoidCurves.Bound(SigmoidCurves.Unbound(value, 13.0, 15.5), 13.0, 15.5).ShouldBeWithin(value, 1e-14);

    [Fact]
    public void Bound_is_centred_on_the_middle_of_the_interval()
    {
        SigmoidCurves.Bound(14.25, 13.0, 15.5).ShouldBe(14.25);
        SigmoidCurves.Bound(24.25, 13.0, 15.5).ShouldBeWithin(13.0 + (2.5 / (1.0 + Math.Exp(-1.0))), 1e-15);
    }

    // The activation of the networks fitted to these models; values to ten decimals.
    [Fact]
    public void Scaled_exponential_unit_has_the_published_values()
    {
        SpecialFunctions.Selu(1.0).ShouldBeWithin(1.0507009874, 0.0, 5.1e-11);
        SpecialFunctions.Selu(-1.0).ShouldBeWithin(-1.1113307378, 0.0, 5.1e-11);
    }
}
