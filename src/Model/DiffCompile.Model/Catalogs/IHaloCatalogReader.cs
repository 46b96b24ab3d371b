namespace DiffCompile.Model.Catalogs;

/// <summary>
/// A halo catalog of any format, read as a stream of batches in memory that does not grow with the catalog.
/// Opening a reader reads the header, so that <see cref="Metadata"/> is known and a missing column is reported at once.
/// </summary>
public interface IHaloCatalogReader
{
    /// <summary>What the header says, and which columns the batches will hold.</summary>
    HaloCatalogMetadata Metadata { get; }

    /// <summary>
    /// Reads the catalog from its start, in file order. May be called again for another pass.
    /// </summary>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <returns>Batches of at least one halo, all with the columns of <see cref="Metadata"/>.</returns>
    /// <exception cref="CatalogFormatException">
    /// A halo cannot be read or has an impossible value. The halos of the batches before it have been handed out by then.
    /// </exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    IEnumerable<HaloBatch> ReadBatches(
        IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default);
}
