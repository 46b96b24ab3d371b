using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>Every row of the rule table, in every C# spelling, through the engine matrix to second order.</summary>
public sealed class RowMatrixTests
{
    private const int Points = 4;

    // A direction is at most this long in each operand.
    private const double LongestDirection = 1.3;

    public static TheoryData<string> Ops => [.. RowPrograms.All.Select(p => p.Op).Distinct()];

    [Fact]
    public void Every_row_has_a_program() => RowPrograms.Missing.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Ops))]
    public void Optimized(string op) => Check(op, optimize: true);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Unoptimized(string op) => Check(op, optimize: false);

    private static void Check(string op, bool optimize)
    {
        var faults = new List<string>();
        foreach (RowProgram program in RowPrograms.All.Where(p => p.Op == op))
        {
            DifferentiableMethod method = RowAssemblies.Method(program, optimize);
            var random = new Random(20261122);
            for (int i = 0; i < Points; i++)
            {
                double[] x = program.Sample(random);
                faults.AddRange(EngineMatrix.Check(method, x, random, reach: Reach(program, x)).Select(f => program.Text + "\n    " + f));
            }
        }

        faults.ShouldBeEmpty();
    }

    // Operands stay in their ranges, so that no step or kink lies between the points of a difference.
    private static double Reach(RowProgram program, double[] x) => program.Operands
        .Select((o, i) => o.IsInteger ? double.PositiveInfinity : Math.Min(x[i] - o.Min, o.Max - x[i]) / LongestDirection)
        .Min();
}
