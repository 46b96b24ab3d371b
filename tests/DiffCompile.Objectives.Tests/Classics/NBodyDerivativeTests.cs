using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

/// <summary>Generated derivatives of the leapfrog method.</summary>
public sealed class NBodyDerivativeTests
{
    private static readonly double[] Masses = [1.0, 0.5, 0.25, 0.125];
    private static readonly double[] Positions = [1.0, 0.0, 0.1, -1.0, 0.3, 0.0, 0.0, 1.5, -0.2, 0.4, -1.2, 0.6];
    private static readonly double[] Velocities = [0.0, 0.5, 0.0, 0.1, -0.6, 0.1, -0.5, 0.0, 0.0, 0.3, 0.2, -0.1];
    private static readonly double[] Targets = Generated.Draw(12, 9);

    [Fact]
    public void Energy_has_the_forces_as_its_gradient()
    {
        var f = new Generated(typeof(NBody), nameof(NBody.Energy), Masses, 0.05, Positions, Velocities);
        f.ShouldAgreeInEveryMode();
        double[] gradient = f.Gradient();
        for (int i = 0; i < 4; i++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                double force = 0.0;
                for (int j = 0; j < 4; j++)
                {
                    double square = 0.05 * 0.05 + Enumerable.Range(0, 3).Sum(a => Math.Pow(Positions[3 * j + a] - Positions[3 * i + a], 2));
                    force += Masses[i] * Masses[j] * (Positions[3 * j + axis] - Positions[3 * i + axis]) / Math.Pow(square, 1.5);
                }

                gradient[4 + 3 * i + axis].ShouldAgree(-force, 1e-13);
                gradient[16 + 3 * i + axis].ShouldAgree(Masses[i] * Velocities[3 * i + axis], 1e-14);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void Miss_in_every_mode(int steps) => Miss(steps).ShouldAgreeInEveryMode();

    [Fact]
    public void A_thousand_steps_conserve_the_symplectic_form()
    {
        // The leapfrog method is symplectic, so Σ m (δx·δ′v − δ′x·δv) of two tangents stays what it was; and so do its
        // pullbacks, here through 1,000 steps of stored residuals.
        double[] a = [.. new double[4], .. Generated.Draw(24, 1)], b = [.. new double[4], .. Generated.Draw(24, 2)];
        var advance = new Generated(typeof(NBody), nameof(NBody.Advance), Masses, 0.05, 1e-3, 1000, Positions, Velocities, new double[12]);
        double[] endA = advance.Jvp(a), endB = advance.Jvp(b);
        Form(endA, endB).ShouldAgree(Form(a[4..], b[4..]), 1e-11);
        endA.Zip(a[4..], (p, q) => Math.Abs(p - q)).Max().ShouldBeGreaterThan(0.1);

        // J⁻ᵀ of a symplectic map: what a pullback gives for Ω δ at the end is Ω δ at the start.
        advance.Vjp(Turned(endA))[4..].ShouldAgree(Turned(a[4..]), 1e-10);
    }

    [Fact]
    public void A_thousand_steps_in_reverse_and_forward_mode_agree()
    {
        Generated f = Miss(1000);
        double[] v = Generated.Draw(28, 3), w = Generated.Draw(28, 4), gradient = f.Gradient();
        f.Jvp(v)[0].ShouldAgree(gradient.Zip(v, (a, b) => a * b).Sum(), 1e-10);
        double there = f.HessianVectorProduct(v).Zip(w, (a, b) => a * b).Sum(), back = f.HessianVectorProduct(w).Zip(v, (a, b) => a * b).Sum();
        there.ShouldAgree(back, 1e-10);
    }

    private static Generated Miss(int steps) => new(
        typeof(NBody), nameof(NBody.Miss), Masses, Positions, Velocities, Targets, 0.05, 1e-3, steps, new double[12], new double[12], new double[12]);

    private static double Form(double[] a, double[] b) =>
        Enumerable.Range(0, 12).Sum(i => Masses[i / 3] * (a[i] * b[12 + i] - b[i] * a[12 + i]));

    private static double[] Turned(double[] a) =>
        [.. Enumerable.Range(0, 12).Select(i => -Masses[i / 3] * a[12 + i]), .. Enumerable.Range(0, 12).Select(i => Masses[i / 3] * a[i])];
}
