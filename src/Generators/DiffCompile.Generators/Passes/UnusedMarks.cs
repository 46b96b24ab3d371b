using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Removes marks between which and whose release nothing is reserved, and marks that nothing is released to.</summary>
internal static class UnusedMarks
{
    public static IrFunction Remove(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is MemoryEquation { Op: MemoryOp.Mark }) ? function with { Body = Visit(function.Body) } : function;

    private static Region Visit(Region region)
    {
        var body = new List<Equation>(region.Body.Count);
        foreach (Equation equation in region.Body)
        {
            int mark = equation is MemoryEquation { Op: MemoryOp.Release } release ? body.FindIndex(e => IsMark(e, release.Arguments[0])) : -1;
            if (mark >= 0 && !body.Skip(mark).Any(Reserves))
            {
                body.RemoveAt(mark);
                continue;
            }

            body.Add(equation switch
            {
                IfEquation e => e with { Then = Visit(e.Then), Else = Visit(e.Else) },
                LoopEquation e => e with { Test = Visit(e.Test), Body = Visit(e.Body) },
                _ => equation,
            });
        }

        var released = new HashSet<int>(body.OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Release).Select(e => e.Arguments[0].Id));
        return region with { Body = body.Where(e => e is not MemoryEquation { Op: MemoryOp.Mark } m || released.Contains(m.Result.Id)).ToEquatableArray() };
    }

    private static bool IsMark(Equation equation, Value mark) => equation is MemoryEquation { Op: MemoryOp.Mark } e && e.Result == mark;

    // What a called member reserves it gives back itself.
    private static bool Reserves(Equation equation) =>
        equation is MemoryEquation { Op: MemoryOp.Reserve } || equation.Regions.Any(r => r.Body.Any(Reserves));
}
