using System.Globalization;

namespace DiffCompile.Model.Catalogs;

/// <summary>Whole lines of a text file, as bytes.</summary>
/// <param name="Buffer">The bytes; reused after <see cref="TextBlockReader.Recycle"/>.</param>
/// <param name="Start">Where the first line starts in the buffer.</param>
/// <param name="End">One past the last byte; the last line may lack its line feed at the end of the file.</param>
/// <param name="FirstLine">Number of the first line, from 1.</param>
/// <param name="EndOffset">Bytes of the file up to the end of this block.</param>
internal readonly record struct TextBlock(byte[] Buffer, int Start, int End, long FirstLine, long EndOffset)
{
    public ReadOnlySpan<byte> Text => Buffer.AsSpan(Start, End - Start);
}

/// <summary>Cuts a stream into blocks that end at a line feed, in a bounded number of buffers.</summary>
internal sealed class TextBlockReader : IDisposable
{
    /// <summary>No catalog has lines of this length; a file of another kind does.</summary>
    private const int LongestLineBytes = 1 << 24;

    private readonly string catalog;
    private readonly Stream stream;
    private readonly int blockBytes;
    private readonly Stack<byte[]> free = new();
    private byte[] leftOver = [];
    private long nextLine = 1;
    private long offset;
    private bool atStart = true;
    private bool atEnd;

    public TextBlockReader(CatalogSource source, int blockBytes)
    {
        catalog = source.Name;
        this.blockBytes = blockBytes;
        stream = source.Open();
        Length = stream.CanSeek ? stream.Length : null;
    }

    /// <summary>Bytes of the whole file, where known.</summary>
    public long? Length { get; }

    /// <summary>The next block, or null after the last one.</summary>
    /// <exception cref="CatalogFormatException">A line is so long that the file is no text catalog.</exception>
    public TextBlock? Next()
    {
        if (atEnd && leftOver.Length == 0)
        {
            return null;
        }

        var buffer = free.Count > 0 ? free.Pop() : new byte[blockBytes];
        if (buffer.Length < leftOver.Length)
        {
            buffer = new byte[2 * leftOver.Length];
        }

        leftOver.CopyTo(buffer, 0);
        var filled = leftOver.Length;
        int end;
        while (true)
        {
            filled += Fill(buffer.AsSpan(filled));
            end = atEnd ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (atEnd || end > 0)
            {
                break;
            }

            if (filled >= LongestLineBytes)
            {
                throw new CatalogFormatException(
                    catalog,
                    string.Create(CultureInfo.InvariantCulture, $"the line goes on for more than {LongestLineBytes} bytes"),
                    "a text file with one halo per line",
                    line: nextLine);
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        leftOver = buffer.AsSpan(end, filled - end).ToArray();
        var start = atStart && buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
        atStart = false;
        offset += end;
        var block = new TextBlock(buffer, start, end, nextLine, offset);
        nextLine += block.Text.Count((byte)'\n');
        return block;
    }

    /// <summary>Gives back the buffer of a block that is no longer looked at.</summary>
    public void Recycle(TextBlock block) => free.Push(block.Buffer);

    public void Dispose() => stream.Dispose();

    /// <summary>Fills the span unless the stream ends before.</summary>
    private int Fill(Span<byte> span)
    {
        var filled = stream.ReadAtLeast(span, span.Length, throwOnEndOfStream: false);
        atEnd = filled < span.Length;
        return filled;
    }
}
