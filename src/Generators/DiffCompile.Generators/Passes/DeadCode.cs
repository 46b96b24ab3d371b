using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Removes equations whose results are not used. Operations that may throw stay: the derivative throws when the primal
/// throws.
/// </summary>
internal static class DeadCode
{
    public static IrFunction Run(IrFunction function)
    {
        function = WithoutUnreadResiduals(function);
        var live = new HashSet<int>(Ids(function.Outputs));
        return function with { Body = Visit(function.Body, live) };
    }

    // What is popped and not read need not be pushed.
    private static IrFunction WithoutUnreadResiduals(IrFunction function)
    {
        MemoryEquation[] pops = function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Pop).ToArray();
        if (pops.Length == 0)
        {
            return function;
        }

        // The two halves of a split pair hold one each; they must agree, so both stay as they are.
        var pushed = new HashSet<int>(function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Push).Select(e => e.Slot));
        var read = new HashSet<int>(Ids(function.Body.Body.SelectMany(IrInfo.AllOperands).Concat(function.Outputs)));
        Dictionary<int, int[]> kept = pops.Where(p => pushed.Contains(p.Slot) && p.Results.Any(r => !read.Contains(r.Id)))
            .ToDictionary(p => p.Slot, p => Enumerable.Range(0, p.Results.Count).Where(i => read.Contains(p.Results[i].Id)).ToArray());
        return kept.Count == 0 ? function : function with { Body = Keep(function.Body, kept) };
    }

    private static Region Keep(Region region, Dictionary<int, int[]> kept) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            MemoryEquation { Slot: > 0 } e when kept.TryGetValue(e.Slot, out int[]? indices) => indices.Length == 0 ? null : e with
            {
                Results = e.Op == MemoryOp.Pop ? indices.Select(i => e.Results[i]).ToEquatableArray() : [],
                Arguments = e.Op == MemoryOp.Push ? indices.Select(i => e.Arguments[i]).ToEquatableArray() : [],
            },
            IfEquation e => e with { Then = Keep(e.Then, kept), Else = Keep(e.Else, kept) },
            LoopEquation e => e with { Test = Keep(e.Test, kept), Body = Keep(e.Body, kept) },
            _ => equation,
        }).OfType<Equation>().ToEquatableArray(),
    };

    private static IEnumerable<int> Ids(IEnumerable<Value> values) => values.Where(v => !v.IsConstant).Select(v => v.Id);

    private static Region Visit(Region region, HashSet<int> live)
    {
        live.UnionWith(Ids(region.Yields));
        var kept = new List<Equation>();
        for (int i = region.Body.Count - 1; i >= 0; i--)
        {
            Equation equation = region.Body[i];
            if (equation is IfEquation branch)
            {
                equation = KeepLiveResults(branch, live);
            }
            else if (equation is LoopEquation loop)
            {
                equation = KeepLiveColumns(loop, live);
            }

            bool needed = equation is StageEquation || equation.HasEffect() || equation.Results.Any(r => live.Contains(r.Id)) || HoldsLive(equation, live);
            if (!needed)
            {
                continue;
            }

            if (equation is IfEquation e)
            {
                equation = e with { Then = Visit(e.Then, live), Else = Visit(e.Else, live) };
            }
            else if (equation is LoopEquation l)
            {
                equation = l with { Test = Visit(l.Test, live), Body = Visit(l.Body, live) };
            }

            live.UnionWith(Ids(equation.Operands));
            kept.Add(equation);
        }

        kept.Reverse();
        return region with { Body = kept.ToEquatableArray() };
    }

    // Before residuals have a home, the reverse part reads values inside loops and branches from outside.
    private static bool HoldsLive(Equation equation, HashSet<int> live) =>
        equation.Regions.Any(r => r.Parameters.Any(p => live.Contains(p.Id)) || r.Body.Any(e => e.Results.Any(v => live.Contains(v.Id)) || HoldsLive(e, live)));

    // A carried value is needed when it is read after the loop, by the test, or for another one that is needed.
    private static LoopEquation KeepLiveColumns(LoopEquation e, HashSet<int> live)
    {
        var kept = new SortedSet<int>(Enumerable.Range(0, e.Results.Count).Where(i =>
            live.Contains(e.Results[i].Id) || e.Replays.Any(r => r.Backward == e.Body.Parameters[i])));
        for (int known = -1; known < kept.Count;)
        {
            known = kept.Count;
            var inside = new HashSet<int>(live);
            LoopEquation trial = WithColumns(e, kept);
            Visit(trial.Test, inside);
            Visit(trial.Body, inside);
            kept.UnionWith(Enumerable.Range(0, e.Results.Count).Where(i => inside.Contains(e.Test.Parameters[i].Id) || inside.Contains(e.Body.Parameters[i].Id)));
        }

        return kept.Count == e.Results.Count ? e : WithColumns(e, kept);
    }

    private static LoopEquation WithColumns(LoopEquation e, IReadOnlyCollection<int> kept)
    {
        EquatableArray<Value> Of(EquatableArray<Value> values) => kept.Select(i => values[i]).ToEquatableArray();
        return e with
        {
            Results = Of(e.Results),
            Carried = Of(e.Carried),
            Test = e.Test with { Parameters = Of(e.Test.Parameters) },
            Body = e.Body with { Parameters = Of(e.Body.Parameters), Yields = Of(e.Body.Yields) },
        };
    }

    private static IfEquation KeepLiveResults(IfEquation e, HashSet<int> live)
    {
        int[] keep = Enumerable.Range(0, e.Results.Count).Where(i => live.Contains(e.Results[i].Id)).ToArray();
        return keep.Length == e.Results.Count ? e : new IfEquation(
            keep.Select(i => e.Results[i]).ToEquatableArray(), e.Condition,
            e.Then with { Yields = keep.Select(i => e.Then.Yields[i]).ToEquatableArray() },
            e.Else with { Yields = keep.Select(i => e.Else.Yields[i]).ToEquatableArray() });
    }
}
