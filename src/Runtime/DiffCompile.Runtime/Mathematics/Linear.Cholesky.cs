namespace DiffCompile.Mathematics;

// Symmetric positive definite matrices.
public static partial class Linear
{
    /// <summary>
    /// Factors a symmetric positive definite matrix, A = L Lᵀ (Golub and Van Loan, Matrix Computations, 4th ed., section 4.2).
    /// </summary>
    /// <param name="a">
    /// The matrix A, n × n. Only its lower triangle with the diagonal is read, and only there it has derivatives: an element off
    /// the diagonal stands for both of its places.
    /// </param>
    /// <param name="n">Number of rows.</param>
    /// <param name="factor">Is overwritten with L, n × n; above the diagonal with zeros.</param>
    /// <exception cref="ArgumentException">A length is wrong, or A is not positive definite to rounding, or not finite.</exception>
    [Differentiable(DerivativeModes.None)]
    public static void CholeskyFactorize(ReadOnlySpan<double> a, int n, Span<double> factor)
    {
        Expect(a, n * n, nameof(a));
        Expect(factor, n * n, nameof(factor));
        for (int i = 0; i < n; i++)
        {
            Span<double> row = factor.Slice(i * n, n);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> upper = factor.Slice(j * n, n);
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= row[k] * upper[k];
                }

                row[j] = sum / upper[j];
            }

            double diagonal = a[(i * n) + i];
            for (int k = 0; k < i; k++)
            {
                diagonal -= row[k] * row[k];
            }

            if (!(diagonal > 0.0 && double.IsFinite(diagonal)))
            {
                throw new ArgumentException($"The matrix is not positive definite: {diagonal} is left of the diagonal in row {i}.", nameof(a));
            }

            row[i] = Math.Sqrt(diagonal);
            row[(i + 1)..].Clear();
        }
    }

    /// <summary>Solves A x = b with the factor of a symmetric positive definite matrix.</summary>
    /// <param name="factor">L with A = L Lᵀ, n × n; see <see cref="CholeskyFactorize"/>. Only its lower triangle is read.</param>
    /// <param name="b">The right-hand side, n.</param>
    /// <param name="x">Is overwritten with the solution, n.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    [Differentiable(DerivativeModes.None)]
    public static void CholeskySolve(ReadOnlySpan<double> factor, ReadOnlySpan<double> b, Span<double> x)
    {
        int n = b.Length;
        Expect(factor, n * n, nameof(factor));
        Expect(x, n, nameof(x));
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = factor.Slice(i * n, n);
            double rest = b[i];
            for (int j = 0; j < i; j++)
            {
                rest -= row[j] * x[j];
            }

            x[i] = rest / row[i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = factor.Slice(i * n, n);
            double known = x[i] / row[i];
            x[i] = known;
            for (int j = 0; j < i; j++)
            {
                x[j] -= row[j] * known;
            }
        }
    }

    /// <summary>ln det A of a symmetric positive definite matrix whose factor is known: 2 Σ ln Lᵢᵢ.</summary>
    /// <param name="factor">L with A = L Lᵀ, n × n; see <see cref="CholeskyFactorize"/>.</param>
    /// <param name="n">Number of rows.</param>
    /// <returns>The natural logarithm of the determinant of A.</returns>
    [Differentiable(DerivativeModes.None)]
    public static double CholeskyLogDeterminant(ReadOnlySpan<double> factor, int n)
    {
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            sum += Math.Log(factor[(i * n) + i]);
        }

        return 2.0 * sum;
    }

    /// <summary>ln det A of a symmetric positive definite matrix.</summary>
    /// <param name="a">The matrix A, n × n; see <see cref="CholeskyFactorize"/>.</param>
    /// <param name="n">Number of rows.</param>
    /// <param name="factor">Scratch, n × n; holds the factor in the end.</param>
    /// <returns>The natural logarithm of the determinant.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or A is not positive definite to rounding, or not finite.</exception>
    [Differentiable(DerivativeModes.None)]
    public static double LogDeterminant(ReadOnlySpan<double> a, int n, [Scratch] Span<double> factor)
    {
        CholeskyFactorize(a, n, factor);
        return CholeskyLogDeterminant(factor, n);
    }
}
