namespace DiffCompile.Objectives.GradBench;

/// <summary>Logarithm of a sum of exponentials (GradBench's <c>lse</c>).</summary>
public static partial class LogSumExp
{
    /// <summary>log Σ exp xᵢ, shifted by the largest.</summary>
    /// <param name="x">At least one number.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Value(ReadOnlySpan<double> x)
    {
        double largest = x[0];
        foreach (double number in x)
        {
            largest = Math.Max(largest, number);
        }

        double sum = 0.0;
        foreach (double number in x)
        {
            sum += Math.Exp(number - largest);
        }

        return largest + Math.Log(sum);
    }
}
