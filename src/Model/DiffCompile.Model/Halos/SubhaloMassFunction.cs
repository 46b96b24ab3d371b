using DiffCompile.Mathematics;
using DiffCompile.Model.Kernels;

namespace DiffCompile.Model.Halos;

/// <summary>
/// Number density of halos and subhalos above a peak mass in the Bolshoi–Planck simulation: in logarithms a line whose
/// slope rolls from −1.4 at low to −5.25 at high mass (Hearin et al. 2021, appendix A).
/// </summary>
/// <remarks>
/// Masses are lg(M_peak/(Msun/h)), densities comoving per (Mpc/h)³, as in the catalog the fit is made for. The functions
/// of redshift reach the catalog to a mean squared error of 0.006 in lg N at z = 0; the values tabulated per redshift
/// reach 0.005 (<see cref="SubhaloMassFunctionFit"/>).
/// </remarks>
public static partial class SubhaloMassFunction
{
    private const double RollSpeed = 0.9;
    private const double SlopeLow = -1.4;
    private const double SlopeHigh = -5.25;
    private const double Ln10 = 2.302585092994045684;

    /// <summary>lg N(&gt;m) = y0 + S(m; m_c, 0.9, −1.4, −5.25)(m − m_c).</summary>
    /// <param name="logM">m, dex.</param>
    /// <param name="logDensity">y0 = lg N(&gt;m_c), the density at the critical mass.</param>
    /// <param name="logMcrit">Critical mass m_c, dex.</param>
    /// <returns>lg of the number per (Mpc/h)³.</returns>
    [Differentiable]
    public static double LogCumulative(double logM, double logDensity, double logMcrit)
        => SigmoidCurves.RollingLine(logM, logMcrit, logDensity, logMcrit, RollSpeed, SlopeLow, SlopeHigh);

    /// <summary>Logarithmic slope d lg N/dm, negative.</summary>
    /// <param name="logM">m, dex.</param>
    /// <param name="logMcrit">Critical mass m_c, dex.</param>
    /// <returns>Dimensionless slope.</returns>
    [Differentiable]
    public static double LogSlope(double logM, double logMcrit)
        => SigmoidCurves.RollingLineSlope(logM, logMcrit, logMcrit, RollSpeed, SlopeLow, SlopeHigh);

    /// <summary>Differential mass function dn/dm = −ln 10 · N(&gt;m) · d lg N/dm.</summary>
    /// <param name="logM">m, dex.</param>
    /// <param name="logDensity">y0 = lg N(&gt;m_c).</param>
    /// <param name="logMcrit">Critical mass m_c, dex.</param>
    /// <returns>Number per (Mpc/h)³ and dex.</returns>
    [Differentiable]
    public static double Density(double logM, double logDensity, double logMcrit)
        => -Ln10 * SpecialFunctions.Exp10(LogCumulative(logM, logDensity, logMcrit)) * LogSlope(logM, logMcrit);

    /// <summary>Critical mass as a function of redshift: m_c(z) = S(z; 0.75, 1, 16.175, 12.925).</summary>
    /// <param name="redshift">z; calibrated on [0, 2].</param>
    /// <returns>m_c, dex.</returns>
    [Differentiable]
    public static double LogMcritAt(double redshift) => SigmoidCurves.Step(redshift, 0.75, 1.0, 16.175, 12.925);

    /// <summary>Density at the critical mass as a function of redshift: y0(z) = S(z; 0.5, 1.35, −8.1, −5.9).</summary>
    /// <param name="redshift">z; calibrated on [0, 2].</param>
    /// <returns>y0, lg of the number per (Mpc/h)³.</returns>
    [Differentiable]
    public static double LogDensityAt(double redshift) => SigmoidCurves.Step(redshift, 0.5, 1.35, -8.1, -5.9);

    /// <summary>lg N(&gt;m) at a redshift.</summary>
    /// <param name="logM">m, dex.</param>
    /// <param name="redshift">z; calibrated on [0, 2].</param>
    /// <returns>lg of the number per (Mpc/h)³.</returns>
    [Differentiable]
    public static double LogCumulativeAt(double logM, double redshift)
        => LogCumulative(logM, LogDensityAt(redshift), LogMcritAt(redshift));

    /// <summary>Differential mass function dn/dm at a redshift.</summary>
    /// <param name="logM">m, dex.</param>
    /// <param name="redshift">z; calibrated on [0, 2].</param>
    /// <returns>Number per (Mpc/h)³ and dex.</returns>
    [Differentiable]
    public static double DensityAt(double logM, double redshift)
        => Density(logM, LogDensityAt(redshift), LogMcritAt(redshift));
}
