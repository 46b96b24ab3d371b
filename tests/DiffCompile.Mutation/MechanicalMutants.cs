using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace DiffCompile.Mutation;

/// <summary>
/// All mechanical mistakes that a file can hold, found by syntax alone. Those that do not compile are taken out later,
/// by the compiler.
/// </summary>
internal sealed class MechanicalMutants : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, (SyntaxKind Kind, string Operator)[]> Binary = new()
    {
        [SyntaxKind.AddExpression] = [(SyntaxKind.SubtractExpression, "sign")],
        [SyntaxKind.SubtractExpression] = [(SyntaxKind.AddExpression, "sign")],
        [SyntaxKind.MultiplyExpression] = [(SyntaxKind.DivideExpression, "operator")],
        [SyntaxKind.DivideExpression] = [(SyntaxKind.MultiplyExpression, "operator")],
        [SyntaxKind.LessThanExpression] = [(SyntaxKind.LessThanOrEqualExpression, "comparison"), (SyntaxKind.GreaterThanExpression, "comparison")],
        [SyntaxKind.LessThanOrEqualExpression] = [(SyntaxKind.LessThanExpression, "comparison"), (SyntaxKind.GreaterThanOrEqualExpression, "comparison")],
        [SyntaxKind.GreaterThanExpression] = [(SyntaxKind.GreaterThanOrEqualExpression, "comparison"), (SyntaxKind.LessThanExpression, "comparison")],
        [SyntaxKind.GreaterThanOrEqualExpression] = [(SyntaxKind.GreaterThanExpression, "comparison"), (SyntaxKind.LessThanOrEqualExpression, "comparison")],
        [SyntaxKind.EqualsExpression] = [(SyntaxKind.NotEqualsExpression, "comparison")],
        [SyntaxKind.NotEqualsExpression] = [(SyntaxKind.EqualsExpression, "comparison")],
        [SyntaxKind.ExclusiveOrExpression] = [(SyntaxKind.LogicalOrExpression, "operator")],
    };

    private static readonly Dictionary<string, string> Methods = new()
    {
        ["Any"] = "All",
        ["All"] = "Any",
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Skip"] = "Take",
        ["Take"] = "Skip",
    };

    private readonly List<(string Operator, SyntaxNode Node, SyntaxNode? Replacement)> _found = [];

    /// <summary>The mutations of all files, numbered from <paramref name="firstId"/> in order of file and position.</summary>
    public static IReadOnlyList<Mutation> Find(IEnumerable<SyntaxTree> trees, int firstId = 0)
    {
        var mutations = new List<Mutation>();
        var seen = new Dictionary<string, int>();
        foreach (SyntaxTree tree in trees)
        {
            var walker = new MechanicalMutants();
            walker.Visit(tree.GetRoot());
            foreach ((string name, SyntaxNode node, SyntaxNode? replacement) in walker._found.OrderBy(f => f.Node.SpanStart))
            {
                var mutation = new Mutation(firstId + mutations.Count, name, node, replacement);
                string key = mutation.Key;
                int occurrence = seen[key] = seen.GetValueOrDefault(key) + 1;
                mutations.Add(mutation with { Occurrence = occurrence });
            }
        }

        return mutations;
    }

    // Neither patterns, which need constants, nor attributes and defaults of parameters, which are no code, are mutated.
    public override void VisitAttributeList(AttributeListSyntax node)
    {
    }

    public override void VisitConstantPattern(ConstantPatternSyntax node)
    {
    }

    public override void VisitRelationalPattern(RelationalPatternSyntax node)
    {
    }

    public override void VisitCaseSwitchLabel(CaseSwitchLabelSyntax node)
    {
    }

    public override void VisitParameter(ParameterSyntax node)
    {
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        base.VisitBinaryExpression(node);
        if (node.Left is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } || node.Right is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression })
        {
            return;
        }

        if (Binary.TryGetValue(node.Kind(), out (SyntaxKind Kind, string Operator)[]? others))
        {
            foreach ((SyntaxKind kind, string name) in others)
            {
                Add(name, node, BinaryExpression(kind, node.Left, node.Right));
            }
        }

        switch (node.Kind())
        {
            case SyntaxKind.SubtractExpression or SyntaxKind.DivideExpression:
                Add("swapped operands", node, BinaryExpression(node.Kind(), ParenthesizedExpression(node.Right), ParenthesizedExpression(node.Left)));
                break;
            case SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression:
                Add("removed condition", node, node.Left);
                Add("removed condition", node, node.Right);
                break;
        }
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        base.VisitPrefixUnaryExpression(node);
        switch (node.Kind())
        {
            case SyntaxKind.UnaryMinusExpression:
                Add("sign", node, node.Operand);
                break;
            case SyntaxKind.LogicalNotExpression:
                Add("removed condition", node, node.Operand);
                break;
        }
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.NumericLiteralExpression:
                Add("constant", node, ParseExpression(node.Token.Value switch
                {
                    double d => d == 0.0 ? "1.0" : (d == 1.0 ? "2.0" : $"({d.ToString("R", CultureInfo.InvariantCulture)} * 1.5)"),
                    int i => (i + 1).ToString(CultureInfo.InvariantCulture),
                    var other => $"({other}L + 1)",
                }));
                break;
            case SyntaxKind.TrueLiteralExpression:
                Add("constant", node, LiteralExpression(SyntaxKind.FalseLiteralExpression));
                break;
            case SyntaxKind.FalseLiteralExpression:
                Add("constant", node, LiteralExpression(SyntaxKind.TrueLiteralExpression));
                break;
        }
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        base.VisitAssignmentExpression(node);
        if (node.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression)
        {
            bool plus = node.IsKind(SyntaxKind.AddAssignmentExpression);
            Add("sign", node, AssignmentExpression(plus ? SyntaxKind.SubtractAssignmentExpression : SyntaxKind.AddAssignmentExpression, node.Left, node.Right));
        }
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        base.VisitConditionalExpression(node);
        Add("removed condition", node, node.WhenTrue);
        Add("removed condition", node, node.WhenFalse);
    }

    public override void VisitArgumentList(ArgumentListSyntax node)
    {
        base.VisitArgumentList(node);
        if (node.Parent is ExpressionSyntax call && !IsCommutative(node))
        {
            Swaps(node.Arguments, arguments => call.ReplaceNode(node, node.WithArguments(arguments)), call);
        }
    }

    public override void VisitCollectionExpression(CollectionExpressionSyntax node)
    {
        base.VisitCollectionExpression(node);
        if (!node.Elements.Any(e => e is SpreadElementSyntax) && node.Elements.Count <= 3)
        {
            Swaps(node.Elements, node.WithElements, node);
        }
    }

    public override void VisitInitializerExpression(InitializerExpressionSyntax node)
    {
        base.VisitInitializerExpression(node);
        if (node.IsKind(SyntaxKind.WithInitializerExpression) && node.Parent is ExpressionSyntax with)
        {
            for (int i = 0; i + 1 < node.Expressions.Count; i++)
            {
                var a = (AssignmentExpressionSyntax)node.Expressions[i];
                var b = (AssignmentExpressionSyntax)node.Expressions[i + 1];
                SeparatedSyntaxList<ExpressionSyntax> swapped = node.Expressions.Replace(a, a.WithRight(b.Right));
                swapped = swapped.Replace(swapped[i + 1], b.WithRight(a.Right));
                Add("swapped operands", with, with.ReplaceNode(node, node.WithExpressions(swapped)));
            }
        }
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        base.VisitInvocationExpression(node);
        if (node.Expression is MemberAccessExpressionSyntax access && Methods.TryGetValue(access.Name.Identifier.Text, out string? other))
        {
            Add("method", node, node.WithExpression(access.WithName(IdentifierName(other))));
        }
    }

    // A rule's partial is the body of a lambda.
    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        base.VisitSimpleLambdaExpression(node);
        if (node.ExpressionBody is { } body and not PrefixUnaryExpressionSyntax && body.SyntaxTree.FilePath.StartsWith("Rules/", StringComparison.Ordinal))
        {
            Add("sign", body, PrefixUnaryExpression(SyntaxKind.UnaryMinusExpression, ParenthesizedExpression(body)));
        }
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        base.VisitExpressionStatement(node);
        Drop(node);
    }

    public override void VisitYieldStatement(YieldStatementSyntax node)
    {
        base.VisitYieldStatement(node);
        Drop(node);
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
        base.VisitThrowStatement(node);
        Drop(node);
    }

    public override void VisitContinueStatement(ContinueStatementSyntax node) => Drop(node);

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        base.VisitForEachStatement(node);
        Drop(node);
    }

    public override void VisitForStatement(ForStatementSyntax node)
    {
        base.VisitForStatement(node);
        Drop(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        base.VisitIfStatement(node);
        if (node.Else is null)
        {
            Drop(node);
        }
        else
        {
            Add("removed condition", node, node.Else.Statement);
        }

        Add("removed condition", node, node.Statement);
    }

    // Swapping the operands of a largest number, or of a sum that is built, makes no mistake.
    private static bool IsCommutative(ArgumentListSyntax node) =>
        node.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Math" }, Name.Identifier.Text: "Min" or "Max" } }
        || node.Arguments.Any(a => a.ToString() is "Op.Add" or "Op.Multiply");

    private void Drop(StatementSyntax node) => _found.Add(("dropped statement", node, null));

    private void Swaps<T>(SeparatedSyntaxList<T> items, Func<SeparatedSyntaxList<T>, ExpressionSyntax> build, ExpressionSyntax whole)
        where T : SyntaxNode
    {
        for (int i = 0; i + 1 < items.Count; i++)
        {
            T a = items[i], b = items[i + 1];
            if (a.ToString() == b.ToString() || a is ArgumentSyntax { NameColon: not null } || b is ArgumentSyntax { NameColon: not null })
            {
                continue;
            }

            SeparatedSyntaxList<T> swapped = items.Replace(a, b);
            swapped = swapped.Replace(swapped[i + 1], a);
            Add("swapped operands", whole, build(swapped));
        }
    }

    private void Add(string name, SyntaxNode node, SyntaxNode replacement)
    {
        // The part after "?." is no expression of its own.
        bool isTail = node.DescendantNodesAndSelf().Any(n => n is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax && !n.Ancestors().TakeWhile(a => a != node.Parent).Any(a => a is ConditionalAccessExpressionSyntax));
        if (!isTail)
        {
            _found.Add((name, node, replacement));
        }
    }
}
