using DiffCompile.Model.StellarMass;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.StellarMass;

public class SchechterTests
{
    private static readonly double LogPhi = Math.Log10(0.005);

    [Theory]
    [InlineData(9.0, 0.014657204)]
    [InlineData(10.0, 0.011241906)]
    [InlineData(10.5, 0.0077302488)]
    [InlineData(10.85, 0.0042353686)]
    [InlineData(11.0, 0.0027461764)]
    [InlineData(11.5, 1.2085469e-4)]
    [InlineData(12.0, 7.2046532e-9)]
    public void Has_the_published_values(double logM, double expected)
        => Schechter.Density(logM, LogPhi, -1.06, 10.85).ShouldBeWithin(expected, 1e-7);

    [Theory]
    [InlineData(9.3)]
    [InlineData(10.9)]
    [InlineData(12.0)]
    public void Logarithmic_derivatives_follow_from_the_formula(double logM)
    {
        double ratio = Math.Pow(10.0, logM - 10.85);
        FiniteDifference.Derivative(x => Schechter.LogDensity(x, -2.3, -1.06, 10.85), logM, 0.1).ShouldBeWithin(-0.06 - ratio, 1e-10);
        FiniteDifference.Derivative(a => Schechter.LogDensity(logM, -2.3, a, 10.85), -1.06, 0.1).ShouldBeWithin(logM - 10.85, 1e-10);
        FiniteDifference.Derivative(m => Schechter.LogDensity(logM, -2.3, -1.06, m), 10.85, 0.1).ShouldBeWithin(0.06 + ratio, 1e-10);
        Schechter.Density(logM, -2.3, -1.06, 10.85).ShouldBeWithin(Math.Pow(10.0, Schechter.LogDensity(logM, -2.3, -1.06, 10.85)), 1e-13);
    }

    [Fact]
    public void Rises_to_a_peak_only_for_a_faint_slope_above_minus_one()
    {
        double peak = 10.85 + Math.Log10(-0.7 + 1.0);
        FiniteDifference.Derivative(x => Schechter.LogDensity(x, -2.3, -0.7, 10.85), peak, 0.1).ShouldBeWithin(0.0, 0.0, 1e-10);
        Schechter.Density(9.0, -2.3, -1.06, 10.85).ShouldBeGreaterThan(Schechter.Density(9.1, -2.3, -1.06, 10.85));
    }

    [Fact]
    public void Extreme_masses_underflow_to_zero()
    {
        Schechter.Density(15.0, -2.3, -1.06, 10.85).ShouldBe(0.0);
        Schechter.Density(400.0, -2.3, -1.06, 10.85).ShouldBe(0.0);
    }
}
