using DiffCompile.Model.Halos;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Halos;

public class NfwMassTests
{
    // ln(1 + x) − x/(1 + x) in 40-digit arithmetic; both sides of the switch at x = 0.5.
    [Theory]
    [InlineData(1e-8, 4.99999993333333429e-17)]
    [InlineData(0.001, 4.99334082534165831e-7)]
    [InlineData(0.1, 0.00440108889523395141)]
    [InlineData(0.3, 0.0315950336982602808)]
    [InlineData(0.49999, 0.0721295525600163304)]
    [InlineData(0.5, 0.0721317747748310486)]
    [InlineData(0.51, 0.0743613064559720356)]
    [InlineData(1.0, 0.193147180559945309)]
    [InlineData(5.0, 0.958426135894721667)]
    [InlineData(100.0, 3.62502150694026935)]
    public void Enclosed_mass_is_relatively_accurate(double x, double expected)
        => NfwMass.Enclosed(x).ShouldBeWithin(expected, x > 0.5 && x < 1.0 ? 3e-15 : 1e-15);

    // −1 − 1/W(−exp(−1 − m)) in 60-digit arithmetic; both sides of the switch at m = 0.1.
    [Theory]
    [InlineData(1e-20, 1.41421356250642834e-10)]
    [InlineData(1e-6, 0.00141554791776478163)]
    [InlineData(0.01, 0.155848551745576152)]
    [InlineData(0.0999, 0.620803706863333327)]
    [InlineData(0.1001, 0.621649895877753299)]
    [InlineData(0.5, 2.31444582366867565)]
    [InlineData(3.0, 52.5887614103238171)]
    [InlineData(20.0, 1318815732.4832147)]
    public void Enclosing_radius_is_relatively_accurate(double mass, double expected)
        => NfwMass.RadiusEnclosing(mass).ShouldBeWithin(expected, 2e-15 * Math.Max(1.0, mass));

    [Fact]
    public void Zero_encloses_nothing_and_negative_mass_has_no_radius()
    {
        NfwMass.Enclosed(0.0).ShouldBe(0.0);
        NfwMass.RadiusEnclosing(0.0).ShouldBe(0.0);
        NfwMass.RadiusEnclosing(-1e-3).ShouldBe(double.NaN);
        NfwMass.RadiusEnclosing(double.NaN).ShouldBe(double.NaN);
        NfwMass.Enclosed(double.NaN).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.45)]
    [InlineData(0.6)]
    [InlineData(7.0)]
    [InlineData(300.0)]
    public void Rules_are_the_derivatives(double x)
    {
        double mass = NfwMass.Enclosed(x);
        double slope = FiniteDifference.Derivative(NfwMass.Enclosed, x, 0.04 * x);
        NfwMass.EnclosedRule(x, mass, 2.0).ShouldBeWithin(2.0 * slope, 1e-9);
        double inverseSlope = FiniteDifference.Derivative(NfwMass.RadiusEnclosing, mass, 0.02 * mass);
        NfwMass.RadiusEnclosingRule(mass, x, 2.0).ShouldBeWithin(2.0 * inverseSlope, 1e-9);
        (NfwMass.RadiusEnclosingRule(mass, x, 1.0) * NfwMass.EnclosedRule(x, mass, 1.0)).ShouldBeWithin(1.0, 1e-14);
    }
}
