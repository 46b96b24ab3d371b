using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Shouldly;
using Xunit;
using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Small functions that chain a masked value with a singular partial.</summary>
public class CompositeTests
{
    [Fact]
    public void Selection_beside_a_pole_has_derivative_zero_at_the_pole()
    {
        RowEvaluation.First(RowEvaluation.Function(1, x => x[0].Constant(1.0).Apply("min", 1.0 / x[0])), 0, [0.0]).ShouldBe(0.0);
        RowEvaluation.First(RowEvaluation.Function(1, x => Log(x[0]).Apply("max", x[0].Constant(-5.0))), 0, [0.0]).ShouldBe(0.0);
        RowEvaluation.First(RowEvaluation.Function(1, x => (1.0 / x[0]).Apply("clamp", x[0].Constant(-5.0), x[0].Constant(5.0))), 0, [0.0]).ShouldBe(0.0);
    }

    [Fact]
    public void Square_root_times_zero_keeps_its_mixed_derivative()
    {
        IrFunction f = RowEvaluation.Function(2, x => x[1] * Sqrt(x[0]));
        RowEvaluation.First(f, 0, [4.0, 0.0]).ShouldBe(0.0);
        RowEvaluation.Second(f, 0, 1, [4.0, 0.0]).ShouldBe(0.25);
        RowEvaluation.Second(f, 1, 0, [4.0, 0.0]).ShouldBe(0.25);
        RowEvaluation.First(f, 1, [0.0, 3.0]).ShouldBe(0.0);
    }

    [Fact]
    public void Guarded_normalisation_has_gradient_zero_at_the_origin()
    {
        IrFunction before = RowEvaluation.Function(2, x => Normalised(x, guardBeforeRoot: true));
        IrFunction after = RowEvaluation.Function(2, x => Normalised(x, guardBeforeRoot: false));
        RowEvaluation.First(before, 0, [0.0, 0.0]).ShouldBe(0.0);
        RowEvaluation.First(after, 0, [0.0, 0.0]).ShouldBe(0.0);
        RowEvaluation.First(before, 0, [3.0, 4.0]).ShouldBe(16.0 / 125.0, 1e-15);
        RowEvaluation.First(after, 0, [3.0, 4.0]).ShouldBe(16.0 / 125.0, 1e-15);
    }

    [Fact]
    public void Normalisation_with_a_floor_has_the_gradient_of_the_floor()
    {
        IrFunction floored = RowEvaluation.Function(2, x => x[0] / Hypot(x[0], x[1]).Apply("max", x[0].Constant(1e-3)));
        RowEvaluation.First(floored, 0, [0.0, 0.0]).ShouldBe(1000.0);
    }

    [Theory]
    [InlineData(-26.0)]
    [InlineData(-5.0)]
    public void Second_derivative_of_log_erfc_is_accurate_on_the_left(double x)
    {
        double second = RowEvaluation.Second(RowEvaluation.Row("log_erfc", 1), 0, 0, [x]);

        // On the left −2/√π·exp(−x²)/erfc(x) is −exp(−x²)/√π but for a factor 1 + O(exp(−x²)).
        double expected = Math.Exp(-x * x) * 2.0 * x / Math.Sqrt(Math.PI);
        second.ShouldBe(expected, 1e-11 * Math.Abs(expected));
    }

    [Theory]
    [InlineData("log_erfc", -40.0)]
    [InlineData("tanh", 800.0)]
    [InlineData("tanh", -400.0)]
    [InlineData("sigmoid", 1000.0)]
    [InlineData("softplus", -1000.0)]
    [InlineData("log_sigmoid", 1000.0)]
    [InlineData("erf", 1e200)]
    [InlineData("normal_pdf", -1e200)]
    [InlineData("normal_cdf", 1e200)]
    [InlineData("gaussian", 1e200)]
    public void Second_derivative_vanishes_in_the_tail(string op, double x) =>
        RowEvaluation.Second(RowEvaluation.Row(op, 1), 0, 0, [x]).ShouldBe(0.0);

    [Theory]
    [InlineData("lambert_w0", 0.0, -2.0)]
    [InlineData("hypot", 0.0, 0.5, 2.0)]
    [InlineData("sqrt", 0.0, double.NegativeInfinity)]
    [InlineData("log", 0.0, double.NegativeInfinity)]
    public void Second_derivative_at_an_edge(string op, double x, double expected, double other = double.NaN)
    {
        double[] point = double.IsNaN(other) ? [x] : [x, other];
        double actual = RowEvaluation.Second(RowEvaluation.Row(op, point.Length), 0, 0, point);
        (actual == expected || Math.Abs(actual - expected) <= 1e-15).ShouldBeTrue($"{actual}");
    }

    [Fact]
    public void Quotient_of_a_remainder_is_exact_even_where_division_rounds_across_an_integer()
    {
        Random random = new(Seed: 5);
        bool rounded = false;
        foreach (string op in new[] { Op.Remainder, "ieee_remainder" })
        {
            IrFunction remainder = RowEvaluation.Row(op, 2);
            for (int i = 0; i < 2000; i++)
            {
                double y = 0.1 + random.NextDouble();
                double x = Math.BitDecrement(Math.Round(random.NextDouble() * 1e12) * y) * (random.Next(2) == 0 ? 1.0 : -1.0);
                double n = -RowEvaluation.First(remainder, 1, [x, y]);

                // x − n·y is the remainder exactly, and a fused operation rounds only once.
                Math.FusedMultiplyAdd(-n, y, x).ShouldBe(RowEvaluation.Value(remainder, x, y), $"{x} and {y}");
                rounded |= op == Op.Remainder && Math.Truncate(x / y) != n;
            }
        }

        rounded.ShouldBeTrue("the plain formula is never wrong here, so that the test shows nothing");
    }

    private static Ex Normalised(Ex[] x, bool guardBeforeRoot)
    {
        Ex square = (x[0] * x[0]) + (x[1] * x[1]);
        return guardBeforeRoot
            ? Ex.Select(square > 0.0, () => x[0] / Sqrt(square), () => x[0].Constant(0.0))
            : Guarded(x[0], Sqrt(square));
    }

    private static Ex Guarded(Ex x, Ex norm) => Ex.Select(norm > 0.0, () => x / norm, () => x.Constant(0.0));
}
