using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DiffCompile.Mutation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        Mutants of the generator's passes and rules, run against the corpus.

          --count N        mutants to try, drawn at random (300)
          --seed S         seed of the draw (1)
          --all            all mutants
          --id N           one mutant, shown as a diff of the pass and of what it writes; may be repeated
          --kind NAME      kind of mutant (sign, comparison, "swapped operands", "dropped statement"); may be repeated;
                           also there: operator, constant, method, "removed condition"
          --file TEXT      only mutants of files whose path contains TEXT
          --folder NAME    a folder of the generator to mutate (Passes and Rules); may be repeated
          --list           only lists the mutants
          --report         writes docs/mutation-report.md
          --verdicts FILE  keeps the verdicts there, a line of JSON each, and goes on from those that it finds
        """;

    private static readonly string[] DefaultFolders = ["Passes", "Rules"];
    private static readonly string[] DefaultKinds = ["sign", "comparison", "swapped operands", "dropped statement"];

    public int Count { get; init; } = 300;

    public int Seed { get; init; } = 1;

    public bool All { get; init; }

    /// <summary>Mutants to show one by one.</summary>
    public IReadOnlyList<int> Ids { get; init; } = [];

    public string File { get; init; } = "";

    public IReadOnlyList<string> Folders { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public bool List { get; init; }

    public bool Report { get; init; }

    public string? Verdicts { get; init; }

    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            string Text() => ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} needs a value.");
            int Number() => int.TryParse(Text(), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw new ArgumentException($"{name} needs a whole number, not '{arguments[i]}'.");
            options = name switch
            {
                "--count" => options with { Count = Number() },
                "--seed" => options with { Seed = Number() },
                "--all" => options with { All = true },
                "--id" => options with { Ids = [.. options.Ids, Number()] },
                "--file" => options with { File = Text() },
                "--folder" => options with { Folders = [.. options.Folders, Text()] },
                "--kind" => options with { Kinds = [.. options.Kinds, Text()] },
                "--list" => options with { List = true },
                "--report" => options with { Report = true },
                "--verdicts" => options with { Verdicts = Text() },
                _ => throw new ArgumentException($"Unknown option '{name}'."),
            };
        }

        return options with
        {
            Folders = options.Folders.Count > 0 ? options.Folders : DefaultFolders,
            Kinds = options.Kinds.Count > 0 ? options.Kinds : DefaultKinds,
        };
    }

    /// <summary>The part of the command line that says which mutants are tried.</summary>
    public string Choice => (All ? "--all" : $"--count {Count} --seed {Seed}")
        + (File.Length > 0 ? " --file " + File : "")
        + (Folders.SequenceEqual(DefaultFolders) ? "" : string.Concat(Folders.Select(f => " --folder " + f)))
        + (Kinds.SequenceEqual(DefaultKinds) ? "" : string.Concat(Kinds.Select(k => $" --kind \"{k}\"")));

    /// <summary>
    /// The mutants to try, in order of id. The draw depends on seed and mutants only: each draws a number of its own, and those
    /// with the smallest are taken, so that an edit elsewhere does not change which they are.
    /// </summary>
    public IReadOnlyList<Mutation> Select(IReadOnlyList<Mutation> mutations)
    {
        if (Ids.Count > 0)
        {
            return Ids.Select(id => mutations.FirstOrDefault(m => m.Id == id) ?? throw new ArgumentException($"There is no mutant {id} that compiles.")).ToArray();
        }

        Mutation[] eligible = mutations.Where(m => Kinds.Contains(m.Operator) && m.File.Contains(File, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (!All && Count < eligible.Length)
        {
            eligible = eligible.OrderBy(m => Draw(m.Key), StringComparer.Ordinal).Take(Count).ToArray();
        }

        return eligible.OrderBy(m => m.Id).ToArray();
    }

    private string Draw(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}|{key}")));
}
