using DiffCompile.Model.Kernels;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Kernels;

public class TriweightTests
{
    // Published values to ten decimals: half a unit of the last digit.
    [Theory]
    [InlineData(0.0, 0.3645833333)]
    [InlineData(0.5, 0.3350375175)]
    [InlineData(1.0, 0.2560585277)]
    [InlineData(2.0, 0.0625142890)]
    public void Density_has_the_published_values(double z, double expected)
    {
        Triweight.Pdf(z).ShouldBeWithin(expected, 0.0, 5.1e-11);
        Triweight.Pdf(-z).ShouldBeWithin(expected, 0.0, 5.1e-11);
    }

    [Fact]
    public void Density_near_the_edge_has_the_published_value() => Triweight.Pdf(2.9).ShouldBeWithin(1.02713e-4, 0.0, 5.1e-10);

    [Theory]
    [InlineData(0.5, 0.6773118454)]
    [InlineData(1.0, 0.8267032465)]
    [InlineData(1.5, 0.9294433594)]
    [InlineData(2.0, 0.9823673983)]
    [InlineData(2.9, 0.9999974059)]
    public void Distribution_has_the_published_values(double z, double expected)
    {
        Triweight.Cdf(z).ShouldBeWithin(expected, 0.0, 5.1e-11);
        Triweight.Cdf(-z).ShouldBeWithin(1.0 - expected, 0.0, 5.1e-11);
    }

    // The published odd polynomial in 40-digit arithmetic; in double precision it loses all digits here.
    [Theory]
    [InlineData(-2.9, 2.59408579103796065e-06)]
    [InlineData(-2.99, 2.68982981109945081e-10)]
    [InlineData(-2.9999, 2.70050926078239049e-18)]
    public void Lower_tail_keeps_relative_accuracy(double z, double expected)
    {
        // One ulp of z moves (z + 3)^4 by 4 ulp(z)/(z + 3).
        double conditioning = 4.0 * 4.5e-16 / (z + 3.0);
        Triweight.Cdf(z).ShouldBeWithin(expected, 1e-15 + conditioning);
    }

    [Theory]
    [InlineData(-2.3)]
    [InlineData(-0.4)]
    [InlineData(0.0)]
    [InlineData(1.7)]
    [InlineData(2.95)]
    public void Distribution_equals_the_published_polynomial_and_integrates_the_density(double z)
    {
        double polynomial = 0.5 + (35.0 * z / 96.0) - (35.0 * Math.Pow(z, 3) / 864.0)
            + (7.0 * Math.Pow(z, 5) / 2592.0) - (5.0 * Math.Pow(z, 7) / 69984.0);
        Triweight.Cdf(z).ShouldBeWithin(polynomial, 0.0, 1e-15);
        FiniteDifference.Derivative(Triweight.Cdf, z, 0.02).ShouldBeWithin(Triweight.Pdf(z), 1e-10, 1e-11); // T is of order 1.
        double slope = -35.0 / 144.0 * z * Math.Pow(1.0 - (z * z / 9.0), 2);
        FiniteDifference.Derivative(Triweight.Pdf, z, 0.02).ShouldBeWithin(slope, 1e-10, 1e-12);
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(3.0000001)]
    [InlineData(17.0)]
    [InlineData(1e200)]
    [InlineData(double.PositiveInfinity)]
    public void Outside_the_support_values_are_exact(double z)
    {
        Triweight.Pdf(z).ShouldBe(0.0);
        Triweight.Pdf(-z).ShouldBe(0.0);
        Triweight.Cdf(z).ShouldBe(1.0);
        Triweight.Cdf(-z).ShouldBe(0.0);
    }

    [Fact]
    public void Just_inside_the_support_the_density_is_positive()
    {
        Triweight.Pdf(Math.BitDecrement(3.0)).ShouldBeGreaterThan(0.0);
        Triweight.Cdf(Math.BitIncrement(-3.0)).ShouldBeGreaterThan(0.0);
    }

