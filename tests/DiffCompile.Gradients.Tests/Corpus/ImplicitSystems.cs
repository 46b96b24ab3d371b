using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Methods that solve systems of equations, whose derivative is that of the implicit functions.</summary>
public static partial class ImplicitSystems
{
    // x² + y = a, x + e^y = b, by Newton's method.
    [Root(nameof(Pair))]
    private static void SolvePair(double a, double b, Span<double> x)
    {
        x[0] = 0.5;
        x[1] = 0.5;
        for (int i = 0; i < 50; i++)
        {
            double r = (x[0] * x[0]) + x[1] - a, s = x[0] + Math.Exp(x[1]) - b;
            double p = 2.0 * x[0], q = Math.Exp(x[1]), determinant = (p * q) - 1.0;
            x[0] -= ((q * r) - s) / determinant;
            x[1] -= ((p * s) - r) / determinant;
        }
    }

    private static void Pair(ReadOnlySpan<double> x, double a, double b, Span<double> residual)
    {
        residual[0] = (x[0] * x[0]) + x[1] - a;
        residual[1] = x[0] + Math.Exp(x[1]) - b;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesPair([Domain(2.5, 3.5)] double a, [Domain(3.0, 4.0)] double b)
    {
        double[] x = new double[2];
        SolvePair(a * b * 0.3, b, x);
        return (x[0] * a) + Math.Sin(x[1]);
    }

    // dx/da = e^y/(2x e^y − 1), dy/da = −1/(2x e^y − 1).
    [Differentiable(DerivativeModes.Default)]
    [OnlyExpected]
    public static void PairItself(double a, double b, Span<double> x) => SolvePair(a, b, x);

    [Expect]
    public static bool APairHasItsDerivatives()
    {
        double[] x = new double[2], dot = new double[2], bar = [2.0, 3.0];
        PairItselfJvp(3.0, 3.5, x, 1.0, 0.0, dot);
        double q = Math.Exp(x[1]), determinant = (2.0 * x[0] * q) - 1.0;
        (double a, _) = PairItselfVjp(3.0, 3.5, x, bar);
        return Near(dot[0], q / determinant) && Near(dot[1], -1.0 / determinant) && Near(a, ((2.0 * q) - 3.0) / determinant) && bar is [0.0, 0.0];
    }

    // x = M x + b with a small M, by iteration: dx/db = (1 − M)⁻¹.
    [FixedPoint(nameof(Step))]
    private static void Relax(ReadOnlySpan<double> m, ReadOnlySpan<double> b, [NoGradient] double tolerance, Span<double> x, [Scratch] Span<double> next)
    {
        x.Clear();
        for (double change = double.PositiveInfinity; change > tolerance;)
        {
            change = 0.0;
            Step(x, m, b, next);
            for (int i = 0; i < x.Length; i++)
            {
                change = Math.Max(change, Math.Abs(next[i] - x[i]));
                x[i] = next[i];
            }
        }
    }

    private static void Step(ReadOnlySpan<double> x, ReadOnlySpan<double> m, ReadOnlySpan<double> b, Span<double> next)
    {
        for (int i = 0; i < x.Length; i++)
        {
            next[i] = b[i];
            for (int j = 0; j < x.Length; j++)
            {
                next[i] += 0.2 * Math.Sin(m[(i * x.Length) + j]) * x[j];
            }
        }
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double UsesRelaxation([Length(9)] ReadOnlySpan<double> m, [Length(3)] ReadOnlySpan<double> b, double k)
    {
        double[] x = new double[3], next = new double[3];
        Relax(m, b, 1e-15, x, next);
        return (x[0] * x[1]) + (k * x[2]);
    }

    // The equations change in each trip, and so does the memory of the unknowns.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InALoop([Domain(2.5, 3.5)] double a, [Domain(3.0, 4.0)] double b)
    {
        Span<double> x = new double[2];
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            SolvePair(a + (0.1 * sum), b, x);
            x[0] *= b;
            sum += x[0] * x[1];
        }

        return sum;
    }

    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithCheckpoints([Domain(2.5, 3.5)] double a, [Domain(3.0, 4.0)] double b)
    {
        Span<double> x = new double[2];
        double sum = 0.0;
        for (int i = 0; i < 5; i++)
        {
            SolvePair(a + (0.02 * sum), b, x);
            sum += x[0] * x[1];
        }

        return sum;
    }

    [Checkpoint(2)]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithSlots([Domain(2.5, 3.5)] double a, [Domain(3.0, 4.0)] double b)
    {
        Span<double> x = new double[2];
        double sum = 0.0;
        for (int i = 0; i < 5; i++)
        {
            SolvePair(a + (0.02 * sum), b, x);
            sum += x[0] * x[1];
        }

        return sum;
    }

    // Two anomalies that pull at each other, and the rate at which they do: Kepler's equation twice, coupled, and a third unknown.
    [Root(nameof(Coupled))]
    private static void SolveCoupled(double mean, double eccentricity, Pull pull, [NoGradient] int order, Span<double> x)
    {
        (double u, double v, double rate) = (mean, 2.0 * mean, 0.0);
        for (int i = 0; i < 300; i++)
        {
            u = mean + (eccentricity * Math.Sin(u)) + (pull.Strength * rate);
            v = (2.0 * mean) + (pull.Ratio * eccentricity * Math.Sin(order * v)) - (pull.Strength * rate);
            rate = Math.Cos(u - v);
        }

        (x[0], x[1], x[2]) = (u, v, rate);
    }

    private static void Coupled(ReadOnlySpan<double> x, int order, double eccentricity, Pull pull, double mean, Span<double> residual)
    {
        residual[2] = Math.Cos(x[0] - x[1]) - x[2];
        residual[0] = x[0] - (eccentricity * Math.Sin(x[0])) - mean - (pull.Strength * x[2]);
        residual[1] = x[1] - (pull.Ratio * eccentricity * Math.Sin(order * x[1])) - (2.0 * mean) + (pull.Strength * x[2]);
    }

    public readonly record struct Pull(double Strength, double Ratio);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesCoupled(double mean, [Domain(0.1, 0.3)] double eccentricity, [Domain(0.05, 0.2)] double strength, [Domain(0.5, 0.9)] double ratio)
    {
        double[] x = new double[3];
        SolveCoupled(mean, eccentricity, new Pull(strength, ratio), 2, x);
        return (x[0] * x[2]) + Math.Sin(x[1] * mean);
    }

    // A contraction of the plane, from whatever the unknowns hold.
    [FixedPoint(nameof(Halve))]
    private static void Balance(double a, double b, Span<double> x)
    {
        for (int i = 0; i < 200; i++)
        {
            (x[0], x[1]) = ((0.5 * Math.Cos(x[1])) + a, (0.4 * Math.Sin(x[0])) + (b * x[0] * 0.1));
        }
    }

    private static void Halve(ReadOnlySpan<double> x, double a, double b, Span<double> next)
    {
        next[0] = (0.5 * Math.Cos(x[1])) + a;
        next[1] = (0.4 * Math.Sin(x[0])) + (b * x[0] * 0.1);
    }

    // What the unknowns held before counts for nothing; only one of two solutions is in use.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double FromAGuess(double a, double b)
    {
        Span<double> all = [a, b, a * b, 1.0];
        Balance(a, b, all[1..3]);
        double first = all[2] * all[0];
        Balance(first, a, all[..2]);
        return all[1] + (all[2] * b);
    }

    private static bool Near(double found, double expected) => Math.Abs(found - expected) <= 1e-13 * Math.Abs(expected);
}
