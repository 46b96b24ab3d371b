using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Removes memory that a derivative pass reserved and that nobody reads any more, with all that is written to it.</summary>
internal static class UnreadMemory
{
    public static IrFunction Remove(IrFunction function)
    {
        IReadOnlyList<Equation> all = function.Body.AllEquations();
        var own = new HashSet<int>(all.OfType<MemoryEquation>().Where(e => e is { Op: MemoryOp.Reserve, IsPrimal: false }).Select(e => e.Result.Id));
        if (own.Count == 0)
        {
            return function;
        }

        var roots = new BufferRoots(function);
        var read = new HashSet<int>(all.SelectMany(e => Read(e, roots)).Concat(function.Outputs.Select(roots.Of)));
        own.ExceptWith(read);
        bool isKnown = all.All(e => e is not MemoryEquation { Op: MemoryOp.Load } l || roots.Of(l.Buffer) != 0);
        return own.Count == 0 || !isKnown ? function : function with { Body = Without(function.Body, own, roots) };
    }

    // Whatever is not known to leave the elements unread reads them.
    private static IEnumerable<int> Read(Equation equation, BufferRoots roots) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => e.Arguments.Skip(1).Select(roots.Of),
        MemoryEquation { Op: MemoryOp.Slice or MemoryOp.View or MemoryOp.Length or MemoryOp.Reserve } => [],
        ClearEquation => [],
        _ => equation.Operands.Concat(equation.Regions.SelectMany(r => r.Yields)).Select(roots.Of),
    };

    private static Region Without(Region region, HashSet<int> unread, BufferRoots roots) => region with
    {
        Body = region.Body.Where(e => !IsOf(e, unread, roots)).Select(equation => equation switch
        {
            IfEquation e => e with { Then = Without(e.Then, unread, roots), Else = Without(e.Else, unread, roots) },
            LoopEquation e => e with { Test = Without(e.Test, unread, roots), Body = Without(e.Body, unread, roots) },
            _ => equation,
        }).ToEquatableArray(),
    };

    private static bool IsOf(Equation equation, HashSet<int> unread, BufferRoots roots) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Reserve or MemoryOp.View or MemoryOp.Slice } e => unread.Contains(roots.Of(e.Result)),
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => unread.Contains(roots.Of(e.Buffer)),
        ClearEquation e => unread.Contains(roots.Of(e.Buffer)),
        _ => false,
    };
}
