namespace DiffCompile.Model.Catalogs;

/// <summary>Where the bytes of a catalog come from: a file, or a stream that can be opened again for a second pass.</summary>
public sealed class CatalogSource
{
    private readonly Func<Stream> open;

    private CatalogSource(string name, Func<Stream> open)
    {
        Name = name;
        this.open = open;
    }

    /// <summary>The name used in messages: the path of a file.</summary>
    public string Name { get; }

    /// <summary>A file on disk.</summary>
    /// <param name="path">Path of the file; it need not exist until a reader is opened on it.</param>
    public static CatalogSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        // The readers bring large buffers of their own.
        var options = new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan };
        return new CatalogSource(path, () => new FileStream(path, options));
    }

    /// <summary>Any other source, a decompressing stream for example.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="open">Makes a new readable stream at its start; called once for the header and once per pass.</param>
    public static CatalogSource FromStream(string name, Func<Stream> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(open);
        return new CatalogSource(name, open);
    }

    /// <summary>Opens the source at its start. The caller disposes the stream.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    public Stream Open() => open();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
