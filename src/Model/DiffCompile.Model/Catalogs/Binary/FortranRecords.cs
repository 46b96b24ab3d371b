using System.Buffers.Binary;

namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Walks over the sequential unformatted records of a Fortran file: each is its bytes between two equal little-endian
/// 32-bit lengths. Of a record of 4 GiB or more, the lengths hold the low 32 bits.
/// </summary>
internal sealed class FortranRecords(string catalog, Stream stream)
{
    private const int MarkerBytes = 4;

    private string content = "";
    private long length;
    private long start;

    /// <summary>Number of the present record, from 1.</summary>
    public long Record { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes of the whole file, where known.</summary>
    public long? FileLength { get; } = stream.CanSeek ? stream.Length : null;

    /// <summary>Goes into the next record.</summary>
    /// <param name="recordLength">Bytes it must have between its two lengths.</param>
    /// <param name="recordContent">What it holds, for messages.</param>
    /// <exception cref="CatalogFormatException">It has another length, the file has the other byte order, or ends before the record does.</exception>
    public void Begin(long recordLength, string recordContent)
    {
        Record++;
        (start, length, content) = (Offset, recordLength, recordContent);
        var marker = ReadMarker();
        if (marker != Marker)
        {
            throw BinaryPrimitives.ReverseEndianness(marker) == Marker
                ? Fault($"wrong byte order: the leading length of the record ({content}) is {Marker} in big-endian", "little-endian numbers", start)
                : Fault($"the leading length of the record ({content}) is {marker}", $"{Marker} bytes", start);
        }

        // Where the length of the file is known, a cut is found before any halo of the record has been handed out.
        if (FileLength < start + MarkerBytes + length + MarkerBytes)
        {
            throw Truncated(FileLength.Value);
        }
    }

    /// <summary>Reads the next bytes of the present record.</summary>
    public void Read(Span<byte> bytes)
    {
        var got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        Offset += got;
        if (got < bytes.Length)
        {
            throw Truncated(Offset);
        }
    }

    /// <summary>Leaves the present record, all of which must have been read.</summary>
    /// <exception cref="CatalogFormatException">The length behind the record is another one than before it.</exception>
    public void End()
    {
        var at = Offset;
        var marker = ReadMarker();
        if (marker != Marker)
        {
            throw Fault($"the trailing length of the record ({content}) is {marker}", $"{Marker}, as its leading length", at);
        }
    }

    /// <summary>Requires that the file ends here.</summary>
    public void RequireEnd()
    {
        Span<byte> one = stackalloc byte[1];
        if (stream.ReadAtLeast(one, 1, throwOnEndOfStream: false) > 0)
        {
            throw new CatalogFormatException(catalog, "there are bytes behind the last record", "the end of the file", record: Record, byteOffset: Offset);
        }
    }

    /// <summary>An error in the present record.</summary>
    public CatalogFormatException Fault(string found, string expected, long at, string? column = null)
        => new(catalog, found, expected, record: Record, byteOffset: at, column: column);

    private uint Marker => unchecked((uint)length);

    private uint ReadMarker()
    {
        Span<byte> marker = stackalloc byte[MarkerBytes];
        Read(marker);
        return BinaryPrimitives.ReadUInt32LittleEndian(marker);
    }

    private CatalogFormatException Truncated(long at) => at == 0
        ? new CatalogFormatException(catalog, "the file is empty", $"a record of {length} bytes ({content})", record: Record, byteOffset: 0)
        : Fault(
            $"the file ends inside the record ({content})",
            $"the record to start at byte {start} and end at byte {start + MarkerBytes + length + MarkerBytes}", at);
}
