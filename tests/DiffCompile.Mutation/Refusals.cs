using System.Text.RegularExpressions;

namespace DiffCompile.Mutation;

/// <summary>
/// Methods of the corpus that must be refused carry [Refused("DC3102")]: the generated file states this id and holds no
/// member.
/// </summary>
internal static partial class Refusals
{
    /// <summary>Stated refusals that did not happen, or for another reason.</summary>
    public static IEnumerable<string> Wrong(CorpusGroup group, Output output)
    {
        foreach ((string member, string id) in group.StatedRefusals)
        {
            (string hint, string text) = output.Files.FirstOrDefault(f => f.Key.Split('.')[^4] == member && !f.Key.EndsWith(".spec.g.cs", StringComparison.Ordinal));
            if (hint is null || !output.Refused.Contains(hint) || !text.Contains(id, StringComparison.Ordinal))
            {
                yield return $"{member} was not refused with {id}: {text?.Trim().Split('\n')[^1] ?? "no file"}";
            }
        }
    }

    /// <summary>Name of the method and id of each statement in a source text.</summary>
    public static IEnumerable<(string Member, string Id)> Stated(string source) =>
        Statement().Matches(source).Select(m => (m.Groups["member"].Value, m.Groups["id"].Value));

    [GeneratedRegex("""\[Refused\("(?<id>DC\d{4})"\)\]\s*(public|internal|private) static [^(]*?(?<member>\w+)\(""")]
    private static partial Regex Statement();
}
