using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// A call in a reverse-mode program: augmented forward in the primal part, reverse in the reverse part. Where that would
/// hand over very many residuals, or keep some in the workspace, the plain call and a pullback that computes its values again take their place, so that
/// the text stays small however often calls nest.
/// </summary>
internal sealed class SplitCall
{
    /// <summary>More residuals than this are recomputed.</summary>
    private const int ResidualBudget = 64;

    private readonly CallEquation _call;
    private readonly TransformStep _step;
    private readonly SplitPair _pair;
    private Value[] _residuals = [];

    private SplitCall(CallEquation call, TransformStep step, SplitPair pair) => (_call, _step, _pair) = (call, step, pair);

    public static SplitCall Create(CallEquation call, Activity activity, FunctionLibrary library)
    {
        var step = new TransformStep(TransformKind.AugmentedForward, activity.VariedArguments(call));
        return new SplitCall(call, step, library.Pair(call.Callee, step));
    }

    // What one half leaves in the workspace the other cannot be differentiated with respect to.
    private bool Recomputes => _pair.ResidualCount(_call.Results.Count) > ResidualBudget || UsesWorkspace(_pair.Forward);

    private static bool UsesWorkspace(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is MemoryEquation memory && MemoryOp.NeedsWorkspace(memory.Op));

    public CallEquation Forward(IrBuilder builder)
    {
        if (Recomputes)
        {
            return _call;
        }

        _residuals = _pair.Forward.Outputs.Skip(_call.Results.Count)
            .Select(r => builder.NewValue(r.Type, r.Name)).ToArray();
        return new CallEquation(_call.Results.Concat(_residuals).ToEquatableArray(), _call.Callee.Then(_step), _call.Arguments);
    }

    /// <summary>Adds the reverse call; returns what each active operand gets.</summary>
    public IEnumerable<(Value Operand, Value Contribution)> Reverse(IrBuilder builder, Func<Value, Value?> cotangentOf)
    {
        IEnumerable<Value> cotangents = _call.Results.Where(r => r.Type.IsFloat).Select(r => cotangentOf(r) ?? Literals.Zero(r.Type));
        Value[] operands = _step.Active.Select(i => _call.Arguments[i]).ToArray();
        Value[] contributions = operands.Select(o => builder.NewValue(o.Type)).ToArray();
        builder.Add(Recomputes
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
}
