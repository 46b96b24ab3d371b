namespace DiffCompile.Objectives.GradBench;

/// <summary>
/// The Brusselator u′ = a + u²v − (b + 1)u, v′ = b u − u²v (Prigogine and Lefever 1968) in a ring of cells that exchange
/// both substances, by the classical Runge–Kutta method of order 4.
/// </summary>
public static partial class Brusselator
{
    /// <summary>Sum of u over the cells at the end.</summary>
    /// <param name="a">Feed of u.</param>
    /// <param name="b">Rate of the turn of u into v.</param>
    /// <param name="exchange">Rate of exchange with each of the two neighbours.</param>
    /// <param name="initialU">u of each cell at the start; at least one cell.</param>
    /// <param name="initialV">v of each cell at the start.</param>
    /// <param name="duration">Time to the end.</param>
    /// <param name="steps">Number of steps, at least 1.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double FinalSum(
        double a, double b, double exchange, ReadOnlySpan<double> initialU, ReadOnlySpan<double> initialV, [NoGradient] double duration, int steps)
    {
        int cells = initialU.Length;
        double h = duration / steps;
        double[] state = new double[2 * cells];
        double[] stage = new double[2 * cells];
        double[] slope = new double[2 * cells];
        double[] sum = new double[2 * cells];
        initialU.CopyTo(state);
        initialV.CopyTo(state.AsSpan(cells));
        for (int step = 0; step < steps; step++)
        {
            Array.Clear(sum);
            for (int k = 0; k < 4; k++)
            {
                // Stages at the start, twice in the middle, and at the end of the step.
                double reach = k == 0 ? 0.0 : k == 3 ? h : 0.5 * h;
                for (int i = 0; i < stage.Length; i++)
                {
                    stage[i] = state[i] + reach * slope[i];
                }

                Slope(a, b, exchange, stage, cells, slope);
                double weight = k == 0 || k == 3 ? h / 6.0 : h / 3.0;
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += weight * slope[i];
                }
            }

            for (int i = 0; i < state.Length; i++)
            {
                state[i] += sum[i];
            }
        }

        double total = 0.0;
        for (int i = 0; i < cells; i++)
        {
            total += state[i];
        }

        return total;
    }

    private static void Slope(double a, double b, double exchange, ReadOnlySpan<double> state, int cells, Span<double> slope)
    {
        for (int i = 0; i < cells; i++)
        {
            int left = i == 0 ? cells - 1 : i - 1;
            int right = i == cells - 1 ? 0 : i + 1;
            double u = state[i];
            double v = state[cells + i];
            double reaction = u * u * v;
            slope[i] = a + reaction - (b + 1.0) * u + exchange * (state[left] - 2.0 * u + state[right]);
            slope[cells + i] = b * u - reaction + exchange * (state[cells + left] - 2.0 * v + state[cells + right]);
        }
    }
}
