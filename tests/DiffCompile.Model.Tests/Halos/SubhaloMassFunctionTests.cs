using DiffCompile.Model.Halos;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Halos;

public class SubhaloMassFunctionTests
{
    // Published to six decimals of lg N.
    [Theory]
    [InlineData(10.0, 0.020454)]
    [InlineData(11.0, -1.195746)]
    [InlineData(12.0, -2.293546)]
    [InlineData(13.0, -3.322003)]
    [InlineData(14.0, -4.616359)]
    [InlineData(15.0, -6.932920)]
    public void Has_the_published_values_at_redshift_zero(double logM, double expected)
        => SubhaloMassFunction.LogCumulativeAt(logM, 0.0).ShouldBeWithin(expected, 0.0, 5.1e-7);

    // Stated with the correction to the published fit: (−7.3578, 15.1323) at z = 0.
    [Fact]
    public void Parameters_at_redshift_zero_are_the_published_ones()
    {
        SubhaloMassFunction.LogDensityAt(0.0).ShouldBeWithin(-7.3578, 0.0, 5.1e-5);
        SubhaloMassFunction.LogMcritAt(0.0).ShouldBeWithin(15.1323, 0.0, 5.1e-5);
    }

    // The fits at single redshifts are close to, but not on, the functions of redshift.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void Fits_at_single_redshifts_lie_near_the_functions_of_redshift(double redshift)
    {
        SubhaloMassFunctionFit fit = redshift switch
        {
            0.0 => SubhaloMassFunctionFit.AtRedshift0,
            0.5 => SubhaloMassFunctionFit.AtRedshiftHalf,
            1.0 => SubhaloMassFunctionFit.AtRedshift1,
            _ => SubhaloMassFunctionFit.AtRedshift2,
        };
        for (double m = 11.0; m <= 14.0; m += 0.5)
        {
            SubhaloMassFunction.LogCumulative(m, fit.LogDensity, fit.LogMcrit)
                .ShouldBeWithin(SubhaloMassFunction.LogCumulativeAt(m, redshift), 0.0, 0.1);
        }
    }

    [Theory]
    [InlineData(9.0)]
    [InlineData(12.3)]
    [InlineData(15.1)]
    public void Density_is_minus_the_derivative_of_the_cumulative_number(double logM)
    {
        FiniteDifference.Derivative(m => SubhaloMassFunction.LogCumulative(m, -7.37, 15.16), logM, 0.2)
            .ShouldBeWithin(SubhaloMassFunction.LogSlope(logM, 15.16), 1e-10);
        double slope = FiniteDifference.Derivative(
            m => Math.Pow(10.0, SubhaloMassFunction.LogCumulative(m, -7.37, 15.16)), logM, 0.1);
        SubhaloMassFunction.Density(logM, -7.37, 15.16).ShouldBeWithin(-slope, 1e-9);
        SubhaloMassFunction.DensityAt(logM, 1.0).ShouldBe(SubhaloMassFunction.Density(
            logM, SubhaloMassFunction.LogDensityAt(1.0), SubhaloMassFunction.LogMcritAt(1.0)));
    }

    [Fact]
    public void Density_integrates_to_the_cumulative_number()
    {
        // Simpson's rule on 11…17; what lies above 17 is below 1e-14 of the whole.
        const int n = 2000;
        double h = 6.0 / n;
        double sum = 0.0;
        for (int i = 0; i <= n; i++)
        {
            double weight = i is 0 or n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
            sum += weight * SubhaloMassFunction.Density(11.0 + i * h, -7.37, 15.16);
        }

        double above = Math.Pow(10.0, SubhaloMassFunction.LogCumulative(17.0, -7.37, 15.16));
        (sum * h / 3.0 + above).ShouldBeWithin(Math.Pow(10.0, SubhaloMassFunction.LogCumulative(11.0, -7.37, 15.16)), 1e-10);
    }

    [Fact]
    public void Slopes_far_from_the_critical_mass_are_the_published_ones()
    {
        SubhaloMassFunction.LogSlope(-60.0, 15.0).ShouldBeWithin(-1.4, 1e-12);
        SubhaloMassFunction.LogSlope(90.0, 15.0).ShouldBeWithin(-5.25, 1e-12);
    }
}
