using System.Globalization;
using System.Reflection;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>
/// Every row where rules like to trip: whatever is taken there, forward and reverse mode, with optimisations on and off,
/// must take the same; what does not vary must contribute exactly nothing; and what throws must throw everywhere.
/// </summary>
public sealed class RowEdgeTests
{
    private static readonly double[] Numbers = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
    private static readonly double[] Integers = [0, 1, 2, -1];

    public static TheoryData<string> Classes => RowMatrixTests.Classes;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Modes_agree_at_edges(string name)
    {
        var faults = new List<string>();
        foreach ((MethodInfo optimized, MethodInfo plain) in RowAssemblies.Methods(name, true).Zip(RowAssemblies.Methods(name, false)))
        {
            plain.Name.ShouldBe(optimized.Name);
            DifferentiableMethod on = new(optimized), off = new(plain);
            foreach (double[] x in Points(on))
            {
                Check(on, off, x, faults);
            }
        }

        faults.ShouldBeEmpty();
    }

    private static IEnumerable<double[]> Points(DifferentiableMethod f) => f.InputTypes.Aggregate<Type, IEnumerable<double[]>>(
        [[]], (points, type) => points.SelectMany(p => (Flattening.IsFloat(type) ? Numbers : Integers).Select(x => (double[])[.. p, x])));

    private static void Check(DifferentiableMethod on, DifferentiableMethod off, double[] x, List<string> faults)
    {
        double[] value = [];
        double[] gradient = [];
        Exception? primal = Compiled.Thrown(() => value = on.Value(x));
        Exception? thrown = Compiled.Thrown(() => gradient = on.Gradient(x));
        if (primal?.GetType() != thrown?.GetType() || primal?.Message != thrown?.Message)
        {
            faults.Add($"{on.Name} at {Text(x)}: the method throws '{primal?.Message}', its gradient '{thrown?.Message}'");
        }

        // Where the value is no number, or the step from a finite value to an infinite one, derivatives mean nothing.
        if (primal is not null || thrown is not null || !double.IsFinite(value[0]) || !Array.TrueForAll(x, double.IsFinite))
        {
            return;
        }

        int n = on.Active.Count;
        double[] forward = [.. Enumerable.Range(0, n).Select(i => on.Jvp(x, Unit(n, i)).Tangent[0])];
        double[] product = [.. Enumerable.Range(0, n).SelectMany(i => on.HessianVectorProduct(x, Unit(n, i)))];
        double[] plain = [.. Enumerable.Range(0, n).SelectMany(i => off.HessianVectorProduct(x, Unit(n, i)))];
        double[] hessian = on.Hessian(x);
        Same(on, x, "reverse and forward mode", gradient, forward, faults);
        Same(on, x, "gradient with optimisations on and off", gradient, off.Gradient(x), faults);
        Same(on, x, "Hessian-vector product with optimisations on and off", product, plain, faults);
        Same(on, x, "diagonal of the Hessian", Diagonal(hessian, n), Diagonal(product, n), faults);
        if (on.Jvp(x, new double[n]).Tangent[0] != 0.0)
        {
            faults.Add($"{on.Name} at {Text(x)}: a zero tangent gives {Text(on.Jvp(x, new double[n]).Tangent)}");
        }
    }

    private static double[] Diagonal(double[] matrix, int n) => [.. Enumerable.Range(0, n).Select(i => matrix[i * (n + 1)])];

    private static double[] Unit(int n, int i) => [.. Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0.0)];

    private static void Same(DifferentiableMethod f, double[] x, string what, double[] a, double[] b, List<string> faults)
    {
        double tolerance = f.UsesSingle ? 1e-4 : 1e-12;
        for (int i = 0; i < a.Length; i++)
        {
            if (!a[i].Equals(b[i]) && !(Math.Abs(a[i] - b[i]) <= tolerance * (1.0 + Math.Max(Math.Abs(a[i]), Math.Abs(b[i])))))
            {
                faults.Add($"{f.Name} at {Text(x)}: {what} [{i}]: {Text([a[i]])} and {Text([b[i]])}");
            }
        }
    }

    private static string Text(double[] x) => "(" + string.Join(", ", x.Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + ")";
}
