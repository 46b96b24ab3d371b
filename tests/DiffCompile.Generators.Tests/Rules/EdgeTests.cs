using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>First derivatives at the ends of domains, at infinities, and in tails where a naive formula has no digits left.</summary>
public class EdgeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    // The double nearest to −1/e.
    private const double BranchPoint = -0.36787944117144233;

    /// <summary>Row, operand, derivative, point. Tail values were computed with mpmath at 40 digits.</summary>
    public static TheoryData<string, int, double, double[]> Limits => new()
    {
        { Op.Divide, 0, Inf, [1.0, 0.0] },
        { Op.Divide, 1, -Inf, [1.0, 0.0] },
        { Op.Divide, 0, 0.0, [1.0, Inf] },
        { Op.Divide, 1, 0.0, [1.0, Inf] },
        { "sqrt", 0, Inf, [0.0] },
        { "sqrt", 0, 0.0, [Inf] },
        { "sqrt", 0, 5000.0, [1e-8] },
        { "cbrt", 0, Inf, [0.0] },
        { "cbrt", 0, Inf, [-0.0] },
        { "cbrt", 0, 0.0, [-Inf] },
        { "hypot", 0, 0.0, [0.0, 0.0] },
        { "hypot", 1, 0.0, [0.0, 0.0] },
        { "hypot", 0, -1.0, [-2.0, 0.0] },
        { "hypot", 1, 0.0, [-2.0, 0.0] },
        { "hypot", 0, -1.0, [-Inf, 2.0] },
        { "hypot", 1, 0.0, [-Inf, 2.0] },
        { "hypot", 0, 0.6, [3e200, 4e200] },
        { "hypot", 1, 0.8, [3e-200, 4e-200] },
        { "atan2", 0, 0.0, [0.0, 0.0] },
        { "atan2", 1, 0.0, [0.0, 0.0] },
        { "atan2", 0, 1.0, [0.0, 1.0] },
        { "atan2", 0, -1.0, [-0.0, -1.0] },
        { "atan2", 1, -0.5, [2.0, 0.0] },
        { "atan2", 0, 0.5e-200, [1e200, 1e200] },
        { "atan2", 1, -0.5e200, [1e-200, 1e-200] },
        { "atan2", 0, 0.0, [1.0, Inf] },
        { "atan2", 1, 0.0, [Inf, Inf] },
        { "log", 0, Inf, [0.0] },
        { "log", 0, 0.0, [Inf] },
        { "log2", 0, Inf, [0.0] },
        { "log10", 0, Inf, [0.0] },
        { "log1p", 0, Inf, [-1.0] },
        { "log1p", 0, 1.0, [1e-300] },
        { "log_base", 0, Inf, [0.0, 10.0] },
        { "exp", 0, 0.0, [-Inf] },
        { "exp", 0, Inf, [Inf] },
        { "expm1", 0, 4.248354255291589e-18, [-40.0] },
        { "gaussian", 0, 0.0, [Inf] },
        { "gaussian", 0, 0.0, [-Inf] },
        { "erf", 0, 0.0, [-Inf] },
        { "erf", 0, 5.7076270169286920437e-12, [5.1] },
        { "erf", 0, 1.0754418989816755020e-179 * 1.1283791670955126, [20.3] },
        { "erfc", 0, 0.0, [Inf] },
        { "erfcx", 0, 0.0, [Inf] },
        { "log_erfc", 0, -40.049875774108394379, [20.0] },
        { "log_erfc", 0, -7.8354332655146909859e-12, [-5.0] },
        { "log_erfc", 0, 0.0, [-Inf] },
        { "erfinv", 0, Inf, [1.0] },
        { "erfinv", 0, Inf, [-1.0] },
        { "asin", 0, Inf, [1.0] },
        { "asin", 0, Inf, [-1.0] },
        { "acos", 0, -Inf, [1.0] },
        { "acos", 0, -Inf, [-1.0] },
        { "atan", 0, 0.0, [Inf] },
        { "asinpi", 0, Inf, [1.0] },
        { "acospi", 0, -Inf, [-1.0] },
        { "tanpi", 0, Inf, [0.5] },
        { "sinpi", 0, -Math.PI, [1.0] },
        { "tanh", 0, 0.0, [Inf] },
        { "tanh", 0, 0.0, [-800.0] },
        { "tanh", 0, 1.6993417021166355837e-17, [20.0] },
        { "tanh", 0, 1.0601586212017243265e-260, [-300.0] },
        { "asinh", 0, 0.0, [-Inf] },
        { "asinh", 0, 1e-200, [-1e200] },
        { "acosh", 0, Inf, [1.0] },
        { "acosh", 0, 1e-200, [1e200] },
        { "atanh", 0, Inf, [1.0] },
        { "atanh", 0, Inf, [-1.0] },
        { "sigmoid", 0, 4.2483542552915889592e-18, [40.0] },
        { "sigmoid", 0, 4.2483542552915889592e-18, [-40.0] },
        { "sigmoid", 0, 0.0, [Inf] },
        { "log_sigmoid", 0, 1.0, [-Inf] },
        { "log_sigmoid", 0, 0.0, [Inf] },
        { "softplus", 0, 1.0, [Inf] },
        { "softplus", 0, 0.0, [-Inf] },
        { "logit", 0, Inf, [0.0] },
        { "logit", 0, Inf, [1.0] },
        { "log_add_exp", 0, 0.5, [-Inf, -Inf] },
        { "log_add_exp", 1, 0.5, [2.0, 2.0] },
        { "log_add_exp", 0, 0.0, [-Inf, 1.0] },
        { "log_add_exp", 1, 1.0, [-Inf, 1.0] },
        { "log_add_exp", 0, 1.0, [1000.0, 0.0] },
        { "log_add_exp", 1, 0.0, [1000.0, 0.0] },
        { "selu", 0, 0.0, [-Inf] },
        { "normal_pdf", 0, 0.0, [Inf] },
        { "normal_cdf", 0, 0.0, [-Inf] },
        { "log_normal_cdf", 0, 30.033259667433677037, [-30.0] },
        { "log_normal_cdf", 0, 7.6945986267064193463e-23, [10.0] },
        { "log_normal_cdf", 0, Inf, [-Inf] },
        { "logit_normal_cdf", 0, 8.1213681122361177329, [8.0] },
        { "inverse_mills", 0, -0.99889622848810990890, [-30.0] },
        { "inverse_mills", 0, -1.0, [-Inf] },
        { "lambert_w0", 0, 1.0, [0.0] },
        { "lambert_w0", 0, Inf, [BranchPoint] },
        { "lambert_w0", 0, 129.01384102279328147, [-0.3678] },
        { "lambert_w0", 0, 9.5244590993941565e-11, [1e10] },
        { "lambert_w0", 0, 0.0, [Inf] },
        { "lambert_wm1", 0, -Inf, [BranchPoint] },
        { "lambert_wm1", 0, -132.63896482766455, [-0.3678] },
        { "lambert_wm1", 0, -1.0042603743300774e100, [-1e-100] },
        { "lambert_w0_exp", 0, Inf, [0.0] },
        { "lambert_wm1_exp", 0, -Inf, [0.0] },
        { "lambert_wm1_exp", 0, -1.0, [Inf] },
        { "fma", 0, 0.0, [5.0, 0.0, 1.0] },
        { "lerp", 2, 3.0, [1.0, 4.0, 0.3] },
    };

    /// <summary>Rows and points at which some partial is infinite or NaN although the input is a number.</summary>
    public static TheoryData<string, double[]> Singularities => new()
    {
        { Op.Divide, [1.0, 0.0] },
        { Op.Divide, [0.0, 0.0] },
        { Op.Remainder, [1.0, 0.0] },
        { "ieee_remainder", [1.0, 0.0] },
        { "sqrt", [0.0] },
        { "cbrt", [0.0] },
        { "log", [0.0] },
        { "log2", [0.0] },
        { "log10", [-0.0] },
        { "log1p", [-1.0] },
        { "bcl.logp1", [-1.0] },
        { "bcl.log2p1", [-1.0] },
        { "bcl.log10p1", [-1.0] },
        { "log_base", [0.0, 10.0] },
        { "log_base", [2.0, 0.0] },
        { "log_base", [2.0, 1.0] },
        { "pow", [0.0, 0.5] },
        { "pow", [0.0, 0.0] },
        { "pow", [0.0, -1.0] },
        { "pow", [-2.0, 3.0] },
        { "asin", [1.0] },
        { "acos", [-1.0] },
        { "asinpi", [1.0] },
        { "acospi", [-1.0] },
        { "acosh", [1.0] },
        { "atanh", [-1.0] },
        { "tanpi", [2.5] },
        { "logit", [0.0] },
        { "logit", [1.0] },
        { "erfinv", [-1.0] },
        { "log_gamma", [0.0] },
        { "log_gamma", [-2.0] },
        { "digamma", [-1.0] },
        { "trigamma", [0.0] },
        { "lambert_w0", [BranchPoint] },
        { "lambert_wm1", [BranchPoint] },
        { "lambert_wm1", [0.0] },
        { "lambert_w0_exp", [0.0] },
        { "lambert_wm1_exp", [0.0] },
        { "mathnet.erfinv", [1.0] },
        { "mathnet.erfcinv", [2.0] },
        { "mathnet.logit", [0.0] },
        { "mathnet.gammaln", [0.0] },
        { "mathnet.gamma", [0.0] },
        { "mathnet.digamma", [0.0] },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void First_derivative(string op, int operand, double expected, double[] point)
    {
        double actual = RowEvaluation.First(RowEvaluation.Row(op, point.Length), operand, point);
        if (double.IsInfinity(expected) || expected == 0.0)
        {
            actual.ShouldBe(expected);
        }
        else
        {
            (actual / expected).ShouldBe(1.0, 4e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Singularities))]
    public void Zero_seed_gives_exactly_zero_where_a_partial_is_singular(string op, double[] point)
    {
        DerivativeRule row = RuleTable.Find(op)!;
        bool singular = false;
        for (int i = 0; i < point.Length; i++)
        {
            RowEvaluation.First(RowEvaluation.Row(op, point.Length), i, point, seed: 0.0).ShouldBe(0.0);
            (IrFunction factor, Partial partial) = RowEvaluation.PartialOf(row, i, [.. point.Select(_ => IrType.Float64)])!.Value;
            if (!double.IsFinite(RowEvaluation.Value(factor, point)))
            {
                singular = true;
                partial.Guard.ShouldNotBeNull();
                double at = point[GuardOperand(partial)];
                (partial.IsSingular?.Invoke(new Interval(at, at)) ?? true).ShouldBeTrue();
                (partial.IsSingular?.Invoke(new Interval(at - 1.0, at + 1.0)) ?? true).ShouldBeTrue();
            }
        }

        singular.ShouldBeTrue("nothing is singular here, so that the test shows nothing");
    }

    [Fact]
    public void Zero_seed_does_not_hide_a_NaN_input()
    {
        foreach (string op in new[] { "sqrt", "log", "asin", "acosh", "cbrt", "logit", "lambert_w0", "log_gamma" })
        {
            RowEvaluation.First(RowEvaluation.Row(op, 1), 0, [NaN], seed: 0.0).ShouldBe(NaN, op);
        }
    }

    [Fact]
    public void NaN_in_gives_NaN_out_of_every_smooth_row()
    {
        foreach (RowCase row in RowCases.All.Where(c => c.Operands.Length == 1 && c.Composite is null))
        {
            DerivativeRule rule = RuleTable.Find(row.Op)!;
            if (!rule.IsPiecewiseConstant && row.Op is not (Op.Negate or "degrees_to_radians" or "radians_to_degrees" or "abs"))
            {
                RowEvaluation.First(RowEvaluation.Row(row.Op, 1), 0, [NaN]).ShouldBe(NaN, row.Op);
            }
        }
    }

    /// <summary>At numbers that rules like to trip over, a partial is finite, or guarded where the row says that it may not be.</summary>
    [Fact]
    public void No_partial_is_singular_without_a_guard()
    {
        double[] numbers = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -2.0, 2.5, 1e-200, 1e200, -1e200, BranchPoint];
        foreach (RowCase row in RowCases.All.Where(c => c.Composite is null && c.Op != Op.Mul0))
        {
            DerivativeRule rule = RuleTable.Find(row.Op)!;
            IrType[] types = [.. row.Operands.Select(o => o.IsInteger ? IrType.Int32 : IrType.Float64)];
            foreach (double[] point in Points(row.Operands, numbers))
            {
                for (int i = 0; i < rule.Arity; i++)
                {
                    if (RowEvaluation.PartialOf(rule, i, types) is not { } partial || !double.IsFinite(Evaluate(row, point)))
                    {
                        continue;
                    }

                    double factor = (double)IrInterpreter.Evaluate(partial.Factor, row.Typed(point, IrType.Float64))[0];
                    bool overflow = double.IsInfinity(factor) && point.Any(x => Math.Abs(x) is 1e200 or 1e-200);
                    if (!double.IsFinite(factor) && !overflow)
                    {
                        partial.Partial.Guard.ShouldNotBeNull($"{row.Op} at {string.Join(", ", point)} has the partial {factor}");
                        double at = point[GuardOperand(partial.Partial)];
                        (partial.Partial.IsSingular?.Invoke(new Interval(at, at)) ?? true).ShouldBeTrue($"{row.Op} at {string.Join(", ", point)}");
                    }
                }
            }
        }
    }

    // PartialOf numbers its inputs from 1 on.
    private static int GuardOperand(Partial partial) => partial.Guard!.Value.Value.Id - 1;

    private static double Evaluate(RowCase row, double[] point)
    {
        try
        {
            return (double)IrInterpreter.Evaluate(row.Function(IrType.Float64), row.Typed(point, IrType.Float64))[0];
        }
        catch (ArgumentException)
        {
            return double.NaN;
        }
    }

    private static IEnumerable<double[]> Points(IReadOnlyList<Operand> operands, double[] numbers) =>
        operands.Aggregate<Operand, IEnumerable<double[]>>(
            [[]],
            (points, operand) => points.SelectMany(p => (operand.IsInteger ? [operand.Min, operand.Max] : numbers).Select(x => (double[])[.. p, x])));
}
