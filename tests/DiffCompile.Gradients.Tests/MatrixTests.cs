using System.Reflection;
using DiffCompile.Corpus;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests;

/// <summary>Every corpus function through the engine matrix, with optimisations on (this assembly) and off (in memory).</summary>
public sealed class MatrixTests
{
    private const int RandomPoints = 4;

    public static TheoryData<string> Names => [.. Functions(typeof(PointAttribute).Assembly).Select(CorpusFunctions.FullName)];

    public static TheoryData<string> Stated => [.. CorpusFunctions.Expectations(typeof(PointAttribute).Assembly).Select(CorpusFunctions.FullName)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimized(string name) => Check(Find(typeof(PointAttribute).Assembly, name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Unoptimized(string name) => Check(Find(CorpusAssembly.Unoptimized, name));

    [Theory]
    [MemberData(nameof(Stated))]
    public void Expectation_optimized(string name) => Expect(typeof(PointAttribute).Assembly, name);

    [Theory]
    [MemberData(nameof(Stated))]
    public void Expectation_unoptimized(string name) => Expect(CorpusAssembly.Unoptimized, name);

    [Fact]
    public void Texts_hold_what_is_stated() =>
        CorpusFunctions.TextFaults(typeof(PointAttribute).Assembly, CorpusAssembly.Generate(optimize: true).Files).ShouldBeEmpty();

    private static void Expect(Assembly assembly, string name) =>
        CorpusFunctions.Expectations(assembly).Single(m => CorpusFunctions.FullName(m) == name).Invoke(null, []).ShouldBe(true);

    private static void Check(MethodInfo method)
    {
        var f = new DifferentiableMethod(method);
        var random = new Random(20261121);
        var faults = new List<string>();
        foreach ((double[] x, bool smooth) in CorpusFunctions.Points(f, RandomPoints, random))
        {
            faults.AddRange(EngineMatrix.Check(f, x, random, smooth));
        }

        faults.ShouldBeEmpty();
    }

    internal static IEnumerable<MethodInfo> Functions(Assembly assembly) => CorpusFunctions.Checked(assembly);

    internal static MethodInfo Find(Assembly assembly, string name) => Functions(assembly).Single(m => CorpusFunctions.FullName(m) == name);
}
