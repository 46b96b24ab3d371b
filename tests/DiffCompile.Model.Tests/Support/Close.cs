using System.Globalization;
using Xunit;

namespace DiffCompile.Model.Tests.Support;

internal static class Close
{
    /// <summary>Fails unless |actual − expected| ≤ relative·|expected| + absolute; NaN never passes.</summary>
    public static void ShouldBeWithin(this double actual, double expected, double relative, double absolute = 0.0)
    {
        double error = Math.Abs(actual - expected);
        bool close = error <= relative * Math.Abs(expected) + absolute;
        Assert.True(close, string.Create(
            CultureInfo.InvariantCulture,
            $"expected {expected:G17}, was {actual:G17}, difference {error:G3} (allowed {relative:G3} relative, {absolute:G3} absolute)"));
    }
}
