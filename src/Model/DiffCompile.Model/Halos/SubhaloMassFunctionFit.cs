namespace DiffCompile.Model.Halos;

/// <summary>
/// The two free numbers of <see cref="SubhaloMassFunction"/> as fitted at single redshifts of the Bolshoi–Planck
/// simulation (values released with Hearin et al. 2021).
/// </summary>
/// <param name="LogDensity">y0 = lg N(&gt;m_c), number per (Mpc/h)³.</param>
/// <param name="LogMcrit">Critical mass m_c = lg(M/(Msun/h)), dex.</param>
public readonly record struct SubhaloMassFunctionFit(double LogDensity, double LogMcrit)
{
    /// <summary>Fit at z = 0.</summary>
    public static SubhaloMassFunctionFit AtRedshift0 { get; } = new(-7.37, 15.16);

    /// <summary>Fit at z = 0.5.</summary>
    public static SubhaloMassFunctionFit AtRedshiftHalf { get; } = new(-7.0, 14.75);

    /// <summary>Fit at z = 1.</summary>
    public static SubhaloMassFunctionFit AtRedshift1 { get; } = new(-6.61, 14.31);

    /// <summary>Fit at z = 2.</summary>
    public static SubhaloMassFunctionFit AtRedshift2 { get; } = new(-6.16, 13.66);
}
