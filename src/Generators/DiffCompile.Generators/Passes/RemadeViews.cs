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
        var views = new Dictionary<int, MemoryEquation>();
        Collect(function.Body, isBranch: false, stray, views);
        return views.Count == 0 ? function : function with { Body = Visit(function.Body, new HashSet<int>(function.Inputs.Select(i => i.Id)), views, ids) };
    }

    // What a loop's own trip makes is made again by the loop that runs it backwards.
    private static void Collect(Region region, bool isBranch, HashSet<int> stray, Dictionary<int, MemoryEquation> views)
    {
        foreach (Equation equation in region.Body)
        {
            if (isBranch && equation is MemoryEquation { Op: MemoryOp.Slice or MemoryOp.View } view && stray.Contains(view.Result.Id))
            {
                views.Add(view.Result.Id, view);
            }

            foreach (Region nested in equation.Regions)
            {
                Collect(nested, equation is IfEquation, stray, views);
            }
        }
    }

    private static Region Visit(Region region, HashSet<int> visible, Dictionary<int, MemoryEquation> views, IrBuilder ids)
    {
        var inside = new HashSet<int>(visible.Concat(region.Parameters.Select(p => p.Id)));
        var rewriter = new Rewriter();
        var body = new List<Equation>();
        foreach (Equation original in region.Body)
        {
            foreach (Value operand in original.Operands.Where(o => !o.IsConstant && !inside.Contains(o.Id) && views.ContainsKey(o.Id)))
            {
                body.Add(rewriter.Copy(views[operand.Id], ids));
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
}
