namespace DiffCompile.Model.Catalogs;

/// <summary>What a catalog says about itself. A null means that the format or this file does not state it.</summary>
public sealed record HaloCatalogMetadata
{
    /// <summary>File, or name of the stream.</summary>
    public required string Catalog { get; init; }

    /// <summary>Name of the format, for people.</summary>
    public required string Format { get; init; }

    /// <summary>The columns that the batches hold: those that the catalog has and that were asked for.</summary>
    public required HaloColumns Columns { get; init; }

    /// <summary>The simulation box, stated by the catalog or by the caller.</summary>
    public SimulationBox? Box { get; init; }

    /// <summary>Mass of one simulation particle, Msun/h.</summary>
    public double? ParticleMassMsunPerH { get; init; }

    /// <summary>Scale factor a of the snapshot; 1 today.</summary>
    public double? ScaleFactor { get; init; }

    /// <summary>Matter density today over the critical density.</summary>
    public double? OmegaMatter { get; init; }

    /// <summary>Density of the cosmological constant today over the critical density.</summary>
    public double? OmegaLambda { get; init; }

    /// <summary>Hubble constant over 100 km/s/Mpc.</summary>
    public double? HubbleParameter { get; init; }

    /// <summary>Number of halos, where it is known without reading them.</summary>
    public long? HaloCount { get; init; }

    /// <summary>What the reader had to interpret, one sentence each; worth showing to the user.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
