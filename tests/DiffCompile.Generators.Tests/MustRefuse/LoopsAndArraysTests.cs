using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Tests.Parsing;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.MustRefuse;

/// <summary>What authors write around loops and arrays and cannot have: the id, the token, what to write instead, and no member.</summary>
public class LoopsAndArraysTests
{
    [Theory]
    [InlineData("DC1017", "declare it as a record struct", "public static double F([|R|] r, double x) => r.A * x; public ref struct R(double a) { public double A = a; }")]
    [InlineData("DC2057", "declare it as a record struct", "public static double F(double x) { var r = [|new|] R(x); return r.A * x; } public ref struct R(double a) { public double A = a; }")]
    [InlineData("DC1015", "arrays and spans of double", "public static double F([|System.Numerics.Complex[]|] a) => a[0].Real;")]
    [InlineData("DC2010", "one of double, float", "public static double F(double x) { var a = [|new|] System.Numerics.Complex[2]; return x; }")]
    [InlineData("DC1010", "use double or float", "public static double F([|System.Collections.Generic.IEnumerable<double>|] a, double x) { foreach (double v in a) { x += v; } return x; }")]
    [InlineData("DC2002", "arrays and spans", "public static double F(double x, int n) { [|foreach|] (int v in System.Linq.Enumerable.Range(0, n)) { x *= v; } return x; }")]
    [InlineData("DC2002", "arrays and spans", "public static double F(double x) { [|foreach|] (double v in Items(x)) { x += v; } return x; } static System.Collections.Generic.IEnumerable<double> Items(double x) { yield return x; }")]
    [InlineData("DC2039", "by its index", "public static double F(double[] a) { foreach ([|ref|] double e in a.AsSpan()) { e *= 2.0; } return a[0]; }")]
    [InlineData("DC1010", "use double or float", "public static double F([|System.Collections.Generic.List<double>|] a) => a[0] * a[1];")]
    [InlineData("DC2033", "is a class", "public static double F(double x) { var a = [|new|] System.Collections.Generic.List<double> { x }; return x; }")]
    [InlineData("DC2048", "use int or long", "public static double F(double x) { for ([|uint|] i = 0u; ; ) { return x; } }")]
    [InlineData("DC2048", "use int or long", "public static double F(double x, double[] a) { for ([|byte|] i = default; ; ) { return x * a[0]; } }")]
    [InlineData("DC2053", "write the loop", "public static double F(double[] a) => System.Linq.Enumerable.[|Sum|](a, v => v * v);")]
    [InlineData("DC1014", "one per component", "public static double F([|System.Numerics.Vector3|] v) => v.X * v.Y;")]
    [InlineData("DC1014", "one per component", "public static double F([|System.Numerics.Vector2|] v) => v.X * v.Y;")]
    [InlineData("DC1015", "arrays and spans of double", "public static double F([|System.Numerics.Vector4[]|] v) => v[0].X;")]
    [InlineData("DC2046", "known at build time", "public static double F(double x) { [|dynamic|] d = x; return x; }")]
    [InlineData("DC2006", "if and else", "public static double F(double x) { [|again|]: x *= x; return x; }")]
    [InlineData("DC2005", "if and else", "public static double F(double x, int n) { switch (n) { case 0: x *= x; [|goto|] case 1; case 1: x += x; break; } return x; }")]
    [InlineData("DC2014", "index as an int", "public static double F(double[] a) { [|Index|] k = ^1; return a[0]; }")]
    [InlineData("DC2013", "in the brackets of an array", "public static double F(double[] a) { [|Range|] k = 1..2; return a[0]; }")]
    [InlineData("DC2015", "write the loop", "public static double F(double[] a) { Array.[|Sort|](a); return a[0]; }")]
    [InlineData("DC2015", "write the loop", "public static double F(Span<double> a) { a.[|Reverse|](); return a[0]; }")]
    [InlineData("DC1015", "arrays and spans of double", "public static double F([|Memory<double>|] a) => a.Span[0] * a.Span[1];")]
    [InlineData("DC2007", "choose between elements", "public static double F(double[] a, double[] b, double x) { var c = x > 0.0 [|?|] a : b; return c[0] * x; }")]
    [InlineData("DC1006", "instead of pointers", "public static [|unsafe|] double F(double[] a) { fixed (double* p = a) { return p[0] * p[1]; } }")]
    [InlineData("DC2028", "use values", "public static double F(double[] a) { [|unsafe|] { fixed (double* p = a) { return p[0] * p[1]; } } }")]
    public void Refused_at_its_token(string id, string instead, string marked)
    {
        string source = Source(marked, out int start, out int length);
        CSharpCompilation compilation = ParserHarness.Compile(source);
        ParserHarness.Errors(compilation).ShouldBeEmpty();
        ParseResult result = MethodParser.Parse(ParserHarness.DifferentiableMethods(compilation).Single(), compilation, CancellationToken.None).Result;
        result.Spec.ShouldBeNull();
        DiagnosticInfo found = result.Diagnostics[0];
        found.Id.ShouldBe(id, found.Message);
        found.Message.ShouldContain(instead);
        source.Substring(found.Location.Span.Start, found.Location.Span.Length).ShouldBe(source.Substring(start, length), found.Message);
        found.Location.Span.Start.ShouldBe(start);
        NoMember(compilation, id);
    }

