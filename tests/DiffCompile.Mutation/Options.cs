using System.Globalization;

namespace DiffCompile.Mutation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        Mutants of the generator's passes and rules, run against the corpus.

          --count N        mutants to try, drawn at random (250)
          --seed S         seed of the draw (1)
          --all            all mutants
          --id N           one mutant, shown as a diff of the pass and of what it writes; may be repeated
          --file TEXT      only mutants of files whose path contains TEXT
          --folder NAME    a folder of the generator to mutate (Passes and Rules); may be repeated
          --list           only lists the mutants
          --report         writes docs/mutation-report.md
          --json FILE      writes the verdicts as JSON
        """;

    public int Count { get; init; } = 250;

    public int Seed { get; init; } = 1;

    public bool All { get; init; }

    /// <summary>Mutants to show one by one.</summary>
    public IReadOnlyList<int> Ids { get; init; } = [];

    public string File { get; init; } = "";

    public IReadOnlyList<string> Folders { get; init; } = [];

    public bool List { get; init; }

    public bool Report { get; init; }

    public string? Json { get; init; }

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
                "--list" => options with { List = true },
                "--report" => options with { Report = true },
                "--json" => options with { Json = Text() },
                _ => throw new ArgumentException($"Unknown option '{name}'."),
            };
        }

        return options.Folders.Count > 0 ? options : options with { Folders = ["Passes", "Rules"] };
    }

    /// <summary>The mutants to try, in order of id. The draw depends on the seed and the number of mutants only.</summary>
    public IReadOnlyList<Mutation> Select(IReadOnlyList<Mutation> mutations)
    {
        if (Ids.Count > 0)
        {
            return Ids.Select(id => mutations.FirstOrDefault(m => m.Id == id) ?? throw new ArgumentException($"There is no mutant {id} that compiles.")).ToArray();
        }

        Mutation[] eligible = mutations.Where(m => m.File.Contains(File, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (!All && Count < eligible.Length)
        {
            new Random(Seed).Shuffle(eligible);
            eligible = eligible[..Count];
        }

        return eligible.OrderBy(m => m.Id).ToArray();
    }
}
