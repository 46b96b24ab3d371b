using System.Buffers.Binary;

namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Reads the binary halo catalogs of Pinocchio 5 (<c>pinocchio.*.catalog.out</c>). Records, each between two lengths
/// as Fortran writes them, little-endian: one with the number of blocks and the size S of a halo; then for each block one
/// with its number of halos N and, where N is not 0, one of N × S bytes. A halo is its identifier (64-bit), mass, final
/// position, velocity and initial position (32-bit reals) and, with S = 56, its number of particles and four unused bytes;
/// S = 48 is the light form without these.
/// </summary>
/// <remarks>
/// Units are Msun/h and comoving Mpc/h. The format states neither box nor radii. Pinocchio has no subhalos, so that every
/// parent identifier is -1. The older form with one record per halo is refused.
/// </remarks>
public sealed class PinocchioReader : IHaloCatalogReader
{
    private const int HalosPerBatch = 8192;
    private const int HeaderBytes = 8;
    private const int FullHaloBytes = 56;
    private const int LightHaloBytes = 48;

    private readonly CatalogSource source;
    private readonly HaloReaderOptions options;

    private PinocchioReader(CatalogSource source, HaloReaderOptions options, HaloCatalogMetadata metadata)
    {
        this.source = source;
        this.options = options;
        Metadata = metadata;
    }

    /// <inheritdoc/>
    public HaloCatalogMetadata Metadata { get; }

    /// <summary>Opens a catalog and reads its header.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="CatalogFormatException">The file is empty, has the wrong byte order, or is no Pinocchio catalog.</exception>
    /// <exception cref="ArgumentException">The options name a column; this format has no column names.</exception>
    public static PinocchioReader Open(CatalogSource source, HaloReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new HaloReaderOptions();
        if (options.Names != new HaloColumnNames())
        {
            throw new ArgumentException("Column names were given, but a Pinocchio catalog has none; expected the default names.", nameof(options));
        }

        using var stream = source.Open();
        var records = new FortranRecords(source.Name, stream);
        var (blocks, haloBytes) = ReadHeader(records);
        var metadata = new HaloCatalogMetadata
        {
            Catalog = source.Name,
            Format = "Pinocchio binary",
            Columns = HaloColumns.Required | (options.Columns & (HaloColumns.Id | HaloColumns.ParentId)),
            Box = options.BoxOr(null),
            HaloCount = blocks == 1 ? ReadHaloCount(records, haloBytes) : null,
            Notes = ["Pinocchio catalogs have no subhalos; every halo is a host."],
        };
        return new PinocchioReader(source, options, metadata);
    }

    /// <inheritdoc/>
    public IEnumerable<HaloBatch> ReadBatches(
        IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var stream = source.Open();
        var records = new FortranRecords(source.Name, stream);
        var (blocks, haloBytes) = ReadHeader(records);
        var buffer = new byte[HalosPerBatch * haloBytes];
        var total = 0L;
        for (var block = 0; block < blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var halos = ReadHaloCount(records, haloBytes);
            if (halos == 0)
            {
                continue;
            }

            records.Begin((long)halos * haloBytes, $"{halos} halos of {haloBytes} bytes");
            for (var done = 0; done < halos;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = Math.Min(HalosPerBatch, halos - done);
                var at = records.Offset;
                records.Read(buffer.AsSpan(0, count * haloBytes));
                var batch = Parse(records, buffer, count, haloBytes, done, at);
                done += count;
                if (done == halos)
                {
                    records.End();
                }

                total += count;
                progress?.Report(new CatalogProgress(total, records.Offset, records.FileLength));
                yield return batch;
            }
        }

        records.RequireEnd();
        if (total == 0)
        {
            throw new CatalogFormatException(source.Name, "the catalog holds no halo", "at least one", record: records.Record);
        }
    }

    private static (int Blocks, int HaloBytes) ReadHeader(FortranRecords records)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        records.Begin(HeaderBytes, "header: number of blocks, bytes per halo");
        records.Read(header);
        records.End();
        var blocks = BinaryPrimitives.ReadInt32LittleEndian(header);
        var haloBytes = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (blocks < 1)
        {
            throw records.Fault($"the header gives {blocks} blocks", "at least one", 4, "number of blocks");
        }

        if (haloBytes is not FullHaloBytes and not LightHaloBytes)
        {
            throw records.Fault(
                haloBytes is > 0 and < 10
                    ? "this is the older form with one record per halo (its header gives a number of slices), which is not read"
                    : $"the header gives {haloBytes} bytes per halo",
                $"{FullHaloBytes}, or {LightHaloBytes} in the light form", 8, "bytes per halo");
        }

        return (blocks, haloBytes);
    }

    private static int ReadHaloCount(FortranRecords records, int haloBytes)
    {
        Span<byte> number = stackalloc byte[4];
        records.Begin(number.Length, "number of halos");
        var at = records.Offset;
        records.Read(number);
        records.End();
        var halos = BinaryPrimitives.ReadInt32LittleEndian(number);
        return halos >= 0
            ? halos
            : throw records.Fault($"the number of halos is {halos}", $"zero or more halos of {haloBytes} bytes", at, "number of halos");
    }

    private HaloBatch Parse(FortranRecords records, byte[] buffer, int count, int haloBytes, int firstHalo, long offset)
    {
        const int MassAt = 8;
        const int PositionAt = 12;
        var reals = new double[]?[HaloFields.RealCount];
        for (var field = HaloField.Mass; field <= HaloField.Z; field++)
        {
            var from = field == HaloField.Mass ? MassAt : PositionAt + (4 * (field - HaloField.X));
            reals[(int)field] = Column(field, from);
        }

        long[]? ids = null;
        if (Metadata.Columns.HasFlag(HaloColumns.Id))
        {
            ids = new long[count];
            for (var i = 0; i < count; i++)
            {
                ids[i] = BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(i * haloBytes));
            }
        }

        long[]? parentIds = null;
        if (Metadata.Columns.HasFlag(HaloColumns.ParentId))
        {
            parentIds = new long[count];
            Array.Fill(parentIds, HaloSelection.HostParentId);
        }

        return new HaloBatch(count, reals, ids, parentIds);

        double[] Column(HaloField field, int from)
        {
            var boxSize = Metadata.Box?.SizeMpcPerH ?? double.PositiveInfinity;
            var column = new double[count];
            for (var i = 0; i < count; i++)
            {
                double value = BinaryPrimitives.ReadSingleLittleEndian(buffer.AsSpan((i * haloBytes) + from));
                if (!field.Accepts(value, boxSize))
                {
                    throw records.Fault(
                        FormattableString.Invariant($"halo {firstHalo + i} of the record, counted from 0, has {field.Label()} = {value}"),
                        field.Expectation(boxSize), offset + ((long)i * haloBytes) + from, field.Label());
                }

                column[i] = value;
            }

            return column;
        }
    }
}
