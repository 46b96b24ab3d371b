using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Views that a branch of the primal part makes and that its reverse part reads. A view is no residual: it is made once more
/// where it is read, from the handle, start and length, which are.
/// </summary>
internal static class RemadeViews
{
    /// <param name="function">A program whose reverse part reads values that are not in scope.</param>
    /// <param name="stray">Ids of those values.</param>
    /// <param name="ids">Hands out ids.</param>
    /// <returns>The function itself if there are none.</returns>
    public static IrFunction Run(IrFunction function, HashSet<int> stray, IrBuilder ids)
    {
        var views = new Dictionary<int, Stray>();
        Collect(function.Body, isBranch: false, [], stray, views);
        return views.Count == 0 ? function : function with { Body = Visit(function.Body, new HashSet<int>(function.Inputs.Select(i => i.Id)), views, ids) };
    }

    // What a loop's own trip makes is made again by the loop that runs it backwards.
    private static void Collect(Region region, bool isBranch, IReadOnlyList<int> loops, HashSet<int> stray, Dictionary<int, Stray> views)
    {
        foreach (Equation equation in region.Body)
        {
            if (isBranch && equation is MemoryEquation { Op: MemoryOp.Slice or MemoryOp.View } view && stray.Contains(view.Result.Id))
            {
                views.Add(view.Result.Id, new Stray(view, loops));
            }

            IReadOnlyList<int> around = equation is LoopEquation loop ? [.. loops, loop.Mirror] : loops;
            foreach (Region nested in equation.Regions)
            {
                Collect(nested, equation is IfEquation, around, stray, views);
            }
        }
    }

    private static Region Visit(Region region, HashSet<int> visible, Dictionary<int, Stray> views, IrBuilder ids)
    {
        var inside = new HashSet<int>(visible.Concat(region.Parameters.Select(p => p.Id)));
        var rewriter = new Rewriter();
        var body = new List<Equation>();
        foreach (Equation original in region.Body)
        {
            foreach (Value operand in ReadHere(original).Where(o => !o.IsConstant && !inside.Contains(o.Id) && views.ContainsKey(o.Id) && IsMadeBefore(views[o.Id], original)).Distinct().ToArray())
            {
                body.Add(rewriter.Copy(views[operand.Id].View, ids));
                inside.Add(operand.Id);
            }

            Equation equation = rewriter.Map(original);
            body.Add(equation switch
            {
                IfEquation e => e with { Then = Visit(e.Then, inside, views, ids), Else = Visit(e.Else, inside, views, ids) },
                LoopEquation e => e with { Test = Visit(e.Test, inside, views, ids), Body = Visit(e.Body, inside, views, ids) },
                _ => equation,
            });
            inside.UnionWith(equation.Results.Select(r => r.Id));
        }

        return region with { Body = body.ToEquatableArray(), Yields = rewriter.Map(region.Yields) };
    }

    // Once in front of a loop instead of in each of its trips.
    private static IEnumerable<Value> ReadHere(Equation equation) => equation is LoopEquation { Mirror: < 0 } ? equation.AllOperands() : equation.Operands;

    private static bool IsMadeBefore(Stray stray, Equation equation) => equation is not LoopEquation loop || !stray.Loops.Contains(-loop.Mirror);

    /// <summary>A view, and the loops that it is made in.</summary>
    private sealed record Stray(MemoryEquation View, IReadOnlyList<int> Loops);
}
