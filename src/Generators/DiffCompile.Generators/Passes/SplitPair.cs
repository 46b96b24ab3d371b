using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// A reverse-mode program cut in two at the end of its primal part, so that a caller can run the first half in its own
/// primal part and the second half in its reverse part. Nothing is computed twice, however deep calls nest.
/// </summary>
/// <param name="Forward">Primal inputs → primal outputs, then residuals.</param>
/// <param name="Reverse">Residuals, then cotangents of the floating outputs → cotangents of the active inputs.</param>
internal sealed record SplitPair(IrFunction Forward, IrFunction Reverse)
{
    public int ResidualCount(int primalOutputs) => Forward.Outputs.Count - primalOutputs;

    public static SplitPair Create(IrFunction function, IReadOnlyList<int> active, FunctionLibrary library)
    {
        if (active.Any(i => function.Inputs[i].Type.IsBuffer))
        {
            throw new NotSupportedException("A call that varies a span is always inlined.");
        }

        VjpResult vjp = Vjp.Transform(function, active, _ => null, library);
        IrFunction whole = Pipeline.Legalize(vjp.Function, library, mergeBranches: false);
        Region body = whole.Body;
        int cut = Enumerable.Range(0, body.Body.Count).First(i => body.Body[i] is StageEquation { Text: "reverse" });

        Value[] seeds = whole.Inputs.Skip(function.Inputs.Count).ToArray();
        Equation[] first = body.Body.Take(cut).ToArray();
        Equation[] second = body.Body.Skip(cut).ToArray();
        Value[] cotangents = body.Yields.Skip(vjp.PrimalOutputs).ToArray();

        // Whatever the second half reads and does not make itself is a residual.
        var own = new HashSet<int>(second.SelectMany(Definitions).Concat(seeds).Select(v => v.Id));
        Value[] residuals = second.SelectMany(IrInfo.AllOperands).Concat(cotangents)
            .Where(v => !v.IsConstant && !own.Contains(v.Id))
            .Distinct().OrderBy(v => v.Id).ToArray();

        var forward = new IrFunction(
            function.Name + "Forward", function.Inputs,
            new Region([], first.ToEquatableArray(), body.Yields.Take(vjp.PrimalOutputs).Concat(residuals).ToEquatableArray()));
        var reverse = new IrFunction(
            function.Name + "Reverse", residuals.Concat(seeds).ToEquatableArray(),
            new Region([], second.ToEquatableArray(), cotangents.ToEquatableArray()));
        return new SplitPair(Pipeline.Clean(forward, library), Pipeline.Clean(reverse, library));
    }

    private static IEnumerable<Value> Definitions(Equation equation) =>
        equation.Results.Concat(equation.Regions.SelectMany(r => r.Parameters.Concat(r.Body.SelectMany(Definitions))));
}
