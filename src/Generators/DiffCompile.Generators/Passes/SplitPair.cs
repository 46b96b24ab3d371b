using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// A reverse-mode program cut in two at the end of its primal part, so that a caller can run the first half in its own
/// primal part and the second half in its reverse part. Nothing is computed twice, however deep calls nest.
/// </summary>
/// <param name="Forward">Primal inputs → primal outputs, then residuals; a recursion leaves these on the stack.</param>
/// <param name="Reverse">Residuals, unless they are on the stack, then cotangents of the floating outputs → cotangents of the active inputs.</param>
internal sealed record SplitPair(IrFunction Forward, IrFunction Reverse)
{
    /// <summary>Can a function that calls itself keep its residuals on the stack? Loops and memory of its own keep theirs in other places.</summary>
    public static bool CanRecurse(IrFunction function) => !function.Body.AllEquations().Any(e => e is LoopEquation or MemoryEquation or ClearEquation);

    public static SplitPair Create(IrFunction function, IReadOnlyList<int> active, FunctionLibrary library, bool onStack)
    {
        if (active.Any(i => function.Inputs[i].Type.IsBuffer))
        {
            throw new NotSupportedException("A call that varies a span is always inlined.");
        }

        VjpResult vjp = Vjp.Transform(function, active, _ => null, library, keeps: onStack);
        IrFunction whole = Pipeline.Legalize(vjp.Function, library, mergeBranches: false);
        Region body = whole.Body;
        int cut = Enumerable.Range(0, body.Body.Count).First(i => body.Body[i] is StageEquation { Text: "reverse" });

        Value[] seeds = whole.Inputs.Skip(function.Inputs.Count).ToArray();
        Equation[] first = body.Body.Take(cut).ToArray();
        Equation[] second = body.Body.Skip(cut).ToArray();
        Value[] cotangents = body.Yields.Skip(vjp.PrimalOutputs).ToArray();

        // Whatever the second half reads and does not make itself is a residual.
        Value[] residuals = Read(second, cotangents, seeds);
        var reverse = new IrFunction(
            function.Name + "Reverse", residuals.Concat(seeds).ToEquatableArray(),
            new Region([], second.ToEquatableArray(), cotangents.ToEquatableArray()));
        if (onStack)
        {
            reverse = Pipeline.Clean(reverse, library);
            residuals = residuals.Intersect(Read(reverse.Body.Body, reverse.Outputs, seeds)).ToArray();
        }

        var forward = new IrFunction(
            function.Name + "Forward", function.Inputs,
            new Region([], first.ToEquatableArray(), body.Yields.Take(vjp.PrimalOutputs).Concat(residuals).ToEquatableArray()));
        forward = Pipeline.Clean(forward, library);
        return onStack ? OnStack(forward, reverse, residuals, seeds) : new SplitPair(forward, Pipeline.Clean(reverse, library));
    }

    private static SplitPair OnStack(IrFunction forward, IrFunction reverse, Value[] residuals, Value[] seeds)
    {
        int slot = Math.Max(forward.LastId(), reverse.LastId()) + 1;
        int primal = forward.Outputs.Count - residuals.Length;
        var push = new MemoryEquation([], MemoryOp.Push, forward.Outputs.Skip(primal).ToEquatableArray(), IsPrimal: false) { Slot = slot, IsOfCall = true };
        var pop = new MemoryEquation(residuals.ToEquatableArray(), MemoryOp.Pop, [], IsPrimal: false) { Slot = slot, IsOfCall = true };
        return residuals.Length == 0 ? new SplitPair(forward, reverse with { Inputs = seeds.ToEquatableArray() }) : new SplitPair(
            forward with { Body = forward.Body with { Body = forward.Body.Body.Append(push).ToEquatableArray(), Yields = forward.Outputs.Take(primal).ToEquatableArray() } },
            reverse with { Inputs = seeds.ToEquatableArray(), Body = reverse.Body with { Body = reverse.Body.Body.Prepend(pop).ToEquatableArray() } });
    }

    private static Value[] Read(IEnumerable<Equation> body, IEnumerable<Value> outputs, IEnumerable<Value> seeds)
    {
        var own = new HashSet<int>(body.SelectMany(Definitions).Concat(seeds).Select(v => v.Id));
        return body.SelectMany(IrInfo.AllOperands).Concat(outputs)
            .Where(v => !v.IsConstant && !own.Contains(v.Id))
            .Distinct().OrderBy(v => v.Id).ToArray();
    }

    private static IEnumerable<Value> Definitions(Equation equation) =>
        equation.Results.Concat(equation.Regions.SelectMany(r => r.Parameters.Concat(r.Body.SelectMany(Definitions))));
}
