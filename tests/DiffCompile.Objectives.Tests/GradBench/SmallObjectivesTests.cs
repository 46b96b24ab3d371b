using DiffCompile.Objectives.GradBench;
using DiffCompile.Objectives.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

public sealed class SmallObjectivesTests
{
    [Fact]
    public void Least_squares_of_the_zero_polynomial_count_the_points_off_zero()
    {
        LeastSquares.HalfSquares([0.0, 0.0, 0.0], 10).ShouldBe(5.0);
        LeastSquares.HalfSquares([0.0], 11).ShouldBe(5.0);
    }

    [Fact]
    public void Least_squares_of_a_polynomial_summed_term_by_term()
    {
        double[] x = [0.25, -0.5, 0.75, 1.5];
        double sum = 0.0;
        for (int i = 0; i < 7; i++)
        {
            double t = -1.0 + i / 3.0;
            double value = x.Select((c, j) => c * Math.Pow(t, j)).Sum();
            sum += 0.5 * Math.Pow(Math.Sign(i - 3) - value, 2);
        }

        LeastSquares.HalfSquares(x, 7).ShouldAgree(sum, 1e-14);
    }

    [Fact]
    public void Log_sum_exp_of_equal_and_of_large_numbers()
    {
        LogSumExp.Value([2.0, 2.0, 2.0, 2.0]).ShouldBe(2.0 + Math.Log(4.0), 1e-15);
        LogSumExp.Value([1000.0, 1000.0 + Math.Log(3.0)]).ShouldBe(1000.0 + Math.Log(4.0), 1e-12);
        LogSumExp.Value([-0.3, 0.1, 0.7]).ShouldBe(Math.Log(Math.Exp(-0.3) + Math.Exp(0.1) + Math.Exp(0.7)), 1e-15);
    }
}
