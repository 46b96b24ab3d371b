using DiffCompile.Gradients.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.CustomRules;

/// <summary>What can be derived from a custom rule, and what is refused.</summary>
public sealed class RuleDirectionTests
{
    private const string Loop = "double r = x; for (int i = 0; i < 2; i++) { r *= x; } return r;";

    [Fact]
    public async Task A_pullback_that_is_not_linear_has_no_transpose() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G))] static double GRule(double x, double value, double valueBar) => x * valueBar * valueBar;
        [Differentiable(DerivativeModes.Jvp)] public static double F(double x) => G(x);
        """)).ShouldBe(["DC3105"]);

    [Fact]
    public async Task A_pullback_that_is_only_affine_has_no_transpose() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G))] static double GRule(double x, double value, double valueBar) => x * valueBar + 1.0;
        [Differentiable(DerivativeModes.Jvp)] public static double F(double x) => G(x);
        """)).ShouldBe(["DC3105"]);

    [Fact]
    public async Task A_tangent_rule_that_branches_on_the_tangent_has_no_transpose() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G), RuleKind.Jvp)] static double GRule(double x, double xDot) => xDot > 0.0 ? xDot : 2.0 * xDot;
        [Differentiable(DerivativeModes.Vjp)] public static double F(double x) => G(x);
        """)).ShouldBe(["DC3105"]);

    [Fact]
    public async Task An_opaque_pullback_has_no_transpose() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G))] static double GRule(double x, double value, double valueBar) { for (int i = 0; i < 2; i++) { valueBar *= x; } return 3.0 * valueBar; }
        [Differentiable(DerivativeModes.Jvp)] public static double F(double x) => G(x);
        """)).ShouldBe(["DC3105"]);

    [Fact]
    public async Task An_opaque_pullback_serves_the_first_order() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G))] static double GRule(double x, double value, double valueBar) { for (int i = 0; i < 2; i++) { valueBar *= x; } return 3.0 * valueBar; }
        [Differentiable(DerivativeModes.Gradient | DerivativeModes.Vjp)] public static double F(double x) => G(x);
        """)).ShouldBeEmpty();

    [Fact]
    public async Task An_opaque_pullback_has_no_second_order() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G), RuleKind.Jvp)] static double GTangent(double x, double xDot) => 3.0 * x * x * xDot;
        [DerivativeOf(nameof(G))] static double GRule(double x, double value, double valueBar) { try { return 3.0 * x * x * valueBar; } finally { } }
        [Differentiable(DerivativeModes.Gradient | DerivativeModes.HessianVectorProduct)] public static double F(double x) => G(x);
        """)).ShouldBe(["DC3107"]);

    [Fact]
    public async Task An_equation_that_calls_its_solver_is_refused() => (await Diagnostics("""
        [Root(nameof(Residual))] static double G(double a) => a;
        static double Residual(double x, double a) => x - Other(a);
        static double Other(double a) => G(a);
        [Differentiable] public static double F(double x) => G(x) * x;
        """)).ShouldBe(["DC3117"]);

    [Fact]
    public async Task An_equation_that_cannot_be_read_is_refused_where_its_solver_is_called() => (await Diagnostics("""
        [Root(nameof(Residual))] static double G(double a) => a;
        static double Residual(double x, double a) { lock (typeof(string)) { return x - a; } }
        [Differentiable] public static double F(double x) => G(x) * x;
        """)).ShouldBe(["DC3019"]);

    [Theory]
    [InlineData("double GRule(double x, double valueBar) => valueBar", "DC3013")]
    [InlineData("double GRule(double x, float value, double valueBar) => valueBar", "DC3014")]
    [InlineData("float GRule(double x, double value, double valueBar) => 1f", "DC3015")]
    [InlineData("(double, double) GRule(double x, double value, double valueBar) => (valueBar, valueBar)", "DC3015")]
    [InlineData("double GRule(double x, double value, ref double valueBar) => valueBar", "DC3016")]
    [InlineData("double GRule<T>(double x, double value, double valueBar) => valueBar", "DC3012")]
    public async Task A_rule_of_the_wrong_shape_is_refused_at_the_rule_and_at_the_call(string rule, string id)
    {
        string[] found = await Diagnostics($$"""
            static double G(double x) { {{Loop}} }
            [DerivativeOf(nameof(G))] static {{rule}};
            [Differentiable] public static double F(double x) => G(x);
            """);
        found.ShouldContain("DC3019");
        found.Concat(await Diagnostics($$"""
            static double G(double x) { {{Loop}} }
            [DerivativeOf(nameof(G))] static {{rule}};
            """)).ShouldContain(id);
    }

    [Fact]
    public async Task Two_rules_of_one_direction_are_refused() => (await Diagnostics($$"""
        static double G(double x) { {{Loop}} }
        [DerivativeOf(nameof(G))] static double A(double x, double value, double valueBar) => 3.0 * x * x * valueBar;
        [DerivativeOf(nameof(G))] static double B(double x, double value, double valueBar) => 3.0 * x * x * valueBar;
        [Differentiable] public static double F(double x) => G(x);
        """)).ShouldContain("DC3019");

    /// <summary>A rule in the calling type for a method of the base library that has no row.</summary>
    [Fact]
    public void A_rule_for_a_foreign_method()
    {
        var assembly = Compiled.Load("""
            [DerivativeOf(nameof(Math.ReciprocalEstimate))] static double Rule(double d, double value, double valueBar) => -valueBar / (d * d);
            [Differentiable] public static double F(double x) => Foreign.Twice(x) * x;
            [DerivativeOf(nameof(Foreign.Twice))] static double Other(double x, double value, double valueBar) => 2.0 * valueBar;
            """, "public static class Foreign { public static double Twice(double x) { double r = 0.0; for (int i = 0; i < 2; i++) { r += x; } return r; } }");
        Compiled.Method(assembly, "F").Gradient([1.5]).ShouldBe([6.0]);
    }

    private static Task<string[]> Diagnostics(string members) => Compiled.DiagnosticsAsync(Compiled.Source(members));
}
