using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>The one method of this program that is differentiated.</summary>
internal static partial class GalaxyCount
{
    /// <summary>
    /// Mean number of galaxies in a halo: centrals, and satellites modulated by them. From this text the build makes
    /// <c>MeanGalaxiesValueAndGradient</c>, of which the sums over halos are made.
    /// </summary>
    /// <param name="logM">lg(M/(Msun/h)) of the halo; data, not a parameter of the model.</param>
    /// <param name="p">Parameters of the galaxy sample.</param>
    [Differentiable(DerivativeModes.Gradient)]
    public static double MeanGalaxies([NoGradient] double logM, Zheng07Parameters p)
        => Zheng07.MeanGalaxies(logM, p);
}
