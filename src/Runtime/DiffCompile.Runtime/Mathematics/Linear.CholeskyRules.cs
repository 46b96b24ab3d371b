namespace DiffCompile.Mathematics;

// Rules of the Cholesky factor and of what is solved with it; see the rules of LU.
public static partial class Linear
{
    // The factorisation run backwards over the cotangents of L, in their place (Smith, Differentiation of the Cholesky algorithm,
    // J. Comput. Graph. Stat. 4, 134, 1995): only L is needed.
    [DerivativeOf(nameof(CholeskyFactorize))]
    private static void CholeskyFactorizeVjp(ReadOnlySpan<double> a, int n, Span<double> factor, Span<double> aBar, Span<double> factorBar)
    {
        for (int k = n - 1; k >= 0; k--)
        {
            for (int i = n - 1; i > k; i--)
            {
                for (int j = k + 1; j <= i; j++)
                {
                    factorBar[(i * n) + k] -= factorBar[(i * n) + j] * factor[(j * n) + k];
                    factorBar[(j * n) + k] -= factorBar[(i * n) + j] * factor[(i * n) + k];
                }
            }

            double diagonal = factorBar[(k * n) + k];
            for (int i = k + 1; i < n; i++)
            {
                factorBar[(i * n) + k] /= factor[(k * n) + k];
                diagonal -= factorBar[(i * n) + k] * factor[(i * n) + k];
            }

            factorBar[(k * n) + k] = 0.5 * diagonal / factor[(k * n) + k];
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                aBar[(i * n) + j] += factorBar[(i * n) + j];
            }
        }

        factorBar.Clear();
    }

    // The factorisation, differentiated line by line.
    [DerivativeOf(nameof(CholeskyFactorize), RuleKind.Jvp)]
    private static void CholeskyFactorizeJvp(ReadOnlySpan<double> a, int n, Span<double> factor, ReadOnlySpan<double> aDot, Span<double> factorDot)
    {
        factorDot.Clear();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = aDot[(i * n) + j] - (factor[(i * n) + j] * factorDot[(j * n) + j]);
                for (int k = 0; k < j; k++)
                {
                    sum -= (factorDot[(i * n) + k] * factor[(j * n) + k]) + (factor[(i * n) + k] * factorDot[(j * n) + k]);
                }

                factorDot[(i * n) + j] = sum / factor[(j * n) + j];
            }

            double diagonal = 0.5 * aDot[(i * n) + i];
            for (int k = 0; k < i; k++)
            {
                diagonal -= factor[(i * n) + k] * factorDot[(i * n) + k];
            }

            factorDot[(i * n) + i] = diagonal / factor[(i * n) + i];
        }
    }

    // λ = A⁻¹ x̄, b̄ += λ, and the lower triangle of L̄ −= (λ xᵀ + x λᵀ) L.
    [DerivativeOf(nameof(CholeskySolve))]
    private static void CholeskySolveVjp(
        ReadOnlySpan<double> factor, ReadOnlySpan<double> b, Span<double> x, Span<double> factorBar, Span<double> bBar, Span<double> xBar)
    {
        int n = b.Length;
        double[] adjoint = new double[n];
        CholeskySolve(factor, xBar, adjoint);
        for (int j = 0; j < n; j++)
        {
            bBar[j] += adjoint[j];
            xBar[j] = 0.0;
            double ofSolution = 0.0, ofAdjoint = 0.0;
            for (int i = j; i < n; i++)
            {
                ofSolution += factor[(i * n) + j] * x[i];
                ofAdjoint += factor[(i * n) + j] * adjoint[i];
            }

            for (int i = j; i < n; i++)
            {
                factorBar[(i * n) + j] -= (adjoint[i] * ofSolution) + (x[i] * ofAdjoint);
            }
        }
    }

    // ẋ = A⁻¹ (ḃ − (L̇ Lᵀ + L L̇ᵀ) x).
    [DerivativeOf(nameof(CholeskySolve), RuleKind.Jvp)]
    private static void CholeskySolveJvp(
        ReadOnlySpan<double> factor, ReadOnlySpan<double> b, Span<double> x, ReadOnlySpan<double> factorDot, ReadOnlySpan<double> bDot, Span<double> xDot)
    {
        int n = b.Length;
        double[] change = new double[n];
        bDot.CopyTo(change);
        for (int j = 0; j < n; j++)
        {
            double ofFactor = 0.0, ofTangent = 0.0;
            for (int i = j; i < n; i++)
            {
                ofFactor += factor[(i * n) + j] * x[i];
                ofTangent += factorDot[(i * n) + j] * x[i];
            }

            for (int i = j; i < n; i++)
            {
                change[i] -= (factorDot[(i * n) + j] * ofFactor) + (factor[(i * n) + j] * ofTangent);
            }
        }

        CholeskySolve(factor, change, xDot);
    }
}
