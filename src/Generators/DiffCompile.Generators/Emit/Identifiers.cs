using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Generators.Emit;

/// <summary>Spelling of C# identifiers.</summary>
internal static class Identifiers
{
    /// <summary>The identifier as it is written in code: keywords get an @.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A member of an expression, or a member of that one, as far as the path goes: p.From.X, v[2].</summary>
    public static string Member(string expression, IEnumerable<string> path) =>
        path.Aggregate(expression, (whole, name) => name[0] == '[' ? whole + name : whole + "." + Escape(name));

    /// <inheritdoc cref="Member(string, IEnumerable{string})"/>
    public static string Member(string expression, string path) => Member(expression, path.Split(['.'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A path as a part of a name: FromX, V2.</summary>
    public static string InName(string path) => string.Concat(path.Split('.').Select(name => name.Length > 0 && name[0] == '[' ? name.Trim('[', ']') : Pascal(name)));

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
