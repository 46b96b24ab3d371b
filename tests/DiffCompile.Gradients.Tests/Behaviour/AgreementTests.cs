using DiffCompile.Gradients.Tests.Rows;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Generator and analyzer read the same program differently and must say the same.</summary>
public sealed class AgreementTests
{
    [Fact]
    public async Task The_analyzer_accepts_the_whole_corpus() =>
        (await GeneratorHarness.AnalyzeAsync(GeneratorHarness.Compilation(CorpusAssembly.Sources)))
            .Where(d => d.Id != "DC3121").Select(d => d.ToString()).ShouldBeEmpty();

    [Fact]
    public async Task The_analyzer_accepts_every_row() =>
        (await GeneratorHarness.AnalyzeAsync(GeneratorHarness.Compilation([RowAssemblies.Source])))
            .Where(d => d.Id != "DC3104").Select(d => d.ToString()).ShouldBeEmpty();

    [Theory]
    [InlineData("[Differentiable] public static double F(double x) => x * (int)x;", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) { double t = (long)(x * 2.0); return t + x; }", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) { int k = 0; for (int i = 0; i < 3; i++) { k += (int)x; } return k * x; }", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) { int a = 0, b = 0; for (int i = 0; i < 3; i++) { b = a; a = (int)x; } return b + x; }", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) { double s = x; int a = 0; for (int i = 0; i < 3; i++) { s += a; a = (int)x; } return s; }", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) { int[] k = new int[2]; k[0] = (int)x; return k[0] * x; }", "DC3102")]
    [InlineData("[Differentiable] public static void F(Span<double> a, double x) { a[0] = (int)x; a[1] = x; }", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) => G(x) + x; static double G(double x) => (int)x;", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) { (int n, double r) = G(x); return n * r; } static (int, double) G(double x) => ((int)x, x);", "DC3102")]
    [InlineData("[Differentiable] public static double F(double x) => Math.Floor(x);", "DC3103")]
    [InlineData("[Differentiable] public static double F(double x) => 3.0;", "DC3103")]
    [InlineData("[Differentiable] public static double F(double x) => Differentiation.StopGradient(x);", "DC3103")]
    [InlineData("[Differentiable] public static double F(double x, double y) => x > y ? 1.0 : 2.0;", "DC3103")]
    [InlineData("[Differentiable] public static double F(double x, double y) => x * x;", "DC3104")]
    [InlineData("[Differentiable] public static double F(double x, double y) => y > 0.0 ? x : -x;", "DC3104")]
    [InlineData("[Differentiable] public static double F(double x) => G(x); [Differentiable] public static double G(double x) => F(x);", "DC3101")]
    [InlineData("[Differentiable] public static double F(Span<double> a) { G(a[1..], a); return a[0]; } static double G(ReadOnlySpan<double> from, Span<double> to) { from.CopyTo(to); return to[0]; }", "DC2008")]
    [InlineData("private static readonly double[] Table = [1.0]; [Differentiable] public static double F(Span<double> a) => G(Table, a); static double G(double[] to, Span<double> a) { to[0] += a[0]; return to[0]; }", "DC2062")]
    [InlineData("[Differentiable] public static double F(double x) => G(x); [Differentiable] public static double G(double x) => x * (double)(decimal)x;", "DC3106")]
    public async Task Flaws_are_told_and_no_wrong_member_is_made(string members, string id)
    {
        var compilation = Compiled.Source(members);
        var found = await GeneratorHarness.AnalyzeAsync(compilation);
        found.Select(d => d.Id).ShouldContain(id);
        bool isError = found.First(d => d.Id == id).Severity == DiagnosticSeverity.Error;
        bool hasMembers = GeneratorHarness.Generate(compilation).Files.Values.Any(text => text.Contains("FGradient(", StringComparison.Ordinal));
        hasMembers.ShouldBe(!isError);
    }

    [Theory]
    [InlineData("DC2008", "public static double F(Span<double> a, double x) => [|G|](a[1..], a[..2]) * x; static double G(Span<double> w, Span<double> r) { r.CopyTo(w); return w[0]; }")]
    [InlineData("DC2008", "public static void F(Span<double> a, Span<double> b) { G(b, a); [|G|](a[1..], a[..2]); } static void G(Span<double> w, Span<double> r) => H(w, r); static void H(Span<double> w, Span<double> r) => r.CopyTo(w);")]
    [InlineData("DC2062", "public static double F(double x) { var own = new double[2]; return G(own, x) + [|G|](Table, x); } static double G(Span<double> w, double x) { w[0] = x; return w[0] * x; } static readonly double[] Table = [1.0, 2.0];")]
    [InlineData("DC2062", "public static void F(Span<double> a) { for (int i = 0; i < 2; i++) { [|G|](Table, a[i]); } } static void G(Span<double> w, double x) => w[0] = x; static readonly double[] Table = [1.0, 2.0];")]
    [InlineData("DC3101", "public static void F(Span<double> a) { a[0] *= 2.0; [|G|](a); } [Differentiable] public static void G(Span<double> a) => F(a);")]
    [InlineData("DC3102", "public static double F(double x) { double y = H(x); return y * [|G|](x); } static double H(double x) => x * x; static int G(double x) => (int)x;")]
    public async Task Flaws_through_helpers_are_told_at_the_call(string id, string marked)
    {
        string members = "[Differentiable] " + marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        var compilation = Compiled.Source(members);
        Diagnostic found = (await GeneratorHarness.AnalyzeAsync(compilation)).First(d => d.Id == id);
        string text = (await found.Location.SourceTree!.GetTextAsync()).ToString();
        int start = text.IndexOf(members, StringComparison.Ordinal) + "[Differentiable] ".Length + marked.IndexOf("[|", StringComparison.Ordinal);
        found.Location.SourceSpan.Start.ShouldBe(start, found.ToString());
        found.Location.SourceSpan.Length.ShouldBe(1);
        GeneratorHarness.Generate(compilation).Files.Values.ShouldNotContain(t => t.Contains("FJvp(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Differentiable] public static double F(double x) { int n = (int)x; return n > 2 ? x : x * x; }")]
    [InlineData("[Differentiable] public static double F(double x) => x * (int)Differentiation.StopGradient(x);")]
    [InlineData("[Differentiable] public static double F(double x, [NoGradient] double y) => x * (int)y;")]
    [InlineData("[Differentiable] public static double F(double x, [NoGradient] double y) => x > y ? x : -x;")]
    [InlineData("[Differentiable] public static double F(double x, int n) => x * n;")]
    public async Task Stated_intent_is_accepted(string members) => (await Compiled.DiagnosticsAsync(Compiled.Source(members))).ShouldBeEmpty();

    /// <summary>A loss inside a helper too large to be inlined.</summary>
    [Fact]
    public async Task A_loss_in_a_large_helper_is_found()
    {
        string body = string.Concat(Enumerable.Range(0, 60).Select(i => $"t = Math.Sin(t * 0.5 + {i}.0) * t + {i}.0; "));
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source($$"""
            [Differentiable] public static double F(double x) => Large(x) * x;
            static double Large(double x) { double t = x; {{body}} return t * (int)t; }
            """));
        found.ShouldContain("DC3102");
    }

    [Fact]
    public async Task No_path_through_a_large_helper_is_found()
    {
        string body = string.Concat(Enumerable.Range(0, 60).Select(i => $"t = Math.Sin(t * 0.5 + {i}.0) * t + {i}.0; "));
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source($$"""
            [Differentiable] public static double F(double x) => Large(x);
            static double Large(double x) { double t = Math.Floor(x); {{body}} return t; }
            """));
        found.ShouldContain("DC3103");
    }

    [Fact]
    public void A_domain_drops_guards()
    {
        string guarded = Text("[Differentiable] public static double F(double x) => Math.Sqrt(x) + 1.0 / x + Math.Log(x);");
        string free = Text("[Differentiable] public static double F([Domain(0.5, 2.0)] double x) => Math.Sqrt(x) + 1.0 / x + Math.Log(x);");
        guarded.ShouldContain("Mul0");
        free.ShouldNotContain("Mul0");
    }

    [Fact]
    public void A_domain_that_holds_the_singular_point_keeps_them() =>
        Text("[Differentiable] public static double F([Domain(0.0, 2.0)] double x) => Math.Sqrt(x);").ShouldContain("Mul0");

    private static string Text(string members) => string.Concat(GeneratorHarness.Generate(Compiled.Source(members)).Files.Values);
}
