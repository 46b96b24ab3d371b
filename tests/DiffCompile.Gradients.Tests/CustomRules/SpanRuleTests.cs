using DiffCompile.Gradients.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.CustomRules;

/// <summary>Functions of spans, which only a custom rule can differentiate.</summary>
public static partial class Spans
{
    public static double SumOfSquares(ReadOnlySpan<double> x, double scale)
    {
        double sum = 0.0;
        foreach (double v in x)
        {
            sum += v * v;
        }

        return scale * sum;
    }

    [DerivativeOf(nameof(SumOfSquares))]
    public static double SumOfSquaresRule(ReadOnlySpan<double> x, double scale, double value, double valueBar, Span<double> xBar)
    {
        for (int i = 0; i < x.Length; i++)
        {
            xBar[i] += 2.0 * scale * x[i] * valueBar;
        }

        return value / scale * valueBar;
    }

    [DerivativeOf(nameof(SumOfSquares), RuleKind.Jvp)]
    public static double SumOfSquaresTangent(ReadOnlySpan<double> x, double scale, ReadOnlySpan<double> xDot, double scaleDot)
    {
        double sum = 0.0;
        double square = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += 2.0 * scale * x[i] * xDot[i];
            square += x[i] * x[i];
        }

        return sum + (square * scaleDot);
    }

    [Differentiable]
    public static double Energy(ReadOnlySpan<double> x, double k) => Math.Exp(SumOfSquares(x, k) * 0.1) * k;

    /// <summary>The span is used twice, so both calls add to one cotangent.</summary>
    [Differentiable]
    public static double Twice(ReadOnlySpan<double> x, double k) => SumOfSquares(x, k) + SumOfSquares(x, 2.0) * k;

    [Differentiable]
    public static double InBranch(ReadOnlySpan<double> x, double k)
    {
        if (k > 0.0)
        {
            return SumOfSquares(x, k);
        }

        return k * 3.0;
    }

    [Differentiable]
    public static double TwoSpans(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double k) => SumOfSquares(x, k) * SumOfSquares(y, 1.0);
}

public sealed class SpanRuleTests
{
    private static readonly double[] X = [0.5, -1.5, 2.0];

    [Fact]
    public void Value_and_gradient()
    {
        double[] bar = [7.0, 7.0, 7.0];
        (double value, double k) = Spans.EnergyValueAndGradient(X, 0.3, bar);
        double e = Math.Exp(6.5 * 0.3 * 0.1);
        value.ShouldBe(Spans.Energy(X, 0.3));
        k.ShouldBe(e + (0.3 * e * 0.65), 1e-14);
        for (int i = 0; i < X.Length; i++)
        {
            bar[i].ShouldBe(0.3 * e * 0.1 * 2.0 * 0.3 * X[i], 1e-14);
        }
    }

    [Fact]
    public void Gradient_overwrites_and_pullback_adds()
    {
        double[] gradient = [7.0, 7.0, 7.0];
        Spans.TwiceGradient(X, 0.3, gradient).ShouldBe(6.5 + 13.0, 1e-14);
        gradient.ShouldBe(X.Select(v => (2.0 * 0.3 * v) + (4.0 * 0.3 * v)).ToArray(), 1e-14);

        double[] sum = [7.0, 8.0, 9.0];
        Spans.TwiceVjp(X, 0.3, -2.0, sum).ShouldBe(-2.0 * 19.5, 1e-14);
        sum.ShouldBe(gradient.Select((g, i) => 7.0 + i - (2.0 * g)).ToArray(), 1e-14);
    }

    [Fact]
    public void Tangents()
    {
        double[] dot = [0.25, 0.5, -1.0];
        double[] gradient = new double[3];
        double k = Spans.EnergyGradient(X, 0.3, gradient);
        (double value, double tangent) = Spans.EnergyJvp(X, 0.3, dot, 0.7);
        value.ShouldBe(Spans.Energy(X, 0.3));
        tangent.ShouldBe(gradient.Zip(dot, (g, d) => g * d).Sum() + (k * 0.7), 1e-14);
    }

    [Fact]
    public void The_side_that_is_not_taken_leaves_the_cotangent_alone()
    {
        double[] gradient = [7.0, 7.0, 7.0];
        Spans.InBranchGradient(X, -1.0, gradient).ShouldBe(3.0);
        gradient.ShouldBe([0.0, 0.0, 0.0]);
        Spans.InBranchGradient(X, 2.0, gradient).ShouldBe(6.5, 1e-14);
        gradient.ShouldBe(X.Select(v => 4.0 * v).ToArray(), 1e-14);
    }

    [Fact]
    public void Two_spans_have_two_cotangents()
    {
        double[] y = [1.0, 3.0];
        double[] xBar = new double[3], yBar = new double[2];
        Spans.TwoSpansGradient(X, y, 0.5, xBar, yBar).ShouldBe(65.0, 1e-13);
        xBar.ShouldBe(X.Select(v => v * 10.0).ToArray(), 1e-14);
        yBar.ShouldBe(y.Select(v => 2.0 * v * 3.25).ToArray(), 1e-14);
    }

