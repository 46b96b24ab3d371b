namespace DiffCompile.Model.Catalogs;

/// <summary>Which column of a text file goes into which field, and how.</summary>
internal sealed class ColumnPlan
{
    /// <summary>Marks a column that is skipped.</summary>
    public const int Skip = -1;

    private readonly double[] unitFactor = new double[HaloFields.RealCount];

    private ColumnPlan(IReadOnlyList<string> header)
    {
        Header = header;
        FieldOf = new int[header.Count];
        Array.Fill(FieldOf, Skip);
    }

    /// <summary>Column names as the file spells them.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>For each column, the number of its field or <see cref="Skip"/>.</summary>
    public int[] FieldOf { get; }

    /// <summary>The columns that will be read.</summary>
    public HaloColumns Columns { get; private set; }

    /// <summary>Finds every wanted field among the columns of a header.</summary>
    /// <param name="catalog">Name for messages.</param>
    /// <param name="headerLine">Line of the header, for messages.</param>
    /// <param name="header">Column names as the file spells them.</param>
    /// <param name="options">Names given by the caller, and the columns wanted.</param>
    /// <param name="aliases">Usual names; of one field the first that exists is taken.</param>
    /// <param name="normalise">The form in which aliases and the file's names are compared.</param>
    /// <exception cref="CatalogFormatException">A required column is missing, or one asked for by name is missing or ambiguous.</exception>
    public static ColumnPlan Build(
        string catalog,
        long headerLine,
        IReadOnlyList<string> header,
        HaloReaderOptions options,
        IReadOnlyList<ColumnAlias> aliases,
        Func<string, string> normalise)
    {
        var plan = new ColumnPlan(header);
        var normal = header.Select(normalise).ToArray();
        var wanted = options.Columns | HaloColumns.Required;
        for (var field = (HaloField)0; (int)field < HaloFields.Count; field++)
        {
            if (!wanted.HasFlag(field.Column()))
            {
                continue;
            }

            var factor = 1.0;
            int column;
            if (options.Names.For(field) is { } name)
            {
                column = IndexOf(header, name, StringComparison.OrdinalIgnoreCase);
                if (column < 0)
                {
                    throw Missing(name, $"it was asked for as the {field.Label()}");
                }

                RequireSingle(header, name, StringComparison.OrdinalIgnoreCase);
            }
            else
            {
                column = -1;
                foreach (var alias in aliases.Where(alias => alias.Field == field))
                {
                    column = IndexOf(normal, alias.Name, StringComparison.Ordinal);
                    if (column >= 0)
                    {
                        factor = alias.UnitFactor;
                        RequireSingle(normal, alias.Name, StringComparison.Ordinal);
                        break;
                    }
                }

                if (column < 0)
                {
                    if (HaloColumns.Required.HasFlag(field.Column()))
                    {
                        var usual = string.Join(", ", aliases.Where(alias => alias.Field == field).Select(alias => alias.Name));
                        throw Missing(usual, $"the {field.Label()} is required; any one of these names is recognised, others can be given in the options");
                    }

                    continue;
                }
            }

            if (plan.FieldOf[column] != Skip)
            {
                var taken = (HaloField)plan.FieldOf[column];
                throw new CatalogFormatException(
                    catalog, $"the column is taken both as the {taken.Label()} and as the {field.Label()}", "one use of each column",
                    line: headerLine, column: header[column]);
            }

            plan.FieldOf[column] = (int)field;
            plan.Columns |= field.Column();
            if (field.IsReal())
            {
                plan.unitFactor[(int)field] = factor;
            }
        }

        return plan;

        void RequireSingle(IReadOnlyList<string> names, string name, StringComparison comparison)
        {
            if (names.Count(other => other.Equals(name, comparison)) > 1)
            {
                throw new CatalogFormatException(
                    catalog, "the name occurs more than once in the header", "one column of that name", line: headerLine, column: name);
            }
        }

        CatalogFormatException Missing(string name, string why) => new(
            catalog, $"the column is missing: {why}", $"it among the {header.Count} columns of the header: {string.Join(", ", header)}",
            line: headerLine, column: name);
    }

    /// <summary>Factor from the file's unit to that of the field.</summary>
    public double UnitFactor(int field) => unitFactor[field];

    /// <summary>The file's name of the column that holds a field.</summary>
    public string NameOf(HaloField field) => Header[Array.IndexOf(FieldOf, (int)field)];

    private static int IndexOf(IReadOnlyList<string> names, string name, StringComparison comparison)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, comparison))
            {
                return i;
            }
        }

        return -1;
    }
}
