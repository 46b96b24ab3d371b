using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Everything there is to tell about a run: the JSON result, and what only people want to know.</summary>
internal sealed record Summary
{
    public required Result Result { get; init; }

    public required HaloCatalogMetadata Catalog { get; init; }

    public required SimulationBox Box { get; init; }

    /// <summary>Halos summed over: hosts of the region.</summary>
    public required long HalosCounted { get; init; }

    /// <summary>Volume of the number density, (Mpc/h)³; null where it is not known.</summary>
    public required double? VolumeMpcPerHCubed { get; init; }

    /// <summary>The logarithmic derivatives from finite differences.</summary>
    public required Zheng07Parameters FiniteDifferences { get; init; }

    /// <summary>What may make the result another one than the user thinks.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
