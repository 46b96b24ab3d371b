using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Libraries;

/// <summary>Methods of a referenced assembly, of which only the image is known.</summary>
public sealed class LibraryTests
{
    private const string Library = """
        namespace Lib;

        public readonly record struct Pair(double A, double B);

        public static partial class L
        {
            private const double Two = 2.0;
            private static readonly double Half = 1.0 / Two;
            private static double Helper(double x) => x < 0.0 ? -x * x * Half : Math.Sin(x) * Deeper(x);
            private static double Deeper(double x) { double t = x * x; return t + Math.Exp(-t); }

            [Differentiable] public static double Simple(double x, double y) => Helper(x * y) + Half * y;
            [Differentiable(DerivativeModes.None)] public static double NoMembers(double x) => Simple(x, x) * x;
            [Differentiable] internal static double Hidden(double x) => x * x * x;
            [Differentiable] public static double Nested(double x, double y) => Simple(x, NoMembers(y)) * Hidden(x);
            [Differentiable] public static (double R, Pair P) Several(Pair p, double k) => (p.A * k, new Pair(p.B * p.B, k * p.A));
            [Differentiable] public static double UsesGradient(double x) => SimpleGradient(x, 2.0).x * x;
            [Differentiable] public static double Throws(double x) => x > 0.0 ? Math.Sqrt(x) : throw new ArgumentOutOfRangeException(nameof(x), "negative");

            public static double Opaque(double x) { double r = 1.0; for (int i = 0; i < 3; i++) { r *= x; } return r; }
            [DerivativeOf(nameof(Opaque))] public static double OpaqueRule(double x, double value, double valueBar) => 3.0 * x * x * valueBar;
            [Differentiable] public static double UsesRule(double x) => Opaque(x) * x;

            [Root(nameof(Cubic))] public static double CubeRoot(double a) => Math.Cbrt(a);
            [Differentiable(DerivativeModes.None)] public static double Cubic(double x, double a) => (x * x * x) - a;
            [Root(nameof(Quintic))] public static double FifthRoot(double a) => Math.Pow(a, 0.2);
            private static double Quintic(double x, double a) => (x * x * x * x * x) - a;
            [Differentiable] public static double UsesFifthRoot(double x) => FifthRoot(x) * x;
            [Root(nameof(Line))] public static double NobodyUses(double a) => a;
            [Root(nameof(Line))] [Differentiable(DerivativeModes.None)] public static double Marked(double a) => a;
            private static double Line(double x, double a) => x - a;
        }
        """;

    private const string Consumer = """
        using Lib;

        public static partial class C
        {
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsSimple(double x, double y) => L.Simple(x, y) * x;
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsNoMembers(double x) => L.NoMembers(x) * x;
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsNested(double x, double y) => L.Nested(y, x) + y;
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsSeveral(double x, double y) { var (r, p) = L.Several(new Pair(x, y), y); return r * p.A + p.B; }
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsMember(double x, double y) => L.SimpleGradient(x, y).y * y;
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsUsesGradient(double x) => L.UsesGradient(x) * x;
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsThrows(double x, double y) => L.Throws(x * x) * y;
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsRule(double x) => L.UsesRule(x) + L.Opaque(x * x);
            [Differentiable(DerivativeModes.SecondOrder)] public static double CallsRoots(double x) => (L.CubeRoot(x * x + 1.0) * x) + L.UsesFifthRoot(2.0 + x) + L.Marked(x * x);
        }
        """;

    private static readonly Lazy<Assembly> Apart = new(() =>
    {
        byte[] image = Image(Library);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        context.LoadFromStream(new MemoryStream(image));
        return GeneratorHarness.Generate(Compiled.Files([Consumer], references: [MetadataReference.CreateFromImage(image)])).Load(context);
    });

    private static readonly Lazy<Assembly> Together = new(() => GeneratorHarness.Generate(Compiled.Files([Library, Consumer])).Load());

