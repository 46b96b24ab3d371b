using System.Text;

namespace DiffCompile.Model.Catalogs;

/// <summary>
/// Reads comma-separated values with one header line (RFC 4180 without line breaks inside quotes). Lines before the
/// header that start with <c>#</c>, and empty lines, are skipped; blanks around a value do not count.
/// </summary>
/// <remarks>
/// Columns are found by the names in <see cref="HaloReaderOptions.Names"/> or, without a name, by these, of which only
/// letters and digits count and case does not (<c>mass [Msun/h]</c> is <c>massmsunh</c>):
/// <list type="bullet">
/// <item>mass in Msun/h: <c>massMsunPerH</c>, <c>mass_Msun_h</c>, <c>mvirMsunPerH</c>, <c>mvir_Msun_h</c>, <c>mvir</c>, <c>halo_mvir</c>, <c>mass</c>, <c>halo_mass</c>;</item>
/// <item>coordinates in Mpc/h: <c>xMpcPerH</c>, <c>x_Mpc_h</c>, <c>x</c>, <c>halo_x</c>; in kpc/h: <c>xKpcPerH</c>, <c>x_kpc_h</c>; so too y and z;</item>
/// <item>radius, with a unit because both are common: <c>radiusKpcPerH</c>, <c>radius_kpc_h</c>, <c>rvirKpcPerH</c>, <c>rvir_kpc_h</c>, and the same with Mpc;</item>
/// <item>scale radius: <c>scaleRadiusKpcPerH</c>, <c>scale_radius_kpc_h</c>, <c>rsKpcPerH</c>, <c>rs_kpc_h</c>, and the same with Mpc;</item>
/// <item>concentration: <c>concentration</c>, <c>halo_nfw_conc</c>, <c>conc</c>, <c>cvir</c>;</item>
/// <item>identifier: <c>id</c>, <c>halo_id</c>; host: <c>pid</c>, <c>parent_id</c>, <c>halo_pid</c>, with -1 for a host.</item>
/// </list>
/// </remarks>
public sealed class CsvReader : TextCatalogReader
{
    private static readonly ColumnAlias[] Aliases = MakeAliases();

    private readonly ColumnPlan plan;
    private readonly long headerLine;

    private CsvReader(CatalogSource source, HaloReaderOptions options, HaloCatalogMetadata metadata, ColumnPlan plan, long headerLine)
        : base(source, options, metadata)
    {
        this.plan = plan;
        this.headerLine = headerLine;
    }

    /// <summary>Opens a catalog and reads its header.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="CatalogFormatException">The file is empty, has no header or no halo, or lacks a required column.</exception>
    public static CsvReader Open(CatalogSource source, HaloReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new HaloReaderOptions();
        string[]? names = null;
        var headerLine = 0L;
        var anyRow = false;
        var anyByte = ScanLines(source, options, (number, line) =>
        {
            if (line.AsSpan().Trim().IsEmpty || (names is null && line.TrimStart().StartsWith('#')))
            {
                return true;
            }

            if (names is null)
            {
                names = SplitHeader(source.Name, line, number);
                headerLine = number;
                return true;
            }

            anyRow = true;
            return false;
        });
        if (names is null)
        {
            throw new CatalogFormatException(
                source.Name, anyByte ? "there is no header" : "the file is empty", "a header line that names the columns, with commas between", line: 1);
        }

        var plan = ColumnPlan.Build(source.Name, headerLine, names, options, Aliases, Normalise);
        if (!anyRow)
        {
            throw new CatalogFormatException(source.Name, "there is no halo behind the header", "at least one row of numbers", line: headerLine);
        }

        var metadata = new HaloCatalogMetadata
        {
            Catalog = source.Name,
            Format = "CSV",
            Columns = plan.Columns,
            Box = options.BoxOr(null),
        };
        return new CsvReader(source, options, metadata, plan, headerLine);
    }

    private protected override HaloBatch Parse(TextBlock block)
    {
        var rows = new HaloRows(Metadata.Catalog, plan, Metadata.Box, block.Text.Count((byte)'\n') + 1);
        var fieldOf = plan.FieldOf;
        var lines = new LineSplitter(block);
        while (lines.MoveNext())
        {
            if (lines.Number <= headerLine || lines.Current.Trim((byte)' ').IsEmpty)
            {
                continue;
            }

            var values = new CsvSplitter(lines.Current);
            var column = 0;
            for (; values.MoveNext(); column++)
            {
                if (column < fieldOf.Length && fieldOf[column] != ColumnPlan.Skip)
                {
                    rows.Store(fieldOf[column], values.Current, lines.Number);
                }
            }

            RefuseOpenQuote(Metadata.Catalog, values, lines.Number);
            rows.EndRow(column, lines.Number);
        }

        return rows.ToBatch();
    }

    private static string[] SplitHeader(string catalog, string line, long number)
    {
        var names = new List<string>();
        var values = new CsvSplitter(Encoding.UTF8.GetBytes(line));
        while (values.MoveNext())
        {
            names.Add(Encoding.UTF8.GetString(values.Current).Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        RefuseOpenQuote(catalog, values, number);
        return [.. names];
    }

    private static void RefuseOpenQuote(string catalog, CsvSplitter values, long line)
    {
        if (values.Malformed)
        {
            throw new CatalogFormatException(
                catalog, "a quoted value is not closed before a comma or the end of the line", "\"value\", on one line", line: line);
        }
    }

    private static string Normalise(string name)
        => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static ColumnAlias[] MakeAliases()
    {
        var aliases = new List<ColumnAlias>();
        Add(HaloField.Mass, 1.0, "massmsunperh", "massmsunh", "mvirmsunperh", "mvirmsunh", "mvir", "halomvir", "mass", "halomass");
        foreach (var (field, axis) in new[] { (HaloField.X, "x"), (HaloField.Y, "y"), (HaloField.Z, "z") })
        {
            Add(field, 1.0, axis + "mpcperh", axis + "mpch", axis, "halo" + axis);
            Add(field, 1e-3, axis + "kpcperh", axis + "kpch");
        }

        Add(HaloField.Radius, 1.0, "radiuskpcperh", "radiuskpch", "rvirkpcperh", "rvirkpch");
        Add(HaloField.Radius, 1e3, "radiusmpcperh", "radiusmpch", "rvirmpcperh", "rvirmpch");
        Add(HaloField.ScaleRadius, 1.0, "scaleradiuskpcperh", "scaleradiuskpch", "rskpcperh", "rskpch");
        Add(HaloField.ScaleRadius, 1e3, "scaleradiusmpcperh", "scaleradiusmpch", "rsmpcperh", "rsmpch");
        Add(HaloField.Concentration, 1.0, "concentration", "halonfwconc", "conc", "cvir");
        Add(HaloField.Id, 1.0, "id", "haloid");
        Add(HaloField.ParentId, 1.0, "pid", "parentid", "halopid");
        return [.. aliases];

        void Add(HaloField field, double unitFactor, params string[] names)
            => aliases.AddRange(names.Select(name => new ColumnAlias(field, name, unitFactor)));
    }
}
