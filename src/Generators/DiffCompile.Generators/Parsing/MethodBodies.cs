using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>Finds the operation tree of a method with source.</summary>
internal static class MethodBodies
{
    public static IBlockOperation? Find(IMethodSymbol method, ParseContext context)
    {
        if (SyntaxOf(method, context) is not { } syntax || !HasBody(syntax))
        {
            return null;
        }

        return context.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, context.CancellationToken) switch
        {
            IMethodBodyBaseOperation body => body.BlockBody ?? body.ExpressionBody,
            IBlockOperation block => block,
            ILocalFunctionOperation function => function.Body ?? function.IgnoredBody,
            _ => null,
        };
    }

    /// <summary>Is the text of the method written out, as it is not for properties with storage?</summary>
    public static bool HasBody(IMethodSymbol method, ParseContext context) => SyntaxOf(method, context) is { } syntax && HasBody(syntax);

    private static bool HasBody(SyntaxNode syntax) => syntax switch
    {
        BaseMethodDeclarationSyntax m => m.Body is not null || m.ExpressionBody is not null,
        LocalFunctionStatementSyntax f => f.Body is not null || f.ExpressionBody is not null,
        AccessorDeclarationSyntax a => a.Body is not null || a.ExpressionBody is not null,
        ArrowExpressionClauseSyntax => true,
        _ => false,
    };

    private static SyntaxNode? SyntaxOf(IMethodSymbol method, ParseContext context) =>
        (method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken);

    public static bool HasSource(IMethodSymbol method, ParseContext context) =>
        !method.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, context.Compilation.Assembly);
}
