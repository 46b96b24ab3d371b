using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Names that meet: overloads, existing members, private exceptions, constants in messages.</summary>
public sealed class NamingTests
{
    [Fact]
    public void Overloads_with_names_of_their_own()
    {
        var assembly = Compiled.Load("""
            [Differentiable(Name = "Two")] public static double F(double x, double y) => x * y;
            [Differentiable(Name = "One")] public static double F(double x) => x * x * x;
            [Differentiable] public static double G(double x) => F(x) + F(x, x) + OneGradient(x);
            """);
        Compiled.Call(assembly, "OneGradient", 2.0).ShouldBe(12.0);
        Compiled.Call(assembly, "GGradient", 2.0).ShouldBe(12.0 + 4.0 + 12.0);
    }

    [Theory]
    [InlineData("[Differentiable] public static double F(double x) => x; public static double FGradient = 1.0;", "DC1034")]
    [InlineData("[Differentiable] public static double F(double x) => x; public static void FJvp(int n) { }", "DC1034")]
    [InlineData("[Differentiable] public static double F(double x) => x * x; [Differentiable] public static double F(double x, double y) => x * y;", "DC1035")]
    [InlineData("[Differentiable(Name = \"G\")] public static double F(double x) => x * x; [Differentiable] public static double G(double x, double y) => x * y;", "DC1035")]
    public async Task Clashes_are_refused(string members, string id)
    {
        var compilation = Compiled.Source(members);
        (await Compiled.DiagnosticsAsync(compilation)).ShouldContain(id);
    }

    /// <summary>F's gradient would be called FGradientGradient, like that of FGradient, which is somebody's method.</summary>
    [Fact]
    public async Task Two_methods_whose_members_would_be_called_the_same_are_refused()
    {
        var compilation = Compiled.Source("""
            [Differentiable] public static double F(double x) => x * x;
            [Differentiable(DerivativeModes.Jvp)] public static double FValueAnd(double x) => x * x * x;
            [Differentiable(DerivativeModes.Gradient, Name = "FValueAnd")] public static double H(double x, double y) => x * y;
            """);
        string[] found = await Compiled.DiagnosticsAsync(compilation);
        found.ShouldNotBeEmpty();
    }

    [Fact]
    public void Private_things_of_the_author_are_reached()
    {
        var assembly = Compiled.Load("""
            private sealed class Own(string message) : Exception(message);
            private const string Text = "no \"good\" {0}\n\\";
            private enum Mode { A, B }
            private readonly record struct Pair(double A, Mode M);
            [Differentiable(DerivativeModes.SecondOrder)]
            private static double F(Pair p, double x) => p.M == Mode.A ? p.A * x : x > 0.0 ? x * x : throw new Own(Text);
            [Differentiable(DerivativeModes.SecondOrder)]
            public static double G(double x, [NoGradient] bool a) => F(new Pair(x, a ? Mode.A : Mode.B), x);
            """);
        Compiled.Call(assembly, "GGradient", 3.0, true).ShouldBe(6.0);
        Compiled.Call(assembly, "GGradient", 3.0, false).ShouldBe(6.0);
        Compiled.Thrown(() => Compiled.Call(assembly, "GGradient", -3.0, false))!.Message.ShouldBe("no \"good\" {0}\n\\");
    }

    [Fact]
    public void Ref_structs_and_top_level_types_hold_members()
    {
        const string source = """
            public ref partial struct R { [Differentiable] public static double F(double x) => x * x; public static double Use() => FGradient(3.0); }
            internal unsafe partial class U { [Differentiable] internal static double F(double x) => x * x; public static double Use() => FGradient(3.0); }
            [Obsolete("old")] public static partial class Old { [Differentiable] public static double F(double x) => x * x; public static double Use() => FGradient(3.0); }
            """;
        var compilation = Compiled.Files([source]);
        var assembly = GeneratorHarness.Generate(compilation.WithOptions(compilation.Options.WithAllowUnsafe(true))).Load();
        foreach (string type in new[] { "R", "U", "Old" })
        {
            assembly.GetType(type)!.GetMethod("Use")!.CreateDelegate<Func<double>>()().ShouldBe(6.0);
        }
    }

