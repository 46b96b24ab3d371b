using DiffCompile.Model.Kernels;
using DiffCompile.Model.Tests.Support;
using Xunit;

namespace DiffCompile.Model.Tests.Kernels;

public class ClippedLogarithmTests
{
    // Published to eight decimals.
    [Theory]
    [InlineData(0.0, -14.0)]
    [InlineData(1e-16, -13.99782854)]
    [InlineData(1e-14, -13.79101236)]
    [InlineData(1e-13, -12.99572079)]
    [InlineData(1e-3, -3.0)]
    public void Has_the_published_values(double x, double expected)
        => ClippedLogarithm.Log10(x, 1e-14).ShouldBeWithin(expected, 0.0, 5.1e-9);

    [Theory]
    [InlineData(0.0)]
    [InlineData(3e-15)]
    [InlineData(-2e-14)]
    [InlineData(1e-12)]
    public void Has_the_published_derivative(double x)
    {
        const double k = 1e-14;
        double expected = 1.0 / (Math.Log(10.0) * Math.Sqrt((x * x) + (4.0 * k * k)));
        FiniteDifference.Derivative(t => ClippedLogarithm.Log10(t, k), x, 5e-15).ShouldBeWithin(expected, 1e-8);
    }

    [Fact]
    public void Below_zero_it_goes_on_falling()
    {
        ClippedLogarithm.Log10(-1e-14, 1e-14).ShouldBeWithin(-28.0 + 13.79101236, 0.0, 1e-8);
        ClippedLogarithm.Log10(-1e-3, 1e-14).ShouldBeWithin(-25.0, 0.0, 1e-9);
    }
}
