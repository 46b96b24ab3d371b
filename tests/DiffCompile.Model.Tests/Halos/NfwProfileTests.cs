using DiffCompile.Model.Halos;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Halos;

public class NfwProfileTests
{
    // Published to ten decimals.
    [Theory]
    [InlineData(5, 0.1, 0.1207154030)]
    [InlineData(5, 0.5, 0.4433208351)]
    [InlineData(5, 0.9, 0.8681208375)]
    [InlineData(10, 0.1, 0.0822396645)]
    [InlineData(10, 0.5, 0.3605613246)]
    [InlineData(10, 0.9, 0.8324857487)]
    [InlineData(20, 0.1, 0.0532144493)]
    [InlineData(20, 0.5, 0.2829220749)]
    [InlineData(20, 0.9, 0.7918101620)]
    public void Quantile_has_the_published_values(double c, double p, double expected)
        => NfwProfile.Quantile(p, c).ShouldBeWithin(expected, 0.0, 5.1e-11);

    // From the Lambert function in 40-digit arithmetic.
    [Theory]
    [InlineData(1e-12, 10.0, 1.72557688272872003e-7)]
    [InlineData(1e-6, 5.0, 0.000277156640409379242)]
    [InlineData(0.001, 4.0, 0.0103346205240875335)]
    [InlineData(0.05, 3.0, 0.100412061967523452)]
    [InlineData(0.02, 25.0, 0.0150412560442710564)]
    [InlineData(0.5, 0.01, 0.705731682134448988)]
    [InlineData(0.25, 1e-6, 0.499999833333420139)]
    [InlineData(0.5, 5.0, 0.44332083514593768)]
    [InlineData(0.999999, 200.0, 0.999995648538833542)]
    public void Quantile_is_relatively_accurate(double p, double c, double expected)
        => NfwProfile.Quantile(p, c).ShouldBeWithin(expected, 1e-14);

    [Theory]
    [InlineData(0.3)]
    [InlineData(5.0)]
    [InlineData(20.0)]
    [InlineData(300.0)]
    public void Quantile_inverts_the_distribution_between_the_ends_of_the_halo(double c)
    {
        NfwProfile.Quantile(0.0, c).ShouldBe(0.0);
        NfwProfile.Quantile(1.0, c).ShouldBeWithin(1.0, 1e-13);
        NfwProfile.Cdf(0.0, c).ShouldBe(0.0);
        NfwProfile.Cdf(1.0, c).ShouldBe(1.0);
        foreach (double p in new[] { 1e-30, 1e-9, 1e-3, 0.2, 0.7, 0.999 })
        {
            NfwProfile.Cdf(NfwProfile.Quantile(p, c), c).ShouldBeWithin(p, 1e-13);
        }
    }

    [Fact]
    public void Towards_the_centre_the_quantile_is_the_square_root_of_twice_the_mass()
    {
        foreach (double c in new[] { 0.5, 5.0, 40.0 })
        {
            double mass = NfwMass.Enclosed(c);
            foreach (double p in new[] { 1e-300, 1e-40, 1e-33, 1e-32, 1e-30 })
            {
                NfwProfile.Quantile(p, c).ShouldBeWithin(Math.Sqrt(2.0 * p * mass) / c, 4e-15);
            }

            // Next order, 1 + (2/3)√(2x): visible at 1e-12, so that the branch near 0 is the right limit and not the whole.
            double s = Math.Sqrt(2e-12 * mass);
            NfwProfile.Quantile(1e-12, c).ShouldBeWithin(s * (1.0 + (2.0 / 3.0 * s)) / c, 1e-11);
        }
    }

    [Fact]
    public void Quantile_is_monotone_across_its_switches()
    {
        const double c = 7.0;
        double mass = NfwMass.Enclosed(c);
        foreach (double x in new[] { 1e-33, 0.1 })
        {
            double below = NfwProfile.Quantile(x / mass * (1.0 - 1e-12), c);
            double above = NfwProfile.Quantile(x / mass * (1.0 + 1e-12), c);
            above.ShouldBeGreaterThan(below);
            above.ShouldBeWithin(below, 3e-12);
        }
    }

    [Fact]
    public void Impossible_arguments_give_not_a_number()
    {
        NfwProfile.Quantile(-0.1, 5.0).ShouldBe(double.NaN);
        NfwProfile.Quantile(double.NaN, 5.0).ShouldBe(double.NaN);
        NfwProfile.Quantile(0.5, double.NaN).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(0.01, 5.0)]
    [InlineData(0.3, 0.2)]
    [InlineData(0.5, 12.0)]
    [InlineData(0.95, 40.0)]
    public void Quantile_has_the_closed_form_derivatives(double p, double c)
    {
        double q = NfwProfile.Quantile(p, c);
        double v = 1.0 + q * c;
        double mass = Math.Log(1.0 + c) - (c / (1.0 + c));
        double byP = mass * v * v / (c * c * q);
        double byC = ((p * v * v / (q * (1.0 + c) * (1.0 + c))) - q) / c;

        FiniteDifference.Derivative(t => NfwProfile.Quantile(t, c), p, 0.3 * Math.Min(p, 1.0 - p)).ShouldBeWithin(byP, 1e-9);
        FiniteDifference.Derivative(t => NfwProfile.Quantile(p, t), c, 0.1 * c).ShouldBeWithin(byC, 1e-9, 1e-11);
        (1.0 / NfwProfile.Pdf(q, c)).ShouldBeWithin(byP, 1e-12);

        // The chain of the two rules of the enclosed mass is the same closed form.
        double radiusBar = NfwMass.RadiusEnclosingRule(p * NfwMass.Enclosed(c), q * c, 1.0 / c);
        (radiusBar * NfwMass.Enclosed(c)).ShouldBeWithin(byP, 1e-12);
        (NfwMass.EnclosedRule(c, NfwMass.Enclosed(c), radiusBar * p) - (q / c)).ShouldBeWithin(byC, 1e-11, 1e-13);
    }

    [Theory]
    [InlineData(0.05, 8.0)]
    [InlineData(0.6, 3.0)]
    public void Density_is_the_derivative_of_the_distribution(double q, double c)
        => FiniteDifference.Derivative(t => NfwProfile.Cdf(t, c), q, 0.3 * q).ShouldBeWithin(NfwProfile.Pdf(q, c), 1e-10);

    [Fact]
    public void Density_falls_off_as_the_profile()
        => NfwProfile.Pdf(0.5, 4.0).ShouldBeWithin(0.5 * 16.0 / ((Math.Log(5.0) - 0.8) * 9.0), 1e-14);
}
