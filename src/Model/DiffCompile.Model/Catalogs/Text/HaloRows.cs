using System.Text;

namespace DiffCompile.Model.Catalogs;

/// <summary>Collects the halos of one block of text, checking each value as it comes.</summary>
internal sealed class HaloRows
{
    private readonly string catalog;
    private readonly ColumnPlan plan;
    private readonly double boxSize;
    private readonly double[]?[] reals = new double[]?[HaloFields.RealCount];
    private readonly long[]? ids;
    private readonly long[]? parentIds;
    private int row;

    /// <param name="catalog">Name for messages.</param>
    /// <param name="plan">Where each column goes.</param>
    /// <param name="box">Box that coordinates must lie in, where one is stated.</param>
    /// <param name="capacity">Most rows that can come.</param>
    public HaloRows(string catalog, ColumnPlan plan, SimulationBox? box, int capacity)
    {
        this.catalog = catalog;
        this.plan = plan;
        boxSize = box?.SizeMpcPerH ?? double.PositiveInfinity;
        for (var field = (HaloField)0; field.IsReal(); field++)
        {
            reals[(int)field] = plan.Columns.HasFlag(field.Column()) ? new double[capacity] : null;
        }

        ids = plan.Columns.HasFlag(HaloColumns.Id) ? new long[capacity] : null;
        parentIds = plan.Columns.HasFlag(HaloColumns.ParentId) ? new long[capacity] : null;
    }

    /// <summary>Stores one field of the present row.</summary>
    /// <param name="field">Number of the field; not <see cref="ColumnPlan.Skip"/>.</param>
    /// <param name="text">Its text, without blanks.</param>
    /// <param name="line">Line number for messages.</param>
    /// <exception cref="CatalogFormatException">The text is no number, or one that cannot stand there.</exception>
    public void Store(int field, ReadOnlySpan<byte> text, long line)
    {
        if (field < HaloFields.RealCount)
        {
            if (!NumberText.TryParse(text, out double value))
            {
                throw Refuse(field, text, line, "is not a number");
            }

            value *= plan.UnitFactor(field);
            if (!((HaloField)field).Accepts(value, boxSize))
            {
                throw Refuse(field, text, line, "is not possible");
            }

            reals[field]![row] = value;
        }
        else
        {
            if (!NumberText.TryParse(text, out long value))
            {
                throw Refuse(field, text, line, "is not an integer");
            }

            (field == (int)HaloField.Id ? ids : parentIds)![row] = value;
        }
    }

    /// <summary>Ends the present row.</summary>
    /// <exception cref="CatalogFormatException">The row has another number of columns than the header.</exception>
    public void EndRow(int columns, long line)
    {
        if (columns != plan.FieldOf.Length)
        {
            throw new CatalogFormatException(
                catalog, $"the row has {columns} columns", $"{plan.FieldOf.Length}, as the header has", line: line);
        }

        row++;
    }

    public HaloBatch ToBatch() => new(row, reals, ids, parentIds);

    private CatalogFormatException Refuse(int field, ReadOnlySpan<byte> text, long line, string why)
    {
        const int LongestQuote = 40;
        var quoted = Encoding.UTF8.GetString(text.Length > LongestQuote ? text[..LongestQuote] : text);
        return new CatalogFormatException(
            catalog, $"'{quoted}' {why} as the {((HaloField)field).Label()}", ((HaloField)field).Expectation(boxSize),
            line: line, column: plan.NameOf((HaloField)field));
    }
}
