using System.Globalization;
using System.Text;

namespace DiffCompile.Mutation;

/// <summary>The verdicts of a run, counted and listed.</summary>
internal sealed class Report(Options options, int compiling, IReadOnlyList<Verdict> verdicts, Survivors survivors)
{
    private int Killed => verdicts.Count(v => v.IsKilled);

    private Verdict[] Alive => verdicts.Where(v => !v.IsKilled).ToArray();

    private int Explained => Alive.Count(v => survivors.ReasonOf(v.Mutation) is not null);

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Killed} of {verdicts.Count} mutants killed ({Percent(Killed, verdicts.Count)}); {Explained} of {Alive.Length} survivors have a stated reason. Mean {verdicts.Select(v => v.Seconds).DefaultIfEmpty(0.0).Average():F2} s per mutant.");

    /// <summary>Are 95 % killed, and has somebody looked at each survivor?</summary>
    public bool IsGood => Killed >= 0.95 * verdicts.Count && Explained == Alive.Length;

    /// <summary>The page docs/mutation-report.md.</summary>
    public string Markdown()
    {
        var page = new StringBuilder();
        page.Append("# Mutation report\n\n");
        page.Append("Mistakes made mechanically in the passes and rules, one at a time, and what the tests say to each. Written by\n\n");
        page.Append(CultureInfo.InvariantCulture, $"```\ndotnet run -c Release --project tests/DiffCompile.Mutation -- {options.Choice} --report\n```\n\n");
        page.Append("How it works and what else it can do stands in [testing](testing.md); why a survivor survives, in\n[survivors.md](../tests/DiffCompile.Mutation/survivors.md).\n\n");
        page.Append("| | |\n| --- | ---: |\n");
        page.Append(CultureInfo.InvariantCulture, $"| mutants of these kinds that compile | {compiling} |\n| drawn and tried | {verdicts.Count} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| killed | {Killed} ({Percent(Killed, verdicts.Count)}) |\n");
        page.Append(CultureInfo.InvariantCulture, $"| survived, with a stated reason | {Explained} |\n| survived, unexplained | {Alive.Length - Explained} |\n\n");
        Table(page, "How they were killed", v => v.Fate.ToString(), verdicts.Where(v => v.IsKilled), withKills: false);
        Table(page, "By kind of mutant", v => v.Mutation.Operator, verdicts, withKills: true);
        Table(page, "By file", v => v.Mutation.File, verdicts, withKills: true);
        page.Append("## Survivors\n");
        foreach (Verdict v in Alive)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n- `{Survivors.Written(v.Mutation)}`\n  {survivors.ReasonOf(v.Mutation) ?? "No reason stated. Seen: " + (v.Fate == Fate.NotReached ? "not reached" : v.Detail)}\n");
        }

        return page.ToString();
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
