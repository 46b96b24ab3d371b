using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>The token that a message about a piece of code points at: the keyword, the operator, the identifier.</summary>
internal static class Anchors
{
    public static Location Of(IOperation operation) => Of(operation.Syntax);

    public static Location Of(SyntaxNode node) => Token(node) is { RawKind: not 0 } token ? token.GetLocation() : node.GetLocation();

    private static SyntaxToken Token(SyntaxNode node) => node switch
    {
        ParenthesizedExpressionSyntax n => Token(n.Expression),
        ArgumentSyntax n => n.RefKindKeyword.RawKind != 0 ? n.RefKindKeyword : Token(n.Expression),
        ExpressionStatementSyntax n => Token(n.Expression),
        EqualsValueClauseSyntax n => Token(n.Value),
        ArrowExpressionClauseSyntax n => Token(n.Expression),
        BinaryExpressionSyntax n => n.OperatorToken,
        AssignmentExpressionSyntax n => n.OperatorToken,
        PrefixUnaryExpressionSyntax n => n.OperatorToken,
        PostfixUnaryExpressionSyntax n => n.OperatorToken,
        RangeExpressionSyntax n => n.OperatorToken,
        InvocationExpressionSyntax n => Token(n.Expression),
        MemberAccessExpressionSyntax n => n.Name.Identifier,
        MemberBindingExpressionSyntax n => n.Name.Identifier,
        SimpleNameSyntax n => n.Identifier,
        ConditionalAccessExpressionSyntax n => n.OperatorToken,
        ElementAccessExpressionSyntax n => n.ArgumentList.OpenBracketToken,
        ArrayCreationExpressionSyntax n => n.NewKeyword,
        ImplicitArrayCreationExpressionSyntax n => n.NewKeyword,
        BaseObjectCreationExpressionSyntax n => n.NewKeyword,
        AnonymousObjectCreationExpressionSyntax n => n.NewKeyword,
        StackAllocArrayCreationExpressionSyntax n => n.StackAllocKeyword,
        ImplicitStackAllocArrayCreationExpressionSyntax n => n.StackAllocKeyword,
        CollectionExpressionSyntax n => n.OpenBracketToken,
        LambdaExpressionSyntax n => n.ArrowToken,
        AnonymousMethodExpressionSyntax n => n.DelegateKeyword,
        QueryExpressionSyntax n => n.FromClause.FromKeyword,
        AwaitExpressionSyntax n => n.AwaitKeyword,
        ThrowExpressionSyntax n => n.ThrowKeyword,
        TypeOfExpressionSyntax n => n.Keyword,
        SizeOfExpressionSyntax n => n.Keyword,
        RefExpressionSyntax n => n.RefKeyword,
        SwitchExpressionSyntax n => n.SwitchKeyword,
        WithExpressionSyntax n => n.WithKeyword,
        IsPatternExpressionSyntax n => n.IsKeyword,
        ConditionalExpressionSyntax n => n.QuestionToken,
        ForStatementSyntax n => n.ForKeyword,
        CommonForEachStatementSyntax n => n.ForEachKeyword,
        WhileStatementSyntax n => n.WhileKeyword,
        DoStatementSyntax n => n.DoKeyword,
        GotoStatementSyntax n => n.GotoKeyword,
        LabeledStatementSyntax n => n.Identifier,
        BreakStatementSyntax n => n.BreakKeyword,
        ContinueStatementSyntax n => n.ContinueKeyword,
        TryStatementSyntax n => n.TryKeyword,
        UsingStatementSyntax n => n.UsingKeyword,
        LockStatementSyntax n => n.LockKeyword,
        FixedStatementSyntax n => n.FixedKeyword,
        UnsafeStatementSyntax n => n.UnsafeKeyword,
        YieldStatementSyntax n => n.YieldKeyword,
        ThrowStatementSyntax n => n.ThrowKeyword,
        ReturnStatementSyntax n => n.ReturnKeyword,
        SwitchStatementSyntax n => n.SwitchKeyword,
        IfStatementSyntax n => n.IfKeyword,
        LocalDeclarationStatementSyntax n when n.UsingKeyword.RawKind != 0 => n.UsingKeyword,
        VariableDeclaratorSyntax n => n.Identifier,
        SingleVariableDesignationSyntax n => n.Identifier,
        LocalFunctionStatementSyntax n => n.Identifier,
        MethodDeclarationSyntax n => n.Identifier,
        BaseTypeDeclarationSyntax n => n.Identifier,
        ParameterSyntax n => n.Identifier,
        _ => default,
    };
}
