using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Notes which elements are certainly there: those of an array at the index of a loop from 0 or above, or from another such index on, to its length. Reading
/// one that nobody needs can be left out without losing an exception, and so can the check of such an index.
/// </summary>
internal sealed class SafeReads
{
    private readonly Dictionary<int, Value> _buffers;
    private readonly Dictionary<int, Value> _successors;
    private readonly BufferLengths _lengths;

    private SafeReads(IrFunction function)
    {
        _lengths = new BufferLengths(function);
        _buffers = function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Length).ToDictionary(e => e.Result.Id, e => e.Buffer);
        _successors = function.Body.AllEquations().OfType<PrimitiveEquation>()
            .Where(e => e.Op == Op.Add && e.Result.Type == IrType.Int32 && e.Arguments[1].IsConstant && e.Arguments[1].Literal!.Bits == 1).ToDictionary(e => e.Result.Id, e => e.Arguments[0]);
    }

    public static IrFunction Run(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is LoopEquation) ? function with { Body = new SafeReads(function).Visit(function.Body, []) } : function;

    // safe: pairs of an index from 0 on and a length that it lies below.
    private Region Visit(Region region, HashSet<(int Index, Value Length)> safe) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            MemoryEquation { Op: MemoryOp.Load, IsPrimal: true } e when safe.Any(s => s.Index == e.Index.Id && IsLengthOf(s.Length, e.Buffer)) => e with { IsPrimal = false },
            MemoryEquation { Op: MemoryOp.Within } e when safe.Contains((e.Arguments[0].Id, e.Arguments[1])) => e with { IsPrimal = false },
            IfEquation e => e with { Then = Visit(e.Then, safe), Else = Visit(e.Else, safe) },
            LoopEquation e => e with { Test = Visit(e.Test, safe), Body = Visit(e.Body, [.. safe, .. Of(e, safe)]) },
            _ => equation,
        }).ToEquatableArray(),
    };

    private bool IsLengthOf(Value length, Value buffer) => length.IsConstant ? _lengths.Of(buffer) is { IsConstant: true } own && length.Literal!.Bits <= own.Literal!.Bits : _buffers.TryGetValue(length.Id, out Value? measured) && _lengths.Of(measured) == _lengths.Of(buffer);

    private IEnumerable<(int Index, Value Length)> Of(LoopEquation loop, HashSet<(int Index, Value Length)> safe)
    {
        PrimitiveEquation? test = loop.Test.Body.OfType<PrimitiveEquation>().FirstOrDefault(e => e.Result == loop.Test.Yields[0] && e.Op == Op.Less);
        if (test is null)
        {
            yield break;
        }

        for (int i = 0; i < loop.Results.Count; i++)
        {
            if (test.Arguments[0] == loop.Test.Parameters[i] && StartsInside(loop.Carried[i], safe) && Induction.StepOf(loop, i) == 1)
            {
                yield return (loop.Body.Parameters[i].Id, test.Arguments[1]);
            }
        }
    }

    // What lies below a length can be counted up by one.
    private bool StartsInside(Value start, HashSet<(int Index, Value Length)> safe)
    {
        if (start.Type != IrType.Int32 || start.IsConstant)
        {
            return start.Type == IrType.Int32 && start.Literal!.Bits >= 0;
        }

        int index = _successors.TryGetValue(start.Id, out Value? before) ? before.Id : start.Id;
        return safe.Any(s => s.Index == index);
    }
}
