using System.Globalization;
using DiffCompile.Verification;
using Xunit;

namespace DiffCompile.Objectives.Tests.Support;

internal static class Agreement
{
    /// <summary>Fails unless |x − y| / max(1, |x| + |y|) is below the bound (ADBench's own measure); NaN never passes.</summary>
    public static void ShouldAgree(this double actual, double expected, double bound = 1e-8, string what = "value")
    {
        double error = Math.Abs(actual - expected) / Math.Max(1.0, Math.Abs(actual) + Math.Abs(expected));
        Assert.True(error < bound, string.Create(
            CultureInfo.InvariantCulture, $"{what}: expected {expected:G17}, was {actual:G17}, error {error:G3} (allowed {bound:G3})"));
    }

    /// <inheritdoc cref="ShouldAgree(double, double, double, string)"/>
    public static void ShouldAgree(this double[] actual, double[] expected, double bound = 1e-8)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldAgree(expected[i], bound, $"number {i}");
        }
    }

    /// <summary>Extrapolated central difference of <paramref name="f"/> in one parameter, which is put back afterwards.</summary>
    public static double Difference(double[] parameters, int index, Func<double> f, double step = 1e-2)
    {
        double at = parameters[index];
        double slope = FiniteDifference.Derivative(
            x =>
            {
                parameters[index] = x;
                return f();
            },
            at,
            step * Math.Max(1.0, Math.Abs(at))).Value;
        parameters[index] = at;
        return slope;
    }
}
