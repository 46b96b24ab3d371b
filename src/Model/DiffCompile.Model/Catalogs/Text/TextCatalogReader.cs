namespace DiffCompile.Model.Catalogs;

/// <summary>What text catalogs have in common: blocks of lines are parsed side by side and handed out in file order.</summary>
public abstract class TextCatalogReader : IHaloCatalogReader
{
    private readonly CatalogSource source;
    private readonly HaloReaderOptions options;

    private protected TextCatalogReader(CatalogSource source, HaloReaderOptions options, HaloCatalogMetadata metadata)
    {
        this.source = source;
        this.options = options;
        Metadata = metadata;
    }

    /// <inheritdoc/>
    public HaloCatalogMetadata Metadata { get; }

    /// <inheritdoc/>
    public IEnumerable<HaloBatch> ReadBatches(
        IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var blocks = new TextBlockReader(source, options.BlockBytes);
        var pending = new Queue<(TextBlock Block, Task<HaloBatch> Batch)>();
        var halos = 0L;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (pending.Count < options.Parallelism && blocks.Next() is { } block)
                {
                    pending.Enqueue((block, Task.Run(() => Parse(block), CancellationToken.None)));
                }

                if (!pending.TryPeek(out var first))
                {
                    break;
                }

                // The task's own exception, not a wrapper: it names line and column.
                var batch = first.Batch.GetAwaiter().GetResult();
                pending.Dequeue();
                blocks.Recycle(first.Block);
                halos += batch.Count;
                progress?.Report(new CatalogProgress(halos, first.Block.EndOffset, blocks.Length));
                if (batch.Count > 0)
                {
                    yield return batch;
                }
            }
        }
        finally
        {
            // The tasks look at buffers of this reader only; let none outlive it.
            foreach (var (_, batch) in pending)
            {
                ((Task)batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Parses every line of a block.</summary>
    private protected abstract HaloBatch Parse(TextBlock block);

    /// <summary>
    /// Looks at lines from the start of a source until told to stop; what follows is left unread.
    /// </summary>
    /// <param name="source">The source, opened and closed here.</param>
    /// <param name="options">Size of the blocks.</param>
    /// <param name="wantsMore">Gets the line number and the line without its end; returns false to stop.</param>
    /// <returns>Whether the source holds any byte.</returns>
    private protected static bool ScanLines(CatalogSource source, HaloReaderOptions options, Func<long, string, bool> wantsMore)
    {
        using var blocks = new TextBlockReader(source, options.BlockBytes);
        var any = false;
        while (blocks.Next() is { } block)
        {
            var lines = new LineSplitter(block);
            while (lines.MoveNext())
            {
                any = true;
                if (!wantsMore(lines.Number, System.Text.Encoding.UTF8.GetString(lines.Current)))
                {
                    return true;
                }
            }

            blocks.Recycle(block);
        }

        return any;
    }
}
