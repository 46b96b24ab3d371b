using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Generated text does not depend on the machine, the run or the order of things; nothing old is kept alive.</summary>
public sealed class StabilityTests
{
    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        ImmutableSortedDictionary<string, string> plain = Generate();
        ImmutableSortedDictionary<string, string> foreign = UnderForeignCulture(Generate);
        foreign.Keys.ShouldBe(plain.Keys);
        foreach ((string name, string text) in plain)
        {
            foreign[name].ShouldBe(text, name);
        }
    }

    [Fact]
    public void Text_is_the_same_in_every_run()
    {
        ImmutableSortedDictionary<string, string> first = Generate();
        Generate().ShouldBe(first);
    }

    /// <summary>The generated text of a method does not change with the order in which the compiler is given the same files.</summary>
    [Fact]
    public void Text_does_not_depend_on_the_order_of_files()
    {
        ImmutableSortedDictionary<string, string> first = Generate();
        CSharpCompilation inOrder = GeneratorHarness.Compilation(CorpusAssembly.Sources);
        var backwards = GeneratorHarness.Generate(inOrder.RemoveAllSyntaxTrees().AddSyntaxTrees(inOrder.SyntaxTrees.Reverse())).Files;
        backwards.Keys.ShouldBe(first.Keys);
        foreach ((string name, string text) in first)
        {
            WithoutFile(backwards[name]).ShouldBe(WithoutFile(text), name);
        }
    }

    // A diagnosing member names its source file, which is numbered here.
    private static string WithoutFile(string text) => System.Text.RegularExpressions.Regex.Replace(text, "Source[0-9]+", "Source");

    [Fact]
    public void Derivatives_under_a_foreign_culture_compile_and_run()
    {
        const string source = """
            [Differentiable(DerivativeModes.All)]
            public static double F(double x) => x * 1234567.125e-3 - 0.5 * Math.Pow(x, -2.5) + -1.5e300 * 1e-300 * x;
            """;
        double[] gradient = UnderForeignCulture(() => Compiled.Method(Compiled.Load(source), "F").Gradient([1.5]));
        gradient.ShouldBe(Compiled.Method(Compiled.Load(source), "F").Gradient([1.5]));
    }

    [Fact]
    public void Old_compilations_are_let_go()
    {
        (GeneratorDriver driver, WeakReference first) = RunTwice();
        for (int i = 0; i < 10 && first.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        first.IsAlive.ShouldBeFalse();
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference First) RunTwice()
    {
        CSharpCompilation first = Compiled.Source("[Differentiable] public static double F(double x) => G(x) * x; static double G(double x) => Math.Sin(x);");
        CSharpCompilation second = Compiled.Source("[Differentiable] public static double F(double x) => G(x) + x; static double G(double x) => Math.Cos(x);");
        GeneratorDriver driver = GeneratorHarness.Driver().RunGenerators(first);
        driver = driver.RunGenerators(second);
        return (driver, new WeakReference(first));
    }

    private static ImmutableSortedDictionary<string, string> Generate() => GeneratorHarness.Generate(GeneratorHarness.Compilation(CorpusAssembly.Sources)).Files;

    private static T UnderForeignCulture<T>(Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NumberGroupSeparator = ".";
        foreign.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = foreign;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
