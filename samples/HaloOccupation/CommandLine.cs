using System.Globalization;
using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Reads the command line. Every refusal names the argument.</summary>
internal static class CommandLine
{
    public const string Help = """
        Sums the mean galaxy occupation of Zheng, Coil and Zehavi (2007) over a halo catalog and differentiates
        the number density with respect to the five parameters, by code generated when this program was built.

        dotnet run -c Release --project samples/HaloOccupation -- [options]

          --catalog FILE                 halo catalog; without it, an embedded synthetic catalog of 250 Mpc/h
          --format FORMAT                its format: rockstar, pinocchio or csv
          --box L                        side of the simulation box in Mpc/h, in place of what the catalog states
          --volume V                     volume for the number density in (Mpc/h)³, in place of the box's or region's
          --region x0:x1,y0:y1,z0:z1     sum over this part of space only, Mpc/h, upper faces excluded
          --hosts-only true|false        leave subhalos out (default true)
          --sample T                     magnitude threshold: -18, -18.5, …, -22 (default -20)
          --set NAME=VALUE …             change parameters: logMmin, sigmaLogM, logM0, logM1, alpha
          --json FILE                    also write the result as a JSON object
          --help                         this text

        Exit code: 0 success, 1 the catalog gives no result, 2 a wrong argument, 130 cancelled with Ctrl-C.
        """;

    private static readonly string[] Names =
        ["--catalog", "--format", "--box", "--volume", "--region", "--hosts-only", "--sample", "--set", "--json", "--help"];

    /// <summary>Reads the arguments, each at most once except <c>--set</c>.</summary>
    /// <exception cref="UsageException">An argument is unknown, given twice, lacks its value, or has an impossible one.</exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Contains("--help"))
        {
            return new Options { Help = true };
        }

        var values = Split(arguments);
        string? catalog = Single(values, "--catalog");
        double sample = values.TryGetValue("--sample", out List<string>? threshold) ? Sample(threshold[0]) : Zheng07Samples.DefaultThreshold;
        var options = new Options
        {
            Catalog = catalog,
            Format = Format(catalog, Single(values, "--format")),
            BoxSizeMpcPerH = Positive(values, "--box", "the side of the box in Mpc/h, a number above 0"),
            VolumeMpcPerHCubed = Positive(values, "--volume", "a volume in (Mpc/h)³, a number above 0"),
            Region = Region(Single(values, "--region")),
            HostsOnly = Boolean(Single(values, "--hosts-only")),
            Sample = sample,
            Parameters = ParameterChanges.Apply(Zheng07Samples.ForThreshold(sample), values.GetValueOrDefault("--set") ?? []),
            JsonFile = Single(values, "--json"),
        };
        return catalog is null && options.BoxSizeMpcPerH is not null
            ? throw new UsageException("--box", "the embedded catalog fills a box of its own", "--catalog with it")
            : options;
    }

    /// <summary>Values by option name.</summary>
    private static Dictionary<string, List<string>> Split(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, List<string>>();
        for (int i = 0; i < arguments.Count;)
        {
            string name = arguments[i++];
            if (!Names.Contains(name))
            {
                string kind = name.StartsWith("--", StringComparison.Ordinal) ? "there is no such option" : "a value without an option";
                throw new UsageException($"'{name}'", kind, "one of " + string.Join(", ", Names));
            }

            bool first = values.TryAdd(name, []);
            if (!first && name != "--set")
            {
                throw new UsageException(name, "given twice", "it once");
            }

            // A value may start with a minus sign, but not with two; only --set takes several.
            int most = name == "--set" ? int.MaxValue : 1;
            int before = i;
            while (i < arguments.Count && i - before < most && !arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                values[name].Add(arguments[i++]);
            }

            if (i == before || string.IsNullOrWhiteSpace(arguments[i - 1]))
            {
                throw new UsageException(name, "no value follows", "a value after it");
            }
        }

        return values;
    }

    private static string? Single(Dictionary<string, List<string>> values, string name)
        => values.TryGetValue(name, out List<string>? given) ? given[0] : null;

    private static CatalogFormat Format(string? catalog, string? format)
    {
        const string Known = "rockstar, pinocchio or csv";
        return (catalog, format) switch
        {
            (null, null) => default,
            (null, _) => throw new UsageException("--format", "given without a catalog", "--catalog with it"),
            (_, null) => throw new UsageException("--format", "not given", $"{Known}, the format of '{catalog}'"),
            (_, "rockstar") => CatalogFormat.Rockstar,
            (_, "pinocchio") => CatalogFormat.Pinocchio,
            (_, "csv") => CatalogFormat.Csv,
            _ => throw new UsageException("--format", $"'{format}' is no known format", Known),
        };
    }

    private static double? Positive(Dictionary<string, List<string>> values, string name, string expected)
    {
        if (Single(values, name) is not { } text)
        {
            return null;
        }

        return Number(text) is { } number and > 0.0 ? number : throw new UsageException(name, $"'{text}' is not possible", expected);
    }

    private static CatalogRegion? Region(string? text)
    {
        try
        {
            return text is null ? null : CatalogRegion.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException("--region", e.Message.TrimEnd('.'), "a block of space in Mpc/h such as 0:256,0:128,0:128");
        }
    }

    private static bool? Boolean(string? text) => text switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new UsageException("--hosts-only", $"'{text}' is neither", "true or false"),
    };

    private static double Sample(string text)
    {
        string known = string.Join(", ", Zheng07Samples.All.Select(s => s.Threshold.ToString(CultureInfo.InvariantCulture)));
        return Number(text) is { } threshold && Zheng07Samples.All.Any(s => s.Threshold == threshold)
            ? threshold
            : throw new UsageException("--sample", $"'{text}' is no published sample", "one of " + known);
    }

    /// <summary>A finite number with a point for the decimals in every language; null where it is none.</summary>
    internal static double? Number(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;
}
