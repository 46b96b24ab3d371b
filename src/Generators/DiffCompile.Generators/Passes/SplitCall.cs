using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// A call in a reverse-mode program: augmented forward in the primal part, reverse in the reverse part. Where that would
/// hand over very many residuals, or keep some in the workspace, the plain call and a pullback that computes its values again take their place, so that
/// the text stays small however often calls nest. A recursion hands over its residuals on the stack, or computes them again.
/// </summary>
internal sealed class SplitCall
{
    /// <summary>More residuals than this are recomputed.</summary>
    private const int ResidualBudget = 64;

    private readonly CallEquation _call;
    private readonly TransformStep _step;
    private readonly bool _recomputes;
    private readonly IReadOnlyList<Value> _handedOver;
    private Value[] _residuals = [];

    private SplitCall(CallEquation call, TransformStep step, bool recomputes, IReadOnlyList<Value> handedOver) =>
        (_call, _step, _recomputes, _handedOver) = (call, step, recomputes, handedOver);

    /// <param name="call">The call.</param>
    /// <param name="activity">Of the caller.</param>
    /// <param name="library">The unit's functions.</param>
    /// <param name="keeps">May a recursion keep its residuals on the stack?</param>
    public static SplitCall Create(CallEquation call, Activity activity, FunctionLibrary library, bool keeps)
    {
        var step = new TransformStep(TransformKind.AugmentedForward, activity.VariedArguments(call));
        if (library.IsRecursive(call.Callee.Key))
        {
            return new SplitCall(call, step, recomputes: !keeps || !call.Callee.Transforms.IsEmpty || !SplitPair.CanRecurse(library.Body(call.Callee.Key)), []);
        }

        // What one half leaves in the workspace the other cannot be differentiated with respect to.
        IrFunction forward = library.Pair(call.Callee, step).Forward;
        Value[] handedOver = forward.Outputs.Skip(call.Results.Count).ToArray();
        return new SplitCall(call, step, handedOver.Length > ResidualBudget || UsesWorkspace(forward), handedOver);
    }

    private static bool UsesWorkspace(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is MemoryEquation memory && MemoryOp.NeedsWorkspace(memory.Op));

    public CallEquation Forward(IrBuilder builder)
    {
        if (_recomputes)
        {
            return _call;
        }

        _residuals = _handedOver.Select(r => builder.NewValue(r.Type, r.Name)).ToArray();
        return new CallEquation(_call.Results.Concat(_residuals).ToEquatableArray(), _call.Callee.Then(_step), _call.Arguments);
    }

    /// <summary>Adds the reverse call; returns what each active operand gets.</summary>
    public IEnumerable<(Value Operand, Value Contribution)> Reverse(IrBuilder builder, Func<Value, Value?> cotangentOf)
    {
        IEnumerable<Value> cotangents = _call.Results.Where(r => r.Type.IsFloat).Select(r => cotangentOf(r) ?? Literals.Zero(r.Type));
        Value[] operands = _step.Active.Select(i => _call.Arguments[i]).ToArray();
        Value[] contributions = operands.Select(o => builder.NewValue(o.Type)).ToArray();
        builder.Add(_recomputes
            ? new CallEquation(
                contributions.ToEquatableArray(),
                _call.Callee.Then(_step with { Kind = TransformKind.Vjp }),
                _call.Arguments.Concat(cotangents).ToEquatableArray())
            : new CallEquation(
                contributions.ToEquatableArray(),
                _call.Callee.Then(_step with { Kind = TransformKind.Reverse }),
                _residuals.Concat(cotangents).ToEquatableArray()));
        return operands.Zip(contributions, (o, c) => (o, c));
    }

    /// <summary>Is the reverse call there even where no result has a cotangent? It takes from the stack what the forward call has left on it.</summary>
    public bool MustReverse => !_recomputes && _residuals.Length == 0;
}
