using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Notes which elements are certainly there: those of an array at the index of a loop from 0 or above to its length. Reading
/// one that nobody needs can be left out without losing an exception.
/// </summary>
internal static class SafeReads
{
    public static IrFunction Run(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is LoopEquation) ? function with { Body = Visit(function.Body, [], Lengths(function)) } : function;

    private static Dictionary<int, Value> Lengths(IrFunction function) => function.Body.AllEquations().OfType<MemoryEquation>()
        .Where(e => e.Op == MemoryOp.Length).ToDictionary(e => e.Result.Id, e => e.Buffer);

    // safe: pairs of an index and a buffer that it lies in.
    private static Region Visit(Region region, HashSet<(int Index, int Buffer)> safe, Dictionary<int, Value> lengths) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            MemoryEquation { Op: MemoryOp.Load, IsPrimal: true } e when safe.Contains((e.Index.Id, e.Buffer.Id)) => e with { IsPrimal = false },
            IfEquation e => e with { Then = Visit(e.Then, safe, lengths), Else = Visit(e.Else, safe, lengths) },
            LoopEquation e => e with { Test = Visit(e.Test, safe, lengths), Body = Visit(e.Body, [.. safe, .. Of(e, lengths)], lengths) },
            _ => equation,
        }).ToEquatableArray(),
    };

    private static IEnumerable<(int Index, int Buffer)> Of(LoopEquation loop, Dictionary<int, Value> lengths)
    {
        PrimitiveEquation? test = loop.Test.Body.OfType<PrimitiveEquation>().FirstOrDefault(e => e.Result == loop.Test.Yields[0] && e.Op == Op.Less);
        if (test is null || test.Arguments[1].IsConstant || !lengths.TryGetValue(test.Arguments[1].Id, out Value? buffer))
        {
            yield break;
        }

        for (int i = 0; i < loop.Results.Count; i++)
        {
            bool startsInside = loop.Carried[i].IsConstant && loop.Carried[i].Type == IrType.Int32 && loop.Carried[i].Literal!.Bits >= 0;
            if (startsInside && test.Arguments[0] == loop.Test.Parameters[i] && Induction.StepOf(loop, i) == 1)
            {
                yield return (loop.Body.Parameters[i].Id, buffer.Id);
            }
        }
    }
}
