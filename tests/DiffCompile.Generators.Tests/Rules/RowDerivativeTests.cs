using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Every row against finite differences of its own value, and its derivatives against those of lower order.</summary>
public class RowDerivativeTests
{
    private const double Tolerance = 1e-8;
    private const int Points = 12;

    // Tested elsewhere: results that are no float, conversions, and the cut.
    private static readonly string[] Others = [Op.Convert, Op.ConvertChecked, Op.StopGradient, "sign"];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, RowCases.All.Count)];

    [Fact]
    public void Every_row_has_a_case() =>
        RuleTable.Rows.Select(row => row.Op).Where(op => !op.StartsWith("is.", StringComparison.Ordinal)).Except(Others)
            .ShouldBe(RowCases.All.Select(c => c.Op).Distinct(), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives_to_third_order_are_those_of_the_order_below(int index)
    {
        RowCase row = RowCases.All[index];
        Random random = new(Seed: 17 + index);
        IrFunction value = row.Function(IrType.Float64);
        for (int i = 0; i < Points; i++)
        {
            double[] point = row.Sample(random);
            Check(row, value, point, [], random);
        }
    }

    [Theory]
    [InlineData(Op.Convert, 1.0)]
    [InlineData(Op.ConvertChecked, 1.0)]
    [InlineData(Op.StopGradient, null)]
    public void A_conversion_passes_the_derivative_on_and_a_cut_does_not(string op, double? expected)
    {
        (IrFunction Factor, Partial Partial)? partial = RowEvaluation.PartialOf(RuleTable.Find(op)!, 0, [IrType.Float64]);
        (partial is { } found ? Literals.NumberOf(found.Factor.Outputs[0]) : (double?)null).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives_of_float_are_those_of_double(int index)
    {
        RowCase row = RowCases.All[index];
        if (RuleTable.Find(row.Op)!.Spelling is { Double.Length: > 0, Single.Length: 0 })
        {
            return;
        }

        Random random = new(Seed: 170 + index);
        for (int i = 0; i < Points; i++)
        {
            double[] point = [.. row.Sample(random).Select(x => (double)(float)x)];
            foreach (int active in RealOperands(row))
            {
                double expected = (double)IrInterpreter.Evaluate(
                    ForwardWalker.Differentiate(row.Function(IrType.Float64), active), [.. row.Typed(point, IrType.Float64), 1.0])[0];
                float actual = (float)IrInterpreter.Evaluate(
                    ForwardWalker.Differentiate(row.Function(IrType.Float32), active), [.. row.Typed(point, IrType.Float32), 1.0f])[0];
                ((double)actual).ShouldBe(expected, 1e-5 * Math.Max(1.0, Math.Abs(expected)), $"{row} at {string.Join(", ", point)}");
            }
        }
    }

    // The function of this order at the point, checked against differences, then its own derivatives.
    private static void Check(RowCase row, IrFunction function, double[] point, double[] seeds, Random random)
    {
        if (seeds.Length == 3)
        {
            return;
        }

        double Evaluate(IrFunction f, double[] x, double[] s) => (double)IrInterpreter.Evaluate(f, [.. row.Typed(x, IrType.Float64), .. s.Cast<object>()])[0];

        foreach (int active in RealOperands(row))
        {
            // A seed other than 1, so that a forgotten one shows.
            double seed = 0.5 + random.NextDouble();
            IrFunction derivative = ForwardWalker.Differentiate(function, active);
            double actual = Evaluate(derivative, point, [.. seeds, seed]) / seed;

            double step = Step(row.Operands[active], point[active]);
            (double expected, double error) = FiniteDifference.Of(x => Evaluate(function, With(point, active, x), seeds), point[active], step);
            double scale = Math.Max(Math.Abs(actual), Math.Abs(Evaluate(function, point, seeds)) / step);
            error.ShouldBeLessThanOrEqualTo(Tolerance * scale, $"the differences of {row} at {string.Join(", ", point)} are no standard");
            Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
                Tolerance * scale,
                $"{row}, order {seeds.Length + 1}, operand {active} at {string.Join(", ", point)}: {actual} for {expected}");

            Check(row, derivative, point, [.. seeds, seed], random);
        }
    }

    private static IEnumerable<int> RealOperands(RowCase row) => Enumerable.Range(0, row.Operands.Length).Where(i => !row.Operands[i].IsInteger);

    private static double[] With(double[] point, int operand, double x)
    {
        double[] moved = [.. point];
        moved[operand] = x;
        return moved;
    }

    private static double Step(Operand range, double x) => Math.Min(0.2, 0.9 * Math.Min(x - range.Min, range.Max - x));
}