    /// <summary>A rule that is private to its type cannot be called by generated code elsewhere.</summary>
    [Fact]
    public async Task A_private_rule_met_from_another_type_is_refused()
    {
        var compilation = Compiled.Source(
            "[Differentiable] public static double F(double x) => Other.G(x) * x;",
            """
            public static partial class Other
            {
                [Differentiable] public static double G(double x) => Opaque(x) + x;
                private static double Opaque(double x) { for (int i = 0; i < 1; i++) { x *= x; } return x; }
                [DerivativeOf(nameof(Opaque))] private static double Rule(double x, double value, double valueBar) => 2.0 * x * valueBar;
            }
            """);
        (await Compiled.DiagnosticsAsync(compilation)).ShouldBe(["DC3109"]);
        Errors(GeneratorHarness.Generate(compilation).Compilation).ShouldBeEmpty();
    }

    /// <summary>A nested type sees the private members of the types around it.</summary>
    [Fact]
    public void A_private_rule_met_from_inside_its_type_is_used()
    {
        var assembly = Compiled.Load("""
            [Differentiable] public static double G(double x) => Opaque(x) + x;
            private static double Opaque(double x) { for (int i = 0; i < 1; i++) { x *= x; } return x; }
            [DerivativeOf(nameof(Opaque))] private static double Rule(double x, double value, double valueBar) => 2.0 * x * valueBar;
            private static partial class Inside { [Differentiable] internal static double F(double x) => G(x) * x; internal static double Use() => FGradient(2.0); }
            public static double Use() => Inside.Use();
            """);
        Compiled.Call(assembly, "Use").ShouldBe(12.0 + 4.0);
    }

    [Fact]
    public async Task A_private_exception_met_from_another_type_is_refused()
    {
        var compilation = Compiled.Source(
            "[Differentiable] public static double F(double x) => Other.G(x) * x;",
            """
            public static partial class Other
            {
                private sealed class Own(string message) : Exception(message);
                [Differentiable] public static double G(double x) => x > 0.0 ? x * x : throw new Own("negative");
            }
            """);
        (await Compiled.DiagnosticsAsync(compilation)).ShouldBe(["DC3109"]);
        Errors(GeneratorHarness.Generate(compilation).Compilation).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Integer_arithmetic_keeps_the_semantics_of_the_project(bool checkOverflow)
    {
        var assembly = Compiled.Load("""
            [Differentiable(DerivativeModes.SecondOrder)] public static double F(double x, [NoGradient] int n) => x * x * (n * 2);
            [Differentiable(DerivativeModes.SecondOrder)] public static double U(double x, [NoGradient] int n) => x * unchecked(n * 2);
            [Differentiable(DerivativeModes.SecondOrder)] public static double K(double x, [NoGradient] int n) => x * checked(n * 2);
            """, checkOverflow: checkOverflow);
        foreach ((string name, bool throws) in new[] { ("F", checkOverflow), ("U", false), ("K", true) })
        {
            (Compiled.Thrown(() => Compiled.Call(assembly, name, 1.5, int.MaxValue)) is OverflowException).ShouldBe(throws);
            (Compiled.Thrown(() => Compiled.Call(assembly, name + "Gradient", 1.5, int.MaxValue)) is OverflowException).ShouldBe(throws);
            (Compiled.Thrown(() => Compiled.Call(assembly, name + "HessianVectorProduct", 1.5, int.MaxValue, 1.0)) is OverflowException).ShouldBe(throws);
        }

        Compiled.Call(assembly, "UGradient", 1.5, int.MaxValue).ShouldBe(-2.0);
    }

    private static IEnumerable<string> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString());
}
