using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>Finds the operation tree of a method with source.</summary>
internal static class MethodBodies
{
    public static IBlockOperation? Find(IMethodSymbol method, ParseContext context)
    {
        IMethodSymbol written = method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
        if (written.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not { } syntax)
        {
            return null;
        }

        bool hasBody = syntax switch
        {
            BaseMethodDeclarationSyntax m => m.Body is not null || m.ExpressionBody is not null,
            LocalFunctionStatementSyntax f => f.Body is not null || f.ExpressionBody is not null,
            _ => false,
        };
        if (!hasBody)
        {
            return null;
        }

        return context.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, context.CancellationToken) switch
        {
            IMethodBodyBaseOperation body => body.BlockBody ?? body.ExpressionBody,
            ILocalFunctionOperation function => function.Body ?? function.IgnoredBody,
            _ => null,
        };
    }

    public static bool HasSource(IMethodSymbol method, ParseContext context) =>
        !method.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, context.Compilation.Assembly);
}
