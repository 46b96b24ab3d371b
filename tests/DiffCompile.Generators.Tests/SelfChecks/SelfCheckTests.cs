using System.Globalization;
using System.Reflection;
using DiffCompile.TestKit;
using DiffCompile.Verification;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.SelfChecks;

/// <summary>Rules are compiled with their generated self-checks, which then are run.</summary>
public sealed class SelfCheckTests
{
    private const string Product = """
        [Differentiable] public static double F([Domain(0.2, 4.0)] double a, double b) => a * a * Math.Sin(b);
        """;

    [Fact]
    public void A_right_rule_passes_with_any_seed()
    {
        const string rule = """
            [DerivativeOf(nameof(F))] private static (double aBar, double bBar) Rule(double a, double b, double value, double valueBar)
                => (2.0 * valueBar * value / a, a * a * Math.Cos(b) * valueBar);
            """;

        foreach (int seed in new[] { 1, 2, -5 })
        {
            GradientCheckReport report = Run(Product + rule, "Rule", seed);
            report.ThrowIfInconsistent();
            report.Seed.ShouldBe(seed);
            report.Entries.Select(e => e.Kind).ShouldContain(GradientCheckKind.Vjp);
            report.Entries.Select(e => e.Point[0]).ShouldAllBe(a => a > 0.2 && a < 4.0);
            report.Entries.Select(e => e.Point[1]).ShouldAllBe(b => b > -1.5 && b < 1.5);
        }
    }

    [Theory]
    [InlineData("wrong sign", "(2.0 * valueBar * value / a, -a * a * Math.Cos(b) * valueBar)")]
    [InlineData("wrong scale", "(valueBar * value / a, a * a * Math.Cos(b) * valueBar)")]
    [InlineData("swapped", "(a * a * Math.Cos(b) * valueBar, 2.0 * valueBar * value / a)")]
    [InlineData("cotangent forgotten", "(2.0 * value / a, a * a * Math.Cos(b))")]
    [InlineData("input forgotten", "(2.0 * valueBar * value / a, 0.0)")]
    public void A_wrong_rule_is_caught(string fault, string body)
    {
        GradientCheckReport report = Run(
            Product + $"[DerivativeOf(nameof(F))] private static (double aBar, double bBar) Rule(double a, double b, double value, double valueBar) => {body};", "Rule");

        report.IsConsistent.ShouldBeFalse(fault);
        report.Failures.ShouldAllBe(f => f.Kind == GradientCheckKind.Vjp);
        report.ToString().ShouldStartWith("Rule: derivatives are NOT consistent");
    }

    [Fact]
    public void Both_directions_are_compared_with_each_other()
    {
        const string vjp = "[DerivativeOf(nameof(F))] private static (double aBar, double bBar) Vjp(double a, double b, double value, double valueBar) => (2.0 * valueBar * value / a, a * a * Math.Cos(b) * valueBar);";
        static string Jvp(string sign) =>
            $"[DerivativeOf(nameof(F), RuleKind.Jvp)] private static double Jvp(double a, double b, double aDot, double bDot) => (2.0 * a * Math.Sin(b) * aDot) {sign} (a * a * Math.Cos(b) * bDot);";

        GradientCheckReport right = Run(Product + vjp + Jvp("+"), "Jvp");
        right.ThrowIfInconsistent();
        right.Entries.Select(e => e.Kind).ShouldContain(GradientCheckKind.InnerProduct);

        GradientCheckReport wrong = Run(Product + vjp + Jvp("-"), "Vjp");
        wrong.Failures.Select(f => f.Kind).Distinct().ShouldBe([GradientCheckKind.InnerProduct, GradientCheckKind.Jvp], ignoreOrder: true);
    }

    private const string WeightedSum = "public static double F(double scale, ReadOnlySpan<double> x) { double s = 0.0; foreach (double e in x) { s += e * e * scale; } return s; }";

