using System.Text;

namespace DiffCompile.Model.Catalogs;

/// <summary>A halo catalog does not hold what its format promises. The message names the place and what was expected.</summary>
public sealed class CatalogFormatException : FormatException
{
    /// <summary>An error about <paramref name="catalog"/>; only the parts that are known need be given.</summary>
    /// <param name="catalog">File, or name of the stream.</param>
    /// <param name="found">What is wrong, without the place and without a closing stop.</param>
    /// <param name="expected">What should stand there instead.</param>
    /// <param name="line">Line number from 1, of a text format.</param>
    /// <param name="record">Record number from 1, of a binary format.</param>
    /// <param name="byteOffset">Offset from the start of the file, of a binary format.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public CatalogFormatException(
        string catalog,
        string found,
        string? expected = null,
        long? line = null,
        long? record = null,
        long? byteOffset = null,
        string? column = null,
        Exception? innerException = null)
        : base(Compose(catalog, found, expected, line, record, byteOffset, column), innerException)
    {
        Catalog = catalog;
        Expected = expected;
        Line = line;
        Record = record;
        ByteOffset = byteOffset;
        Column = column;
    }

    /// <summary>File, or name of the stream.</summary>
    public string Catalog { get; }

    /// <summary>What should have stood there.</summary>
    public string? Expected { get; }

    /// <summary>Line number from 1, of a text format.</summary>
    public long? Line { get; }

    /// <summary>Record number from 1, of a binary format.</summary>
    public long? Record { get; }

    /// <summary>Offset from the start of the file, of a binary format.</summary>
    public long? ByteOffset { get; }

    /// <summary>Name of the column.</summary>
    public string? Column { get; }

    private static string Compose(
        string catalog, string found, string? expected, long? line, long? record, long? byteOffset, string? column)
    {
        var text = new StringBuilder(catalog);
        Add("line", line);
        Add("record", record);
        Add("byte", byteOffset);
        if (column is not null)
        {
            text.Append(", column '").Append(column).Append('\'');
        }

        text.Append(": ").Append(found);
        if (expected is not null)
        {
            text.Append("; expected ").Append(expected);
        }

        return text.Append('.').ToString();

        void Add(string name, long? number)
        {
            if (number is { } n)
            {
                text.Append(", ").Append(name).Append(' ').Append(n);
            }
        }
    }
}
