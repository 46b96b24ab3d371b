using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DiffCompile.Mutation;

/// <summary>A method that must be refused, by [Refused("DC3102", "(int)x")] before it.</summary>
/// <param name="Member">Name of the method.</param>
/// <param name="Id">Id of the diagnostic.</param>
/// <param name="At">Text at the place of the diagnostic.</param>
/// <param name="Says">A part of the message, or empty.</param>
internal sealed record Refusal(string Member, string Id, string At, string Says);

/// <summary>
/// The stated refusals of a corpus file: the generated file names the id and holds no member, and the analyzer reports the
/// id at the right place, and nothing else.
/// </summary>
internal static partial class Refusals
{
    public static IReadOnlyList<Refusal> Stated(string source) =>
        Statement().Matches(source).Select(m => new Refusal(m.Groups["member"].Value, m.Groups["id"].Value, m.Groups["at"].Value, m.Groups["says"].Value)).ToArray();

    /// <summary>Stated refusals that did not happen, or for another reason.</summary>
    public static IEnumerable<string> Wrong(CorpusGroup group, Output output)
    {
        foreach (Refusal refusal in group.StatedRefusals)
        {
            (string hint, string text) = output.Files.FirstOrDefault(f => f.Key.Split('.')[^4] == refusal.Member && !f.Key.EndsWith(".spec.g.cs", StringComparison.Ordinal));
            if (hint is null || !output.Refused.Contains(hint) || !text.Contains(refusal.Id, StringComparison.Ordinal) || !text.Contains(refusal.Says, StringComparison.Ordinal))
            {
                yield return $"{refusal.Member} was not refused with {refusal.Id}: {text?.Trim().Split('\n')[^1] ?? "no file"}";
            }
        }
    }

    /// <summary>What the analyzer reports and is not stated, and the other way round.</summary>
    public static IEnumerable<string> Misplaced(CorpusGroup group, CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        List<string> found = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .Select(d => $"{d.Id} at '{d.Location.SourceTree?.GetText().ToString(d.Location.SourceSpan)}', line {d.Location.GetLineSpan().StartLinePosition.Line + 1}").ToList();
        var missing = new List<string>();
        foreach (Refusal refusal in group.StatedRefusals)
        {
            string stated = $"{refusal.Id} at '{refusal.At}'";
            int index = found.FindIndex(f => f.StartsWith(stated, StringComparison.Ordinal));
            if (index < 0)
            {
                missing.Add("not reported: " + stated);
            }
            else
            {
                found.RemoveAt(index);
            }
        }

        return found.Select(f => "not stated: " + f).Concat(missing);
    }

    [GeneratedRegex("""\[Refused\("(?<id>DC\d{4})", "(?<at>[^"]+)"(, "(?<says>[^"]+)")?\)\]\s*(public|internal|private) static [^\n]*?\b(?<member>\w+)\([^()\n]*\)\s*(=>|\{)""")]
    private static partial Regex Statement();
}
