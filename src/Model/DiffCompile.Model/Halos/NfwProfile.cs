namespace DiffCompile.Model.Halos;

/// <summary>
/// Radial distribution of matter or satellites in a halo after Navarro, Frenk and White (1997), truncated at the halo
/// radius. Radii q = r/r_vir and concentrations c = r_vir/r_s are dimensionless.
/// </summary>
/// <remarks>
/// The quantile is that of Robotham and Howlett (2018), used by Horowitz et al. (2022), equation 5. That equation prints
/// the exponent as −p·M_vir − 1; it must be −p·m(c) − 1, so that the quantile depends on p and c only.
/// </remarks>
public static partial class NfwProfile
{
    /// <summary>Fraction of the mass inside the halo radius that lies inside q: m(qc)/m(c).</summary>
    /// <param name="q">Radius in units of the halo radius, at least 0; beyond 1 the fraction exceeds 1.</param>
    /// <param name="c">Concentration, greater than 0.</param>
    /// <returns>Cumulative probability, dimensionless.</returns>
    [Differentiable]
    public static double Cdf(double q, double c) => NfwMass.Enclosed(q * c) / NfwMass.Enclosed(c);

    /// <summary>Probability density of the radius: q c²/(m(c)(1 + qc)²).</summary>
    /// <param name="q">Radius in units of the halo radius, in [0, 1].</param>
    /// <param name="c">Concentration, greater than 0.</param>
    /// <returns>Probability per unit of q.</returns>
    [Differentiable]
    public static double Pdf(double q, double c)
    {
        double scale = c / (1.0 + q * c);
        return q * scale * scale / NfwMass.Enclosed(c);
    }

    /// <summary>Radius inside which the fraction p of the mass lies: q = −(1/c)[1 + 1/W₀(−exp(−p m(c) − 1))].</summary>
    /// <param name="p">Cumulative probability in [0, 1]; NaN is returned for negative p.</param>
    /// <param name="c">Concentration, greater than 0.</param>
    /// <returns>Radius in units of the halo radius: 0 at p = 0 and 1 at p = 1.</returns>
    /// <remarks>
    /// ∂q/∂p = m(c)(1 + qc)²/(c² q) and ∂q/∂c = [p(1 + qc)²/(q(1 + c)²) − q]/c follow from the rules of
    /// <see cref="NfwMass"/>. As p → 0 the Lambert function meets its branch point, q → √(2 p m(c))/c and ∂q/∂p grows
    /// as p^(−1/2) without bound, which is the truth and not an error. Where the next term cannot be seen that limit is
    /// used, with √p split off so that ∂q/∂c = 0 and not NaN at p = 0.
    /// </remarks>
    [Differentiable]
    public static double Quantile(double p, double c)
    {
        double mass = NfwMass.Enclosed(c);
        double enclosed = p * mass;
        if (enclosed < NegligibleMass)
        {
            return Math.Sqrt(p) * Math.Sqrt(2.0 * mass) / c;
        }

        return NfwMass.RadiusEnclosing(enclosed) / c;
    }

    // Below it the second term of the radius, (2/3)√(2x) relative to the first, is under half an ulp.
    private const double NegligibleMass = 1e-33;
}
