using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Joins two branches on the same condition when nothing between them stands in the way. After reverse mode this puts the
/// backward part of a branch next to its forward part, so that nothing has to be kept for it.
/// </summary>
internal static class MergeBranches
{
    public static IrFunction Run(IrFunction function)
    {
        if (!HasTwoBranches(function.Body))
        {
            return function;
        }

        var rewriter = new Rewriter();
        Region body = Visit(function.Body, rewriter);
        return function with { Body = body };
    }

    private static bool HasTwoBranches(Region region)
    {
        int branches = 0;
        foreach (Equation equation in region.Body)
        {
            branches += equation is IfEquation ? 1 : 0;
            foreach (Region nested in equation.Regions)
            {
                if (HasTwoBranches(nested))
                {
                    return true;
                }
            }
        }

        return branches > 1;
    }

    private static Region Visit(Region region, Rewriter rewriter)
    {
        var equations = new List<Equation>();
        foreach (Equation original in region.Body)
        {
            Equation equation = rewriter.Map(original);
            if (equation is IfEquation second && FindPartner(equations, second) is { } partner)
            {
                Merge(equations, partner.First, partner.Needed, second, rewriter);
            }
            else
            {
                equations.Add(equation);
            }
        }

        for (int i = 0; i < equations.Count; i++)
        {
            equations[i] = equations[i] switch
            {
                IfEquation e => e with { Then = Visit(e.Then, rewriter), Else = Visit(e.Else, rewriter) },
                LoopEquation e => e with { Test = Visit(e.Test, rewriter), Body = Visit(e.Body, rewriter) },
                Equation other => other,
            };
        }

        return region with { Body = equations.Select(rewriter.Map).ToEquatableArray(), Yields = rewriter.Map(region.Yields) };
    }

    /// <summary>
    /// The earlier branch that <paramref name="second"/> can join, and the equations between them that have to go before it.
    /// </summary>
    private static (int First, List<Equation> Needed)? FindPartner(List<Equation> before, IfEquation second)
    {
        int first = before.FindLastIndex(e => e is IfEquation i && i.Condition == second.Condition);
        if (first < 0)
        {
            return null;
        }

        // The reverse part of a call or of a step on memory must not move across another one, nor one exception before another.
        if (before.Skip(first + 1).Any(e => TouchesOutside(e) || (e.HasEffect() && second.HasEffect())))
        {
            return null;
        }

        var wanted = new HashSet<int>(second.AllOperands().Where(v => !v.IsConstant).Select(v => v.Id));
        var needed = new List<Equation>();
        for (int i = before.Count - 1; i > first; i--)
        {
            if (before[i].Results.Any(r => wanted.Contains(r.Id)))
            {
                needed.Insert(0, before[i]);
                wanted.UnionWith(before[i].AllOperands().Where(v => !v.IsConstant).Select(v => v.Id));
            }
        }

        bool blocked = needed.Any(e => e.HasEffect() || e.AllOperands().Any(o => before[first].Results.Contains(o)));
        return blocked ? null : (first, needed);
    }

    private static bool TouchesOutside(Equation equation) =>
        equation is CallEquation or ExternalCallEquation or ClearEquation or ThrowEquation or MemoryEquation
        || (equation is LoopEquation or IfEquation && equation.Regions.SelectMany(r => r.AllEquations()).Any(e => e is MemoryEquation or ClearEquation));

    private static void Merge(List<Equation> equations, int index, List<Equation> needed, IfEquation second, Rewriter rewriter)
    {
        var first = (IfEquation)equations[index];
        equations.RemoveAll(needed.Contains);
        equations.InsertRange(index, needed);
        index += needed.Count;

        equations[index] = new IfEquation(
            first.Results.Concat(second.Results).ToEquatableArray(), first.Condition,
            Append(first, first.Then, second.Then), Append(first, first.Else, second.Else));
    }

    // Inside the joined branch the results of the first are known by what they are there.
    private static Region Append(IfEquation first, Region a, Region b)
    {
        var inside = new Rewriter();
        for (int i = 0; i < first.Results.Count; i++)
        {
            inside.Replace(first.Results[i], a.Yields[i]);
        }

        Region tail = inside.Map(b);
        bool staged = a.Body.Any(e => e is not StageEquation) && tail.Body.Any(e => e is not StageEquation);
        IEnumerable<Equation> stages = staged ? [new StageEquation("reverse")] : [];
        return new Region([], a.Body.Concat(stages).Concat(tail.Body).ToEquatableArray(), a.Yields.Concat(tail.Yields).ToEquatableArray());
    }
}
