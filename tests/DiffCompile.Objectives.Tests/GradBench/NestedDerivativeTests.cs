using DiffCompile.Objectives.GradBench;
using DiffCompile.Objectives.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

/// <summary>Derivatives of functions that take derivatives in a loop: forward and reverse mode inside, forward and reverse mode outside.</summary>
public sealed class NestedDerivativeTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Particle_by_each_pair_of_modes(double w)
    {
        double value = Particle.MissSquared(w), slope = Particle.MissSquaredGradient(w);
        NestedParticle.MissByGradient(w).ShouldAgree(value, 1e-12);
        NestedParticle.MissByTangents(w).ShouldAgree(value, 1e-12);
        NestedParticle.MissByGradientGradient(w).ShouldAgree(slope, 1e-9, "reverse over reverse");
        NestedParticle.MissByGradientJvp(w, 1.0).Tangent.ShouldAgree(slope, 1e-9, "forward over reverse");
        NestedParticle.MissByTangentsGradient(w).ShouldAgree(slope, 1e-9, "reverse over forward");
        NestedParticle.MissByTangentsJvp(w, 1.0).Tangent.ShouldAgree(slope, 1e-9, "forward over forward");
        NestedParticle.MissByGradientHessianVectorProduct(w, 1.0).ShouldAgree(NestedParticle.MissByTangentsHessianVectorProduct(w, 1.0), 1e-8);
        new Generated(typeof(NestedParticle), nameof(NestedParticle.MissByGradient), w).ShouldAgreeInEveryMode(1e-3);
    }

    [Fact]
    public void Particle_is_steered_by_nested_derivatives()
    {
        double[] w = GradientDescent.Minimum(x => NestedParticle.MissByGradient(x[0]), x => [NestedParticle.MissByGradientGradient(x[0])], [0.0]);
        w[0].ShouldBe(0.2071918746488116, 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void Saddle_by_each_pair_of_modes(int steps)
    {
        // p₂ = (1 − 2 rate)ⁿ start, and the payoff is |p₁|² − |p₂|².
        const double x1 = 0.7, y1 = -0.4, startX = 1.3, startY = -0.8, rate = 0.125;
        double factor = Math.Pow(1.0 - 2.0 * rate, 2 * steps);
        double byRate = steps == 0 ? 0.0 : 4.0 * steps * factor / (1.0 - 2.0 * rate) * (startX * startX + startY * startY);
        double[] gradient = [2.0 * x1, 2.0 * y1, -2.0 * factor * startX, -2.0 * factor * startY, byRate];
        foreach (string method in new[] { nameof(NestedSaddle.ByGradient), nameof(NestedSaddle.ByTangents) })
        {
            var f = new Generated(typeof(NestedSaddle), method, x1, y1, startX, startY, rate, steps);
            f.ShouldAgreeInEveryMode();
            f.Gradient().ShouldAgree(gradient, 1e-14);
            double[] v = Generated.Draw(5, steps + 1);
            f.Jvp(v)[0].ShouldAgree(gradient.Zip(v, (a, b) => a * b).Sum(), 1e-14);
        }
    }
}
