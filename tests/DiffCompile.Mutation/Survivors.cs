namespace DiffCompile.Mutation;

/// <summary>
/// The hand-written list of mutants that no test can or need kill: a line "- `key`" for each, then the reason, indented.
/// </summary>
internal sealed class Survivors(IReadOnlyDictionary<string, string> reasons)
{
    private const string RelativePath = "tests/DiffCompile.Mutation/survivors.md";

    public IEnumerable<string> Keys => reasons.Keys;

    public static Survivors Read() => Parse(System.IO.File.ReadAllLines(Path.Combine(Repository.Root, RelativePath)));

    /// <exception cref="FormatException">A key has no reason, or stands there twice.</exception>
    public static Survivors Parse(IReadOnlyList<string> lines)
    {
        var reasons = new Dictionary<string, string>();
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith("- `", StringComparison.Ordinal))
            {
                continue;
            }

            string reason = string.Join(" ", lines.Skip(i + 1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim()));
            if (reason.Length == 0 || !reasons.TryAdd(lines[i][2..].Trim().Trim('`'), reason))
            {
                throw new FormatException($"{RelativePath}({i + 1}): expected a mutant not named before, and its reason in indented lines below.");
            }
        }

        return new Survivors(reasons);
    }

    /// <summary>Why the mutant survives; null when nobody has looked at it.</summary>
    public string? ReasonOf(Mutation mutation) => reasons.GetValueOrDefault(Written(mutation));

    /// <summary>The key of a mutant as it stands in the list.</summary>
    public static string Written(Mutation mutation) => mutation.Key.Replace("`", "'", StringComparison.Ordinal);
}
