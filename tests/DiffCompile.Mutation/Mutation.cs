using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Mutation;

/// <summary>One deliberate mistake: a node of the generator's source, and what stands there when it is active.</summary>
/// <param name="Id">Number by which it is switched on.</param>
/// <param name="Operator">Kind of the mistake, or the name of a planted fault.</param>
/// <param name="Node">An expression or a statement.</param>
/// <param name="Replacement">Of the same kind; null for a dropped statement.</param>
/// <param name="Occurrence">1, or more where the same change is possible at several places of a member.</param>
internal sealed record Mutation(int Id, string Operator, SyntaxNode Node, SyntaxNode? Replacement, int Occurrence = 1)
{
    /// <summary>Path relative to the generator's folder.</summary>
    public string File => Node.SyntaxTree.FilePath;

    /// <summary>Line, from 1.</summary>
    public int Line => Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>File and member, "Passes/Vjp.cs: Pull".</summary>
    public string Place => $"{File}: {MemberName(Node)}";

    /// <summary>Place, kind and change: names the mutant however its lines move.</summary>
    public string Key => $"{Place} | {Operator} | {Change}{(Occurrence > 1 ? $" ({Occurrence})" : "")}";

    /// <summary>"original → mutated" on one line.</summary>
    public string Change => $"{OneLine(Node)} → {(Replacement is null ? "(dropped)" : OneLine(Replacement))}";

    /// <summary>The change with its lines, as a diff.</summary>
    public string Diff()
    {
        SyntaxNode root = Node.SyntaxTree.GetRoot();
        string[] before = root.ToFullString().Split('\n');
        SyntaxNode changed = Replacement is null
            ? root.ReplaceNode(Node, SyntaxFactory.EmptyStatement().WithTriviaFrom(Node))
            : root.ReplaceNode(Node, Replacement.WithTriviaFrom(Node));
        string[] after = changed.ToFullString().Split('\n');
        int first = 0, last = 0;
        while (first < Math.Min(before.Length, after.Length) && before[first] == after[first])
        {
            first++;
        }

        while (last < Math.Min(before.Length, after.Length) - first && before[^(last + 1)] == after[^(last + 1)])
        {
            last++;
        }

        IEnumerable<string> minus = before[first..^last].Select(l => "-" + l);
        IEnumerable<string> plus = after[first..^last].Select(l => "+" + l);
        return $"{File}({first + 1}): {Operator}\n" + string.Join("\n", minus.Concat(plus));
    }

    private static string MemberName(SyntaxNode node) => node.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        PropertyDeclarationSyntax p => p.Identifier.Text,
        FieldDeclarationSyntax f => f.Declaration.Variables[0].Identifier.Text,
        ConstructorDeclarationSyntax c => c.Identifier.Text,
        BaseTypeDeclarationSyntax t => t.Identifier.Text,
        { } other => other.Kind().ToString(),
        null => "",
    };

    private static string OneLine(SyntaxNode node)
    {
        string text = string.Join(" ", node.ToString().Split((char[])['\n', '\r', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 160 ? text[..160] + "…" : text;
    }
}
