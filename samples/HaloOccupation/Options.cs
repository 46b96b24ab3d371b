using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>The catalog file; null for the embedded synthetic catalog.</summary>
    public string? Catalog { get; init; }

    /// <summary>Format of <see cref="Catalog"/>.</summary>
    public CatalogFormat Format { get; init; }

    /// <summary>Side of the box, Mpc/h, in place of what the catalog states.</summary>
    public double? BoxSizeMpcPerH { get; init; }

    /// <summary>Volume that the halos come from, (Mpc/h)³, for the number density.</summary>
    public double? VolumeMpcPerHCubed { get; init; }

    /// <summary>The part of space to sum over.</summary>
    public CatalogRegion? Region { get; init; }

    /// <summary>Whether subhalos are left out; null where the command line does not say, which leaves them out where they are known.</summary>
    public bool? HostsOnly { get; init; }

    /// <summary>Magnitude threshold of the published sample.</summary>
    public double Sample { get; init; } = Zheng07Samples.DefaultThreshold;

    /// <summary>Parameters of <see cref="Sample"/>, with the changes of the command line.</summary>
    public Zheng07Parameters Parameters { get; init; } = Zheng07Samples.ForThreshold(Zheng07Samples.DefaultThreshold);

    /// <summary>File for the JSON object; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Whether to explain the command line and do nothing else.</summary>
    public bool Help { get; init; }
}
