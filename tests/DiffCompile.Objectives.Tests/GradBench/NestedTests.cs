using DiffCompile.Objectives.GradBench;
using DiffCompile.Verification;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

/// <summary>Published results of GradBench: particle from w = 0, saddle from (1, 1).</summary>
public sealed class NestedTests
{
    [Fact]
    public void Particle_is_steered_to_the_origin()
    {
        double[] w = GradientDescent.Minimum(
            x => Particle.MissSquared(x[0]), x => [FiniteDifference.Derivative(Particle.MissSquared, x[0], 1e-3).Value], [0.0]);
        w[0].ShouldBe(0.2071918746486116, 1e-9);
        Particle.MissSquared(w[0]).ShouldBeLessThan(1e-6 * Particle.MissSquared(0.0));
    }

    [Fact]
    public void Saddle_is_found()
    {
        double[] first = GradientDescent.Minimum(
            p => Saddle.BestPayoff(p[0], p[1], 1.0, 1.0), p => [2.0 * p[0], 2.0 * p[1]], [1.0, 1.0]);
        (double x, double y) = Saddle.BestAnswer(first[0], first[1], 1.0, 1.0);
        foreach (double coordinate in new[] { first[0], first[1], x, y })
        {
            coordinate.ShouldBe(8.246324826140356e-06, 1e-15);
        }
    }
}
