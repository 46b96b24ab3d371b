namespace DiffCompile.Model.Catalogs;

/// <summary>
/// A run of halos as a structure of arrays: one column per property, all of length <see cref="Count"/>.
/// A batch owns its columns and never changes, so that it may be kept, or handed to another thread.
/// </summary>
public sealed class HaloBatch
{
    private readonly double[]?[] reals;
    private readonly long[]? ids;
    private readonly long[]? parentIds;

    /// <summary>Takes the arrays as they are; they may be longer than <paramref name="count"/>.</summary>
    internal HaloBatch(int count, double[]?[] reals, long[]? ids, long[]? parentIds)
    {
        Count = count;
        this.reals = reals;
        this.ids = ids;
        this.parentIds = parentIds;
        for (var field = (HaloField)0; (int)field < HaloFields.Count; field++)
        {
            Columns |= Holds(field) ? field.Column() : HaloColumns.None;
        }
    }

    /// <summary>Number of halos.</summary>
    public int Count { get; }

    /// <summary>The columns this batch holds. Reading another one throws <see cref="InvalidOperationException"/>.</summary>
    public HaloColumns Columns { get; }

    /// <summary>Halo mass, Msun/h, above zero.</summary>
    public ReadOnlySpan<double> MassMsunPerH => Real(HaloField.Mass);

    /// <summary>Comoving x coordinate, Mpc/h.</summary>
    public ReadOnlySpan<double> XMpcPerH => Real(HaloField.X);

    /// <summary>Comoving y coordinate, Mpc/h.</summary>
    public ReadOnlySpan<double> YMpcPerH => Real(HaloField.Y);

    /// <summary>Comoving z coordinate, Mpc/h.</summary>
    public ReadOnlySpan<double> ZMpcPerH => Real(HaloField.Z);

    /// <summary>Halo radius, comoving kpc/h, zero or more.</summary>
    public ReadOnlySpan<double> RadiusKpcPerH => Real(HaloField.Radius);

    /// <summary>NFW scale radius, comoving kpc/h, zero or more.</summary>
    public ReadOnlySpan<double> ScaleRadiusKpcPerH => Real(HaloField.ScaleRadius);

    /// <summary>Concentration as the catalog gives it, above zero. See also <see cref="ConcentrationOrRatio"/>.</summary>
    public ReadOnlySpan<double> Concentration => Real(HaloField.Concentration);

    /// <summary>Identifier of the halo.</summary>
    public ReadOnlySpan<long> Id => Integer(HaloField.Id);

    /// <summary>Identifier of the host halo; -1 for a host.</summary>
    public ReadOnlySpan<long> ParentId => Integer(HaloField.ParentId);

    /// <summary>Makes a batch from columns in memory. The columns are copied.</summary>
    /// <exception cref="ArgumentException">A column has another length than <paramref name="massMsunPerH"/>, or holds an impossible value.</exception>
    public static HaloBatch FromColumns(
        ReadOnlySpan<double> massMsunPerH,
        ReadOnlySpan<double> xMpcPerH,
        ReadOnlySpan<double> yMpcPerH,
        ReadOnlySpan<double> zMpcPerH,
        double[]? radiusKpcPerH = null,
        double[]? scaleRadiusKpcPerH = null,
        double[]? concentration = null,
        long[]? id = null,
        long[]? parentId = null)
    {
        var count = massMsunPerH.Length;
        double[]?[] reals =
        [
            massMsunPerH.ToArray(), xMpcPerH.ToArray(), yMpcPerH.ToArray(), zMpcPerH.ToArray(),
            (double[]?)radiusKpcPerH?.Clone(), (double[]?)scaleRadiusKpcPerH?.Clone(), (double[]?)concentration?.Clone(),
        ];
        for (var field = (HaloField)0; field.IsReal(); field++)
        {
            CheckColumn(field, reals[(int)field], count);
        }

        CheckLength(HaloField.Id, id?.Length, count);
        CheckLength(HaloField.ParentId, parentId?.Length, count);
        return new HaloBatch(count, reals, (long[]?)id?.Clone(), (long[]?)parentId?.Clone());
    }

    /// <summary>
    /// Concentration of every halo: the catalog's own column where it has one, else radius over scale radius.
    /// </summary>
    /// <returns>A new array of length <see cref="Count"/>; positive infinity where the scale radius is zero.</returns>
    /// <exception cref="InvalidOperationException">The batch has neither a concentration nor both radii.</exception>
    public double[] ConcentrationOrRatio()
    {
        if (Columns.HasFlag(HaloColumns.Concentration))
        {
            return Concentration.ToArray();
        }

        var radius = RadiusKpcPerH;
        var scale = ScaleRadiusKpcPerH;
        var concentration = new double[Count];
        for (var i = 0; i < concentration.Length; i++)
        {
            concentration[i] = radius[i] / scale[i];
        }

        return concentration;
    }

    /// <summary>A new batch of the given rows, in the given order, with the same columns.</summary>
    /// <param name="rows">Row numbers, each in [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">A row number lies outside the batch.</exception>
    public HaloBatch Select(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"The batch has {Count} rows, numbered from 0.");
            }
        }

        var picked = new double[]?[HaloFields.RealCount];
        for (var f = 0; f < picked.Length; f++)
        {
            picked[f] = Pick(reals[f], rows);
        }

        return new HaloBatch(rows.Length, picked, Pick(ids, rows), Pick(parentIds, rows));
    }

    internal bool Holds(HaloField field) => field switch
    {
        HaloField.Id => ids is not null,
        HaloField.ParentId => parentIds is not null,
        _ => reals[(int)field] is not null,
    };

    internal ReadOnlySpan<double> Real(HaloField field) => (reals[(int)field] ?? throw Missing(field)).AsSpan(0, Count);

    internal ReadOnlySpan<long> Integer(HaloField field)
        => ((field == HaloField.Id ? ids : parentIds) ?? throw Missing(field)).AsSpan(0, Count);

    private static T[]? Pick<T>(T[]? column, ReadOnlySpan<int> rows)
    {
        if (column is null)
        {
            return null;
        }

        var picked = new T[rows.Length];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = column[rows[i]];
        }

        return picked;
    }

    private static void CheckColumn(HaloField field, double[]? column, int count)
    {
        CheckLength(field, column?.Length, count);
        for (var i = 0; i < column?.Length; i++)
        {
            if (!field.Accepts(column[i], double.PositiveInfinity))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Halo {i} has {field.Label()} = {column[i]}; expected {field.Expectation(double.PositiveInfinity)}."));
            }
        }
    }

    private static void CheckLength(HaloField field, int? length, int count)
    {
        if (length is { } n && n != count)
        {
            throw new ArgumentException($"The column {field.Label()} has {n} values; expected {count}, as many as masses.");
        }
    }

    private InvalidOperationException Missing(HaloField field)
        => new($"These halos have no column {field.Label()}; the columns at hand are: {Columns}.");
}
