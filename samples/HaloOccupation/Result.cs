using System.Text.Json;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>The result as it is written to the JSON file, with the same names in camel case.</summary>
/// <param name="Halos">Halos read: all of the catalog, before subhalos are left out and a region is cut.</param>
/// <param name="VolumeFilledFraction">Volume of the bounding box of all coordinates read, over the volume of the box.</param>
/// <param name="BoxSizeMpcPerH">Side of the box, stated or assumed.</param>
/// <param name="Sample">Magnitude threshold of the published sample.</param>
/// <param name="Parameters">Parameters used, with the changes of the command line.</param>
/// <param name="SumCentrals">Σ⟨N_cen⟩ over the halos summed over.</param>
/// <param name="SumSatellites">Σ⟨N_sat⟩ as published.</param>
/// <param name="SumSatellitesModulated">Σ⟨N_cen⟩⟨N_sat⟩.</param>
/// <param name="NumberDensity">n of centrals and modulated satellites, (h/Mpc)³; null where the volume is not known.</param>
/// <param name="DlnDensity">∂ ln n/∂θ per unit of each parameter θ, from the generated gradient; of the number of galaxies where n is null.</param>
/// <param name="DerivativeMember">Full name of the generated member that the derivatives come from.</param>
internal sealed record Result(
    long Halos,
    double VolumeFilledFraction,
    double BoxSizeMpcPerH,
    double Sample,
    Zheng07Parameters Parameters,
    double SumCentrals,
    double SumSatellites,
    double SumSatellitesModulated,
    double? NumberDensity,
    Zheng07Parameters DlnDensity,
    string DerivativeMember)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The JSON object, numbers with all their digits.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
