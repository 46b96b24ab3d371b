using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace DiffCompile.Generators.Tests.MustRefuse;

/// <summary>A diagnostic that a program must get: its id and the text that it points at.</summary>
public sealed record ExpectedRefusal(string Id, TextSpan Span);

/// <summary>
/// A small program that must be refused. The programs stand in text files: a line <c>//// id name [file] [errors]</c>
/// starts one; <c>[|text|]</c> marks where its diagnostic points, <c>[|id:text|]</c> where another one does. Without
/// <c>file</c> the text is the body of a static partial class C; <c>errors</c> says that C# itself refuses it too.
/// </summary>
/// <param name="Id">The diagnostic that the program is about.</param>
/// <param name="Name">Unique together with the id.</param>
/// <param name="Source">C# without markers.</param>
/// <param name="Expected">All diagnostics, in order of position.</param>
/// <param name="HasErrors">Does the C# compiler refuse it too?</param>
public sealed partial record RefusedProgram(string Id, string Name, string Source, IReadOnlyList<ExpectedRefusal> Expected, bool HasErrors)
{
    private const string Prelude = "public enum Mode { A, B, C }\npublic readonly record struct P(double A, double B);\npublic static partial class C\n{\n";

    /// <summary>Every program.</summary>
    public static IEnumerable<RefusedProgram> All { get; } = ReadAll().ToArray();

    public override string ToString() => Id + " " + Name;

    private static IEnumerable<RefusedProgram> ReadAll()
    {
        var assembly = typeof(RefusedProgram).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.Contains(".MustRefuse.", StringComparison.Ordinal) && n.EndsWith(".cs.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (string program in reader.ReadToEnd().Split("//// ", StringSplitOptions.RemoveEmptyEntries))
            {
                yield return Read(program.Replace("\r", ""));
            }
        }
    }

    private static RefusedProgram Read(string text)
    {
        int end = text.IndexOf('\n');
        string[] head = text[..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string marked = head.Contains("file") ? text[(end + 1)..] : Prelude + text[(end + 1)..] + "}\n";

        List<ExpectedRefusal> expected = [];
        string source = "";
        int last = 0;
        foreach (Match match in Marker().Matches(marked))
        {
            source += marked[last..match.Index];
            expected.Add(new ExpectedRefusal(
                match.Groups["id"].Success ? match.Groups["id"].Value : head[0], new TextSpan(source.Length, match.Groups["text"].Length)));
            source += match.Groups["text"].Value;
            last = match.Index + match.Length;
        }

        return new RefusedProgram(head[0], head[1], source + marked[last..], expected, head.Contains("errors"));
    }

    [GeneratedRegex(@"\[\|(?:(?<id>DC\d{4}):)?(?<text>.*?)\|\]", RegexOptions.Singleline)]
    private static partial Regex Marker();
}
