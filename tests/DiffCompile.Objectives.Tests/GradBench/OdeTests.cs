using DiffCompile.Objectives.GradBench;
using DiffCompile.Objectives.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.OdeSolvers;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

public sealed class OdeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Chain_of_four_is_exact(int steps)
    {
        // The solution is a polynomial of degree 4 in time, which the method of order 4 follows without error.
        double[] x = [1.5, -0.7, 2.0, 0.9];
        ChainOde.Last(x, steps).ShouldAgree(1.5 * -0.7 * 2.0 * 0.9 / 24.0, 1e-15);
    }

    [Fact]
    public void Longer_chain_converges_with_order_four()
    {
        double[] x = [1.5, 0.7, 2.0, 0.9, 1.3, 1.1];
        double exact = x.Aggregate(1.0, (p, r) => p * r) / 720.0;
        double ratio = (ChainOde.Last(x, 20) - exact) / (ChainOde.Last(x, 40) - exact);
        ratio.ShouldBe(16.0, 1.0);
    }

    [Fact]
    public void Brusselator_stays_at_its_fixed_point() =>
        Brusselator.FinalSum(1.2, 3.4, 0.5, [1.2, 1.2, 1.2], [3.4 / 1.2, 3.4 / 1.2, 3.4 / 1.2], 5.0, 50).ShouldBe(3.6, 1e-12);

    [Fact]
    public void Equal_cells_do_what_one_does()
    {
        double one = Brusselator.FinalSum(1.0, 3.0, 0.0, [1.5], [2.5], 4.0, 200);
        Brusselator.FinalSum(1.0, 3.0, 0.7, [1.5, 1.5, 1.5, 1.5], [2.5, 2.5, 2.5, 2.5], 4.0, 200).ShouldBe(4.0 * one, 1e-11);
    }

    [Fact]
    public void Without_v_only_the_decay_of_u_is_left()
    {
        // b = 0 and v = 0: u′ = a − u, and the exchange keeps the sum.
        double sum = Brusselator.FinalSum(0.25, 0.0, 0.8, [1.0, 2.0, 4.5], [0.0, 0.0, 0.0], 1.0, 200);
        sum.ShouldBe(0.75 + 6.75 * Math.Exp(-1.0), 1e-10);
    }

    [Fact]
    public void Three_cells_written_out_for_another_solver()
    {
        const double a = 1.1, b = 2.9, e = 0.3;
        Vector<double> Slope(double t, Vector<double> y)
        {
            double u0 = y[0], u1 = y[1], u2 = y[2], v0 = y[3], v1 = y[4], v2 = y[5];
            return Vector<double>.Build.DenseOfArray([
                a - (b + 1.0) * u0 + u0 * u0 * v0 + e * (u1 + u2 - 2.0 * u0),
                a - (b + 1.0) * u1 + u1 * u1 * v1 + e * (u0 + u2 - 2.0 * u1),
                a - (b + 1.0) * u2 + u2 * u2 * v2 + e * (u0 + u1 - 2.0 * u2),
                b * u0 - u0 * u0 * v0 + e * (v1 + v2 - 2.0 * v0),
                b * u1 - u1 * u1 * v1 + e * (v0 + v2 - 2.0 * v1),
                b * u2 - u2 * u2 * v2 + e * (v0 + v1 - 2.0 * v2)]);
        }

        double[] u = [1.5, 1.0, 0.6], v = [2.5, 2.0, 3.0];
        Vector<double> end = RungeKutta.FourthOrder(Vector<double>.Build.DenseOfArray([.. u, .. v]), 0.0, 2.0, 201, Slope)[^1];
        Brusselator.FinalSum(a, b, e, u, v, 2.0, 200).ShouldBe(end[0] + end[1] + end[2], 1e-12);
    }

    [Fact]
    public void Brusselator_converges_with_order_four()
    {
        double Final(int steps) => Brusselator.FinalSum(1.0, 3.0, 0.2, [1.5, 1.0, 0.6], [2.5, 2.0, 3.0], 2.0, steps);
        double ratio = (Final(40) - Final(80)) / (Final(80) - Final(160));
        ratio.ShouldBe(16.0, 1.5);
    }
}
