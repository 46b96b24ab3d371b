using DiffCompile.Model.Occupation;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Occupation;

public class SmoothedSigmoidTests
{
    // The same integrals in 40-digit arithmetic with four times as many nodes.
    [Theory]
    [InlineData(-3.0, 0.1, 0.0481019788349885912)]
    [InlineData(0.7, 0.5, 0.646171088458823738)]
    [InlineData(-20.0, 0.25, 2.28936605884059569e-9)]
    [InlineData(-60.0, 0.9, 8.00062961382227927e-26)]
    [InlineData(-5.0, 1.0, 0.0273647094946560517)]
    [InlineData(2.0, 2.5, 0.672892399979685564)]
    [InlineData(-600.0, 0.3, 3.0876235225878576e-261)]
    [InlineData(30.0, 0.1, 0.999999999999904867)]
    public void Value_is_relatively_accurate_into_the_tails(double x, double width, double expected)
        => SmoothedSigmoid.Moment(x, width, 0, 0).ShouldBeWithin(expected, 2e-14);

    [Theory]
    [InlineData(-3.0, 0.1, 0, 1, 0.0457172574733102739)]
    [InlineData(-3.0, 0.1, 1, 1, 0.0135898080460176898)]
    [InlineData(-25.0, 0.6, 1, 1, 7.39721849110577512e-11)]
    [InlineData(1.5, 0.5, 2, 2, -0.0659171345877521824)]
    [InlineData(-0.4, 0.8, 1, 2, -0.0889125080902451148)]
    [InlineData(0.3, 0.5, 3, 3, 0.126353936837806047)]
    [InlineData(-0.4, 0.8, 2, 4, 0.0465617863771277925)]
    public void Higher_moments_are_accurate(double x, double width, int power, int order, double expected)
        // Terms of both signs cancel; without signs they add up to about 1 in the middle.
        => SmoothedSigmoid.Moment(x, width, power, order).ShouldBeWithin(expected, 1e-14, x > -20.0 ? 5e-15 : 0.0);

    [Theory]
    [InlineData(-4.0)]
    [InlineData(-0.3)]
    [InlineData(2.2)]
    public void At_width_one_it_is_the_difference_of_two_logistic_variables(double x)
    {
        // ∫ s(x + ε) f(ε) dε in u = e^(−ε), by partial fractions, with t = e^x: t(t − 1 − x)/(t − 1)².
        double t = Math.Exp(x);
        SmoothedSigmoid.Moment(x, 1.0, 0, 0).ShouldBeWithin(t * (t - 1.0 - x) / ((t - 1.0) * (t - 1.0)), 1e-14);
        SmoothedSigmoid.Moment(0.0, 1.0, 0, 1).ShouldBeWithin(1.0 / 6.0, 1e-15);
    }

    [Fact]
    public void At_width_zero_it_is_the_sigmoid_times_the_moments_of_the_noise()
    {
        double s = 1.0 / (1.0 + Math.Exp(1.3));
        SmoothedSigmoid.Moment(-1.3, 0.0, 0, 0).ShouldBeWithin(s, 1e-14);
        SmoothedSigmoid.Moment(-1.3, 0.0, 0, 1).ShouldBeWithin(s * (1.0 - s), 1e-14);
        SmoothedSigmoid.Moment(-1.3, 0.0, 1, 1).ShouldBeWithin(0.0, 0.0, 1e-15);
        SmoothedSigmoid.Moment(-1.3, 0.0, 2, 0).ShouldBeWithin(s * Math.PI * Math.PI / 3.0, 1e-13);
    }

    [Theory]
    [InlineData(0.4, 0.5)]
    [InlineData(-6.0, 0.9)]
    [InlineData(3.0, 1.7)]
    public void Width_and_variable_change_places(double x, double width)
        => SmoothedSigmoid.Moment(x, width, 0, 0).ShouldBeWithin(SmoothedSigmoid.Moment(x / width, 1.0 / width, 0, 0), 3e-14);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    [InlineData(0, 6)]
    public void Rule_is_the_derivative(int power, int order)
    {
        const double x = -0.8, width = 0.45;
        (double xBar, double widthBar) = SmoothedSigmoid.MomentRule(
            x, width, power, order, SmoothedSigmoid.Moment(x, width, power, order), 3.0);
        FiniteDifference.Derivative(t => SmoothedSigmoid.Moment(t, width, power, order), x, 0.2)
            .ShouldBeWithin(xBar / 3.0, 1e-8, 1e-11);
        FiniteDifference.Derivative(t => SmoothedSigmoid.Moment(x, t, power, order), width, 0.1)
            .ShouldBeWithin(widthBar / 3.0, 1e-8, 1e-11);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(4.0)]
    public void Far_out_it_is_flat_and_takes_no_longer(double width)
    {
        foreach (double x in new[] { 1e6, 1e300, double.PositiveInfinity })
        {
            SmoothedSigmoid.Moment(x, width, 0, 0).ShouldBeWithin(1.0, 1e-14);
            SmoothedSigmoid.Moment(-x, width, 0, 0).ShouldBe(0.0);
            SmoothedSigmoid.Moment(x, width, 0, 1).ShouldBe(0.0);
            SmoothedSigmoid.Moment(-x, width, 1, 1).ShouldBe(0.0);
        }
    }

    [Fact]
    public void Impossible_arguments_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SmoothedSigmoid.Moment(0.0, -0.1, 0, 0)).ParamName.ShouldBe("width");
        Should.Throw<ArgumentOutOfRangeException>(() => SmoothedSigmoid.Moment(0.0, double.NaN, 0, 0)).ParamName.ShouldBe("width");
        Should.Throw<ArgumentOutOfRangeException>(() => SmoothedSigmoid.Moment(0.0, double.PositiveInfinity, 0, 0)).ParamName.ShouldBe("width");
        Should.Throw<ArgumentOutOfRangeException>(() => SmoothedSigmoid.Moment(0.0, 100.5, 0, 0)).Message.ShouldContain("from 0 to 100");
        Should.Throw<ArgumentOutOfRangeException>(() => SmoothedSigmoid.Moment(0.0, 0.1, -1, 0)).ParamName.ShouldBe("power");
        Should.Throw<ArgumentOutOfRangeException>(() => SmoothedSigmoid.Moment(0.0, 0.1, 0, -1)).ParamName.ShouldBe("order");
        Should.Throw<ArgumentOutOfRangeException>(
            () => SmoothedSigmoid.Moment(0.0, 0.1, 0, SmoothedSigmoid.LargestOrder + 1)).ParamName.ShouldBe("order");
        SmoothedSigmoid.Moment(double.NaN, 0.1, 0, 0).ShouldBe(double.NaN);
    }
}
