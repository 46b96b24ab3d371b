using DiffCompile.Objectives.GradBench;
using DiffCompile.Objectives.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

public sealed class DeterminantTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void Minors_give_what_an_lu_factorisation_gives(int n)
    {
        var random = new Random(n);
        double[] matrix = Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5).ToArray();
        Determinant.ByMinors(matrix, n).ShouldAgree(Matrix<double>.Build.DenseOfRowMajor(n, n, matrix).LU().Determinant, 1e-14);
    }

    [Fact]
    public void A_swap_of_rows_changes_the_sign()
    {
        Determinant.ByMinors([0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0], 3).ShouldBe(-1.0);
        Determinant.ByMinors([], 0).ShouldBe(1.0);
    }
}
