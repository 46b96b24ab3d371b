using System.Globalization;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>
/// Every row where rules like to trip: whatever is taken there, forward and reverse mode, with optimisations on and off,
/// must take the same, and an operand that does not vary must contribute exactly nothing.
/// </summary>
public sealed class RowEdgeTests
{
    private static readonly double[] Numbers = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    // Piecewise linear, or their derivative is a constant: NaN does not show in it.
    private static readonly string[] KeepNoNaN = ["add", "degrees_to_radians", "radians_to_degrees", "scaleb", "rem", "ieee_remainder"];

    public static TheoryData<string> Ops => [.. RowPrograms.All.Select(p => p.Op).Distinct()];

    [Theory]
    [MemberData(nameof(Ops))]
    public void Modes_agree_at_edges(string op)
    {
        var faults = new List<string>();
        foreach (RowProgram program in RowPrograms.All.Where(p => p.Op == op))
        {
            DifferentiableMethod on = RowAssemblies.Method(program, optimize: true);
            DifferentiableMethod off = RowAssemblies.Method(program, optimize: false);
            foreach (double[] x in Points(program))
            {
                Check(program, on, off, x, faults);
            }
        }

        faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void NaN_in_gives_NaN_out(string op)
    {
        foreach (RowProgram program in RowPrograms.All.Where(p => p.Op == op && !KeepNoNaN.Contains(p.Op)))
        {
            DifferentiableMethod method = RowAssemblies.Method(program, optimize: true);
            double[] x = [.. program.Operands.Select(o => o.IsInteger ? o.Min : double.NaN)];
            double[] value = [0.0];
            if (Support.Compiled.Thrown(() => value = method.Value(x)) is not null || !double.IsNaN(value[0]))
            {
                continue;
            }

            bool isLinear = program.Text.Contains("x0 * ", StringComparison.Ordinal);
            if (!isLinear)
            {
                method.Gradient(x).ShouldContain(g => double.IsNaN(g), program.ToString());
            }
        }
    }

    private static IEnumerable<double[]> Points(RowProgram program) => program.Operands.Aggregate<(double Min, double Max, bool IsInteger), IEnumerable<double[]>>(
        [[]],
        (points, o) => points.SelectMany(p => (o.IsInteger ? [o.Min, o.Max] : Numbers).Select(x => (double[])[.. p, x])));

    private static void Check(RowProgram program, DifferentiableMethod on, DifferentiableMethod off, double[] x, List<string> faults)
    {
        double[] gradient = [];
        Exception? primal = Support.Compiled.Thrown(() => on.Value(x));
        Exception? thrown = Support.Compiled.Thrown(() => gradient = on.Gradient(x));
        if (primal?.GetType() != thrown?.GetType() || primal?.Message != thrown?.Message)
        {
            faults.Add($"{program} at {Text(x)}: the method throws '{primal?.Message}', its gradient '{thrown?.Message}'");
        }

        if (primal is not null || thrown is not null)
        {
            return;
        }

        double[] unoptimized = off.Gradient(x);
        double[] forward = [.. Enumerable.Range(0, on.Active.Count).Select(i => on.Jvp(x, Unit(on, i)).Tangent[0])];
        double[] hessian = on.Hessian(x);
        double[] product = [.. Enumerable.Range(0, on.Active.Count).SelectMany(i => on.HessianVectorProduct(x, Unit(on, i)))];
        Same(program, x, "reverse and forward mode", gradient, forward, faults);
        Same(program, x, "optimisations on and off", gradient, unoptimized, faults);
        Same(program, x, "Hessian-vector product, optimisations on and off", product, [.. Enumerable.Range(0, on.Active.Count).SelectMany(i => off.HessianVectorProduct(x, Unit(off, i)))], faults);
        for (int i = 0; i < on.Active.Count; i++)
        {
            Same(program, x, "Hessian and its diagonal by products", [hessian[i * (on.Active.Count + 1)]], [product[i * (on.Active.Count + 1)]], faults);
        }

        if (on.Jvp(x, new double[on.Active.Count]).Tangent[0] is not 0.0 and var left && !x.Any(double.IsNaN) && Array.TrueForAll(gradient, g => !double.IsNaN(g)))
        {
            faults.Add($"{program} at {Text(x)}: a zero tangent gives {left}");
        }
    }

    private static double[] Unit(DifferentiableMethod method, int i) => [.. Enumerable.Range(0, method.Active.Count).Select(j => i == j ? 1.0 : 0.0)];

    private static void Same(RowProgram program, double[] x, string what, double[] a, double[] b, List<string> faults)
    {
        for (int i = 0; i < a.Length; i++)
        {
            double tolerance = program.Text.Contains("float", StringComparison.Ordinal) ? 1e-4 : 1e-12;
            if (!a[i].Equals(b[i]) && !(Math.Abs(a[i] - b[i]) <= tolerance * Math.Max(Math.Abs(a[i]), Math.Abs(b[i]))))
            {
                faults.Add($"{program} at {Text(x)}: {what} [{i}]: {Text([a[i]])} and {Text([b[i]])}");
            }
        }
    }

    private static string Text(double[] x) => "(" + string.Join(", ", x.Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + ")";
}
