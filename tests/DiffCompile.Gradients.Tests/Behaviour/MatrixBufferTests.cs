using DiffCompile.Corpus;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Arrays of several dimensions that are too small in one of them, of other lengths than their twins, or the same.</summary>
public sealed class MatrixBufferTests
{
    // Element (0, 1) of three rows with one column would be element (1, 0).
    [Fact]
    public void An_index_outside_of_its_own_dimension_throws_and_is_no_other_element()
    {
        double[,] narrow = { { 1.0 }, { 2.0 }, { 3.0 } };
        Should.Throw<IndexOutOfRangeException>(() => Matrices.SwapAndScale(narrow, 0.5, 0));
        Should.Throw<IndexOutOfRangeException>(() => Matrices.SwapAndScaleJvp(narrow, 0.5, 0, new double[3, 1], 1.0));
        Should.Throw<IndexOutOfRangeException>(() => Matrices.SwapAndScaleVjp(narrow, 0.5, 0, new double[3, 1]));
        narrow.ShouldBe(new[,] { { 1.0 }, { 2.0 }, { 3.0 } });

        double[,,] flat = new double[1, 3, 2];
        double[,,] corner = new double[2, 0, 3];
        Should.Throw<IndexOutOfRangeException>(() => Matrices.Cube(corner, 0.5));
        Should.Throw<IndexOutOfRangeException>(() => Matrices.CubeGradient(corner, 0.5, new double[2, 0, 3]));
        Matrices.CubeGradient(flat, 0.5, new double[1, 3, 2]).ShouldBe(0.0);
    }

    [Fact]
    public void A_negative_length_throws_what_the_method_throws()
    {
        Should.Throw<OverflowException>(() => Matrices.Table(0.5, 0.25, -4));
        Should.Throw<OverflowException>(() => Matrices.TableGradient(0.5, 0.25, -4));
        Should.Throw<OverflowException>(() => Matrices.TableHessianVectorProduct(0.5, 0.25, -4, 1.0, 1.0));
    }

    [Fact]
    public void A_twin_of_other_lengths_is_named()
    {
        ArgumentException twin = Should.Throw<ArgumentException>(() => Matrices.QuadraticFormGradient(new double[2, 3], new double[3], new double[3, 2], new double[3]));
        twin.ParamName.ShouldBe("aBar");
        twin.Message.ShouldContain("2 × 3");
        Should.Throw<ArgumentException>(() => Matrices.QuadraticFormJvp(new double[2, 2], new double[2], new double[1, 4], new double[2])).ParamName.ShouldBe("aDot");
    }

    [Fact]
    public void Indices_that_do_not_begin_at_zero_are_refused()
    {
        var shifted = (double[,])Array.CreateInstance(typeof(double), [2, 2], [1, 1]);
        Should.Throw<ArgumentException>(() => Matrices.QuadraticFormGradient(shifted, new double[2], new double[2, 2], new double[2])).Message.ShouldContain("begin at 0");
    }

    [Fact]
    public void Arrays_that_share_memory_are_named_where_one_is_written()
    {
        double[,] a = { { 1.0, 2.0 }, { 3.0, 4.0 } }, c = new double[2, 2];
        Should.Throw<ArgumentException>(() => Matrices.ProductVjp(a, new double[2, 2], a, new double[2, 2], new double[2, 2], c)).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => Matrices.ProductVjp(a, a, c, c, new double[2, 2], new double[2, 2])).Message.ShouldContain("must not share memory");

        // One array for both factors is only read; one twin for both collects the sum.
        double[,] both = new double[2, 2], seed = { { 1.0, 0.0 }, { 0.0, 0.0 } };
        Matrices.ProductVjp(a, a, c, both, both, seed);
        both.ShouldBe(new[,] { { 2.0, 3.0 }, { 2.0, 0.0 } });
    }
}
