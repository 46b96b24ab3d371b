using DiffCompile.Mathematics;

namespace DiffCompile.Model.Occupation;

/// <summary>
/// Mean numbers of central and satellite galaxies in a halo (Zheng, Coil and Zehavi 2007; Horowitz et al. 2022,
/// equations 1 to 3). Masses enter as x = lg(M/(Msun/h)), and the unit matters only in being the same everywhere.
/// </summary>
/// <remarks>
/// Two forms of the satellite mean are in use: as published, and multiplied by the central mean, so that satellites
/// need a central. NaN in gives NaN out; nothing else below does.
/// </remarks>
public static partial class Zheng07
{
    private const double Ln10 = 2.302585092994045684;

    /// <summary>⟨N_cen⟩ = ½[1 + erf((x − x_min)/σ)].</summary>
    /// <param name="logM">x, dex; −∞ (no mass) gives 0.</param>
    /// <param name="logMmin">x_min, dex.</param>
    /// <param name="sigmaLogM">σ, dex; greater than 0.</param>
    /// <returns>A probability in [0, 1].</returns>
    /// <remarks>Written with the complementary error function, which keeps the digits of small occupations.</remarks>
    [Differentiable]
    public static double MeanCentral(double logM, double logMmin, double sigmaLogM)
        => 0.5 * SpecialFunctions.Erfc((logMmin - logM) / sigmaLogM);

    /// <summary>⟨N_sat⟩ = ((M − M0)/M1)^α for M &gt; M0, otherwise exactly 0; not modulated by the central mean.</summary>
    /// <param name="logM">x, dex; −∞ (no mass) gives 0.</param>
    /// <param name="logM0">x_0, dex; −∞ (no cut) is allowed.</param>
    /// <param name="logM1">x_1, dex.</param>
    /// <param name="alpha">α, dimensionless; positive.</param>
    /// <returns>A number of galaxies, at least 0.</returns>
    /// <remarks>
    /// The cut is a branch: below it the power is not evaluated and every derivative is 0. (The paper's equation states no
    /// cut and is complex below M0.) Just above, (M − M0)/M1 = −10^(x − x_1) expm1(−(x − x_0) ln 10) keeps the digits that
    /// the difference of two powers of ten loses. With α &lt; 1 the derivative with respect to x grows without bound
    /// as x → x_0 from above, which is the truth; with α = 1 it jumps at x_0, with α &gt; 1 it is continuous.
    /// </remarks>
    [Differentiable]
    public static double MeanSatellite(double logM, double logM0, double logM1, double alpha)
    {
        if (logM <= logM0)
        {
            return 0.0;
        }

        double massRatio = -SpecialFunctions.Exp10(logM - logM1) * SpecialFunctions.Expm1((logM0 - logM) * Ln10);
        return Math.Pow(massRatio, alpha);
    }

    /// <summary>Satellite mean multiplied by the central mean: ⟨N_cen⟩ ((M − M0)/M1)^α for M &gt; M0, otherwise 0.</summary>
    /// <param name="logM">x, dex.</param>
    /// <param name="logMmin">x_min, dex.</param>
    /// <param name="sigmaLogM">σ, dex; greater than 0.</param>
    /// <param name="logM0">x_0, dex.</param>
    /// <param name="logM1">x_1, dex.</param>
    /// <param name="alpha">α, dimensionless; positive.</param>
    /// <returns>A number of galaxies, at least 0.</returns>
    [Differentiable]
    public static double MeanSatelliteModulated(
        double logM, double logMmin, double sigmaLogM, double logM0, double logM1, double alpha)
        => MeanCentral(logM, logMmin, sigmaLogM) * MeanSatellite(logM, logM0, logM1, alpha);

    /// <summary>All galaxies of a halo, with modulated satellites: ⟨N_cen⟩(1 + ((M − M0)/M1)^α).</summary>
    /// <param name="logM">x, dex.</param>
    /// <param name="p">Parameters of the sample.</param>
    /// <returns>A number of galaxies, at least 0.</returns>
    /// <remarks>Summed over the halos of a volume and divided by it, this is the number density of the sample.</remarks>
    [Differentiable]
    public static double MeanGalaxies(double logM, Zheng07Parameters p)
        => MeanCentral(logM, p.LogMmin, p.SigmaLogM) * (1.0 + MeanSatellite(logM, p.LogM0, p.LogM1, p.Alpha));

    /// <summary>The three means of a halo in one call.</summary>
    /// <param name="logM">x, dex.</param>
    /// <param name="p">Parameters of the sample.</param>
    /// <returns>Centrals, satellites as published, and satellites multiplied by the central mean.</returns>
    [Differentiable]
    public static (double Centrals, double Satellites, double SatellitesModulated) MeanOccupation(
        double logM, Zheng07Parameters p)
    {
        double centrals = MeanCentral(logM, p.LogMmin, p.SigmaLogM);
        double satellites = MeanSatellite(logM, p.LogM0, p.LogM1, p.Alpha);
        return (centrals, satellites, centrals * satellites);
    }
}
