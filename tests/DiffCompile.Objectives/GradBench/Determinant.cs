namespace DiffCompile.Objectives.GradBench;

/// <summary>Determinant by expansion in minors (GradBench's <c>det</c>, after CppAD's <c>det_by_minor</c>).</summary>
public static partial class Determinant
{
    /// <summary>Determinant of a square matrix, in n! products.</summary>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="n">Number of rows, from 0 to 20.</param>
    public static double ByMinors(ReadOnlySpan<double> matrix, int n) => Minor(matrix, n, 0, 0);

    /// <summary>Determinant of the rows from <paramref name="row"/> on without the columns whose bit is set in <paramref name="used"/>.</summary>
    private static double Minor(ReadOnlySpan<double> matrix, int n, int row, int used)
    {
        if (row == n)
        {
            return 1.0;
        }

        double sum = 0.0;
        double sign = 1.0;
        for (int column = 0; column < n; column++)
        {
            int bit = 1 << column;
            if ((used & bit) != 0)
            {
                continue;
            }

            sum += sign * matrix[row * n + column] * Minor(matrix, n, row + 1, used | bit);
            sign = -sign;
        }

        return sum;
    }
}
