namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Reads the text catalogs of the halo finder Rockstar (<c>out_*.list</c>) and of consistent-trees (<c>hlist_*.list</c>):
/// columns between blanks, named by the first line, <c>#ID DescID Mvir …</c> or <c>#scale(0) id(1) …</c>. Other lines
/// that start with <c>#</c> may state box, particle mass and cosmology (<see cref="RockstarHeader"/> lists them) and
/// are skipped wherever they stand.
/// </summary>
/// <remarks>
/// <para>
/// Names without their <c>(number)</c> and without regard to case; the first that exists is taken:
/// mass <c>Mvir</c>; coordinates <c>x</c>, <c>y</c>, <c>z</c>; radius <c>Rvir</c>; scale radius <c>rs</c>;
/// host <c>pid</c>; identifier <c>id</c>. Units are those of the format: Msun/h, comoving Mpc/h, radii in comoving kpc/h.
/// </para>
/// <para>
/// With another mass (<see cref="HaloColumnNames.MassMsunPerH"/> = <c>M200b</c>) the radius is taken from the column of the
/// same definition (<c>R200b</c>) or, where there is none, is not read: Rvir does not belong to that mass.
/// </para>
/// <para>
/// Rockstar 0.99.9 names five shape columns <c>…(500c)</c> in its header that its rows do not have, so that the columns
/// behind them are shifted. This is recognised by the number of columns in the first row, and noted in the metadata.
/// </para>
/// </remarks>
public sealed class RockstarReader : TextCatalogReader
{
    private readonly ColumnPlan plan;

    private RockstarReader(CatalogSource source, HaloReaderOptions options, HaloCatalogMetadata metadata, ColumnPlan plan)
        : base(source, options, metadata) => this.plan = plan;

    /// <summary>Opens a catalog and reads its header.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="CatalogFormatException">The file is empty, has no header or no halo, lacks a required column, or states foreign units.</exception>
    public static RockstarReader Open(CatalogSource source, HaloReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new HaloReaderOptions();
        var header = new RockstarHeader(source.Name);
        if (!ScanLines(source, options, header.Add))
        {
            throw new CatalogFormatException(source.Name, "the file is empty", "a header line that starts with # and names the columns", line: 1);
        }

        var names = header.ColumnNamesOfRows();
        var plan = ColumnPlan.Build(
            source.Name, header.ColumnNamesLine, names, options, Aliases(options.Names), static name => name.ToLowerInvariant());
        var metadata = header.ToMetadata() with { Columns = plan.Columns, Box = options.BoxOr(header.BoxSizeMpcPerH) };
        return new RockstarReader(source, options, metadata, plan);
    }

    private static List<ColumnAlias> Aliases(HaloColumnNames names)
    {
        var mass = names.MassMsunPerH?.ToLowerInvariant() ?? "mvir";
        List<ColumnAlias> aliases =
        [
            new(HaloField.Mass, "mvir"),
            new(HaloField.X, "x"),
            new(HaloField.Y, "y"),
            new(HaloField.Z, "z"),
            new(HaloField.ScaleRadius, "rs"),
            new(HaloField.Id, "id"),
            new(HaloField.ParentId, "pid"),
        ];
        if (mass.StartsWith('m'))
        {
            aliases.Add(new ColumnAlias(HaloField.Radius, "r" + mass[1..]));
        }

        return aliases;
    }

    private protected override HaloBatch Parse(TextBlock block)
    {
        var rows = new HaloRows(Metadata.Catalog, plan, Metadata.Box, block.Text.Count((byte)'\n') + 1);
        var fieldOf = plan.FieldOf;
        var lines = new LineSplitter(block);
        while (lines.MoveNext())
        {
            var line = lines.Current;
            var column = 0;
            var i = 0;
            while (true)
            {
                while (i < line.Length && line[i] <= ' ')
                {
                    i++;
                }

                if (i == line.Length || (column == 0 && line[i] == '#'))
                {
                    break;
                }

                var start = i;
                while (i < line.Length && line[i] > ' ')
                {
                    i++;
                }

                if (column < fieldOf.Length && fieldOf[column] != ColumnPlan.Skip)
                {
                    rows.Store(fieldOf[column], line[start..i], lines.Number);
                }

                column++;
            }

            if (column > 0)
            {
                rows.EndRow(column, lines.Number);
            }
        }

        return rows.ToBatch();
    }
}
