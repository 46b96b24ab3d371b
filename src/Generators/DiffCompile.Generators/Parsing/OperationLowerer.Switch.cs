using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Switches become chains of choices.
internal sealed partial class OperationLowerer
{
    private IReadOnlyList<Step> ChainOf(ISwitchOperation statement)
    {
        Term value = Lower(statement.Value);
        DeclareLocals(statement.Locals);
        IReadOnlyList<Step> chain = [];
        if (statement.Cases.FirstOrDefault(IsDefault) is { } last)
        {
            chain = [SectionOf(last)];
        }

        foreach (ISwitchCaseOperation section in statement.Cases.Reverse().Where(c => !IsDefault(c)))
        {
            chain = [new Choice(section, () => LowerClauses(value, section), [SectionOf(section)], chain)];
        }

        return chain;
    }

    private static bool IsDefault(ISwitchCaseOperation section) => section.Clauses.Any(c => c.CaseKind == CaseKind.Default);

    // A break at the end is only the end.
    private static Section SectionOf(ISwitchCaseOperation section)
    {
        IOperation[] body = section.Body.ToArray();
        if (body.Length > 0 && body[body.Length - 1] is IBranchOperation { BranchKind: BranchKind.Break })
        {
            body = body.Take(body.Length - 1).ToArray();
        }

        return new Section(section, body.Select(o => new Statement(o)).ToArray(), section.Locals);
    }

    private Value LowerClauses(Term value, ISwitchCaseOperation section)
    {
        Value? any = null;
        foreach (ICaseClauseOperation clause in section.Clauses)
        {
            any = any is null ? LowerClause(value, clause) : OrElse(clause, any, () => LowerClause(value, clause));
        }

        return any ?? Literals.Bool(false);
    }

    private Value LowerClause(Term value, ICaseClauseOperation clause)
    {
        switch (clause)
        {
            case ISingleValueCaseClauseOperation single:
                return MatchConstant(single.Value, value);
            case IPatternCaseClauseOperation { Guard: null } pattern:
                return LowerPattern(value, pattern.Pattern);
            case IPatternCaseClauseOperation pattern:
                return AndAlso(pattern, LowerPattern(value, pattern.Pattern), () => LowerCondition(pattern.Guard!));
            default:
                Refuse(clause);
                return Literals.Bool(false);
        }
    }

    private Term LowerSwitchExpression(ISwitchExpressionOperation expression)
    {
        Term value = Lower(expression.Value);
        return LowerArms(expression, value, 0).Value;
    }

    private (Flow Flow, Term Value) LowerArms(ISwitchExpressionOperation expression, Term value, int index)
    {
        if (index == expression.Arms.Length)
        {
            _builder.Add(new ThrowEquation("new global::System.Runtime.CompilerServices.SwitchExpressionException()"));
            return (Flow.Throw, ZeroOf(expression));
        }

        ISwitchExpressionArmOperation arm = expression.Arms[index];
        DeclareLocals(arm.Locals);
        bool isLast = index == expression.Arms.Length - 1;
        if (arm.Guard is null && (arm.Pattern is IDiscardPatternOperation || (isLast && expression.IsExhaustive && IsPlain(arm.Pattern))))
        {
            return LowerArmValue(arm.Value);
        }

        Value match = LowerPattern(value, arm.Pattern);
        if (arm.Guard is not null)
        {
            match = AndAlso(arm, match, () => LowerCondition(arm.Guard));
        }

        return Branch(arm, match, () => LowerArmValue(arm.Value), () => LowerArms(expression, value, index + 1), _variables.Count);
    }

    private static bool IsPlain(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation or IRelationalPatternOperation => true,
        INegatedPatternOperation p => IsPlain(p.Pattern),
        IBinaryPatternOperation p => IsPlain(p.LeftPattern) && IsPlain(p.RightPattern),
        _ => false,
    };

    /// <summary>The value of an arm or of a side of ?:, either of which may throw instead.</summary>
    private (Flow Flow, Term Value) LowerArmValue(IOperation value)
    {
        if (Throws.Unwrap(value) is { } thrown)
        {
            LowerThrow(thrown);
            return (Flow.Throw, ZeroOf(value));
        }

        return (Flow.Continue, Lower(value));
    }

    private Term ZeroOf(IOperation operation)
    {
        if (operation.Type is { } type && ShapeOf(type, out TypeProblem problem) is { } shape)
        {
            return Term.Zero(shape);
        }

        return Refuse(Descriptors.UnknownOperation, operation, operation.Kind.ToString());
    }
}
