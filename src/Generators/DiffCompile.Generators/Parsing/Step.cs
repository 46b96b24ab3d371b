using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>A statement as the lowering sees it: blocks are spliced into their surroundings, a switch is a chain of choices.</summary>
internal abstract record Step(IOperation Origin)
{
    public static IReadOnlyList<Step> Of(IOperation? operation) => operation is null ? [] : [new Statement(operation)];
}

/// <summary>The author's statement.</summary>
internal sealed record Statement(IOperation Operation) : Step(Operation);

/// <summary>A two-way choice; the condition is lowered when the choice is reached.</summary>
internal sealed record Choice(IOperation Origin, Func<Value> Condition, IReadOnlyList<Step> Then, IReadOnlyList<Step> Else) : Step(Origin);

/// <summary>A switch section, which <c>break</c> leaves.</summary>
internal sealed record Section(IOperation Origin, IReadOnlyList<Step> Body, IReadOnlyList<ILocalSymbol> Locals) : Step(Origin);

/// <summary>The body of a loop, whose rest <c>continue</c> skips.</summary>
internal sealed record Trip(IOperation Origin, IReadOnlyList<Step> Body) : Step(Origin);

/// <summary>Something to be lowered at its place that is no statement of the author's.</summary>
internal sealed record Deed(IOperation Origin, Func<Flow> Lower) : Step(Origin)
{
    public Flow Ends { get; init; } = Flow.Continue;
}

/// <summary>How steps can end, judged by their structure before they are lowered.</summary>
internal static class Completion
{
    public static Flow Of(IReadOnlyList<Step> steps)
    {
        Flow flow = Flow.Continue;
        foreach (Step step in steps)
        {
            flow = (flow & ~Flow.Continue) | Of(step);
            if ((flow & Flow.Continue) == 0)
            {
                break;
            }
        }

        return flow;
    }

    private static Flow Of(Step step) => step switch
    {
        Statement s => Of(s.Operation),
        Choice c => Of(c.Then) | Of(c.Else),
        Section s => AfterSection(Of(s.Body)),
        Trip t => AfterTrip(Of(t.Body)),
        Deed d => d.Ends,
        _ => Flow.Continue,
    };

    private static Flow Of(IOperation operation) => operation switch
    {
        IReturnOperation { ReturnedValue: { } value } when Throws.Unwrap(value) is not null => Flow.Throw,
        IReturnOperation => Flow.Return,
        IThrowOperation => Flow.Throw,
        IExpressionStatementOperation { Operation: { } value } when Throws.Unwrap(value) is not null => Flow.Throw,
        IBranchOperation { BranchKind: BranchKind.Break } => Flow.Break,
        IBranchOperation { BranchKind: BranchKind.Continue } => Flow.NextTrip,
        ILoopOperation loop => Of(loop),
        IBlockOperation block => Of(block.Operations.Select(o => new Statement(o)).ToArray()),
        IConditionalOperation c when c.Condition.ConstantValue is { HasValue: true, Value: bool taken } => Of(Step.Of(taken ? c.WhenTrue : c.WhenFalse)),
        IConditionalOperation c => Of(Step.Of(c.WhenTrue)) | Of(Step.Of(c.WhenFalse)),
        ISwitchOperation s => Of(s),
        _ => Flow.Continue,
    };

    private static Flow Of(ISwitchOperation statement)
    {
        bool hasDefault = statement.Cases.Any(c => c.Clauses.Any(l => l.CaseKind == CaseKind.Default));
        return statement.Cases
            .Select(c => AfterSection(Of(c.Body.Select(o => new Statement(o)).ToArray())))
            .Aggregate(hasDefault ? Flow.None : Flow.Continue, (a, b) => a | b);
    }

    private static Flow Of(ILoopOperation loop)
    {
        Flow body = Of([new Trip(loop, Step.Of(loop.Body))]);
        IOperation? condition = loop switch { IForLoopOperation o => o.Condition, IWhileLoopOperation o => o.Condition, _ => loop };
        bool isEndless = condition is null || condition.ConstantValue is { HasValue: true, Value: true };
        return (isEndless && (body & Flow.Break) == 0 ? Flow.None : Flow.Continue) | (body & (Flow.Return | Flow.Throw));
    }

    private static Flow AfterTrip(Flow body) => (body & Flow.NextTrip) == 0 ? body : (body & ~Flow.NextTrip) | Flow.Continue;

    private static Flow AfterSection(Flow body) => (body & Flow.Break) == 0 ? body : (body & ~Flow.Break) | Flow.Continue;
}

/// <summary>Finds throw expressions behind the conversions that give them a type.</summary>
internal static class Throws
{
    public static IThrowOperation? Unwrap(IOperation operation) => operation switch
    {
        IThrowOperation t => t,
        IConversionOperation { IsImplicit: true } c => Unwrap(c.Operand),
        _ => null,
    };
}
