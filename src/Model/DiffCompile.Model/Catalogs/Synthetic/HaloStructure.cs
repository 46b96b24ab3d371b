namespace DiffCompile.Model.Catalogs;

/// <summary>Size and concentration of a halo of given virial mass, for catalogs that do not give them.</summary>
public static class HaloStructure
{
    /// <summary>Critical density today, (Msun/h) / (Mpc/h)³: 3 (100 km/s/Mpc)² / (8πG) with G = 4.30091727e-9 Mpc km²/s²/Msun.</summary>
    public const double CriticalDensityMsunPerHPerMpcPerHCubed = 2.77536627e11;

    /// <summary>Standard deviation of lg c at fixed mass in A. A. Dutton and A. V. Macciò, MNRAS 441, 3359, 2014.</summary>
    public const double ConcentrationScatterDex = 0.11;

    /// <summary>
    /// Mean density of a virialised halo over the critical density in a flat universe: 18π² + 82x − 39x² with
    /// x = Ωm(z) − 1 (G. L. Bryan and M. L. Norman, ApJ 495, 80, 1998, eq. 6).
    /// </summary>
    /// <param name="omegaMatterAtRedshift">Ωm at the redshift of the halo, in (0, 1].</param>
    public static double VirialOverdensity(double omegaMatterAtRedshift)
    {
        var x = omegaMatterAtRedshift - 1.0;
        return (18.0 * Math.PI * Math.PI) + (x * (82.0 - (39.0 * x)));
    }

    /// <summary>Virial radius today in kpc/h: the sphere of mean density <see cref="VirialOverdensity"/> times critical.</summary>
    /// <param name="massMsunPerH">Virial mass, Msun/h.</param>
    /// <param name="omegaMatter">Matter density today over critical, in (0, 1].</param>
    public static double VirialRadiusKpcPerH(double massMsunPerH, double omegaMatter)
    {
        var density = VirialOverdensity(omegaMatter) * CriticalDensityMsunPerHPerMpcPerHCubed;
        return 1000.0 * Math.Cbrt(massMsunPerH / (4.0 / 3.0 * Math.PI * density));
    }

    /// <summary>
    /// Median NFW concentration r_vir / r_s today in the Planck cosmology: lg c = 1.025 − 0.097 lg(M / 10^12 Msun/h)
    /// (Dutton and Macciò 2014, eqs. 12 and 13 at z = 0, virial definition).
    /// </summary>
    /// <param name="massMsunPerH">Virial mass, Msun/h.</param>
    public static double MedianConcentration(double massMsunPerH)
        => Math.Pow(10.0, 1.025 - (0.097 * Math.Log10(massMsunPerH / 1e12)));
}
