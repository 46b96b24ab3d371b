using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;
using DiffCompile.Generators.Tests.Parsing;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Passes;

/// <summary>What is provably linear in v, whatever x is; anything else may not be transposed.</summary>
public sealed class LinearityTests
{
    [Theory]
    [InlineData("v")]
    [InlineData("-v")]
    [InlineData("v * x")]
    [InlineData("x * v")]
    [InlineData("v / x")]
    [InlineData("v * 2.0 - x * v")]
    [InlineData("(double)(float)v")]
    [InlineData("Math.Sin(x) * v")]
    [InlineData("x > 0.0 ? v : 2.0 * v")]
    [InlineData("x > 0.0 ? v : 0.0")]
    [InlineData("x > 0.0 ? 0.0 : v")]
    [InlineData("v * (x > 0.0 ? 2.0 : x)")]
    [InlineData("v * Twice(x)")]
    [InlineData("DerivativeMath.Mul0(v, x, x)")]
    public void Linear(string text) => IsLinear(text).ShouldBeTrue();

    [Theory]
    [InlineData("x")]
    [InlineData("1.0")]
    [InlineData("v + 1.0")]
    [InlineData("1.0 + v")]
    [InlineData("v - x")]
    [InlineData("x - v")]
    [InlineData("v * v")]
    [InlineData("x / v")]
    [InlineData("v / v")]
    [InlineData("v * x / v")]
    [InlineData("1.0 / (1.0 + v)")]
    [InlineData("(v * v) / x")]
    [InlineData("Math.Sin(v)")]
    [InlineData("v * Math.Sin(v)")]
    [InlineData("Math.Sin(v) * v")]
    [InlineData("Math.Sin(v) * x")]
    [InlineData("-Math.Sin(v)")]
    [InlineData("v + Math.Sin(v)")]
    [InlineData("Math.Sin(v) + v")]
    [InlineData("x * (int)v")]
    [InlineData("v > 0.0 ? v : 2.0 * v")]
    [InlineData("v * (v > 0.0 ? 1.0 : 2.0)")]
    [InlineData("x > 0.0 ? v : 1.0")]
    [InlineData("x > 0.0 ? 1.0 : v")]
    [InlineData("x > 0.0 ? v : x")]
    [InlineData("x > 0.0 ? v * v : 0.0")]
    [InlineData("x > 0.0 ? 0.0 : v * v")]
    [InlineData("x > 0.0 ? x : 0.0")]
    [InlineData("v * Twice(v)")]
    [InlineData("Twice(v)")]
    [InlineData("DerivativeMath.Mul0(x, v, x)")]
    [InlineData("DerivativeMath.Mul0(v, x, v)")]
    [InlineData("DerivativeMath.Mul0(v, v, x)")]
    public void Not_linear(string text) => IsLinear(text).ShouldBeFalse();

    [Theory]
    [InlineData("(v, 2.0 * v)", true)]
    [InlineData("(v, 0.0)", true)]
    [InlineData("(v, x)", false)]
    [InlineData("(1.0, v)", false)]
    public void All_results_must_be(string text, bool expected) => IsLinear(text, "(double A, double B)").ShouldBe(expected);

    // Parsed, but not inlined: a call stays one.
    private static bool IsLinear(string text, string type = "double")
    {
        string source = $$"""
            public static partial class C
            {
                [Differentiable] public static {{type}} F(double x, double v) => {{text}};
                private static double Twice(double x) => x + x;
            }
            """;
        FunctionSpec spec = ParserHarness.Accepted(ParserHarness.Compile(source)).Spec!;
        return Linearity.IsLinear(spec.Body, [1]);
    }
}
