using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.CodeFixes;

/// <summary>Adds the modifier whose lack is reported: <c>partial</c> (DC1001) or <c>static</c> (DC1002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModifierFix))]
[Shared]
public sealed class ModifierFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["DC1001", "DC1002"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            bool isPartial = diagnostic.Id == "DC1001";
            MemberDeclarationSyntax? declaration = root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.AncestorsAndSelf()
                .OfType<MemberDeclarationSyntax>().FirstOrDefault(m => isPartial ? m is TypeDeclarationSyntax : m is MethodDeclarationSyntax);
            if (declaration is null)
            {
                continue;
            }

            string title = isPartial ? "Make the type partial" : "Make the method static";
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(declaration, Add(declaration, isPartial)))), title),
                diagnostic);
        }
    }

    private static MemberDeclarationSyntax Add(MemberDeclarationSyntax declaration, bool isPartial)
    {
        SyntaxToken modifier = SyntaxFactory.Token(isPartial ? SyntaxKind.PartialKeyword : SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (declaration.Modifiers.Count > 0)
        {
            // "partial" must come last, "static" may.
            return declaration.WithModifiers(declaration.Modifiers.Add(modifier));
        }

        // Without other modifiers the new one takes over the indentation in front of the first token after the attributes.
        SyntaxToken first = declaration.AttributeLists.Count > 0 ? declaration.AttributeLists.Last().GetLastToken().GetNextToken() : declaration.GetFirstToken();
        MemberDeclarationSyntax bare = declaration.ReplaceToken(first, first.WithLeadingTrivia());
        return bare.WithModifiers(SyntaxFactory.TokenList(modifier.WithLeadingTrivia(first.LeadingTrivia)));
    }
}