    [Fact]
    public void A_rule_that_adds_into_its_span_passes_and_one_that_overwrites_is_caught()
    {
        static string Rule(string assignment) => $$"""
            [DerivativeOf(nameof(F))]
            private static double Rule(double scale, ReadOnlySpan<double> x, double value, double valueBar, Span<double> xBar)
            {
                for (int i = 0; i < x.Length; i++) { xBar[i] {{assignment}} 2.0 * scale * x[i] * valueBar; }
                return valueBar * value / scale;
            }
            """;

        Run(WeightedSum + Rule("+="), "Rule").ThrowIfInconsistent();
        GradientCheckReport wrong = Run(WeightedSum + Rule("="), "Rule");
        wrong.Failures.Select(f => f.Kind).Distinct().ShouldBe([GradientCheckKind.Accumulation]);
        wrong.Failures.ShouldAllBe(f => f.Component.StartsWith("x["));
    }

    [Fact]
    public void Spans_in_the_forward_direction_and_without_scalar_inputs() => Run(
        """
        public static double F(ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> w) { double s = 0.0; for (int i = 0; i < x.Length; i++) { s += w[i] * Math.Exp(x[i]); } return s; }
        [DerivativeOf(nameof(F), RuleKind.Jvp)]
        private static double Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> xDot) { double s = 0.0; for (int i = 0; i < x.Length; i++) { s += w[i] * Math.Exp(x[i]) * xDot[i]; } return s; }
        [DerivativeOf(nameof(F))]
        private static void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> w, double value, double valueBar, Span<double> xBar) { for (int i = 0; i < x.Length; i++) { xBar[i] += w[i] * Math.Exp(x[i]) * valueBar; } }
        """,
        "Vjp").ThrowIfInconsistent();

    [Fact]
    public void Structs_tuples_enums_integers_and_excluded_parameters()
    {
        static string Source(string sign) => $$"""
            public static (double Sum, int Count, P Scaled) F(P p, (double, float Second) t, Mode mode, bool flag, int n, [NoGradient] double w)
            {
                double k = mode == Mode.Third ? n + 1 : 1.0;
                double s = (flag ? k : 2.0) * w;
                return ((p.A * t.Item1) + t.Second, n, new P(s * p.A, p.N, new Q(p.Inner.B * p.Inner.B)));
            }
            [DerivativeOf(nameof(F))]
            private static (P pBar, (double First, float) tBar) Rule(
                in P p, (double, float Second) t, Mode mode, bool flag, int n, double w, (double Sum, int Count, P Scaled) value, (double Sum, int Count, P Scaled) valueBar)
            {
                double k = mode == Mode.Third ? n + 1 : 1.0;
                double s = (flag ? k : 2.0) * w;
                return (
                    new P((t.Item1 * valueBar.Sum) {{sign}} (s * valueBar.Scaled.A), 0, new Q(2.0 * p.Inner.B * valueBar.Scaled.Inner.B)),
                    (p.A * valueBar.Sum, (float)valueBar.Sum));
            }
            """;

        GradientCheckReport right = Run(Source("+"), "Rule");
        right.ThrowIfInconsistent();
        right.Entries.Select(e => e.Point[5]).Distinct().ShouldBe([0.0, 1.0, 2.0], ignoreOrder: true, "members of the enum by number");
        right.Entries.Select(e => e.Point[6]).Distinct().ShouldBe([0.0, 1.0], ignoreOrder: true, "flag");
        Run(Source("-"), "Rule").IsConsistent.ShouldBeFalse();
    }

    [Fact]
    public void Methods_of_other_types_generic_containers_and_awkward_names()
    {
        Assembly assembly = Build(
            """
            public static class Library { public static double input(double @in) => Math.Exp(@in); }
            public static partial class Outer<T>
            {
                public partial struct Inner
                {
                    public static double value(double seed) => seed * seed;
                    [DerivativeOf(nameof(value))] private static double output(double seed, double value, double valueBar) => 2.0 * seed * valueBar;
                    [DerivativeOf(nameof(Library.input))] private static double @case(double x, double value, double valueBar) => value * valueBar;
                }
            }
            """);

        Type inner = assembly.GetType("Demo.Outer`1+Inner")!.MakeGenericType(typeof(int));
        Report(inner, "outputSelfCheck", 1).ThrowIfInconsistent();
        Report(inner, "caseSelfCheck", 1).ThrowIfInconsistent();
    }

