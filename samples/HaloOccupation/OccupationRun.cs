using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Reads a catalog once, in memory that does not grow with it, and sums up.</summary>
internal static class OccupationRun
{
    /// <summary>Below this filled fraction, the volume of the box is not taken for the volume of the halos.</summary>
    private const double LeastFilledFraction = 0.5;

    /// <summary>Full name of the generated member; without it this line, and so the program, does not build.</summary>
    public static string DerivativeMember { get; } =
        $"{typeof(GalaxyCount).FullName}.{nameof(GalaxyCount.MeanGalaxiesValueAndGradient)}";

    /// <exception cref="UsageException">An argument does not fit the catalog.</exception>
    /// <exception cref="ResultException">There is no halo to sum over, no box, or no galaxy.</exception>
    /// <exception cref="CatalogFormatException">The catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Summary Execute(
        Options options, IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        IHaloCatalogReader reader = Open(options);
        HaloCatalogMetadata metadata = reader.Metadata;
        var warnings = new List<string>();
        bool hostsOnly = HostsOnly(options, metadata, warnings);
        CheckRegion(options.Region, metadata.Box, warnings);

        long read = 0;
        var bounds = CoordinateBounds.Empty;
        var countedBounds = CoordinateBounds.Empty;
        var sums = new OccupationSums(options.Parameters);
        foreach (HaloBatch all in reader.ReadBatches(progress, cancellationToken))
        {
            read += all.Count;
            bounds = bounds.Include(all);
            IEnumerable<HaloBatch> counted = [all];
            counted = hostsOnly ? counted.HostsOnly() : counted;
            counted = options.Region is { } region ? counted.Within(region) : counted;
            foreach (HaloBatch batch in counted)
            {
                countedBounds = countedBounds.Include(batch);
                sums.Add(batch);
            }
        }

        SimulationBox box = BoxOf(metadata, bounds);
        if (metadata.Box is null)
        {
            CheckRegion(options.Region, box, warnings);
        }

        CheckSums(sums, options, hostsOnly, metadata);
        double filled = bounds.VolumeFilledFraction(box);
        double? volume = Volume(options, box, filled, countedBounds, warnings);
        return new Summary
        {
            Result = new Result(
                read, filled, box.SizeMpcPerH, options.Sample, options.Parameters,
                sums.Centrals, sums.Satellites, sums.SatellitesModulated,
                sums.Galaxies / volume, Scaled(sums.Gradient, sums.Galaxies), DerivativeMember),
            Catalog = metadata,
            Box = box,
            HalosCounted = sums.Halos,
            VolumeMpcPerHCubed = volume,
            FiniteDifferences = Scaled(sums.DifferenceQuotients, sums.Galaxies),
            Warnings = warnings,
        };
    }

    private static IHaloCatalogReader Open(Options options) => options.Catalog is { } path
        ? HaloCatalogReaders.Open(path, options.Format, new HaloReaderOptions
        {
            Columns = HaloColumns.Required | (options.HostsOnly == false ? HaloColumns.None : HaloColumns.ParentId),
            BoxSizeMpcPerH = options.BoxSizeMpcPerH,
        })
        : new SyntheticCatalog();

    private static bool HostsOnly(Options options, HaloCatalogMetadata metadata, List<string> warnings)
    {
        bool known = metadata.Columns.HasFlag(HaloColumns.ParentId);
        if (options.HostsOnly is null && !known)
        {
            warnings.Add("The catalog has no parent ids, so that hosts cannot be told from subhalos: every halo is counted.");
            return false;
        }

        return options.HostsOnly switch
        {
            false => false,
            _ when known => true,
            _ => throw new UsageException("--hosts-only", $"{metadata.Catalog} has no parent ids to tell hosts from subhalos", "false for this catalog"),
        };
    }

    /// <summary>A region that reaches out of the box has no galaxies there, and a volume that says otherwise.</summary>
    private static void CheckRegion(CatalogRegion? region, SimulationBox? box, List<string> warnings)
    {
        if (region is not { } r || box is not { } b
            || (Math.Min(r.X0, Math.Min(r.Y0, r.Z0)) >= 0.0 && Math.Max(r.X1, Math.Max(r.Y1, r.Z1)) <= b.SizeMpcPerH))
        {
            return;
        }

        string found = FormattableString.Invariant($"{r} reaches out of the box");
        string size = FormattableString.Invariant($"0 to {b.SizeMpcPerH} Mpc/h on every axis");
        if (b.Origin != BoxOrigin.Assumed)
        {
            throw new UsageException("--region", found, size);
        }

        warnings.Add($"--region: {found} that is assumed, {size}.");
    }

    private static SimulationBox BoxOf(HaloCatalogMetadata metadata, CoordinateBounds bounds)
    {
        try
        {
            return metadata.Box ?? SimulationBox.Assume(bounds);
        }
        catch (InvalidOperationException e)
        {
            throw new ResultException($"{metadata.Catalog}: {e.Message}", e);
        }
    }

    private static void CheckSums(OccupationSums sums, Options options, bool hostsOnly, HaloCatalogMetadata metadata)
    {
        if (sums.Halos == 0)
        {
            string kind = hostsOnly ? "host halo" : "halo";
            string where = options.Region is { } region ? $" in the region {region}" : string.Empty;
            throw new ResultException($"{metadata.Catalog}: there is no {kind}{where}; expected at least one.");
        }

        if (!(sums.Galaxies > 0.0) || !double.IsFinite(sums.Galaxies) || !double.IsFinite(sums.Satellites)
            || !Array.TrueForAll(ParameterChanges.Values(sums.Gradient), double.IsFinite))
        {
            throw new ResultException(FormattableString.Invariant(
                $"With {options.Parameters} the halos hold {sums.Galaxies} galaxies, whose logarithm has no finite derivatives; expected parameters that give a finite number above 0."));
        }
    }

    private static double? Volume(Options options, SimulationBox box, double filled, CoordinateBounds counted, List<string> warnings)
    {
        if (options.VolumeMpcPerHCubed is { } stated)
        {
            return stated;
        }

        if (options.Region is { } region)
        {
            double part = counted.VolumeMpcPerHCubed / region.VolumeMpcPerHCubed;
            if (part < LeastFilledFraction)
            {
                warnings.Add(FormattableString.Invariant(
                    $"The halos span {part:P1} of the region; the number density takes the volume of all of it."));
            }

            return region.VolumeMpcPerHCubed;
        }

        if (filled >= LeastFilledFraction)
        {
            return box.VolumeMpcPerHCubed;
        }

        warnings.Add(FormattableString.Invariant(
            $"The halos span {filled:P1} of the box of {box.SizeMpcPerH} Mpc/h, so that its volume gives no number density; derivatives are those of the number of galaxies. State --volume or --region."));
        return null;
    }

    /// <summary>∂ ln N/∂θ from ∂N/∂θ; the logarithm of the density N/V has the same derivatives.</summary>
    private static Zheng07Parameters Scaled(Zheng07Parameters gradient, double galaxies) => new(
        gradient.LogMmin / galaxies, gradient.SigmaLogM / galaxies, gradient.LogM0 / galaxies,
        gradient.LogM1 / galaxies, gradient.Alpha / galaxies);
}
