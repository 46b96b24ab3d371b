using System.Text.RegularExpressions;

namespace DiffCompile.Generators.Emit;

/// <summary>Text for places that hold one line.</summary>
internal static class TextLines
{
    // All characters that end a line, and with it a comment, in C#.
    private static readonly Regex LineEnd = new(@"\s*[\r\n\u0085\u2028\u2029]+\s*", RegexOptions.CultureInvariant);

    private static readonly char[] LineEnds = ['\r', '\n', '\u0085', '\u2028', '\u2029'];

    public static string OneLine(string text) => (text.IndexOfAny(LineEnds) < 0 ? text : LineEnd.Replace(text, " ")).Trim();

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Enumerate(IReadOnlyList<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[parts.Count - 1];

    /// <summary>Does an identifier occur in a piece of code?</summary>
    public static bool HoldsWord(string code, string word)
    {
        for (int at = code.IndexOf(word, StringComparison.Ordinal); at >= 0; at = code.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            int end = at + word.Length;
            if ((at == 0 || !IsWordCharacter(code[at - 1])) && (end == code.Length || !IsWordCharacter(code[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>Text between XML tags or in an attribute.</summary>
    public static string Xml(string text) =>
        OneLine(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    /// <summary>A list on one line if it is no wider than <paramref name="width"/>, else its head and lines filled up to that.</summary>
    public static IEnumerable<string> Pack(string head, IReadOnlyList<string> items, string tail, int width)
    {
        string whole = head + string.Join(", ", items) + tail;
        if (whole.Length <= width)
        {
            return [whole];
        }

        var lines = new List<string> { head };
        string line = "";
        for (int i = 0; i < items.Count; i++)
        {
            string item = items[i] + (i < items.Count - 1 ? "," : tail);
            if (line.Length > 0 && line.Length + 1 + item.Length > width - 4)
            {
                lines.Add(line);
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + item;
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>Breaks text at spaces, though not inside XML tags, where a line would be longer than <paramref name="width"/>.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        int start = 0;
        int lastSpace = -1;
        bool inTag = false;
        for (int i = 0; i < text.Length; i++)
        {
            inTag = text[i] == '<' || (inTag && text[i] != '>');
            if (text[i] == ' ' && !inTag)
            {
                lastSpace = i;
            }

            if (i - start >= width && lastSpace > start)
            {
                yield return text.Substring(start, lastSpace - start);
                start = lastSpace + 1;
                lastSpace = -1;
            }
        }

        yield return text.Substring(start);
    }
}
