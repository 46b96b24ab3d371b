using System.Globalization;
using System.Text.RegularExpressions;

namespace DiffCompile.Model.Catalogs;

/// <summary>
/// The lines in front of the halos of a Rockstar or consistent-trees catalog. Besides the column names it understands
/// <c>a =</c>, <c>Om = ; Ol = ; h =</c> or <c>Omega_M = ; Omega_L = ; h0 =</c>, <c>Particle mass: … Msun/h</c>,
/// <c>Box size: … Mpc/h</c> or <c>Full box size = … Mpc/h</c>, and the units of masses, positions and radii.
/// </summary>
internal sealed partial class RockstarHeader(string catalog)
{
    private readonly List<string> notes = [];
    private string[] names = [];
    private int? columnsInFirstRow;
    private double? particleMass;
    private double? scaleFactor;
    private double? omegaMatter;
    private double? omegaLambda;
    private double? hubble;

    public double? BoxSizeMpcPerH { get; private set; }

    public long ColumnNamesLine { get; private set; }

    /// <summary>Takes in one line.</summary>
    /// <returns>False once the first halo has been seen.</returns>
    public bool Add(long number, string line)
    {
        var text = line.Trim();
        if (text.Length == 0)
        {
            return true;
        }

        if (text[0] != '#')
        {
            if (names.Length == 0)
            {
                throw new CatalogFormatException(
                    catalog, "there is no header", "a first line that starts with # and names the columns, #ID DescID Mvir …", line: number);
            }

            columnsInFirstRow = Words(text).Length;
            return false;
        }

        text = text[1..].Trim();
        if (names.Length == 0 && text.Length > 0)
        {
            names = [.. Words(text).Select(name => IndexSuffix().Replace(name, ""))];
            ColumnNamesLine = number;
            return true;
        }

        AddStatement(number, text);
        return true;
    }

    /// <summary>The column names that belong to the rows.</summary>
    /// <exception cref="CatalogFormatException">There is no header or no halo, or header and rows do not fit.</exception>
    public IReadOnlyList<string> ColumnNamesOfRows()
    {
        if (names.Length == 0)
        {
            throw new CatalogFormatException(catalog, "there is no header", "a first line that starts with # and names the columns");
        }

        if (columnsInFirstRow is not { } found)
        {
            throw new CatalogFormatException(catalog, "there is no halo behind the header", "at least one row of numbers");
        }

        if (found == names.Length)
        {
            return names;
        }

        string[] without500c = [.. names.Where(name => !name.EndsWith("(500c)", StringComparison.OrdinalIgnoreCase))];
        if (found == without500c.Length)
        {
            notes.Add($"The header names {names.Length - found} columns (500c) that the rows do not have, as Rockstar 0.99.9 writes it; they were left out.");
            return without500c;
        }

        throw new CatalogFormatException(
            catalog, $"the header names {names.Length} columns, the first row has {found}", "as many names as columns", line: ColumnNamesLine);
    }

    public HaloCatalogMetadata ToMetadata() => new()
    {
        Catalog = catalog,
        Format = "Rockstar / consistent-trees text",
        Columns = HaloColumns.None,
        ParticleMassMsunPerH = particleMass,
        ScaleFactor = scaleFactor,
        OmegaMatter = omegaMatter,
        OmegaLambda = omegaLambda,
        HubbleParameter = hubble,
        Notes = notes,
    };

    private void AddStatement(long number, string text)
    {
        if (Units().Match(text) is { Success: true } units)
        {
            CheckUnits(number, units.Groups["what"].Value, units.Groups["unit"].Value);
            return;
        }

        foreach (var part in text.Split(';'))
        {
            if (Quantity().Match(part) is not { Success: true } match
                || !double.TryParse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                continue;
            }

            var unit = match.Groups["unit"].Value;
            switch (match.Groups["name"].Value.Trim().ToLowerInvariant())
            {
                case "a":
                    scaleFactor = value;
                    break;
                case "om" or "omega_m":
                    omegaMatter = value;
                    break;
                case "ol" or "omega_l":
                    omegaLambda = value;
                    break;
                case "h" or "h0":
                    hubble = value;
                    break;
                case "particle mass":
                    Require(number, "particle mass", value, unit, "Msun/h");
                    particleMass = value;
                    break;
                case "box size" or "full box size":
                    Require(number, "box size", value, unit, "Mpc/h");
                    BoxSizeMpcPerH = value;
                    break;
                default:
                    break;
            }
        }
    }

    private void CheckUnits(long number, string what, string unit)
    {
        var expected = what.Contains("Radii", StringComparison.OrdinalIgnoreCase) ? "kpc/h"
            : what.Contains("Positions", StringComparison.OrdinalIgnoreCase) ? "Mpc/h"
            : what.Equals("Masses", StringComparison.OrdinalIgnoreCase) ? "Msun/h"
            : null;
        if (expected is not null && !SameUnit(unit, expected))
        {
            throw new CatalogFormatException(catalog, $"the header states {what} in {unit}", expected, line: number);
        }
    }

    private void Require(long number, string what, double value, string unit, string expectedUnit)
    {
        if (!(value > 0.0 && double.IsFinite(value)) || !SameUnit(unit, expectedUnit))
        {
            throw new CatalogFormatException(
                catalog, string.Create(CultureInfo.InvariantCulture, $"the header states a {what} of {value} {unit}"),
                $"a finite number above zero in {expectedUnit}", line: number);
        }
    }

    private static bool SameUnit(string unit, string expected)
        => unit.Replace(" ", "", StringComparison.Ordinal).Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static string[] Words(string line)
        => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The column number that consistent-trees puts behind a name; <c>A[x](500c)</c> is not one.</summary>
    [GeneratedRegex(@"\(\d+\)$", RegexOptions.CultureInvariant)]
    private static partial Regex IndexSuffix();

    [GeneratedRegex(@"^(?<name>[A-Za-z_ 0-9]+?)\s*[:=]\s*(?<value>\S+)\s*(?<unit>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^Units:\s*(?<what>.+?) in (?<unit>[^(]+?)\s*(\(|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Units();
}