    public static TheoryData<string> Methods =>
        ["CallsSimple", "CallsNoMembers", "CallsNested", "CallsSeveral", "CallsMember", "CallsUsesGradient", "CallsThrows", "CallsRule", "CallsRoots"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Derivatives_are_those_of_one_assembly(string name)
    {
        DifferentiableMethod apart = Compiled.Method(Apart.Value, name);
        DifferentiableMethod together = Compiled.Method(Together.Value, name);
        var random = new Random(7);
        for (int i = 0; i < 5; i++)
        {
            double[] x = [.. apart.Active.Select(_ => (2.0 * random.NextDouble()) - 1.0)];
            double[] v = [.. apart.Active.Select(_ => random.NextDouble())];
            EngineMatrix.Check(apart, x, random).ShouldBeEmpty();
            apart.Value(x).ShouldBe(together.Value(x));
            apart.Gradient(x).ShouldBe(together.Gradient(x));
            apart.HessianVectorProduct(x, v).ShouldBe(together.HessianVectorProduct(x, v));
            apart.Hessian(x).ShouldBe(together.Hessian(x));
        }
    }

    [Fact]
    public async Task A_method_without_source_specification_or_rule_is_refused_with_the_signature_of_the_rule()
    {
        Diagnostic[] found = await Diagnose(
            "namespace Lib; public static class L { public static double G(double x, int n) => x * n; }",
            "public static partial class C { [Differentiable] public static double F(double x) => Lib.L.G(x, 2); }");
        found.Select(d => d.Id).ShouldBe(["DC3001"]);
        found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("double GVjp(double x, int n, double value, double valueBar)");
    }

    [Fact]
    public async Task A_rule_in_the_calling_type_serves_such_a_method() => (await Diagnose(
        "namespace Lib; public static class L { public static double G(double x, int n) => x * n; }",
        """
        public static partial class C
        {
            [DerivativeOf(nameof(Lib.L.G))] static double GVjp(double x, int n, double value, double valueBar) => n * valueBar;
            [Differentiable(DerivativeModes.SecondOrder)] public static double F(double x) => Lib.L.G(x, 2) * x;
        }
        """)).ShouldBeEmpty();

    [Fact]
    public async Task An_equation_of_a_library_must_be_known()
    {
        Diagnostic[] found = await Consume(Image(Library), "public static partial class C { [Differentiable] public static double F(double x) => Lib.L.NobodyUses(x); }");
        found.Select(d => d.Id).ShouldBe(["DC3019"]);
        found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("mark it [Differentiable(DerivativeModes.None)] there");
    }

    /// <summary>The body of a library's method is taken in, and with it calls of what only the library sees.</summary>
    [Theory]
    [InlineData("internal", "", true)]
    [InlineData("private", "", true)]
    [InlineData("public", "", false)]
    [InlineData("internal", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Consumer\")]", false)]
    [InlineData("private", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Consumer\")]", true)]
    public async Task What_only_the_library_sees_is_refused(string accessibility, string attribute, bool isRefused)
    {
        string library = $$"""
            {{attribute}}
            namespace Lib;
            public static partial class L
            {
                {{accessibility}} static double Opaque(double x) { for (int i = 0; i < 1; i++) { x *= x; } return x; }
                [DerivativeOf(nameof(Opaque))] private static double Rule(double x, double value, double valueBar) => 2.0 * x * valueBar;
                [Differentiable] public static double G(double x) => Opaque(x) + x;
            }
            """;
        const string consumer = "public static partial class C { [Differentiable(DerivativeModes.SecondOrder)] public static double F(double x) => Lib.L.G(x) * x; }";
        byte[] image = Image(library);
        (await Consume(image, consumer)).Select(d => d.Id).ShouldBe(isRefused ? ["DC3109"] : []);
        GeneratorHarness.Generate(Compiled.Files([consumer], references: [MetadataReference.CreateFromImage(image)])).Emit();
    }

    /// <summary>The attribute is there, but the library was built without the generator.</summary>
    [Fact]
    public async Task A_missing_specification_is_refused()
    {
        var library = Compiled.Files([Library.Replace("L.SimpleGradient", "Simple", StringComparison.Ordinal).Replace("SimpleGradient(x, 2.0).x", "x", StringComparison.Ordinal)], name: "Library");
        (await Consume(Emit(library), "public static partial class C { [Differentiable] public static double F(double x) => Lib.L.Simple(x, x); }"))
            .Select(d => d.Id).ShouldBe(["DC3003"]);
    }

    [Fact]
    public async Task A_specification_of_another_version_is_refused()
    {
        Diagnostic[] found = await WithSpecification(text => Regex.Replace(text, @", (\d+), """, ", 987, \""));
        found.Select(d => d.Id).ShouldBe(["DC3005"]);
        found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("987");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task A_truncated_specification_is_refused(double kept)
    {
        Diagnostic[] found = await WithSpecification(text => Regex.Replace(
            text, @", (\d+), ""(.*)""\)\]", m => $", {m.Groups[1].Value}, \"{Cut(m.Groups[2].Value, kept)}\")]"));
        found.Select(d => d.Id).ShouldBe(["DC3005"]);
    }

    [Fact]
    public async Task A_damaged_specification_is_refused_or_means_the_same()
    {
        var random = new Random(11);
        for (int i = 0; i < 12; i++)
        {
            double at = random.NextDouble();
            Diagnostic[] found = await WithSpecification(text => Regex.Replace(
                text, @", (\d+), ""(.*)""\)\]", m => $", {m.Groups[1].Value}, \"{Damage(m.Groups[2].Value, at)}\")]"));
            found.Select(d => d.Id).ShouldBe(["DC3005"], $"a damage at {at}");
        }
    }

    private static string Cut(string text, double kept)
    {
        string cut = text[..(int)(text.Length * kept)];
        return cut.EndsWith('\\') ? cut[..^1] : cut;
    }

    // A letter or digit is turned into another.
    private static string Damage(string text, double at)
    {
        int i = (int)(text.Length * at);
        while (!char.IsAsciiLetterOrDigit(text[i]) || (i > 0 && text[i - 1] == '\\'))
        {
            i = (i + 1) % text.Length;
        }

        return text[..i] + (text[i] == '7' ? '3' : '7') + text[(i + 1)..];
    }

    private static async Task<Diagnostic[]> WithSpecification(Func<string, string> change)
    {
        const string source = "namespace Lib; public static partial class L { [Differentiable(DerivativeModes.None)] public static double Simple(double x, double y) => x > 1.5 ? x * y : Math.Exp(x - 0.25 * y); }";
        var generated = GeneratorHarness.Generate(Compiled.Files([source], name: "Library"));
        string specification = generated.Files.Single(f => f.Key.Contains(".spec.", StringComparison.Ordinal)).Value;
        string changed = change(specification);
        changed.ShouldNotBe(specification);
        return await Consume(
            Emit(Compiled.Files([source, changed], name: "Library")),
            "public static partial class C { [Differentiable] public static double F(double x) => Lib.L.Simple(x, x); }");
    }

    private static byte[] Image(string source) => GeneratorHarness.Generate(Compiled.Files([source], name: "Library")).Emit().ToArray();

    private static byte[] Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        result.Success.ShouldBeTrue(string.Join("\n", result.Diagnostics));
        return stream.ToArray();
    }

    private static Task<Diagnostic[]> Diagnose(string library, string consumer) => Consume(Image(library), consumer);

    private static async Task<Diagnostic[]> Consume(byte[] image, string consumer) =>
        [.. await GeneratorHarness.AnalyzeAsync(Compiled.Files([consumer], references: [MetadataReference.CreateFromImage(image)]))];
}