    [Theory]
    [InlineData("public static void F(Span<double> a, double x) { a[0] = x; a[1] = [|(int)|]x; }")]
    [InlineData("public static void F(Span<double> a, double x) { for (int i = 0; i < a.Length; i++) { a[i] *= [|(int)|](x + a[i]); } }")]
    [InlineData("public static double F(double[] a, double x) { int[] k = new int[2]; for (int i = 0; i < 2; i++) { k[i] = [|(int)|]a[i]; } return k[1] * x; }")]
    [InlineData("public static void F(Span<double> a, double x) { int n = 0; while (n < 2) { n += [|(int)|](2.0 + x * x); } a[0] = n * x; }")]
    public async Task A_store_of_what_was_an_integer_loses_the_derivative(string marked)
    {
        string source = Source(marked, out int start, out _);
        CSharpCompilation compilation = ParserHarness.Compile(source);
        Diagnostic found = (await GeneratorHarness.AnalyzeAsync(compilation)).Where(d => d.Severity == DiagnosticSeverity.Error).ShouldHaveSingleItem();
        found.Id.ShouldBe("DC3102");
        found.Location.SourceSpan.Start.ShouldBe(start, found.ToString());
        NoMember(compilation, "DC3102");
    }

    [Theory]
    [InlineData("DC1031", "public static int [|F|](ReadOnlySpan<double> a) => a.Length;")]
    [InlineData("DC3103", "public static int [|F|](double[] a, double x) { int n = 0; foreach (double v in a) { n += v > x ? 1 : 0; } return n; }")]
    public async Task A_count_alone_has_no_derivative(string id, string marked)
    {
        string source = Source(marked, out int start, out _);
        CSharpCompilation compilation = ParserHarness.Compile(source);
        Diagnostic found = (await GeneratorHarness.AnalyzeAsync(compilation)).ShouldHaveSingleItem();
        found.Id.ShouldBe(id);
        found.Location.SourceSpan.Start.ShouldBe(start, found.ToString());
        NoMember(compilation, id);
    }

    private static string Source(string marked, out int start, out int length)
    {
        const string before = "public static partial class C\n{\n    [Differentiable] ";
        start = before.Length + marked.IndexOf("[|", StringComparison.Ordinal);
        length = marked.IndexOf("|]", StringComparison.Ordinal) - marked.IndexOf("[|", StringComparison.Ordinal) - 2;
        return before + marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal) + "\n}\n";
    }

    private static void NoMember(CSharpCompilation compilation, string id)
    {
        GeneratorDriverRunResult result = GeneratorHarness.Driver().RunGenerators(compilation).GetRunResult();
        string text = string.Concat(result.Results[0].GeneratedSources.Select(s => s.SourceText.ToString()));
        text.ShouldContain("// " + id);
        text.ShouldNotContain("FJvp(");
        text.ShouldNotContain("FVjp(");
    }
}
