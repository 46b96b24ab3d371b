using DiffCompile.Mathematics;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Mathematics;

public sealed class LinearTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Solutions_are_those_of_the_systems(int n)
    {
        double[] a = Numbers(n * n, seed: 1), b = Numbers(n, seed: 2);
        double[] x = new double[n], y = new double[n], factors = new double[n * n];
        int[] pivots = new int[n];
        Linear.Solve(a, b, x, factors, pivots);
        Product(a, x, n, transposed: false).ShouldBe(b, 1e-11);
        Linear.LuSolveTransposed(a, factors, pivots, b, y);
        Product(a, y, n, transposed: true).ShouldBe(b, 1e-11);
    }

    [Fact]
    public void Rows_are_exchanged_where_a_pivot_is_small()
    {
        double[] a = [1e-20, 1.0, 1.0, 1.0], x = new double[2], factors = new double[4];
        int[] pivots = new int[2];
        Linear.Solve(a, [1.0, 2.0], x, factors, pivots);
        x.ShouldBe([1.0, 1.0], 1e-15);
        pivots.ShouldBe([1, 1]);
        factors.ShouldBe([1.0, 1.0, 1e-20, 1.0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    public void Factors_solutions_and_determinants_of_positive_definite_matrices(int n)
    {
        double[] rows = Numbers(n * n, seed: 3), a = new double[n * n], b = Numbers(n, seed: 4);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[(i * n) + j] = (i == j ? 1.0 : 0.0) + Enumerable.Range(0, n).Sum(k => rows[(k * n) + i] * rows[(k * n) + j]);
            }
        }

        // What stands above the diagonal is not read.
        double[] full = [.. Enumerable.Range(0, n * n).Select(k => a[Math.Max((k / n * n) + (k % n), (k % n * n) + (k / n))])];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                full[(i * n) + j] = a[(j * n) + i];
                a[(i * n) + j] = double.NaN;
            }
        }

        double[] factor = new double[n * n], x = new double[n];
        Array.Fill(factor, double.NaN);
        Linear.CholeskyFactorize(a, n, factor);
        Matrix<double> dense = Matrix<double>.Build.DenseOfRowMajor(n, n, full);
        factor.ShouldBe(dense.Cholesky().Factor.ToRowMajorArray(), 1e-11);
        Linear.CholeskySolve(factor, b, x);
        Product(full, x, n, transposed: false).ShouldBe(b, 1e-11);
        Linear.CholeskyLogDeterminant(factor, n).ShouldBe(dense.Cholesky().DeterminantLn, 1e-11);
        Linear.LogDeterminant(a, n, new double[n * n]).ShouldBe(dense.Cholesky().DeterminantLn, 1e-11);
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.0, 0.0, "column 0")]
    [InlineData(1.0, 2.0, 2.0, 4.0, "column 1")]
    [InlineData(double.NaN, 1.0, 1.0, 0.0, "column 0")]
    [InlineData(double.PositiveInfinity, 1.0, 1.0, 0.0, "column 0")]
    [InlineData(1.0, double.NaN, 1.0, 0.0, "column 1")]
    public void A_singular_matrix_is_refused(double a, double b, double c, double d, string part)
    {
        ArgumentException refused = Should.Throw<ArgumentException>(() => Linear.Solve([a, b, c, d], [1.0, 2.0], new double[2], new double[4], new int[2]));
        refused.ParamName.ShouldBe("a");
        refused.Message.ShouldContain(part);
    }

    [Theory]
    [InlineData(1.0, 2.0, 1.0, "row 1")]
    [InlineData(0.0, 0.0, 1.0, "row 0")]
    [InlineData(1.0, double.NaN, 1.0, "row 1")]
    [InlineData(double.PositiveInfinity, 0.0, 1.0, "row 0")]
    public void A_matrix_that_is_not_positive_definite_is_refused(double a, double b, double c, string part)
    {
        ArgumentException refused = Should.Throw<ArgumentException>(() => Linear.LogDeterminant([a, b, b, c], 2, new double[4]));
        refused.ParamName.ShouldBe("a");
        refused.Message.ShouldContain(part);
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        double[] two = new double[2], four = new double[4];
        int[] pivots = new int[2];
        Should.Throw<ArgumentException>(() => Linear.LuFactorize(two, four, pivots)).ParamName.ShouldBe("a");
        Should.Throw<ArgumentException>(() => Linear.LuFactorize(four, two, pivots)).ParamName.ShouldBe("factors");
        Should.Throw<ArgumentException>(() => Linear.LuSolve(two, four, pivots, two, two)).ParamName.ShouldBe("a");
        Should.Throw<ArgumentException>(() => Linear.LuSolve(four, two, pivots, two, two)).ParamName.ShouldBe("factors");
        Should.Throw<ArgumentException>(() => Linear.LuSolve(four, four, pivots, four, two)).ParamName.ShouldBe("b");
        Should.Throw<ArgumentException>(() => Linear.LuSolveTransposed(four, four, pivots, two, four)).ParamName.ShouldBe("x");
        Should.Throw<ArgumentException>(() => Linear.CholeskyFactorize(two, 2, four)).ParamName.ShouldBe("a");
        Should.Throw<ArgumentException>(() => Linear.CholeskyFactorize(four, 2, two)).ParamName.ShouldBe("factor");
        Should.Throw<ArgumentException>(() => Linear.CholeskySolve(two, two, two)).ParamName.ShouldBe("factor");
        Should.Throw<ArgumentException>(() => Linear.CholeskySolve(four, two, four)).ParamName.ShouldBe("x");
    }

    private static double[] Product(double[] a, double[] x, int n, bool transposed) =>
        [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[transposed ? (j * n) + i : (i * n) + j] * x[j]))];

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2.0 * random.NextDouble()) - 1.0)];
    }
}
