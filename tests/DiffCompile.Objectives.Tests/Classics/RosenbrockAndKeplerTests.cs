using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.Verification;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

public sealed class RosenbrockAndKeplerTests
{
    [Fact]
    public void Rosenbrocks_values()
    {
        RosenbrockChain.Value([1.0, 1.0, 1.0, 1.0]).ShouldBe(0.0);
        RosenbrockChain.Value(new double[10]).ShouldBe(9.0);
        RosenbrockChain.Value([-1.2, 1.0]).ShouldBe(24.2, 1e-13);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Kepler_residual_and_slopes(double e)
    {
        for (double m = -6.0; m <= 6.0; m += 0.37)
        {
            double anomaly = Kepler.EccentricAnomaly(m, e);
            (anomaly - e * Math.Sin(anomaly)).ShouldBe(m, 1e-13);

            // ∂E/∂M = 1/(1 − e cos E), by the implicit function theorem.
            double slope = FiniteDifference.Derivative(x => Kepler.EccentricAnomaly(x, e), m, 1e-3).Value;
            slope.ShouldAgree(1.0 / (1.0 - e * Math.Cos(anomaly)), 1e-7, $"M = {m}");
        }
    }
}
