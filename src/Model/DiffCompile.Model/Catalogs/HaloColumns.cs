namespace DiffCompile.Model.Catalogs;

/// <summary>The columns of a halo catalog: which of them a batch holds, and which of them a reader is asked for.</summary>
[Flags]
public enum HaloColumns
{
    /// <summary>No column.</summary>
    None = 0,

    /// <summary>Halo mass, Msun/h.</summary>
    Mass = 1,

    /// <summary>The three comoving coordinates, Mpc/h.</summary>
    Position = 2,

    /// <summary>Halo radius, comoving kpc/h.</summary>
    Radius = 4,

    /// <summary>NFW scale radius, comoving kpc/h.</summary>
    ScaleRadius = 8,

    /// <summary>Concentration, a pure number.</summary>
    Concentration = 16,

    /// <summary>Identifier of the host halo; -1 for a host.</summary>
    ParentId = 32,

    /// <summary>Identifier of the halo.</summary>
    Id = 64,

    /// <summary>What every catalog must have.</summary>
    Required = Mass | Position,

    /// <summary>Every column that the catalog has.</summary>
    All = Mass | Position | Radius | ScaleRadius | Concentration | ParentId | Id,
}
