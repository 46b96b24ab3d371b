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
        function = UnusedMarks.Remove(UnreadMemory.Remove(WithoutUnreadResiduals(function)));
        return function with { Body = Visit(function.Body, [], new BufferLengths(function)) };
    }

    // What is popped and not read need not be pushed.
    private static IrFunction WithoutUnreadResiduals(IrFunction function)
    {
        MemoryEquation[] pops = function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Pop).ToArray();
        if (pops.Length == 0)
        {
            return function;
        }

        // Of what another function has pushed, nothing can be left out here.
        HashSet<int> pushed = [.. function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Push).Select(e => e.Slot)];
        var read = new HashSet<int>(function.Body.Body.SelectMany(IrInfo.AllOperands).Concat(function.Outputs).Where(v => !v.IsConstant).Select(v => v.Id));
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

    private static void Use(EquatableArray<Value> values, HashSet<int> live)
    {
        foreach (Value value in values)
        {
            if (!value.IsConstant)
            {
                live.Add(value.Id);
            }
        }
    }

    private static Region Visit(Region region, HashSet<int> live, BufferLengths lengths)
    {
        Use(region.Yields, live);
        var kept = new List<Equation>(region.Body.Count);
        var next = new Dictionary<(Value, Value), int>();
        for (int i = region.Body.Count - 1; i >= 0; i--)
        {
            Equation equation = region.Body[i];
            if (equation is IfEquation branch)
            {
                equation = KeepLiveResults(branch, live);
            }
            else if (equation is LoopEquation loop)
            {
                equation = KeepLiveColumns(loop, live, lengths);
            }
            else if (equation is MemoryEquation { Op: MemoryOp.Load } load && IsCheckedBy(load, kept, next, live, lengths))
            {
                continue;
            }

            if (equation is not StageEquation && !IsLive(equation, live) && !equation.HasEffect() && !HoldsLive(equation, live))
            {
                continue;
            }

            if (equation is IfEquation e)
            {
                equation = e with { Then = Visit(e.Then, live, lengths), Else = Visit(e.Else, live, lengths) };
            }
            else if (equation is LoopEquation l)
            {
                equation = l with { Test = Visit(l.Test, live, lengths), Body = Visit(l.Body, live, lengths) };
            }

            Use(equation.Operands, live);
            if (equation is not MemoryEquation { Op: MemoryOp.Load } && equation.HasEffect())
            {
                next.Clear();
            }

            if (equation is MemoryEquation { Op: MemoryOp.Load } or MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate, IsPrimal: true } && equation is MemoryEquation access)
            {
                next[(lengths.Of(access.Buffer), access.Index)] = kept.Count;
            }

            kept.Add(equation);
        }

        if (kept.Count == region.Body.Count && kept.TrueForAll(e => e is not (IfEquation or LoopEquation)))
        {
            return region;
        }

        kept.Reverse();
        return region with { Body = EquatableArray.Wrap(kept.ToArray()) };
    }

    // Where another scalar of the same element is read or written next, that throws as well; what the author writes stays.
    private static bool IsCheckedBy(MemoryEquation load, List<Equation> kept, Dictionary<(Value, Value), int> next, HashSet<int> live, BufferLengths lengths)
    {
        if (!load.IsPrimal || live.Contains(load.Result.Id) || !next.TryGetValue((lengths.Of(load.Buffer), load.Index), out int other))
        {
            return false;
        }

        kept[other] = (MemoryEquation)kept[other] with { IsPrimal = true };
        return true;
    }

    private static bool IsLive(Equation equation, HashSet<int> live)
    {
        foreach (Value result in equation.Results)
        {
            if (live.Contains(result.Id))
            {
                return true;
            }
        }

        return false;
    }

    // Before residuals have a home, the reverse part reads values inside loops and branches from outside.
    private static bool HoldsLive(Equation equation, HashSet<int> live) =>
        equation.Regions.Any(r => r.Parameters.Any(p => live.Contains(p.Id)) || r.Body.Any(e => e.Results.Any(v => live.Contains(v.Id)) || HoldsLive(e, live)));

    // A carried value is needed when it is read after the loop, by the test, or for another one that is needed.
    private static LoopEquation KeepLiveColumns(LoopEquation e, HashSet<int> live, BufferLengths lengths)
    {
        var kept = new SortedSet<int>(Enumerable.Range(0, e.Results.Count).Where(i =>
            live.Contains(e.Results[i].Id) || e.Replays.Any(r => r.Backward == e.Body.Parameters[i])));
        for (int known = -1; known < kept.Count;)
        {
            known = kept.Count;
            var inside = new HashSet<int>(live);
            LoopEquation trial = WithColumns(e, kept);
            Visit(trial.Test, inside, lengths);
            Visit(trial.Body, inside, lengths);
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
        List<Value> results = [], then = [], otherwise = [];
        for (int i = 0; i < e.Results.Count; i++)
        {
            if (live.Contains(e.Results[i].Id))
            {
                results.Add(e.Results[i]);
                then.Add(e.Then.Yields[i]);
                otherwise.Add(e.Else.Yields[i]);
            }
        }

        return results.Count == e.Results.Count ? e : new IfEquation(
            results.ToEquatableArray(), e.Condition,
            e.Then with { Yields = then.ToEquatableArray() },
            e.Else with { Yields = otherwise.ToEquatableArray() });
    }
}
