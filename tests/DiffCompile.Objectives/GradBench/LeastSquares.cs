namespace DiffCompile.Objectives.GradBench;

/// <summary>Fit of a polynomial to the sign function (GradBench's <c>llsq</c>, after cmpad's <c>llsq_obj</c>).</summary>
public static partial class LeastSquares
{
    /// <summary>½ Σᵢ (sign tᵢ − Σⱼ xⱼ tᵢʲ)² over n points tᵢ from −1 to 1.</summary>
    /// <param name="x">Coefficients of the polynomial.</param>
    /// <param name="n">Number of points, at least 2.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double HalfSquares(ReadOnlySpan<double> x, int n)
    {
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            double t = -1.0 + i * 2.0 / (n - 1);
            double residual = t > 0.0 ? 1.0 : t < 0.0 ? -1.0 : 0.0;
            double power = 1.0;
            foreach (double coefficient in x)
            {
                residual -= coefficient * power;
                power *= t;
            }

            sum += residual * residual;
        }

        return 0.5 * sum;
    }
}
