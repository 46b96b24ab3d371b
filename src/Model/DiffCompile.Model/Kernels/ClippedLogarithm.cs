namespace DiffCompile.Model.Kernels;

/// <summary>
/// Decimal logarithm that stays finite at and below zero, after the inverse hyperbolic sine magnitudes of Lupton,
/// Gunn and Szalay (1999); used for losses on logarithmic number densities (Hearin et al. 2021, appendix D).
/// </summary>
public static partial class ClippedLogarithm
{
    private const double Ln10 = 2.302585092994045684;

    /// <summary>R(x; k) = [asinh(x/2k) + ln k]/ln 10: lg x for x ≫ k, exactly lg k at 0, falling on below 0.</summary>
    /// <param name="x">Argument, any finite number with |x|/k below 1e307.</param>
    /// <param name="floor">Softening k in the unit of x; greater than 0.</param>
    /// <returns>A logarithm to base 10; dR/dx = 1/(ln 10 √(x² + 4k²)).</returns>
    /// <remarks>The published text calls lg k the limit for x → 0⁺ as if it were a floor; negative x falls below it.</remarks>
    [Differentiable]
    public static double Log10(double x, double floor) => (Math.Asinh(x / (2.0 * floor)) + Math.Log(floor)) / Ln10;
}
