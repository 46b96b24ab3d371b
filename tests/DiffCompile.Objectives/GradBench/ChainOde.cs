namespace DiffCompile.Objectives.GradBench;

/// <summary>
/// y₀′ = x₀ and yᵢ′ = xᵢ yᵢ₋₁ from y(0) = 0, by the classical Runge–Kutta method of order 4 (GradBench's <c>ode</c>, after
/// cmpad's <c>an_ode</c>). Exactly, yᵢ(t) = x₀ ⋯ xᵢ t^(i+1)/(i+1)!.
/// </summary>
public static partial class ChainOde
{
    /// <summary>The last yᵢ at time 1.</summary>
    /// <param name="x">Rates; at least one.</param>
    /// <param name="steps">Number of steps, at least 1.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Last(ReadOnlySpan<double> x, int steps)
    {
        int n = x.Length;
        double[] y = new double[n];
        double[] stage = new double[n];
        double[] k1 = new double[n];
        double[] k2 = new double[n];
        double[] k3 = new double[n];
        double[] k4 = new double[n];
        double h = 1.0 / steps;
        for (int step = 0; step < steps; step++)
        {
            Slope(x, y, k1);
            Move(y, 0.5 * h, k1, stage);
            Slope(x, stage, k2);
            Move(y, 0.5 * h, k2, stage);
            Slope(x, stage, k3);
            Move(y, h, k3, stage);
            Slope(x, stage, k4);
            for (int i = 0; i < n; i++)
            {
                y[i] += h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
            }
        }

        return y[^1];
    }

    private static void Slope(ReadOnlySpan<double> x, double[] y, double[] slope)
    {
        slope[0] = x[0];
        for (int i = 1; i < y.Length; i++)
        {
            slope[i] = x[i] * y[i - 1];
        }
    }

    private static void Move(double[] from, double step, double[] slope, double[] to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i] + step * slope[i];
        }
    }
}