    [Fact]
    public void Not_a_number_stays_so()
    {
        Triweight.Pdf(double.NaN).ShouldBe(double.NaN);
        Triweight.Cdf(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Moments_are_one_zero_one_and_excess_kurtosis_minus_six_elevenths()
    {
        // Trapezoidal sums of a function that vanishes to third order at both ends: error O(h⁴).
        const int n = 6000;
        double h = 6.0 / n;
        double m0 = 0.0, m1 = 0.0, m2 = 0.0, m4 = 0.0;
        for (int i = 0; i <= n; i++)
        {
            double z = -3.0 + i * h;
            double k = Triweight.Pdf(z) * h;
            m0 += k;
            m1 += k * z;
            m2 += k * z * z;
            m4 += k * z * z * z * z;
        }

        m0.ShouldBeWithin(1.0, 0.0, 1e-11);
        m1.ShouldBeWithin(0.0, 0.0, 1e-11);
        m2.ShouldBeWithin(1.0, 0.0, 1e-10);
        (m4 - 3.0).ShouldBeWithin(-6.0 / 11.0, 0.0, 1e-9);
    }

    [Theory]
    [InlineData(10.3, 0.2, 10.0, 10.1)]
    [InlineData(10.3, 0.2, 10.2, 10.4)]
    [InlineData(9.8, 0.35, 10.2, 10.4)]
    [InlineData(11.9, 0.5, 10.9, 11.1)]
    public void Bin_weight_has_the_published_derivatives(double mean, double sigma, double lo, double hi)
    {
        double kLo = Triweight.Pdf((lo - mean) / sigma);
        double kHi = Triweight.Pdf((hi - mean) / sigma);

        Triweight.BinWeight(mean, sigma, lo, hi).ShouldBeWithin(
            Triweight.Cdf((hi - mean) / sigma) - Triweight.Cdf((lo - mean) / sigma), 1e-13, 1e-15);
        FiniteDifference.Derivative(x => Triweight.BinWeight(x, sigma, lo, hi), mean, 0.01)
            .ShouldBeWithin(-(kHi - kLo) / sigma, 1e-9, 1e-11);
        FiniteDifference.Derivative(s => Triweight.BinWeight(mean, s, lo, hi), sigma, 0.01)
            .ShouldBeWithin(-((kHi * (hi - mean)) - (kLo * (lo - mean))) / (sigma * sigma), 1e-9, 1e-11);
    }

    [Fact]
    public void Bin_weights_of_a_partition_add_up_to_one_and_vanish_beyond_the_support()
    {
        double sum = 0.0;
        for (int i = 0; i < 40; i++)
        {
            sum += Triweight.BinWeight(10.33, 0.21, 8.0 + 0.1 * i, 8.1 + 0.1 * i);
        }

        sum.ShouldBeWithin(1.0, 0.0, 1e-14);
        Triweight.BinWeight(10.0, 0.2, 10.7, 11.0).ShouldBe(0.0);
        Triweight.BinWeight(10.0, 0.2, 9.0, 9.3).ShouldBe(0.0);
        Triweight.BinWeight(10.0, 0.2, double.NegativeInfinity, double.PositiveInfinity).ShouldBe(1.0);
    }

    [Fact]
    public void Bin_weight_above_the_mean_is_as_accurate_as_its_mirror_image_below()
    {
        // Both bins lie within 1e-3 of the end of the support, where the weight is of order 1e-15.
        double above = Triweight.BinWeight(0.0, 1.0, 2.9990234375, 2.99951171875);
        double below = Triweight.BinWeight(0.0, 1.0, -2.99951171875, -2.9990234375);
        above.ShouldBe(below);
        double t = 0.0009765625 / 6.0;
        double u = 0.00048828125 / 6.0;
        below.ShouldBeWithin((35.0 * (Math.Pow(t, 4) - Math.Pow(u, 4))) - (84.0 * (Math.Pow(t, 5) - Math.Pow(u, 5))), 1e-6);
    }
}
