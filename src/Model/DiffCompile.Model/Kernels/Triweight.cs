namespace DiffCompile.Model.Kernels;

/// <summary>
/// The triweight kernel, a polynomial stand-in for the unit normal with compact support: zero mean, variance one,
/// excess kurtosis −6/11, and exactly zero beyond three standard deviations (Hearin et al. 2021, appendix E).
/// </summary>
/// <remarks>
/// The paper states the support as |z| &lt; 3 without the end points and the density without 1/σ; both matter here:
/// K(±3) = 0, and the density of x with scatter σ is K((x − μ)/σ)/σ. K is twice and T three times continuously
/// differentiable at ±3; the next derivative jumps, so the family is not C^∞.
/// <para>
/// Inputs are clamped to the support, so that no power overflows far outside. T is written in t = (z + 3)/6, the
/// fraction of the support that lies below z: its ends are exactly 0 and 1 and its lower tail keeps its digits.
/// </para>
/// </remarks>
public static partial class Triweight
{
    /// <summary>Half-width of the support, in standard deviations.</summary>
    public const double Support = 3.0;

    /// <summary>Density K(z) = (35/96)(1 − (z/3)²)³ for |z| ≤ 3, zero beyond.</summary>
    /// <param name="z">Standardised deviate, dimensionless; any real number or infinity.</param>
    /// <returns>Probability per unit of z.</returns>
    [Differentiable]
    public static double Pdf(double z)
    {
        double inside = Math.Clamp(z, -Support, Support);
        double bump = (Support - inside) * (Support + inside) / (Support * Support);
        return 35.0 / 96.0 * bump * bump * bump;
    }

    /// <summary>Cumulative distribution T(z) = ½ + 35z/96 − 35z³/864 + 7z⁵/2592 − 5z⁷/69984 for |z| ≤ 3.</summary>
    /// <param name="z">Standardised deviate, dimensionless; any real number or infinity.</param>
    /// <returns>Probability in [0, 1]: exactly 0 from −3 downwards and exactly 1 from 3 upwards.</returns>
    [Differentiable]
    public static double Cdf(double z)
    {
        double t = (Math.Clamp(z, -Support, Support) + Support) / (2.0 * Support);
        double t2 = t * t;
        return t2 * t2 * (35.0 + t * (-84.0 + t * (70.0 - 20.0 * t)));
    }

    /// <summary>
    /// Probability that a quantity scattered about <paramref name="mean"/> falls into a bin: T((hi − mean)/σ) −
    /// T((lo − mean)/σ). It is exactly zero when the bin lies more than 3σ away, so that such bins can be skipped.
    /// </summary>
    /// <param name="mean">Centre of the scattered quantity, in its own unit (dex for masses).</param>
    /// <param name="sigma">Scatter, same unit; greater than 0.</param>
    /// <param name="lo">Lower bin edge, same unit; may be −∞.</param>
    /// <param name="hi">Upper bin edge, same unit, not below <paramref name="lo"/>; may be +∞.</param>
    /// <returns>Probability in [0, 1].</returns>
    /// <remarks>
    /// ∂w/∂mean = −[K_hi − K_lo]/σ and ∂w/∂σ = −[K_hi (hi − mean) − K_lo (lo − mean)]/σ² (Hearin et al. 2021,
    /// section 4). A bin above the mean is mirrored below it: there T is small and the difference keeps its digits.
    /// </remarks>
    [Differentiable]
    public static double BinWeight(double mean, double sigma, double lo, double hi)
    {
        double zLo = (lo - mean) / sigma;
        double zHi = (hi - mean) / sigma;
        return zLo > 0.0 ? Cdf(-zLo) - Cdf(-zHi) : Cdf(zHi) - Cdf(zLo);
    }
}
