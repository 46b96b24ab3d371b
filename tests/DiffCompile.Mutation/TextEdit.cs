using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Mutation;

/// <summary>A deliberate mistake written as an edit of the source: what stands there, and what shall stand there instead.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="File">Path relative to the generator's folder.</param>
/// <param name="Old">Text that occurs once in the file.</param>
/// <param name="New">Text to put in its place.</param>
internal sealed record TextEdit(string Name, string File, string Old, string New)
{
    /// <summary>The edit as a mutation of the smallest expression or statement that holds it.</summary>
    /// <exception cref="InvalidOperationException">The old text does not occur exactly once, or the edit is in neither.</exception>
    public Mutation ToMutation(IReadOnlyList<SyntaxTree> trees, int id)
    {
        SyntaxTree tree = trees.SingleOrDefault(t => t.FilePath == File) ?? throw Wrong($"there is no file {File}");
        string text = tree.ToString();
        int at = text.IndexOf(Old, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(Old, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw Wrong($"'{Old}' must occur once in {File}");
        }

        SyntaxTree edited = CSharpSyntaxTree.ParseText(text[..at] + New + text[(at + Old.Length)..], Repository.ParseOptions, File);
        (SyntaxNode Node, SyntaxNode Replacement)? smallest = null;
        (SyntaxNode a, SyntaxNode b) = (tree.GetRoot(), edited.GetRoot());
        while (true)
        {
            if (CanStandBehindSwitch(a) && ((a is ExpressionSyntax && b is ExpressionSyntax) || (a is StatementSyntax && b is StatementSyntax)))
            {
                smallest = (a, b);
            }

            SyntaxNodeOrToken[] x = a.ChildNodesAndTokens().ToArray(), y = b.ChildNodesAndTokens().ToArray();
            int[] differing = x.Length == y.Length ? Enumerable.Range(0, x.Length).Where(i => !x[i].IsEquivalentTo(y[i])).ToArray() : [];
            if (differing.Length != 1 || x[differing[0]].AsNode() is not { } nextA || y[differing[0]].AsNode() is not { } nextB)
            {
                break;
            }

            (a, b) = (nextA, nextB);
        }

        return smallest is { } found ? new Mutation(id, Name, found.Node, found.Replacement) : throw Wrong("the edit is in no expression or statement");
    }

    // The name after a dot, a type, or the target of an assignment is an expression in syntax only.
    private static bool CanStandBehindSwitch(SyntaxNode node) => node switch
    {
        TypeSyntax and not IdentifierNameSyntax or InitializerExpressionSyntax => false,
        ExpressionSyntax e => !(e.Parent is MemberAccessExpressionSyntax access && access.Name == e)
            && !(e.Parent is AssignmentExpressionSyntax assignment && assignment.Left == e)
            && !(e.Parent is InvocationExpressionSyntax call && call.Expression == e)
            && e.Parent is not (NameColonSyntax or MemberBindingExpressionSyntax or PatternSyntax or VariableDeclarationSyntax),
        StatementSyntax => true,
        _ => false,
    };

    private InvalidOperationException Wrong(string reason) => new($"The planted fault '{Name}' no longer fits the source: {reason}.");
}
