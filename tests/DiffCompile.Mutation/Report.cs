using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DiffCompile.Mutation;

/// <summary>The verdicts of a run, counted and listed.</summary>
internal sealed class Report(Options options, int compiling, IReadOnlyList<Verdict> verdicts, Survivors survivors)
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };

    private int Killed => verdicts.Count(v => v.IsKilled);

    private Verdict[] Alive => verdicts.Where(v => !v.IsKilled).ToArray();

    private int Explained => Alive.Count(v => survivors.ReasonOf(v.Mutation) is not null);

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Killed} of {verdicts.Count} mutants killed ({Percent(Killed, verdicts.Count)}); {Explained} of {Alive.Length} survivors have a stated reason; without those {Percent(Killed, verdicts.Count - Explained)}. Mean {verdicts.Select(v => v.Seconds).DefaultIfEmpty(0.0).Average():F2} s per mutant.");

    public string Markdown()
    {
        var page = new StringBuilder();
        page.Append("# Mutation report\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Written by `dotnet run -c Release --project tests/DiffCompile.Mutation -- {(options.All ? "--all" : $"--count {options.Count} --seed {options.Seed}")}{string.Concat(options.Folders.Select(f => " --folder " + f))} --report`. What the columns mean stands in [testing](testing.md).\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{verdicts.Count} of {compiling} mutants were tried.\n\n");
        page.Append(CultureInfo.InvariantCulture, $"- killed: {Killed} ({Percent(Killed, verdicts.Count)})\n");
        page.Append(CultureInfo.InvariantCulture, $"- survived: {Alive.Length}, of which {Explained} with a stated reason\n");
        page.Append(CultureInfo.InvariantCulture, $"- killed of those without a stated reason: {Percent(Killed, verdicts.Count - Explained)}\n\n");
        Table(page, "How they were killed", v => v.Fate.ToString(), verdicts.Where(v => v.IsKilled), withKills: false);
        Table(page, "By kind of mutant", v => v.Mutation.Operator, verdicts, withKills: true);
        Table(page, "By file", v => v.Mutation.File, verdicts, withKills: true);
        page.Append("## Survivors\n\n| Mutant | Change | What was seen | Reason |\n| --- | --- | --- | --- |\n");
        foreach (Verdict v in Alive)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {v.Mutation.File}({v.Mutation.Line}) | `{Survivors.Cell(v.Mutation.Change)}` | {(v.Fate == Fate.NotReached ? "not reached" : v.Detail)} | {survivors.ReasonOf(v.Mutation) ?? "**none stated**"} |\n");
        }

        return page.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            seed = options.Seed,
            tried = verdicts.Count,
            killed = Killed,
            explained = Explained,
            mutants = verdicts.Select(v => new { id = v.Mutation.Id, file = v.Mutation.File, line = v.Mutation.Line, kind = v.Mutation.Operator, change = v.Mutation.Change, fate = v.Fate.ToString(), detail = v.Detail, seconds = Math.Round(v.Seconds, 2), reason = v.IsKilled ? null : survivors.ReasonOf(v.Mutation) }),
        },
        JsonOptions) + "\n";

    /// <summary>Writes a file whole or not at all.</summary>
    public void Write(string path, string text)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    private static void Table(StringBuilder page, string title, Func<Verdict, string> key, IEnumerable<Verdict> of, bool withKills)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| | mutants |{(withKills ? " killed |" : "")}\n| --- | ---: |{(withKills ? " ---: |" : "")}\n");
        foreach (IGrouping<string, Verdict> group in of.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} |{(withKills ? $" {group.Count(v => v.IsKilled)} |" : "")}\n");
        }

        page.Append('\n');
    }

    private static string Percent(int part, int whole) => whole == 0 ? "–" : (100.0 * part / whole).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
