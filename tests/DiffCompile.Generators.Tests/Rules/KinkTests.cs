using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Specs;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>What is taken at kinks under each convention, and that one-sided conventions are the one-sided derivatives.</summary>
public class KinkTests
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    /// <summary>Row, point, then the gradients for symmetric, left and right.</summary>
    public static TheoryData<string, double[], double[], double[], double[]> Conventions => new()
    {
        { "abs", [0.0], [0.0], [-1.0], [1.0] },
        { "abs", [-0.0], [0.0], [-1.0], [1.0] },
        { "abs", [2.0], [1.0], [1.0], [1.0] },
        { "abs", [double.NegativeInfinity], [-1.0], [-1.0], [-1.0] },
        { "copysign", [0.0, 1.0], [0.0, 0.0], [-1.0, 0.0], [1.0, 0.0] },
        { "copysign", [0.0, -0.0], [0.0, 0.0], [1.0, 0.0], [-1.0, 0.0] },
        { "copysign", [-2.0, -3.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0] },
        { "max", [1.5, 1.5], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0] },
        { "max", [0.0, -0.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0] },
        { "max", [double.NegativeInfinity, 3.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0] },
        { "min", [1.5, 1.5], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0] },
        { "min", [double.PositiveInfinity, 3.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0] },
        { "max_number", [double.NaN, 3.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0] },
        { "min_number", [3.0, double.NaN], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0] },
        { "max_number", [3.0, 3.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0] },
        { "min_number", [3.0, 3.0], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0] },
        { "max_magnitude", [-3.0, -3.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0] },
        { "max_magnitude", [-3.0, 3.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0] },
        { "min_magnitude", [-3.0, 3.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0] },
        { "min_magnitude", [3.0, 3.0], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0] },
        { "clamp", [1.0, 1.0, 2.0], [0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0] },
        { "clamp", [2.0, 1.0, 2.0], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0] },
        { "clamp", [1.0, 1.0, 1.0], [0.0, 0.5, 0.5], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0] },
        { "clamp", [1.5, 1.0, 2.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0] },
        { "clamp", [0.5, 1.0, 2.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0] },
        { "clamp", [2.5, 1.0, 2.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0] },
        { "clamp", [1.5, double.NaN, 2.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0] },
        { "selu", [0.0], [SeluScale * (1.0 + SeluAlpha) / 2.0], [SeluScale * SeluAlpha], [SeluScale] },
    };

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Gradient_follows_the_convention(string op, double[] point, double[] symmetric, double[] left, double[] right)
    {
        Gradient(op, point, Kinks.Symmetric).ShouldBe(symmetric, 1e-15);
        Gradient(op, point, Kinks.Left).ShouldBe(left, 1e-15);
        Gradient(op, point, Kinks.Right).ShouldBe(right, 1e-15);
    }

    [Theory]
    [InlineData("abs", 0.0)]
    [InlineData("selu", 0.0)]
    [InlineData("max", 1.0, 1.0)]
    [InlineData("min", 1.0, 1.0)]
    [InlineData("max_number", 1.0, 1.0)]
    [InlineData("min_number", 1.0, 1.0)]
    [InlineData("clamp", 1.0, 1.0, 2.0)]
    [InlineData("clamp", 2.0, 1.0, 2.0)]
    [InlineData("copysign", 0.0, 2.0)]
    public void Left_and_right_are_the_one_sided_derivatives_in_the_first_operand(string op, params double[] point)
    {
        IrFunction row = RowEvaluation.Row(op, point.Length);
        double step = Math.ScaleB(1.0, -26);
        double at = RowEvaluation.Value(row, point);
        double fromBelow = (at - RowEvaluation.Value(row, [point[0] - step, .. point[1..]])) / step;
        double fromAbove = (RowEvaluation.Value(row, [point[0] + step, .. point[1..]]) - at) / step;

        RowEvaluation.First(row, 0, point, kinks: Kinks.Left).ShouldBe(fromBelow, 1e-7);
        RowEvaluation.First(row, 0, point, kinks: Kinks.Right).ShouldBe(fromAbove, 1e-7);
        RowEvaluation.First(row, 0, point, kinks: Kinks.Symmetric).ShouldBe((fromBelow + fromAbove) / 2.0, 1e-7);
    }

    [Theory]
    [InlineData("abs")]
    [InlineData("selu")]
    public void NaN_is_no_kink(string op) => RowEvaluation.First(RowEvaluation.Row(op, 1), 0, [double.NaN]).ShouldBe(double.NaN);

    [Fact]
    public void NaN_in_a_selection_is_not_attributed_to_an_operand()
    {
        Gradient("max", [double.NaN, 1.0], Kinks.Symmetric).ShouldBe([double.NaN, double.NaN]);
        Gradient("clamp", [double.NaN, 1.0, 2.0], Kinks.Symmetric)[0].ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("floor", 2.0)]
    [InlineData("ceiling", 2.0)]
    [InlineData("truncate", -1.0)]
    [InlineData("round", 2.5)]
    public void Steps_have_derivative_zero_at_their_jumps_too(string op, double x) =>
        RowEvaluation.First(RowEvaluation.Row(op, 1), 0, [x]).ShouldBe(0.0);

    private static double[] Gradient(string op, double[] point, Kinks kinks) =>
        [.. point.Select((_, i) => RowEvaluation.First(RowEvaluation.Row(op, point.Length), i, point, kinks: kinks))];
}
