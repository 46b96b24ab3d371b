namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Walks over the values of one CSV line. A quoted value is given without its quotes; a doubled quote inside stays
/// doubled, since no number has one.
/// </summary>
internal ref struct CsvSplitter(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> rest = line;
    private bool done;

    public ReadOnlySpan<byte> Current { get; private set; } = default;

    /// <summary>Whether a quote was opened and not closed, or text stands behind a closing quote.</summary>
    public bool Malformed { get; private set; }

    public bool MoveNext()
    {
        if (done)
        {
            return false;
        }

        var start = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (start >= 0 && rest[start] == (byte)'"')
        {
            return MoveOverQuoted(start + 1);
        }

        var comma = rest.IndexOf((byte)',');
        done = comma < 0;
        Current = Trim(done ? rest : rest[..comma]);
        rest = done ? default : rest[(comma + 1)..];
        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        var start = 0;
        var end = value.Length;
        while (start < end && value[start] <= ' ')
        {
            start++;
        }

        while (end > start && value[end - 1] <= ' ')
        {
            end--;
        }

        return value[start..end];
    }

    private bool MoveOverQuoted(int start)
    {
        var end = start;
        while (end < rest.Length && (rest[end] != '"' || (end + 1 < rest.Length && rest[end + 1] == '"')))
        {
            end += rest[end] == '"' ? 2 : 1;
        }

        if (end >= rest.Length)
        {
            return Stop();
        }

        Current = rest[start..end];
        rest = rest[(end + 1)..];
        var comma = rest.IndexOf((byte)',');
        if (!Trim(comma < 0 ? rest : rest[..comma]).IsEmpty)
        {
            return Stop();
        }

        done = comma < 0;
        rest = done ? default : rest[(comma + 1)..];
        return true;
    }

    private bool Stop()
    {
        Malformed = true;
        done = true;
        return false;
    }
}
