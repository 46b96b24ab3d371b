namespace DiffCompile.Model.Catalogs;

/// <summary>The file formats that can be read.</summary>
public enum CatalogFormat
{
    /// <summary>Text of Rockstar or consistent-trees (<see cref="RockstarReader"/>).</summary>
    Rockstar,

    /// <summary>Binary of Pinocchio (<see cref="PinocchioReader"/>).</summary>
    Pinocchio,

    /// <summary>Comma-separated values with a header (<see cref="CsvReader"/>).</summary>
    Csv,
}

/// <summary>Opens a catalog by format, and reads one as a whole.</summary>
public static class HaloCatalogReaders
{
    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="CatalogFormatException">The header does not fit the format.</exception>
    public static IHaloCatalogReader Open(string path, CatalogFormat format, HaloReaderOptions? options = null)
        => Open(CatalogSource.FromFile(path), format, options);

    /// <summary>Opens a source and reads its header.</summary>
    /// <inheritdoc cref="Open(string, CatalogFormat, HaloReaderOptions?)" path="/exception"/>
    public static IHaloCatalogReader Open(CatalogSource source, CatalogFormat format, HaloReaderOptions? options = null) => format switch
    {
        CatalogFormat.Rockstar => RockstarReader.Open(source, options),
        CatalogFormat.Pinocchio => PinocchioReader.Open(source, options),
        CatalogFormat.Csv => CsvReader.Open(source, options),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected rockstar, pinocchio or csv."),
    };

    /// <summary>Reads the whole catalog into memory: 72 bytes per halo with every column, twice that while reading.</summary>
    /// <param name="reader">The catalog.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <exception cref="CatalogFormatException">A halo cannot be read or has an impossible value.</exception>
    /// <exception cref="InvalidOperationException">No box is stated and none can be assumed (<see cref="SimulationBox.Assume"/>).</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    public static HaloCatalog ReadAll(
        this IHaloCatalogReader reader, IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return HaloCatalog.FromBatches(reader.Metadata, reader.ReadBatches(progress, cancellationToken));
    }
}
