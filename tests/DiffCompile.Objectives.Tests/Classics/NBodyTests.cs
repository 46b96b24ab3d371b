using DiffCompile.Objectives.Classics;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

public sealed class NBodyTests
{
    private static readonly double[] Masses = [1.0, 0.5, 0.25, 0.125];
    private static readonly double[] Positions = [1.0, 0.0, 0.1, -1.0, 0.3, 0.0, 0.0, 1.5, -0.2, 0.4, -1.2, 0.6];
    private static readonly double[] Velocities = [0.0, 0.5, 0.0, 0.1, -0.6, 0.1, -0.5, 0.0, 0.0, 0.3, 0.2, -0.1];

    [Fact]
    public void Two_bodies_come_round_after_a_period()
    {
        // Masses ½ each at distance 1 on a circle about their centre: period 2π.
        double[] positions = [0.5, 0.0, 0.0, -0.5, 0.0, 0.0], velocities = [0.0, 0.5, 0.0, 0.0, -0.5, 0.0];
        double Miss(int steps) => NBody.Miss([0.5, 0.5], positions, velocities, positions, 0.0, 2.0 * Math.PI / steps, steps, new double[6], new double[6], new double[6]);
        Miss(1000).ShouldBeLessThan(1e-8);

        // The distance falls with the square of the step, its square with the fourth power.
        (Miss(1000) / Miss(2000)).ShouldBe(16.0, 0.1);
    }

    [Fact]
    public void Energy_and_momentum_are_kept_over_1000_steps()
    {
        double[] positions = [.. Positions], velocities = [.. Velocities];
        double before = NBody.Energy(Masses, 0.05, positions, velocities);
        double[] momentum = Momentum(velocities);
        NBody.Advance(Masses, 0.05, 1e-3, 1000, positions, velocities, new double[12]);
        NBody.Energy(Masses, 0.05, positions, velocities).ShouldBe(before, 1e-5);
        double[] after = Momentum(velocities);
        for (int i = 0; i < 3; i++)
        {
            after[i].ShouldBe(momentum[i], 1e-13);
        }

        Math.Abs(positions[0] - Positions[0]).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void Time_runs_backwards_to_the_start()
    {
        double[] positions = [.. Positions], velocities = [.. Velocities];
        NBody.Advance(Masses, 0.05, 1e-3, 1000, positions, velocities, new double[12]);
        NBody.Advance(Masses, 0.05, -1e-3, 1000, positions, velocities, new double[12]);
        for (int i = 0; i < 12; i++)
        {
            positions[i].ShouldBe(Positions[i], 1e-11);
        }
    }

    private static double[] Momentum(double[] velocities) =>
        Enumerable.Range(0, 3).Select(axis => Masses.Select((m, body) => m * velocities[3 * body + axis]).Sum()).ToArray();
}
