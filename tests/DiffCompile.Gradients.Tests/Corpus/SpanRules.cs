using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Spans, which are only handed on to methods with rules.</summary>
public static partial class SpanRules
{
    private static double Squares(ReadOnlySpan<double> x, double scale)
    {
        double sum = 0.0;
        foreach (double v in x)
        {
            sum += v * v;
        }

        return scale * sum;
    }

    [DerivativeOf(nameof(Squares))]
    private static double SquaresVjp(ReadOnlySpan<double> x, double scale, double value, double valueBar, Span<double> xBar)
    {
        for (int i = 0; i < x.Length; i++)
        {
            xBar[i] += 2.0 * scale * x[i] * valueBar;
        }

        return value / scale * valueBar;
    }

    [DerivativeOf(nameof(Squares), RuleKind.Jvp)]
    private static double SquaresJvp(ReadOnlySpan<double> x, double scale, ReadOnlySpan<double> xDot, double scaleDot)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (2.0 * scale * x[i] * xDot[i]) + (x[i] * x[i] * scaleDot);
        }

        return sum;
    }

    [Differentiable]
    public static double Twice(ReadOnlySpan<double> x, double k) => Squares(x, k) + (Squares(x, 2.0) * k);

    [Differentiable]
    public static double Two(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double k) => Squares(x, k) * Squares(y, 2.0);

    [Differentiable]
    public static (double Once, double Scaled) Both(ReadOnlySpan<double> x, double k) => (Squares(x, k), k * Squares(x, 2.0));

    // x = (1, 2): Σx² = 5; F = 5k + 10k, ∂F/∂x = (2k + 4k)·x.
    [Expect]
    public static bool GradientOverwrites()
    {
        double[] bar = [7.0, 7.0];
        return TwiceGradient([1.0, 2.0], 3.0, bar) == 15.0 && bar is [18.0, 36.0];
    }

    [Expect]
    public static bool PullbackAdds()
    {
        double[] bar = [7.0, 8.0];
        return TwiceVjp([1.0, 2.0], 3.0, 2.0, bar) == 30.0 && bar is [43.0, 80.0];
    }

    [Expect]
    public static bool Tangents() => TwiceJvp([1.0, 2.0], 3.0, [0.5, 0.25], 0.5) is (45.0, 25.5);

    [Expect]
    public static bool TwoSpans()
    {
        double[] x = new double[2], y = new double[1];
        return TwoGradient([1.0, 2.0], [3.0], 0.5, x, y) == 90.0 && x is [18.0, 36.0] && y is [30.0];
    }
}
