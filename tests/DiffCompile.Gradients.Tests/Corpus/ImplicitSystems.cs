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

    private static bool Near(double found, double expected) => Math.Abs(found - expected) <= 1e-13 * Math.Abs(expected);
}
