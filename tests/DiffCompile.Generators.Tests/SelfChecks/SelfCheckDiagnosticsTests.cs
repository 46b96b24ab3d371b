using System.Collections.Immutable;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.SelfChecks;

/// <summary>A rule without a self-check is warned of at its name, and nothing is generated for it.</summary>
public sealed class SelfCheckDiagnosticsTests
{
    private const string F = "public static double F(double x) => x * x;";
    private const string Right = "[DerivativeOf(nameof(F))] static double Rule(double x, double value, double valueBar) => 2.0 * x * valueBar;";

    [Fact]
    public Task A_container_that_is_not_partial() => Reported(
        $"public static class Plain {{ {F} {Right} }}", "DC3120", "Rule",
        "The rule 'Rule' gets no self-check because 'Plain' is not partial; make it partial and visible in the whole assembly, or check the rule with GradientCheck.Run");

    [Fact]
    public Task An_outer_type_that_is_not_partial() => Reported(
        $"public static class Plain {{ static partial class Inner {{ {F} {Right} }} }}", "DC3120", "Rule",
        "The rule 'Rule' gets no self-check because 'Plain' is not partial; make it partial and visible in the whole assembly, or check the rule with GradientCheck.Run");

    [Fact]
    public Task A_file_local_container() => Reported(
        $"file static partial class Hidden {{ {F} {Right} }}", "DC3120", "Rule",
        "The rule 'Rule' gets no self-check because 'Hidden' is file-local; make it partial and visible in the whole assembly, or check the rule with GradientCheck.Run");

    [Fact]
    public Task A_span_of_indices() => Reported(
        "public static partial class C { public static double F(double x, ReadOnlySpan<int> index) => x; "
        + "[DerivativeOf(nameof(F))] static double Rule(double x, ReadOnlySpan<int> index, double value, double valueBar) => valueBar; }", "DC3121", "Rule",
        "The rule 'Rule' gets no self-check because random values for parameter 'index' of type 'ReadOnlySpan<int>' would have no meaning; check it with GradientCheck.Run");

    [Fact]
    public Task A_method_that_writes_into_spans() => Reported(
        "public static partial class C { public static void F(Span<double> x) => x.Fill(x[0]); "
        + "[DerivativeOf(nameof(F))] static void Rule(Span<double> x, Span<double> xBar) { } }", "DC3121", "Rule",
        "The rule 'Rule' gets no self-check because 'F' has no result but what it writes into spans; check it with GradientCheck.Run");

    [Fact]
    public Task A_name_that_is_taken() => Reported(
        $"public static partial class C {{ {F} {Right} static void RuleSelfCheck() {{ }} }}", "DC3122", "Rule",
        "The rule 'Rule' gets no self-check because 'RuleSelfCheck' exists or would exist twice in 'C'; give the rule another name");

    [Fact]
    public async Task Two_rules_of_one_name()
    {
        CSharpCompilation compilation = Compile(
            $"public static partial class C {{ {F} public static double F(double x, double y) => x; {Right} "
            + "[DerivativeOf(nameof(F))] static (double, double) Rule(double x, double y, double value, double valueBar) => (valueBar, 0.0); }");

        (await GeneratorHarness.AnalyzeAsync(compilation)).Select(d => d.Id).ShouldBe(["DC3122", "DC3122"]);
        GeneratorHarness.Generate(compilation).Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DC3120")]
    [InlineData("DC3121")]
    [InlineData("DC3122")]
    public void Each_has_a_page(string id) =>
        File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "diagnostics", id + ".md")).ShouldStartWith($"# {id}: ");

    [Theory]
    [InlineData("static double Rule(double x, double valueBar) => valueBar;", "DC3013")]
    [InlineData("static double Rule(double x, double value, float valueBar) => valueBar;", "DC3014")]
    [InlineData("static (double, double) Rule(double x, double value, double valueBar) => (valueBar, valueBar);", "DC3015")]
    public async Task A_rule_of_a_wrong_shape_is_an_error_although_nothing_calls_it(string rule, string id)
    {
        CSharpCompilation compilation = Compile($"public static partial class C {{ {F} [DerivativeOf(nameof(F))] {rule} }}");

        ImmutableArray<Diagnostic> found = await GeneratorHarness.AnalyzeAsync(compilation);

        found.Select(d => d.Id).ShouldBe([id]);
        found[0].Severity.ShouldBe(DiagnosticSeverity.Error);
        GeneratorHarness.Generate(compilation).Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_right_rule_is_not_reported() =>
        (await GeneratorHarness.AnalyzeAsync(Compile($"public static partial class C {{ {F} {Right} }}"))).ShouldBeEmpty();

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull().FullName;
    }

    private static CSharpCompilation Compile(string source) => GeneratorHarness.Compilation(["using System; using DiffCompile; namespace Demo;\n" + source]);

    private static async Task Reported(string source, string id, string at, string message)
    {
        CSharpCompilation compilation = Compile(source);

        Diagnostic found = (await GeneratorHarness.AnalyzeAsync(compilation)).ShouldHaveSingleItem();

        found.Id.ShouldBe(id);
        found.Severity.ShouldBe(DiagnosticSeverity.Warning);
        found.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(message);
        string text = compilation.SyntaxTrees[0].ToString().Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length);
        text.ShouldBe(at);
        GeneratorHarness.Generate(compilation).Files.ShouldBeEmpty();
    }
}
