using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// Does the text of a method, or of anything that it may call, name a generated member? Only names are looked at, so that the answer
/// is found without binding; it may be yes too often.
/// </summary>
internal static class NamedMembers
{
    private static readonly string[] Suffixes = ["Gradient", "Jvp", "Vjp", "HessianVectorProduct", "Hessian", "Jacobian"];

    // A tree that no edit has touched stays the same object.
    private static readonly ConditionalWeakTable<SyntaxTree, ILookup<string, Text>> Summaries = new();

    public static bool Reach(SyntaxNode declaration, Compilation compilation, CancellationToken cancellationToken)
    {
        var open = new Stack<Text>([TextOf(declaration)]);
        var seen = new HashSet<string>();
        ILookup<string, Text>[]? all = null;
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Text text = open.Pop();
            if (text.NamesMember)
            {
                return true;
            }

            all ??= compilation.SyntaxTrees.Select(t => Summaries.GetValue(t, tree => Summarize(tree))).ToArray();
            foreach (string name in text.Names.Where(seen.Add))
            {
                foreach (Text called in all.SelectMany(trees => trees[name]))
                {
                    open.Push(called);
                }
            }
        }

        return false;
    }

    // What has no name of its own, operators and indexers, is reached by any text.
    private static ILookup<string, Text> Summarize(SyntaxTree tree) => tree.GetRoot().DescendantNodes()
        .OfType<MemberDeclarationSyntax>()
        .Where(m => m is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
        .ToLookup(m => m switch { MethodDeclarationSyntax e => e.Identifier.ValueText, PropertyDeclarationSyntax e => e.Identifier.ValueText, _ => "" }, TextOf);

    private static Text TextOf(SyntaxNode declaration)
    {
        var names = new HashSet<string>(declaration.DescendantNodes(n => n is not AttributeListSyntax).OfType<SimpleNameSyntax>().Select(n => n.Identifier.ValueText)) { "" };
        return new Text(names, names.Any(IsMember));
    }

    private static bool IsMember(string name) =>
        name is not ("NoGradient" or "StopGradient") && Suffixes.Any(s => name.Length > s.Length && name.EndsWith(s, StringComparison.Ordinal));

    /// <param name="Names">Every name in it.</param>
    /// <param name="NamesMember">Is one of them like that of a generated member?</param>
    private sealed record Text(HashSet<string> Names, bool NamesMember);
}
