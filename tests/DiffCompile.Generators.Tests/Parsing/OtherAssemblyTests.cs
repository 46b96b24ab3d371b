using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Methods of a referenced assembly, with and without specifications.</summary>
public class OtherAssemblyTests
{
    private const string Library = """
        public readonly record struct P(double A, double B) { public double Twice => 2 * A; }
        public static partial class L
        {
            [Differentiable] public static double F(double x, P p) => G(x) * H(p.A);
            [Differentiable] public static double G(double x) => x * x;
            private static double H(double x) => 2 * x;
            public static double Plain(double x) => x;
            [Differentiable] public static T Generic<T>(T x) where T : System.Numerics.INumber<T> => Own(x) * x;
            private static T Own<T>(T x) where T : System.Numerics.INumber<T> => x + T.One;
        }
        """;

    private const string Consumer = "public static partial class C { [Differentiable] public static double F(double x) => L.F(x, new P(x, 1)); }";

    [Fact]
    public void Specifications_come_along_with_all_that_they_call()
    {
        ParseResult result = ParserHarness.Accepted(Consume(Consumer, spec => (SpecText.Version, SpecText.Write(spec))));
        result.Helpers.Select(h => h.Key).ShouldBe(["M:L.F(System.Double,P)", "M:L.G(System.Double)", "M:L.H(System.Double)"]);
        ParserHarness.Print(result).ShouldStartWith("F(double x)\n  %1 = call M:L.F(System.Double,P)(x, x, 1.0)");
    }

    [Fact]
    public void Without_a_specification_the_call_is_refused() => Refusal(Consume("public static partial class C { [Differentiable] public static double F(double x) => L.G(x); }", _ => null)).ShouldBe(
        "DC3003: 'L.G' is [Differentiable] in 'Library', but that assembly holds no specification of it; rebuild that assembly with DiffCompile, "
        + "or write a rule in the calling type: [DerivativeOf(nameof(L.G))] static double GVjp(double x, double value, double valueBar)");

    [Fact]
    public void A_struct_counts_only_where_a_specification_names_it() =>
        Refusal(Consume("public static partial class C { [Differentiable] public static double F(double x) { var p = new P(x, 1); return p.A; } }", _ => null)).ShouldBe(
            "DC2057: The type 'P' is not supported; declare it as a record struct with positional members only, or as a struct whose fields and automatic properties are all public");

    [Fact]
    public void A_specification_of_another_version_is_refused() => Refusal(Consume(Consumer, spec => (SpecText.Version + 1, SpecText.Write(spec)))).ShouldBe(
        $"DC3005: The specification of 'L.F' in 'Library' cannot be read (it has version {SpecText.Version + 1}, expected is {SpecText.Version}); build both assemblies with the same version of DiffCompile");

    [Fact]
    public void A_damaged_specification_is_refused() =>
        Refusal(Consume(Consumer, spec => (SpecText.Version, SpecText.Write(spec).Replace("mul", "add")))).ShouldStartWith("DC3005: The specification of 'L.F' in 'Library' cannot be read (");

    [Fact]
    public void A_plain_method_is_refused_with_the_rule_to_write() =>
        Refusal(Consume("public static partial class C { [Differentiable] public static double F(double x) => L.Plain(x); }", _ => null)).ShouldBe(
            "DC3001: 'L.Plain' has neither a derivative rule nor source that could be read; "
            + "write a rule in the calling type: [DerivativeOf(nameof(L.Plain))] static double PlainVjp(double x, double value, double valueBar)");

    [Fact]
    public void A_generic_method_has_a_specification_for_each_number_type()
    {
        ParseResult result = ParserHarness.Accepted(Consume(
            "public static partial class C { [Differentiable] public static double F(double x, float y) => L.Generic(x) * L.Generic(y); }", spec => (SpecText.Version, SpecText.Write(spec))));
        result.Helpers.Select(h => h.Key).ShouldBe(["M:L.Generic``1(``0)<double>", "M:L.Own``1(``0)<double>", "M:L.Generic``1(``0)<float>", "M:L.Own``1(``0)<float>"]);
    }

    [Fact]
    public void A_computed_property_has_no_text_there() =>
        Refusal(Consume("public static partial class C { [Differentiable] public static double F(P p) => p.Twice; }", spec => (SpecText.Version, SpecText.Write(spec)))).ShouldBe(
            "DC2056: 'Twice' is neither a positional member of 'P' nor computed in this project; compute it in a static method that takes the struct");

    private static string Refusal(Compilation compilation)
    {
        ParseResult result = ParserHarness.Parse(compilation).Single().Result;
        result.Spec.ShouldBeNull();
        return result.Diagnostics.Select(d => d.Id + ": " + d.Message).Single();
    }

    private static CSharpCompilation Consume(string consumer, Func<FunctionSpec, (int Version, string Text)?> embed)
    {
        CSharpCompilation library = ParserHarness.Compile(Library, name: "Library");
        IEnumerable<FunctionSpec> specs = ParserHarness.Parse(library).SelectMany(o => o.Result.Helpers.Prepend(o.Result.Spec!)).DistinctBy(s => s.Key);
        IEnumerable<string> attributes = specs.Select(s => (s.Key, Embedded: embed(s))).Where(s => s.Embedded is not null)
            .Select(s => $"[assembly: DifferentiableSpec({SymbolDisplay.FormatLiteral(s.Key, true)}, {s.Embedded!.Value.Version}, {SymbolDisplay.FormatLiteral(s.Embedded.Value.Text, true)})]");
        CSharpCompilation withSpecs = library.AddSyntaxTrees(CSharpSyntaxTree.ParseText(string.Join("\n", attributes), (CSharpParseOptions)library.SyntaxTrees[0].Options));

        var stream = new MemoryStream();
        withSpecs.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return ParserHarness.Compile(consumer, references: [MetadataReference.CreateFromImage(stream.ToArray())]);
    }
}
