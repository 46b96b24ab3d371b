namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Column names of a text catalog, matched without regard to case. A null looks for the format's usual names, which
/// <see cref="RockstarReader"/> and <see cref="CsvReader"/> list; a name that is given must exist.
/// The property says the unit in which the column is read.
/// </summary>
public sealed record HaloColumnNames
{
    /// <summary>Mass, Msun/h. Choose another definition with it, <c>M200b</c> for example.</summary>
    public string? MassMsunPerH { get; init; }

    /// <summary>Comoving x, Mpc/h.</summary>
    public string? XMpcPerH { get; init; }

    /// <summary>Comoving y, Mpc/h.</summary>
    public string? YMpcPerH { get; init; }

    /// <summary>Comoving z, Mpc/h.</summary>
    public string? ZMpcPerH { get; init; }

    /// <summary>Halo radius, comoving kpc/h.</summary>
    public string? RadiusKpcPerH { get; init; }

    /// <summary>NFW scale radius, comoving kpc/h.</summary>
    public string? ScaleRadiusKpcPerH { get; init; }

    /// <summary>Concentration.</summary>
    public string? Concentration { get; init; }

    /// <summary>Halo identifier, an integer.</summary>
    public string? Id { get; init; }

    /// <summary>Identifier of the host, an integer; -1 for a host.</summary>
    public string? ParentId { get; init; }

    internal string? For(HaloField field) => field switch
    {
        HaloField.Mass => MassMsunPerH,
        HaloField.X => XMpcPerH,
        HaloField.Y => YMpcPerH,
        HaloField.Z => ZMpcPerH,
        HaloField.Radius => RadiusKpcPerH,
        HaloField.ScaleRadius => ScaleRadiusKpcPerH,
        HaloField.Concentration => Concentration,
        HaloField.Id => Id,
        _ => ParentId,
    };
}