    [Fact]
    public void Exceptions_of_the_method_must_be_those_of_the_rule()
    {
        const string source = """
            public static double F(double x) => x > 0.0 ? x * x : throw new ArgumentOutOfRangeException(nameof(x));
            """;

        Run(source + "[DerivativeOf(nameof(F))] private static double Rule(double x, double value, double valueBar) => 2.0 * x * valueBar;", "Rule").ThrowIfInconsistent();
        Run(source + "[DerivativeOf(nameof(F))] private static double Rule(double x, double value, double valueBar) => x < 1.0 ? 2.0 * x * valueBar : throw new InvalidOperationException();", "Rule")
            .Failures.Select(f => f.Kind).Distinct().ShouldContain(GradientCheckKind.ExceptionParity);
    }

    [Theory]
    [InlineData("MathF.Exp(x) * valueBar", true)]
    [InlineData("MathF.Exp(-x) * valueBar", false)]
    public void Single_precision(string body, bool isRight) => Run(
        $$"""
        public static float F(float x) => MathF.Exp(x);
        [DerivativeOf(nameof(F))] private static float Rule(float x, float value, float valueBar) => {{body}};
        """,
        "Rule").IsConsistent.ShouldBe(isRight);

    [Fact]
    public void Two_rules_for_overloads_of_one_method_each_check_their_own()
    {
        const string members = """
            public static double F(double x) => x * x;
            public static double F(double x, double y) => x * y;
            [DerivativeOf(nameof(F))] private static double Square(double x, double value, double valueBar) => 2.0 * x * valueBar;
            [DerivativeOf(nameof(F))] private static (double, double) Product(double x, double y, double value, double valueBar) => (y * valueBar, x * valueBar);
            """;

        Run(members, "Square").ThrowIfInconsistent();
        Run(members, "Product").ThrowIfInconsistent();
    }

    [Fact]
    public void The_text_does_not_depend_on_the_culture()
    {
        const string members = """
            public static double F([Domain(-0.25, 1e20)] double x) => x;
            [DerivativeOf(nameof(F))] private static double Rule(double x, double value, double valueBar) => valueBar;
            """;
        string expected = Text(members, "Rule");
        expected.ShouldContain("new(\"x\", -0.25, 1e20)");

        CultureInfo previous = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.GetCultureInfo("de-DE").Clone();
        foreign.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = foreign;
        try
        {
            Text(members, "Rule").ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }

    [Fact]
    public void The_text_of_a_self_check() => Snapshot.Match(Text(
        """
        public static double Density([Domain(0.0, double.PositiveInfinity)] double radius, ReadOnlySpan<double> weights, P profile, int order) => radius * weights[0] * profile.A;

        [DerivativeOf(nameof(Density))]
        private static (double radiusBar, P profileBar) DensityVjp(
            double radius, ReadOnlySpan<double> weights, P profile, int order, double value, double valueBar, Span<double> weightsBar)
        {
            weightsBar[0] += radius * profile.A * valueBar;
            return (weights[0] * profile.A * valueBar, new P(radius * weights[0] * valueBar, 0, default));
        }

        [DerivativeOf(nameof(Density), RuleKind.Jvp)]
        private static double DensityJvp(double radius, ReadOnlySpan<double> weights, P profile, int order, double radiusDot, ReadOnlySpan<double> weightsDot, P profileDot)
            => (radiusDot * weights[0] * profile.A) + (radius * weightsDot[0] * profile.A) + (radius * weights[0] * profileDot.A);
        """,
        "DensityVjp"));

    internal static string Source(string members) => $$"""
        using System;
        using DiffCompile;
        namespace Demo;
        public enum Mode { First = 1, Second = 7, Third = 9 }
        public readonly record struct Q(double B);
        public readonly record struct P(double A, int N, Q Inner);
        public static partial class Rules
        {
        {{members}}
        }
        """;

    private static string Text(string members, string rule)
    {
        GeneratedCompilation generated = GeneratorHarness.Generate(Source(members));
        generated.Load();
        return generated.Files.Single(f => f.Key.Contains(rule + "SelfCheck")).Value;
    }

    private static Assembly Build(string types) => GeneratorHarness.Generate("using System; using DiffCompile; namespace Demo;\n" + types).Load();

    private static GradientCheckReport Run(string members, string rule, int seed = 1) =>
        Report(GeneratorHarness.Generate(Source(members)).Load().GetType("Demo.Rules")!, rule + "SelfCheck", seed);

    private static GradientCheckReport Report(Type type, string name, int seed)
    {
        MethodInfo method = type.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        method.IsAssembly.ShouldBeTrue();
        return (GradientCheckReport)method.Invoke(null, [seed])!;
    }
}
