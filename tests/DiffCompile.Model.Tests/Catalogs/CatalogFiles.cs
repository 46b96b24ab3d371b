using System.Text;
using DiffCompile.Model.Catalogs;

namespace DiffCompile.Model.Tests.Catalogs;

/// <summary>Catalogs made for a test: text or bytes in a temporary file that goes away with the test class.</summary>
public sealed class CatalogFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("diffcompile-catalogs-").FullName;
    private int count;

    public string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, $"catalog-{count++}.dat");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public string Missing() => Path.Combine(folder, "there-is-no-such-file.dat");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

/// <summary>A reader's progress reports, kept in order and on the calling thread.</summary>
public sealed class ProgressLog : IProgress<CatalogProgress>
{
    public List<CatalogProgress> Reports { get; } = [];

    public void Report(CatalogProgress value) => Reports.Add(value);
}

/// <summary>A stream of text that exists nowhere as a whole: a header, then one row repeated.</summary>
public sealed class RepeatedRowStream(string header, string row, long rows) : Stream
{
    private readonly byte[] head = Encoding.UTF8.GetBytes(header);
    private readonly byte[] body = Encoding.UTF8.GetBytes(row);
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        // Short reads on purpose: a reader must not take them for the end.
        var source = position < head.Length
            ? head.AsSpan((int)position)
            : position < head.Length + (rows * body.Length)
                ? body.AsSpan((int)((position - head.Length) % body.Length))
                : default;
        var got = Math.Min(source.Length, buffer.Length);
        source[..got].CopyTo(buffer);
        position += got;
        return got;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
