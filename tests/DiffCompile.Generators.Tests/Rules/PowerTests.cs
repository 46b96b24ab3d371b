using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Powers where general formulas fail: base 0, negative bases, infinite bases, results out of range.</summary>
public class PowerTests
{
    private const double Inf = double.PositiveInfinity;

    private static readonly IrFunction General = RowEvaluation.Row("pow", 2);

    /// <summary>Exponent, base, first and second derivative of a power with a constant exponent.</summary>
    [Theory]
    [InlineData(0.0, 0.0, 0.0, 0.0)]
    [InlineData(0.0, -3.0, 0.0, 0.0)]
    [InlineData(1.0, 0.0, 1.0, 0.0)]
    [InlineData(1.0, -3.0, 1.0, 0.0)]
    [InlineData(2.0, 0.0, 0.0, 2.0)]
    [InlineData(2.0, -3.0, -6.0, 2.0)]
    [InlineData(3.0, 0.0, 0.0, 0.0)]
    [InlineData(3.0, -2.0, 12.0, -12.0)]
    [InlineData(4.0, -2.0, -32.0, 48.0)]
    [InlineData(5.0, 0.0, 0.0, 0.0)]
    [InlineData(5.0, -2.0, 80.0, -160.0)]
    [InlineData(1.5, 0.0, 0.0, Inf)]
    [InlineData(2.5, 0.0, 0.0, 0.0)]
    [InlineData(0.5, 0.0, Inf, -Inf)]
    [InlineData(-1.0, 0.0, -Inf, Inf)]
    [InlineData(-1.0, -2.0, -0.25, -0.25)]
    [InlineData(-2.0, -2.0, 0.25, 0.375)]
    [InlineData(-2.0, 0.0, -Inf, Inf)]
    [InlineData(2.0, Inf, Inf, 2.0)]
    [InlineData(-2.0, Inf, 0.0, 0.0)]
    [InlineData(0.3, Inf, 0.0, 0.0)]
    public void Constant_exponent(double exponent, double x, double first, double second)
    {
        IrFunction power = RowEvaluation.Function(1, e => Functions.Pow(e[0], e[0].Constant(exponent)));
        RowEvaluation.First(power, 0, [x]).ShouldBe(first);
        RowEvaluation.Second(power, 0, 0, [x]).ShouldBe(second);
    }

    /// <summary>Derivatives in the base with an exponent that is a variable.</summary>
    [Theory]
    [InlineData(0.0, 0.0, 0.0, 0.0)]
    [InlineData(0.0, 1.0, 1.0, 0.0)]
    [InlineData(0.0, 2.0, 0.0, 2.0)]
    [InlineData(0.0, 3.0, 0.0, 0.0)]
    [InlineData(0.0, 0.5, Inf, -Inf)]
    [InlineData(0.0, -1.0, -Inf, Inf)]
    [InlineData(-2.0, 3.0, 12.0, -12.0)]
    [InlineData(-2.0, 0.0, 0.0, 0.0)]
    [InlineData(-2.0, 1.0, 1.0, 0.0)]
    [InlineData(Inf, 2.0, Inf, 2.0)]
    [InlineData(Inf, -1.0, 0.0, 0.0)]
    [InlineData(Inf, 0.0, 0.0, 0.0)]
    public void In_the_base(double x, double y, double first, double second)
    {
        RowEvaluation.First(General, 0, [x, y]).ShouldBe(first);
        RowEvaluation.Second(General, 0, 0, [x, y]).ShouldBe(second);
    }

    /// <summary>Derivatives in the exponent, and the mixed one.</summary>
    [Theory]
    [InlineData(0.0, 2.0, 0.0, 0.0, 0.0)]
    [InlineData(0.0, 0.5, 0.0, 0.0, -Inf)]
    [InlineData(0.0, 1.0, 0.0, 0.0, -Inf)]
    [InlineData(0.0, 0.0, -Inf, Inf, Inf)]
    [InlineData(1.0, 3.0, 0.0, 0.0, 1.0)]
    [InlineData(Inf, -1.0, 0.0, 0.0, 0.0)]
    [InlineData(-2.0, 3.0, double.NaN, double.NaN, double.NaN)]
    [InlineData(-2.0, 2.5, double.NaN, double.NaN, double.NaN)]
    public void In_the_exponent(double x, double y, double first, double second, double mixed)
    {
        RowEvaluation.First(General, 1, [x, y]).ShouldBe(first);
        RowEvaluation.Second(General, 1, 1, [x, y]).ShouldBe(second);
        RowEvaluation.Second(General, 1, 0, [x, y]).ShouldBe(mixed);
        RowEvaluation.Second(General, 0, 1, [x, y]).ShouldBe(mixed);
    }

    [Theory]
    [InlineData(1e-200, 2.0, 2e-200)]
    [InlineData(1e200, 1.6, 1.6e120)]
    [InlineData(1e-160, 1.95, 1.95e-152)]
    public void Slope_survives_a_power_out_of_range(double x, double y, double slope) =>
        (RowEvaluation.First(General, 0, [x, y]) / slope).ShouldBe(1.0, 1e-13);

    [Fact]
    public void Slope_survives_a_float_power_out_of_range()
    {
        // The floats nearest to these decimals are off by up to 6e-8, which the exponent 2.5 magnifies a little.
        (Mathematics.DerivativeMath.PowSlope(1e-20f, 2.5f, MathF.Pow(1e-20f, 2.5f)) / 2.5e-30f).ShouldBe(1f, 3e-7f);
        (Mathematics.DerivativeMath.PowSlope(1e20f, 2.5f, MathF.Pow(1e20f, 2.5f)) / 2.5e30f).ShouldBe(1f, 3e-7f);
    }

    [Fact]
    public void Constant_exponent_never_evaluates_a_logarithm()
    {
        foreach (double exponent in new[] { -2.0, -0.5, 0.0, 0.5, 1.0, 1.7, 2.0, 3.0, 10.0 })
        {
            IrFunction power = RowEvaluation.Function(1, e => Functions.Pow(e[0], e[0].Constant(exponent)));
            ForwardWalker.Differentiate(power, 0).Body.Body.OfType<PrimitiveEquation>().Select(e => e.Op)
                .ShouldNotContain(op => op == "log" || op == "pow_log");
        }
    }

    [Fact]
    public void General_power_is_evaluated_once()
    {
        IrFunction both = ForwardWalker.Differentiate(General, 0);
        ForwardWalker.Differentiate(both, 1).Body.Body.OfType<PrimitiveEquation>().Count(e => e.Op == "pow").ShouldBe(1);
    }
}
