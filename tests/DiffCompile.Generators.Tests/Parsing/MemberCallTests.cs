using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Calls of generated members inside differentiable code.</summary>
public class MemberCallTests
{
    private const string Members = """
        [Differentiable] public static double G(double x, int n, P p) => x * p.A;
        [GeneratedDerivative("M:C.G(System.Double,System.Int32,P)", "Gradient")] public static (double x, P p) GGradient(double x, int n, P p) => throw null!;
        [GeneratedDerivative("M:C.G(System.Double,System.Int32,P)", "ValueAndGradient")] public static double GValueAndGradient(double x, int n, P p, out double xBar, out P pBar) => throw null!;
        [GeneratedDerivative("M:C.G(System.Double,System.Int32,P)", "Jvp")] public static (double, double) GJvp(double x, int n, P p, double xDot, P pDot) => throw null!;

        """;

    private const string Types = "public readonly record struct P(double A, double B);";

    [Fact]
    public void A_gradient_is_a_call_with_a_transform() => First("[Differentiable] public static double F(double x, P p) => GGradient(x, 2, p).p.B;").ShouldBe("""
        F(double x, double a, double b)
          %1, %2, %3 = call M:C.G(System.Double,System.Int32,P)'MemberGradient()(x, 2, a, b)
          return %3
        """);

    [Fact]
    public void Out_parameters_are_results() => First("[Differentiable] public static double F(double x, P p) => GValueAndGradient(x, 2, p, out _, out var g) * g.A;").ShouldBe("""
        F(double x, double a, double b)
          %1, %2, a#2, b#2 = call M:C.G(System.Double,System.Int32,P)'MemberValueAndGradient()(x, 2, a, b)
          %3 = mul %1 a#2
          return %3
        """);

    [Fact]
    public void Tangents_are_arguments() => First("[Differentiable] public static double F(double x, P p) => GJvp(x, 2, p, 1, p).Item2;").ShouldContain(
        "'MemberJvp()(x, 2, a, b, 1.0, a, b)");

    private static string First(string method)
    {
        var outcomes = ParserHarness.Parse(ParserHarness.Compile(Types + "public static partial class C {" + Members + method + "}"));
        var result = outcomes.Single(o => o.Result.Display == "C.F").Result;
        result.Diagnostics.ShouldBeEmpty();
        return ParserHarness.Print(result);
    }
}
