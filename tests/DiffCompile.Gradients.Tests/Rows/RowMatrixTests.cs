using System.Reflection;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>Every row of the rule table, in every C# spelling, through the engine matrix to second order.</summary>
public sealed class RowMatrixTests
{
    public static TheoryData<string> Classes => [.. RowAssemblies.Classes.Except(["Kinks", "Edges", "Interiors"])];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Optimized(string name) => Check(name, optimize: true);

    [Theory]
    [MemberData(nameof(Classes))]
    public void Unoptimized(string name) => Check(name, optimize: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Kinks_and_edges_are_as_written(bool optimize)
    {
        MethodInfo[] expectations = [.. CorpusFunctions.Expectations(RowAssemblies.Assembly(optimize))];
        expectations.ShouldNotBeEmpty();
        expectations.Where(e => e.Invoke(null, null) is not true).Select(e => e.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Domains_drop_guards() => CorpusFunctions.TextFaults(RowAssemblies.Assembly(optimize: true), RowAssemblies.Texts).ShouldBeEmpty();

    private static void Check(string name, bool optimize)
    {
        var faults = new List<string>();
        int functions = 0;
        foreach (MethodInfo method in RowAssemblies.Methods(name, optimize))
        {
            var f = new DifferentiableMethod(method);
            var random = new Random(20261122);
            functions++;
            foreach ((double[] x, bool smooth) in CorpusFunctions.Points(f, 0, random))
            {
                faults.AddRange(EngineMatrix.Check(f, x, random, smooth));
            }
        }

        functions.ShouldBePositive();
        faults.ShouldBeEmpty();
    }
}
