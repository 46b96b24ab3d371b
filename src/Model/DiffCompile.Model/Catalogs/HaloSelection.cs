namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Filters over a stream of batches. They compose: <c>reader.ReadBatches().HostsOnly().Within(region)</c>.
/// Batches of which nothing is left are dropped.
/// </summary>
public static class HaloSelection
{
    /// <summary>The parent identifier of a halo that is itself a host.</summary>
    public const long HostParentId = -1;

    /// <summary>Keeps the hosts.</summary>
    /// <exception cref="InvalidOperationException">The batches have no parent identifier.</exception>
    public static IEnumerable<HaloBatch> HostsOnly(this IEnumerable<HaloBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Filter(batches, HostRows);
    }

    /// <summary>Keeps the halos inside <paramref name="region"/>.</summary>
    public static IEnumerable<HaloBatch> Within(this IEnumerable<HaloBatch> batches, CatalogRegion region)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Filter(batches, batch => RowsWithin(batch, region));
    }

    /// <summary>Rows of <paramref name="halos"/> that are hosts, in order.</summary>
    /// <exception cref="InvalidOperationException">The batch has no parent identifier, so that hosts cannot be told from subhalos.</exception>
    public static int[] HostRows(HaloBatch halos)
    {
        ArgumentNullException.ThrowIfNull(halos);
        var parents = halos.ParentId;
        var rows = new List<int>(halos.Count);
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] == HostParentId)
            {
                rows.Add(i);
            }
        }

        return [.. rows];
    }

    /// <summary>Rows of <paramref name="halos"/> inside <paramref name="region"/>, in order.</summary>
    public static int[] RowsWithin(HaloBatch halos, CatalogRegion region)
    {
        ArgumentNullException.ThrowIfNull(halos);
        var x = halos.XMpcPerH;
        var y = halos.YMpcPerH;
        var z = halos.ZMpcPerH;
        var rows = new List<int>(halos.Count);
        for (var i = 0; i < x.Length; i++)
        {
            if (region.Contains(x[i], y[i], z[i]))
            {
                rows.Add(i);
            }
        }

        return [.. rows];
    }

    private static IEnumerable<HaloBatch> Filter(IEnumerable<HaloBatch> batches, Func<HaloBatch, int[]> rowsToKeep)
    {
        foreach (var batch in batches)
        {
            var rows = rowsToKeep(batch);
            if (rows.Length > 0)
            {
                yield return rows.Length == batch.Count ? batch : batch.Select(rows);
            }
        }
    }
}
