using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Tests.Rules;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Passes;

/// <summary>Ranges that follow from the domains of p = [2, 5], m = [−3, 0.5], n = [−7, −4]; nothing is known of u.</summary>
public sealed class RangeAnalysisTests
{
    private const double Inf = double.PositiveInfinity;

    private static readonly Interval?[] Domains = [new Interval(2.0, 5.0), new Interval(-3.0, 0.5), new Interval(-7.0, -4.0), null];

    private static readonly Dictionary<string, (Func<Ex, Ex, Ex, Ex, Ex> Text, double Min, double Max)> All = new()
    {
        ["p"] = ((p, m, n, u) => p, 2.0, 5.0),
        ["u"] = ((p, m, n, u) => u, -Inf, Inf),
        ["3"] = ((p, m, n, u) => u.Constant(3.0), 3.0, 3.0),
        ["NaN"] = ((p, m, n, u) => u.Constant(double.NaN), -Inf, Inf),
        ["p + m"] = ((p, m, n, u) => p + m, -1.0, 5.5),
        ["p + u"] = ((p, m, n, u) => p + u, -Inf, Inf),
        ["p - m"] = ((p, m, n, u) => p - m, 1.5, 8.0),
        ["-m"] = ((p, m, n, u) => -m, -0.5, 3.0),
        ["p p"] = ((p, m, n, u) => p * p, 4.0, 25.0),
        ["n n"] = ((p, m, n, u) => n * n, 16.0, 49.0),
        ["m m"] = ((p, m, n, u) => m * m, 0.0, 9.0),
        ["u u"] = ((p, m, n, u) => u * u, 0.0, Inf),
        ["p (p + 1)"] = ((p, m, n, u) => p * (p + 1.0), 6.0, Inf),
        ["p m"] = ((p, m, n, u) => p * m, -Inf, Inf),
        ["m p"] = ((p, m, n, u) => m * p, -Inf, Inf),
        ["exp m"] = ((p, m, n, u) => m.Apply("exp"), 1e-308, Inf),
        ["exp u"] = ((p, m, n, u) => u.Apply("exp"), 0.0, Inf),
        ["exp (n - 593)"] = ((p, m, n, u) => (n + n.Constant(-593.0)).Apply("exp"), 0.0, Inf),
        ["exp10 m"] = ((p, m, n, u) => m.Apply("exp10"), 1e-308, Inf),
        ["exp10 (n - 293)"] = ((p, m, n, u) => (n + n.Constant(-293.0)).Apply("exp10"), 0.0, Inf),
        ["abs p"] = ((p, m, n, u) => p.Apply("abs"), 2.0, 5.0),
        ["abs m"] = ((p, m, n, u) => m.Apply("abs"), 0.0, 3.0),
        ["abs n"] = ((p, m, n, u) => n.Apply("abs"), 4.0, 7.0),
        ["sqrt p"] = ((p, m, n, u) => p.Apply("sqrt"), Math.Sqrt(2.0), Math.Sqrt(5.0)),
        ["sqrt (m m)"] = ((p, m, n, u) => (m * m).Apply("sqrt"), 0.0, Inf),
        ["cosh u"] = ((p, m, n, u) => u.Apply("cosh"), 1.0, Inf),
        ["sin u"] = ((p, m, n, u) => u.Apply("sin"), -Inf, Inf),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Follows_from_the_domains(string name)
    {
        (Func<Ex, Ex, Ex, Ex, Ex> text, double min, double max) = All[name];
        IrFunction function = RowEvaluation.Function(4, x => text(x[0], x[1], x[2], x[3]));
        new RangeAnalysis(function, i => Domains[i]).Of(function.Outputs[0]).ShouldBe(new Interval(min, max));
    }

    [Fact]
    public void What_single_precision_does_not_hold_is_zero_there()
    {
        var builder = new IrBuilder();
        Value input = builder.NewValue(IrType.Float32);
        Value power = builder.Primitive("exp", IrType.Float32, input);
        Value product = builder.Primitive(Op.Multiply, IrType.Float32, input, input);
        var ranges = new RangeAnalysis(builder.Finish("f", [input], [power, product]), _ => new Interval(1e-30, 1.0));
        ranges.Of(power).Min.ShouldBe(0.0);
        ranges.Of(product).ShouldBe(new Interval(0.0, 1.0));
    }

    [Theory]
    [InlineData(1.0, 2.0, false)]
    [InlineData(-1.0, 0.0, true)]
    [InlineData(0.0, 1.0, true)]
    [InlineData(-2.0, -1.0, false)]
    public void Zero_is_reached_at_the_ends_too(double min, double max, bool expected) =>
        Ranges.ReachesZero(new Interval(min, max)).ShouldBe(expected);
}
