namespace DiffCompile.Mutation;

/// <summary>
/// The hand-written table of mutants that no test can or need kill, with the reason. A mutant is known by its file and
/// its change, so that the table outlives edits elsewhere.
/// </summary>
internal sealed class Survivors(IReadOnlyDictionary<(string File, string Change), string> reasons)
{
    private const string RelativePath = "tests/DiffCompile.Mutation/survivors.md";

    public static Survivors Read()
    {
        string path = Path.Combine(Repository.Root, RelativePath);
        var reasons = new Dictionary<(string, string), string>();
        foreach ((string line, int number) in System.IO.File.ReadAllLines(path).Select((l, i) => (l, i + 1)).Where(l => l.l.StartsWith("| `", StringComparison.Ordinal)))
        {
            string[] cells = line.Trim('|').Split(" | ").Select(c => c.Trim().Trim('`')).ToArray();
            if (cells.Length != 3)
            {
                throw new FormatException($"{path}({number}): expected three cells, file, change and reason, found {cells.Length}.");
            }

            reasons[(cells[0], cells[1])] = cells[2];
        }

        return new Survivors(reasons);
    }

    /// <summary>Why the mutant survives; null when nobody has looked at it.</summary>
    public string? ReasonOf(Mutation mutation) => reasons.GetValueOrDefault((mutation.File, Cell(mutation.Change)));

    /// <summary>A change as it stands in a cell of a table.</summary>
    public static string Cell(string change) => change.Replace("|", "¦", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal);
}
