using DiffCompile.Mathematics;

namespace DiffCompile.Model.StellarMass;

/// <summary>
/// Stellar mass function of Schechter (1976) per decade of mass, in the form of Hearin et al. (2021), equation 3.
/// </summary>
/// <remarks>
/// Densities are comoving numbers per Mpc³ and dex (the paper prints per Mpc³ and solar mass; its ln 10 says dex).
/// As a function of lg M it rises before it falls when α &gt; −1 (peak at lg M* + lg(α + 1)); the paper states α &lt; 1.
/// </remarks>
public static partial class Schechter
{
    /// <summary>Fiducial characteristic mass lg(M*/Msun), with h = 0.7.</summary>
    public const double FiducialLogMstar = 10.85;

    /// <summary>Fiducial normalisation lg(φ*/(Mpc⁻³ dex⁻¹)).</summary>
    public const double FiducialLogPhiStar = -2.3;

    /// <summary>Fiducial faint-end slope α.</summary>
    public const double FiducialAlpha = -1.06;

    private const double Ln10 = 2.302585092994045684;
    private const double Log10Ln10 = 0.36221568869946327;

    /// <summary>lg φ = lg ln 10 + lg φ* + (x − x*)(α + 1) − 10^(x − x*)/ln 10.</summary>
    /// <param name="logM">x = lg(M/Msun), dex.</param>
    /// <param name="logPhiStar">Normalisation lg(φ*/(Mpc⁻³ dex⁻¹)).</param>
    /// <param name="alpha">Faint-end slope of dn/dM, dimensionless.</param>
    /// <param name="logMstar">Characteristic mass x* = lg(M*/Msun), dex.</param>
    /// <returns>lg of the number density per Mpc³ and dex; −∞ where 10^(x − x*) overflows.</returns>
    [Differentiable]
    public static double LogDensity(double logM, double logPhiStar, double alpha, double logMstar)
    {
        double offset = logM - logMstar;
        return Log10Ln10 + logPhiStar + offset * (alpha + 1.0) - SpecialFunctions.Exp10(offset) / Ln10;
    }

    /// <summary>φ = ln 10 φ* 10^((x − x*)(α + 1)) exp(−10^(x − x*)).</summary>
    /// <param name="logM">x = lg(M/Msun), dex.</param>
    /// <param name="logPhiStar">Normalisation lg(φ*/(Mpc⁻³ dex⁻¹)).</param>
    /// <param name="alpha">Faint-end slope of dn/dM, dimensionless.</param>
    /// <param name="logMstar">Characteristic mass x* = lg(M*/Msun), dex.</param>
    /// <returns>Number per Mpc³ and dex; 0 where it underflows.</returns>
    [Differentiable]
    public static double Density(double logM, double logPhiStar, double alpha, double logMstar)
        => SpecialFunctions.Exp10(LogDensity(logM, logPhiStar, alpha, logMstar));
}
