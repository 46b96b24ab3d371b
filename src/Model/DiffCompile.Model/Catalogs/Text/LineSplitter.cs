namespace DiffCompile.Model.Catalogs;

/// <summary>Walks over the lines of a block. Line feeds, with or without a carriage return before them, end a line.</summary>
internal ref struct LineSplitter(TextBlock block)
{
    private ReadOnlySpan<byte> rest = block.Text;

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Current { get; private set; } = default;

    /// <summary>Number of the line in the file, from 1.</summary>
    public long Number { get; private set; } = block.FirstLine - 1;

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        Current = line.EndsWith("\r"u8) ? line[..^1] : line;
        Number++;
        return true;
    }
}
