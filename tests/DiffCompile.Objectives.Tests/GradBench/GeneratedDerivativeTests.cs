using DiffCompile.Objectives.GradBench;
using DiffCompile.Objectives.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

/// <summary>Generated derivatives of GradBench's objectives: every mode against differences, and against formulas by hand.</summary>
public sealed class GeneratedDerivativeTests
{
    [Fact]
    public void Log_sum_exp_has_the_softmax_as_its_gradient()
    {
        double[] x = [0.3, -1.2, 2.0, 0.9], v = Generated.Draw(4, 1);
        var f = new Generated(typeof(LogSumExp), nameof(LogSumExp.Value), x);
        f.ShouldAgreeInEveryMode(0.1);
        double[] p = x.Select(a => Math.Exp(a - LogSumExp.Value(x))).ToArray();
        f.Gradient().ShouldAgree(p, 1e-14);

        // H = diag p − p pᵀ.
        double mean = p.Zip(v, (a, b) => a * b).Sum();
        f.HessianVectorProduct(v).ShouldAgree(p.Zip(v, (a, b) => a * (b - mean)).ToArray(), 1e-14);
    }

    [Fact]
    public void Log_sum_exp_of_equal_and_of_far_numbers()
    {
        new Generated(typeof(LogSumExp), nameof(LogSumExp.Value), new[] { 2.0, 2.0, 2.0, 2.0 }).Gradient().ShouldAgree([0.25, 0.25, 0.25, 0.25], 1e-15);
        new Generated(typeof(LogSumExp), nameof(LogSumExp.Value), new[] { 1000.0, -1000.0 }).Gradient().ShouldBe([1.0, 0.0]);
        new Generated(typeof(LogSumExp), nameof(LogSumExp.Value), new[] { 1.0, double.NegativeInfinity }).Gradient().ShouldBe([1.0, 0.0]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(11)]
    public void Least_squares_have_the_normal_matrix_as_their_hessian(int n)
    {
        double[] x = [0.25, -0.5, 0.75, 1.5], v = Generated.Draw(4, 2);
        var f = new Generated(typeof(LeastSquares), nameof(LeastSquares.HalfSquares), x, n);
        f.ShouldAgreeInEveryMode();
        double[] gradient = new double[4], product = new double[4];
        for (int i = 0; i < n; i++)
        {
            double t = -1.0 + i * 2.0 / (n - 1);
            double[] powers = Enumerable.Range(0, 4).Select(j => Math.Pow(t, j)).ToArray();
            double residual = Math.Sign(2 * i - (n - 1)) - powers.Zip(x, (a, b) => a * b).Sum();
            double along = powers.Zip(v, (a, b) => a * b).Sum();
            for (int j = 0; j < 4; j++)
            {
                gradient[j] -= residual * powers[j];
                product[j] += along * powers[j];
            }
        }

        f.Gradient().ShouldAgree(gradient, 1e-14);
        f.HessianVectorProduct(v).ShouldAgree(product, 1e-14);
    }

    [Fact]
    public void K_means_pulls_each_centroid_to_the_points_that_it_has()
    {
        double[] centroids = [0.0, 0.1, 4.0, 3.2, -3.0, 2.0], points = [.. Generated.Draw(60, 3).Select(a => 6.0 * a)], v = Generated.Draw(6, 4);
        var f = new Generated(typeof(KMeans), nameof(KMeans.Cost), centroids, points, 2);
        f.ShouldAgreeInEveryMode(1e-3);
        double[] gradient = new double[6], diagonal = new double[6];
        for (int p = 0; p < points.Length; p += 2)
        {
            int nearest = Enumerable.Range(0, 3).MinBy(c => Math.Pow(points[p] - centroids[2 * c], 2) + Math.Pow(points[p + 1] - centroids[2 * c + 1], 2));
            for (int i = 0; i < 2; i++)
            {
                gradient[2 * nearest + i] += 2.0 * (centroids[2 * nearest + i] - points[p + i]);
                diagonal[2 * nearest + i] += 2.0;
            }
        }

        diagonal.ShouldAllBe(d => d > 0.0);
        f.Gradient().ShouldAgree(gradient, 1e-13);
        f.HessianVectorProduct(v).ShouldAgree(diagonal.Zip(v, (a, b) => a * b).ToArray(), 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Chain_of_four_has_the_derivatives_of_a_product(int steps)
    {
        double[] x = [1.5, -0.7, 2.0, 0.9], v = Generated.Draw(4, 5);
        var f = new Generated(typeof(ChainOde), nameof(ChainOde.Last), x, steps);
        f.ShouldAgreeInEveryMode();
        double y = x.Aggregate(1.0, (a, b) => a * b) / 24.0;
        f.Gradient().ShouldAgree(x.Select(a => y / a).ToArray(), 1e-14);
        double sum = x.Zip(v, (a, b) => b / a).Sum();
        f.HessianVectorProduct(v).ShouldAgree(x.Zip(v, (a, b) => y / a * (sum - b / a)).ToArray(), 1e-14);
    }

    [Fact]
    public void Long_chain_in_every_mode() =>
        new Generated(typeof(ChainOde), nameof(ChainOde.Last), new[] { 1.5, 0.7, 2.0, 0.9, 1.3, 1.1 }, 25).ShouldAgreeInEveryMode();

    [Fact]
    public void Brusselator_in_every_mode() =>
        new Generated(typeof(Brusselator), nameof(Brusselator.FinalSum), 1.1, 2.9, 0.3, new[] { 1.5, 1.0, 0.6 }, new[] { 2.5, 2.0, 3.0 }, 0.5, 20).ShouldAgreeInEveryMode();

    [Fact]
    public void Brusselator_without_v_decays()
    {
        // b = 0 and v = 0: Σ u(1) = 3a (1 − 1/e) + Σ u(0)/e, whatever the exchange.
        double[] gradient = new Generated(
            typeof(Brusselator), nameof(Brusselator.FinalSum), 0.25, 0.0, 0.8, new[] { 1.0, 2.0, 4.5 }, new double[3], 1.0, 200).Gradient();
        gradient[0].ShouldAgree(3.0 * (1.0 - Math.Exp(-1.0)), 1e-10);
        gradient[2].ShouldAgree(0.0, 1e-13);
        gradient[3..6].ShouldAgree(Enumerable.Repeat(Math.Exp(-1.0), 3).ToArray(), 1e-10);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Particle_in_every_mode(double w) => new Generated(typeof(Particle), nameof(Particle.MissSquared), w).ShouldAgreeInEveryMode(1e-3);

    [Fact]
    public void Particle_is_steered_by_the_generated_gradient()
    {
        double[] w = GradientDescent.Minimum(x => Particle.MissSquared(x[0]), x => [Particle.MissSquaredGradient(x[0])], [0.0]);

        // The descent carries its roundings along.
        w[0].ShouldBe(0.2071918746488116, 1e-12);
    }

    [Fact]
    public void Saddle_is_found_by_the_generated_gradient()
    {
        double[] first = GradientDescent.Minimum(
            p => Saddle.BestPayoff(p[0], p[1], 1.0, 1.0),
            p =>
            {
                (double x1, double y1, _, _) = Saddle.BestPayoffGradient(p[0], p[1], 1.0, 1.0);
                return [x1, y1];
            },
            [1.0, 1.0]);
        (double x, double y) = Saddle.BestAnswer(first[0], first[1], 1.0, 1.0);
        foreach (double coordinate in new[] { first[0], first[1], x, y })
        {
            coordinate.ShouldBe(8.246324826140356e-06, 1e-15);
        }
    }

    [Fact]
    public void Best_payoff_by_the_step_factors()
    {
        // Each accepted step multiplies the second player's point by 1 − 2 rate: x = factor · start.
        (double x, double y) = Saddle.BestAnswer(0.7, -0.4, 1.3, -0.8);
        (double x1, double y1, double startX, double startY) = Saddle.BestPayoffGradient(0.7, -0.4, 1.3, -0.8);
        new[] { x1, y1 }.ShouldAgree([1.4, -0.8], 1e-15);
        double[] expected = [-2.0 * x * x / 1.3, -2.0 * y * y / -0.8];
        for (int i = 0; i < 2; i++)
        {
            (new[] { startX, startY }[i] / expected[i]).ShouldBe(1.0, 1e-10);
        }
    }

    [Fact]
    public void Payoff_in_every_mode() => new Generated(typeof(Saddle), nameof(Saddle.Payoff), 0.7, -0.4, 1.3, 0.8).ShouldAgreeInEveryMode();
}