    [Fact]
    public async Task A_span_that_is_excluded_but_handed_to_an_active_parameter_is_refused()
    {
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source("""
            public static double G(ReadOnlySpan<double> x, double k) { double s = 0.0; foreach (double v in x) { s += v * v; } return s * k; }
            [DerivativeOf(nameof(G))] public static double GRule(ReadOnlySpan<double> x, double k, double value, double valueBar, Span<double> xBar) { for (int i = 0; i < x.Length; i++) { xBar[i] += 2.0 * k * x[i] * valueBar; } return value / k * valueBar; }
            [Differentiable(DerivativeModes.Gradient)] public static double F([NoGradient] ReadOnlySpan<double> x, double k) => G(x, k);
            """));
        found.ShouldBe(["DC3110"]);
    }

    [Fact]
    public async Task The_same_in_forward_mode()
    {
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source("""
            public static double G(ReadOnlySpan<double> x, double k) { double s = 0.0; foreach (double v in x) { s += v * v; } return s * k; }
            [DerivativeOf(nameof(G), RuleKind.Jvp)] public static double GRule(ReadOnlySpan<double> x, double k, ReadOnlySpan<double> xDot, double kDot) { double s = 0.0; for (int i = 0; i < x.Length; i++) { s += 2.0 * k * x[i] * xDot[i] + x[i] * x[i] * kDot; } return s; }
            [Differentiable(DerivativeModes.Jvp)] public static double F([NoGradient] ReadOnlySpan<double> x, double k) => G(x, k);
            """));
        found.ShouldBe(["DC3110"]);
    }

    [Fact]
    public async Task An_array_made_in_the_method_cannot_be_handed_to_a_rule_as_an_array()
    {
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source("""
            public static double G(double[] x) => x[0];
            [DerivativeOf(nameof(G))] public static void GRule(double[] x, double value, double valueBar, Span<double> xBar) => xBar[0] += valueBar;
            [Differentiable(DerivativeModes.Gradient)] public static double F(double k) { double[] x = [k]; return G(x); }
            """));
        found.ShouldBe(["DC3121", "DC3115"]);
    }

    [Fact]
    public async Task Nor_can_an_array_that_changes_after_the_call()
    {
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source("""
            public static double G(double[] x) => x[0] * x[0];
            [DerivativeOf(nameof(G))] public static void GRule(double[] x, double value, double valueBar, Span<double> xBar) => xBar[0] += 2.0 * x[0] * valueBar;
            [Differentiable(DerivativeModes.Gradient)] public static double F(double[] x) { double g = G(x); x[0] = 1.0; return g; }
            """));
        found.ShouldBe(["DC3121", "DC3115"]);
    }

    [Fact]
    public async Task What_a_rule_writes_is_nothing_that_it_reads()
    {
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source("""
            public static void G(ReadOnlySpan<double> x, Span<double> y) => y[0] = x[0];
            [DerivativeOf(nameof(G))] public static void GRule(ReadOnlySpan<double> x, Span<double> y, Span<double> xBar, Span<double> yBar) { xBar[0] += yBar[0]; yBar[0] = 0.0; }
            [Differentiable(DerivativeModes.Gradient)] public static double F(double k) { Span<double> x = [k, k]; G(x, x[1..]); return x[1]; }
            """));
        found.ShouldBe(["DC3121", "DC3116"]);
    }

    [Theory]
    [InlineData("factors[0] * x[0]", "DC3118")]
    [InlineData("Linear.CholeskyLogDeterminant(factors, 2) * x[0]", "DC3118")]
    [InlineData("Linear.CholeskyLogDeterminant(x, 1) * pivots[0]", "")]
    [InlineData("Differentiation.StopGradient(factors[0]) * x[0]", "")]
    public async Task What_is_written_without_a_derivative_is_not_read(string result, string id)
    {
        string[] found = await Compiled.DiagnosticsAsync(Compiled.Source($$"""
            [Differentiable(DerivativeModes.Gradient)]
            public static double F(double k)
            {
                double[] a = [k, 1.0, 2.0, 3.0], b = [k, 1.0], x = new double[2], factors = new double[4];
                int[] pivots = new int[2];
                DiffCompile.Mathematics.Linear.Solve(a, b, x, factors, pivots);
                return {{result.Replace("Linear.", "DiffCompile.Mathematics.Linear.")}};
            }
            """));
        found.ShouldBe(id.Length == 0 ? [] : [id]);
    }

    [Fact]
    public void Buffers_of_a_call_that_writes_one_must_not_overlap()
    {
        double[] x = [1.0, 2.0, 3.0], bar = new double[3], other = new double[2];
        Should.Throw<ArgumentException>(() => Corpus.RuleMemory.MapIntoVjp(x.AsSpan(0, 2), 0.5, x.AsSpan(1), bar.AsSpan(0, 2), other)).ParamName.ShouldBe("y");
        Should.Throw<ArgumentException>(() => Corpus.RuleMemory.MapIntoVjp(x.AsSpan(0, 2), 0.5, other, bar.AsSpan(0, 2), bar.AsSpan(1))).ParamName.ShouldBe("xBar");
    }
}
