using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Generators.Emit;

/// <summary>Spelling of C# identifiers.</summary>
internal static class Identifiers
{
    /// <summary>The identifier as it is written in code: keywords get an @.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A path of member names, each escaped.</summary>
    public static string EscapePath(string path) => string.Join(".", path.Split('.').Select(Escape));

    /// <summary>The nearest valid identifier; empty when nothing of the text can stand in one.</summary>
    public static string Sanitize(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text)
        {
            if (result.Length == 0 ? SyntaxFacts.IsIdentifierStartCharacter(c) : SyntaxFacts.IsIdentifierPartCharacter(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    public static bool IsIdentifier(string text) => SyntaxFacts.IsValidIdentifier(text);

    public static string Camel(string name) => ChangeFirst(name, char.ToLowerInvariant);

    public static string Pascal(string name) => ChangeFirst(name, char.ToUpperInvariant);

    private static string ChangeFirst(string name, Func<char, char> change) =>
        name.Length == 0 ? name : change(name[0]) + name.Substring(1);
}
