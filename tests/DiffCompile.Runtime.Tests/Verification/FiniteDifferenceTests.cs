using DiffCompile.Verification;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Verification;

public sealed class FiniteDifferenceTests
{
    public static TheoryData<string, double, double> Known => new()
    {
        { "exp", 0.7, Math.Exp(0.7) },
        { "sin", 2.0, Math.Cos(2.0) },
        { "log", 0.05, 1.0 / 0.05 },
        { "sqrt", 0.3, 0.5 / Math.Sqrt(0.3) },
        { "oscillating", 0.4, 60.0 * Math.Cos(24.0) },
        { "constant", 0.4, 0.0 },
    };

    private static double Evaluate(string name, double x) => name switch
    {
        "exp" => Math.Exp(x),
        "sin" => Math.Sin(x),
        "log" => Math.Log(x),
        "sqrt" => Math.Sqrt(x),
        "oscillating" => Math.Sin(60.0 * x),
        _ => 4.0,
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void The_error_estimate_covers_the_error_and_is_small(string name, double x, double expected)
    {
        FiniteDifferenceEstimate estimate = FiniteDifference.Derivative(t => Evaluate(name, t), x, 0.02);

        Math.Abs(estimate.Value - expected).ShouldBeLessThanOrEqualTo(4.0 * estimate.Error);
        estimate.Error.ShouldBeLessThan(1e-9 * Math.Max(1.0, Math.Abs(expected)));
    }

    [Fact]
    public void The_step_shrinks_until_both_sides_are_in_the_domain()
    {
        // log is NaN left of zero, 1e-4 away; the first steps of 0.5 do not fit.
        FiniteDifferenceEstimate estimate = FiniteDifference.Derivative(Math.Log, 1e-4, 0.5);

        estimate.Value.ShouldBe(1e4, 1e-5);
    }

    [Fact]
    public void A_function_that_throws_out_of_its_domain_is_no_obstacle_inside()
    {
        static double Positive(double x) => x > 0.0 ? x * x : throw new ArgumentOutOfRangeException(nameof(x));

        FiniteDifference.Derivative(Positive, 0.01, 1.0).Value.ShouldBe(0.02, 1e-12);
    }

    [Fact]
    public void At_an_edge_there_is_no_derivative()
    {
        FiniteDifferenceEstimate estimate = FiniteDifference.Derivative(Math.Sqrt, 0.0, 0.1);

        estimate.Value.ShouldBe(double.NaN);
        estimate.Error.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Several_results_along_a_direction()
    {
        static void Polar(ReadOnlySpan<double> x, Span<double> y) => (y[0], y[1]) = (x[0] * Math.Cos(x[1]), x[0] * Math.Sin(x[1]));

        FiniteDifferenceEstimate[] estimates = FiniteDifference.Directional(Polar, 2, [2.0, 0.3], [0.5, -1.5], 0.02);

        estimates[0].Value.ShouldBe((0.5 * Math.Cos(0.3)) + (1.5 * 2.0 * Math.Sin(0.3)), 1e-11);
        estimates[1].Value.ShouldBe((0.5 * Math.Sin(0.3)) - (1.5 * 2.0 * Math.Cos(0.3)), 1e-11);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_step_must_be_positive(double step) =>
        Should.Throw<ArgumentOutOfRangeException>(() => FiniteDifference.Derivative(Math.Exp, 0.0, step)).ParamName.ShouldBe("step");

    [Fact]
    public void The_direction_has_the_length_of_the_point() =>
        Should.Throw<ArgumentException>(() => FiniteDifference.Directional((x, y) => y[0] = x[0], 1, [1.0, 2.0], [1.0], 0.1))
            .Message.ShouldContain("1 numbers where the point has 2");
}
