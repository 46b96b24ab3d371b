using DiffCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Variables and parameters that hold one lambda or method for their whole life are another name for it.
internal sealed partial class OperationLowerer
{
    private readonly Dictionary<ISymbol, DelegateTarget> _delegates = new(SymbolEqualityComparer.Default);

    /// <summary>What a delegate holds.</summary>
    /// <param name="Method">The lambda or the method.</param>
    /// <param name="Body">The lambda's body; null for a method.</param>
    /// <param name="Sink">Where refusals of the text go that the lambda stands in.</param>
    /// <param name="Frame">The method that the lambda stands in.</param>
    private sealed record DelegateTarget(IMethodSymbol Method, IBlockOperation? Body, DiagnosticSink Sink, Frame Frame);

    /// <summary>False: what the variable gets is no lambda or method that is known here.</summary>
    private bool DeclareDelegate(ILocalSymbol local, IOperation initial)
    {
        if (TargetOf(initial) is not { } target)
        {
            return false;
        }

        _delegates[local] = target;
        return true;
    }

    private DelegateTarget? TargetOf(IOperation value) => value switch
    {
        IConversionOperation { OperatorMethod: null, Operand: IDelegateCreationOperation or IAnonymousFunctionOperation or IMethodReferenceOperation } o => TargetOf(o.Operand),
        IDelegateCreationOperation { Target: { } target } => TargetOf(target),
        IAnonymousFunctionOperation lambda => new DelegateTarget(lambda.Symbol, lambda.Body, _sink, _frame),
        IMethodReferenceOperation { Method: { IsStatic: true, IsVirtual: false, IsAbstract: false } or { MethodKind: MethodKind.LocalFunction } } o => new DelegateTarget(_frame.Types.Close(o.Method), null, _sink, _frame),
        ILocalReferenceOperation o when _delegates.TryGetValue(o.Local, out DelegateTarget? held) => held,
        IParameterReferenceOperation o when _delegates.TryGetValue(o.Parameter, out DelegateTarget? held) => held,
        _ => null,
    };

    private Term LowerDelegateCall(IInvocationOperation call, DelegateTarget held) =>
        (held.Body ?? TextToShare(call.Arguments, held.Method)) is { } body
            ? LowerInlined(call, held.Method, call.Arguments, body, held)
            : LowerResolved(call, held.Method, call.Arguments);

    /// <summary>What a call may run of the text around it, and so may assign variables there.</summary>
    private IEnumerable<IOperation> TextsOf(IInvocationOperation call)
    {
        IEnumerable<IOperation> delegates = call.Arguments.Select(a => a.Value);
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke && call.Instance is { } instance)
        {
            delegates = delegates.Append(instance);
        }

        foreach (DelegateTarget held in delegates.Where(d => d.Type?.TypeKind == TypeKind.Delegate).Select(TargetOf).OfType<DelegateTarget>())
        {
            if ((held.Body ?? _functions.BodyOf(held.Method)) is { } body)
            {
                yield return body;
            }
        }

        if (call.TargetMethod.MethodKind == MethodKind.LocalFunction && _functions.BodyOf(call.TargetMethod) is { } function)
        {
            yield return function;
        }
    }
}
