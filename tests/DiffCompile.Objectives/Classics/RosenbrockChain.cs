namespace DiffCompile.Objectives.Classics;

/// <summary>Rosenbrock's valley (1960) as a chain of any length.</summary>
public static partial class RosenbrockChain
{
    /// <summary>Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²; smallest, 0, where all are 1.</summary>
    /// <param name="x">The chain.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Value(ReadOnlySpan<double> x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double bend = x[i + 1] - x[i] * x[i];
            double offset = 1.0 - x[i];
            sum += 100.0 * bend * bend + offset * offset;
        }

        return sum;
    }
}
