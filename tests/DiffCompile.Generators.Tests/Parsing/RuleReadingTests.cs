using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Custom rules: where they are found, what signature they have, whether their body can be inlined.</summary>
public class RuleReadingTests
{
    [Fact]
    public void A_rule_wins_over_source_and_its_readable_body_becomes_a_helper() =>
        ParserHarness.Ir("""
            private static double Slow(double x) { while (x > 1) { x /= 2; } return x; }
            [DerivativeOf(nameof(Slow))] private static double SlowVjp(double x, double value, double valueBar) => valueBar * Slow(x) / x;
            [Differentiable] public static double F(double x) => 2 * Slow(x);
            """).ShouldBe("""
            F(double x)
              %1 = extern global::C.Slow(x) with vjp global::C.SlowVjp = M:C.SlowVjp(System.Double,System.Double,System.Double)
              %2 = mul 2.0 %1
              return %2
            SlowVjp(double x, double value, double valueBar)
              %1 = extern global::C.Slow(x) with vjp global::C.SlowVjp = M:C.SlowVjp(System.Double,System.Double,System.Double)
              %2 = mul valueBar %1
              %3 = div %2 x
              return %3
            """);

    [Fact]
    public void An_opaque_rule_has_no_key_and_leaves_no_helper_behind() =>
        ParserHarness.Ir("""
            private static double Slow(double x) => x;
            private static double Other(double x) => Slow(x);
            [DerivativeOf(nameof(Slow), RuleKind.Jvp)] private static double SlowJvp(double x, double xDot) => Other(xDot);
            [DerivativeOf(nameof(Slow))] private static double SlowVjp(double x, double value, double valueBar) { var a = Other(x); try { return valueBar * a; } finally { } }
            [Differentiable] public static double F(double x) => Slow(x);
            """).ShouldBe("""
            F(double x)
              %1 = extern global::C.Slow(x) with jvp global::C.SlowJvp = M:C.SlowJvp(System.Double,System.Double), vjp global::C.SlowVjp
              return %1
            Other(double x)
              %1 = extern global::C.Slow(x) with jvp global::C.SlowJvp = M:C.SlowJvp(System.Double,System.Double), vjp global::C.SlowVjp
              return %1
            SlowJvp(double x, double xDot)
              %1 = call M:C.Other(System.Double)(xDot)
              return %1
            """);

    [Fact]
    public void A_solver_is_what_its_equation_says_with_parameters_by_name() =>
        ParserHarness.Ir("""
            [Root(nameof(R))] private static double S(P p, [NoGradient] double tolerance, double b) { for (;;) { b += tolerance; } }
            private static double R(double x, double b, P p) => x * p.A - b * p.B;
            [Differentiable] public static double F(double x) => S(new P(x, 2), 0, x);
            public readonly record struct P(double A, double B);
            """).ShouldBe("""
            F(double x)
              %1 = extern global::C.S(x, 2.0, 0.0, x) root of M:C.R(System.Double,System.Double,C.P)(result, #3, #0, #1)
              return %1
            R(double x, double b, double a, double b#2)
              %1 = mul x a
              %2 = mul b b#2
              %3 = sub %1 %2
              return %3
            """);

    [Fact]
    public void A_rule_in_the_callers_type_serves_a_method_of_another_assembly() =>
        ParserHarness.Ir("""
            [DerivativeOf(nameof(MathNet.Numerics.SpecialFunctions.BesselI0))] private static double I0Vjp(double x, double value, double valueBar) => valueBar * MathNet.Numerics.SpecialFunctions.BesselI1(x);
            [DerivativeOf(nameof(MathNet.Numerics.SpecialFunctions.BesselI1))] private static double I1Vjp(double x, double value, double valueBar) => valueBar * (MathNet.Numerics.SpecialFunctions.BesselI0(x) - value / x);
            [Differentiable] public static double F(double x) => MathNet.Numerics.SpecialFunctions.BesselI0(x);
            """).ShouldStartWith("F(double x)\n  %1 = extern global::MathNet.Numerics.SpecialFunctions.BesselI0(x) with vjp global::C.I0Vjp = M:C.I0Vjp");

    [Fact]
    public void A_differentiable_method_with_a_rule_is_what_its_rule_says() =>
        ParserHarness.Ir("""
            [Differentiable] public static double F(double x, Span<double> s, [NoGradient] double w) { for (;;) { x += s[0]; } }
            [DerivativeOf(nameof(F), RuleKind.Vjp)] private static double Pullback(double x, Span<double> s, double w, double value, double valueBar, Span<double> sBar) { sBar[0] += valueBar; return valueBar; }
            """).ShouldBe("""
            F(double x, double[] s, double w)
              %1 = extern global::C.F(x, s, w) with vjp global::C.Pullback = M:C.Pullback(System.Double,System.Span{System.Double},System.Double,System.Double,System.Double,System.Span{System.Double})
              return %1
            Pullback(double x, double[] s, double w, double value, double valueBar, double[] sBar)
              %1 = load sBar 0
              %2 = add %1 valueBar
              store sBar 0 %2
              return valueBar
            """);

    [Fact]
    public void Spans_are_handed_on_whole_also_as_read_only() =>
        ParserHarness.Ir("""
            private static (double, P) Sum(ReadOnlySpan<double> s, P p) => (s[0], p);
            [DerivativeOf(nameof(Sum))] private static P SumVjp(ReadOnlySpan<double> s, P p, (double, P) value, (double, P) valueBar, Span<double> sBar) => p;
            [DerivativeOf(nameof(Sum), RuleKind.Jvp)] private static (double, P) SumJvp(ReadOnlySpan<double> s, P p, ReadOnlySpan<double> sDot, P pDot) => (sDot[0], pDot);
            [Differentiable] public static double F(Span<double> s, ReadOnlySpan<double> t, P p) => Sum(s, p).Item1 + Sum(t, p).Item2.A;
            """, "public readonly record struct P(double A, int N);").ShouldStartWith("""
            F(double[] s, readonly double[] t, double a, int n)
              %1, %2, %3 = extern global::C.Sum(s, a, n) with vjp global::C.SumVjp
            """);

    [Fact]
    public void The_overload_that_a_rule_starts_with_is_its_method()
    {
        string ir = ParserHarness.Ir("""
            private static double G(double x) => x;
            private static double G(double x, double y) => x * y;
            [DerivativeOf(nameof(G))] private static (double, double) GVjp(double x, double y, double value, double valueBar) => (y * valueBar, x * valueBar);
            [Differentiable] public static double F(double x) => G(x) + G(x, x);
            """);
        ir.ShouldContain("call M:C.G(System.Double)(x)");
        ir.ShouldContain("extern global::C.G(x, x) with vjp");
    }

    [Fact]
    public void A_rule_can_have_a_rule()
    {
        ParseResult result = ParserHarness.Accepted(ParserHarness.Compile("""
            public static partial class C
            {
                [Differentiable] public static double F(double x) { for (;;) { } }
                [DerivativeOf(nameof(F))] private static double R(double x, double value, double valueBar) { for (;;) { } }
                [DerivativeOf(nameof(R))] private static (double, double, double) S(double x, double value, double valueBar, double r, double rBar) { for (;;) { } }
            }
            """));
        ExternalMethod method = ((ExternalCallEquation)result.Spec!.Body.Body.Body[0]).Method;
        method.Rules.Single().Method.FullName.ShouldBe("global::C.R");
        method.Rules.Single().Method.Rules.Single().Method.FullName.ShouldBe("global::C.S");
    }
}
