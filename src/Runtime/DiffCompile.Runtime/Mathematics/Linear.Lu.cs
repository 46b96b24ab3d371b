namespace DiffCompile.Mathematics;

/// <summary>
/// Small dense systems of equations for differentiable code: matrices are spans of n² numbers, row by row, and nothing is
/// allocated. Derivatives are those of the solution, not of the elimination, so that they keep numbers in proportion to n² and
/// cost about as much as another solution with the same factors (Giles, Collected matrix derivative results for forward and
/// reverse mode algorithmic differentiation, 2008).
/// </summary>
public static partial class Linear
{
    /// <summary>Solves A x = b by elimination with partial pivoting.</summary>
    /// <param name="a">The matrix A, n × n.</param>
    /// <param name="b">The right-hand side, n.</param>
    /// <param name="x">Is overwritten with the solution, n.</param>
    /// <param name="factors">Is overwritten with the factors of A, n × n; the derivative reads them. See <see cref="LuFactorize"/>.</param>
    /// <param name="pivots">Is overwritten with the rows that were exchanged, n.</param>
    /// <exception cref="ArgumentException">A length is wrong, or A is singular or not finite.</exception>
    [Differentiable(DerivativeModes.None)]
    public static void Solve(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> x, [NoGradient] Span<double> factors, [NoGradient] Span<int> pivots)
    {
        LuFactorize(a, factors, pivots);
        LuSolve(a, factors, pivots, b, x);
    }

    /// <summary>
    /// Factors a matrix, P A = L U, by elimination with partial pivoting (Golub and Van Loan, Matrix Computations, 4th ed.,
    /// algorithm 3.4.1). The factors have no derivative of their own; what is solved with them has one with respect to A.
    /// </summary>
    /// <param name="a">The matrix A, n × n.</param>
    /// <param name="factors">Is overwritten: U in the upper triangle with its diagonal, below it L without its unit diagonal; n × n.</param>
    /// <param name="pivots">Is overwritten: row k was exchanged with row pivots[k]; n.</param>
    /// <exception cref="ArgumentException">A length is wrong, or A is singular or not finite.</exception>
    [Differentiable(DerivativeModes.None)]
    public static void LuFactorize(ReadOnlySpan<double> a, [NoGradient] Span<double> factors, [NoGradient] Span<int> pivots)
    {
        int n = pivots.Length;
        Expect(a, n * n, nameof(a));
        Expect(factors, n * n, nameof(factors));
        a.CopyTo(factors);
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            double largest = Math.Abs(factors[(k * n) + k]);
            for (int i = k + 1; i < n; i++)
            {
                double size = Math.Abs(factors[(i * n) + k]);
                if (size > largest)
                {
                    (pivot, largest) = (i, size);
                }
            }

            if (!(largest > 0.0 && double.IsFinite(largest)))
            {
                throw new ArgumentException($"The matrix is singular or not finite: column {k} has no pivot.", nameof(a));
            }

            pivots[k] = pivot;
            Span<double> top = factors.Slice(k * n, n);
            if (pivot != k)
            {
                Span<double> other = factors.Slice(pivot * n, n);
                for (int j = 0; j < n; j++)
                {
                    (top[j], other[j]) = (other[j], top[j]);
                }
            }

            for (int i = k + 1; i < n; i++)
            {
                Span<double> row = factors.Slice(i * n, n);
                double multiple = row[k] / top[k];
                row[k] = multiple;
                for (int j = k + 1; j < n; j++)
                {
                    row[j] -= multiple * top[j];
                }
            }
        }
    }

    /// <summary>Solves A x = b with the factors of A.</summary>
    /// <param name="a">The matrix A, n × n: with respect to it the solution is differentiated.</param>
    /// <param name="factors">What <see cref="LuFactorize"/> made of A.</param>
    /// <param name="pivots">What <see cref="LuFactorize"/> made of A.</param>
    /// <param name="b">The right-hand side, n.</param>
    /// <param name="x">Is overwritten with the solution, n.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    [Differentiable(DerivativeModes.None)]
    public static void LuSolve(
        ReadOnlySpan<double> a, [NoGradient] ReadOnlySpan<double> factors, [NoGradient] ReadOnlySpan<int> pivots, ReadOnlySpan<double> b, Span<double> x)
    {
        int n = pivots.Length;
        ExpectSystem(a, factors, b, x, n);
        b.CopyTo(x);
        for (int k = 0; k < n; k++)
        {
            (x[k], x[pivots[k]]) = (x[pivots[k]], x[k]);
        }

        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = factors.Slice(i * n, n);
            double rest = x[i];
            for (int j = 0; j < i; j++)
            {
                rest -= row[j] * x[j];
            }

            x[i] = rest;
        }

        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = factors.Slice(i * n, n);
            double rest = x[i];
            for (int j = i + 1; j < n; j++)
            {
                rest -= row[j] * x[j];
            }

            x[i] = rest / row[i];
        }
    }

    /// <summary>Solves Aᵀ x = b with the factors of A.</summary>
    /// <inheritdoc cref="LuSolve"/>
    [Differentiable(DerivativeModes.None)]
    public static void LuSolveTransposed(
        ReadOnlySpan<double> a, [NoGradient] ReadOnlySpan<double> factors, [NoGradient] ReadOnlySpan<int> pivots, ReadOnlySpan<double> b, Span<double> x)
    {
        int n = pivots.Length;
        ExpectSystem(a, factors, b, x, n);
        b.CopyTo(x);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = factors.Slice(i * n, n);
            double known = x[i] / row[i];
            x[i] = known;
            for (int j = i + 1; j < n; j++)
            {
                x[j] -= row[j] * known;
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = factors.Slice(i * n, n);
            double known = x[i];
            for (int j = 0; j < i; j++)
            {
                x[j] -= row[j] * known;
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            (x[k], x[pivots[k]]) = (x[pivots[k]], x[k]);
        }
    }

    private static void ExpectSystem(ReadOnlySpan<double> a, ReadOnlySpan<double> factors, ReadOnlySpan<double> b, ReadOnlySpan<double> x, int n)
    {
        Expect(a, n * n, nameof(a));
        Expect(factors, n * n, nameof(factors));
        Expect(b, n, nameof(b));
        Expect(x, n, nameof(x));
    }

    private static void Expect(ReadOnlySpan<double> span, int length, string name)
    {
        if (span.Length != length)
        {
            throw new ArgumentException($"Expected {length} numbers, got {span.Length}.", name);
        }
    }
}
