using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// What a loop that runs backwards reads of the loop that it mirrors: the index is replayed; cheap values are computed again from
/// the index, from what does not change and from memory that nobody writes afterwards; the rest is kept at the end of each trip
/// of the primal loop and taken back at the start of each trip of the reverse loop: in arrays where the number of trips is known
/// beforehand, see <see cref="KeptArrays"/>, or on the stack.
/// </summary>
internal sealed class LoopResiduals
{
    private readonly Dictionary<int, LoopEquation> _primal = new();
    private readonly Dictionary<int, MemoryEquation> _pushes = new();
    private readonly Dictionary<int, Hoisting> _hoisted = new();
    private readonly Reloads _reloads;
    private readonly KeptArrays _arrays;
    private readonly BufferRoots _roots;
    private readonly IrBuilder _ids;

    private LoopResiduals(IrFunction function, IrBuilder ids)
    {
        _ids = ids;
        _reloads = new Reloads(function);
        _arrays = new KeptArrays(function, ids);
        _roots = new BufferRoots(function);
        foreach (LoopEquation loop in function.Body.AllEquations().OfType<LoopEquation>().Where(l => l.Mirror > 0))
        {
            _primal.Add(loop.Mirror, loop);
        }
    }

    public static IrFunction Run(IrFunction function, IrBuilder ids)
    {
        var pass = new LoopResiduals(function, ids);
        Region body = pass.Reverse(function.Body, new HashSet<int>(function.Inputs.Select(i => i.Id)));
        return function with { Body = pass.WithResiduals(body) };
    }

    /// <summary>The function with its loops no longer tied to each other.</summary>
    public static IrFunction WithoutMirrors(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is LoopEquation { Mirror: not 0 }) ? function with { Body = Untied(function.Body) } : function;

    /// <summary>Plans the reverse loops of a region, inner ones first: what they ask of an outer loop is asked of it once.</summary>
    private Region Reverse(Region region, HashSet<int> visible)
    {
        var inside = new HashSet<int>(visible);
        inside.UnionWith(region.Parameters.Select(p => p.Id));
        var body = new List<Equation>();
        foreach (Equation equation in region.Body)
        {
            Equation planned = equation switch
            {
                IfEquation e => e with { Then = Reverse(e.Then, inside), Else = Reverse(e.Else, inside) },
                LoopEquation e => e with { Test = Reverse(e.Test, inside), Body = Reverse(e.Body, inside) },
                _ => equation,
            };
            body.Add(planned is LoopEquation { Mirror: < 0 } loop ? Plan(loop, inside) : planned);
            inside.UnionWith(equation.Results.Select(r => r.Id));
        }

        return region with { Body = body.ToEquatableArray() };
    }

    private LoopEquation Plan(LoopEquation reverse, HashSet<int> visible)
    {
        // A primal loop of which nothing is needed may be gone.
        if (!_primal.TryGetValue(-reverse.Mirror, out LoopEquation? primal))
        {
            return reverse;
        }

        var stray = new HashSet<int>();
        ResidualPlan.CollectStray(reverse.Body, visible, stray);

        var plan = new Replaying(primal, reverse, _reloads, _ids);
        foreach (int id in plan.InOrder(stray))
        {
            plan.Provide(id);
        }

        if (plan.Hoisted.Count > 0)
        {
            _hoisted[primal.Mirror] = Hoist(plan, primal);
        }

        Keep(plan, primal.Mirror);
        Region body = plan.Rewriter.Map(reverse.Body);
        return reverse with { Body = body with { Body = plan.Start.Concat(body.Body).ToEquatableArray() } };
    }

    // A handle goes over the stack, where what it is a handle of is followed.
    private void Keep(Replaying plan, int mirror)
    {
        ILookup<bool, (Value Value, Value Copy)> kept = plan.Kept.ToLookup(k => _arrays.CanKeep(mirror) && _roots.Of(k.Value) == 0);
        (Value Value, Value Copy)[] pushed = kept[false].ToArray();
        if (pushed.Length > 0)
        {
            int slot = _ids.NewNumber();
            _pushes[mirror] = new MemoryEquation([], MemoryOp.Push, pushed.Select(k => k.Value).ToEquatableArray(), IsPrimal: false) { Slot = slot };
            plan.Start.Insert(0, new MemoryEquation(pushed.Select(k => k.Copy).ToEquatableArray(), MemoryOp.Pop, [], IsPrimal: false) { Slot = slot });
        }

        plan.Start.InsertRange(0, kept[true].SelectMany(k => _arrays.Keep(mirror, k.Value, k.Copy)).Select(plan.Rewriter.Map));
    }

    /// <summary>
    /// What the loop found in every trip, found once: in front of it, where the trips then need not look for it either, or behind it,
    /// where something else might go wrong first. Nothing is touched where there is no trip.
    /// </summary>
    private Hoisting Hoist(Replaying plan, LoopEquation primal)
    {
        var values = new List<Equation>();
        var rewriter = new Rewriter();
        Value[] yields = plan.Hoisted.Select(h => plan.Rebuild(h.Value, values, rewriter)).ToArray();
        bool isInFront = IsFirst(plan.Hoisted.Select(h => h.Value), primal);
        var equations = new List<Equation>();
        Value hasTrip = isInFront ? Test(primal, equations) : HasRun(primal, equations);
        equations.Add(new IfEquation(
            plan.Hoisted.Select(h => h.Home).ToEquatableArray(), hasTrip,
            new Region([], values.ToEquatableArray(), yields.ToEquatableArray()),
            new Region([], [], yields.Select(v => Literals.Zero(v.Type)).ToEquatableArray())));
        return new Hoisting(equations, isInFront ? plan.Hoisted : []);
    }

    // The test of the first trip.
    private Value Test(LoopEquation primal, List<Equation> into)
    {
        var rewriter = new Rewriter();
        foreach ((Value parameter, Value start) in primal.Test.Parameters.Zip(primal.Carried, (p, c) => (p, c)))
        {
            rewriter.Replace(parameter, start);
        }

        into.AddRange(primal.Test.Body.Select(e => rewriter.Copy(e, _ids)));
        return rewriter.Map(primal.Test.Yields[0]);
    }

    private Value HasRun(LoopEquation primal, List<Equation> into)
    {
        int counter = Enumerable.Range(0, primal.Results.Count).First(i => Induction.StepOf(primal, i) != 0);
        Value hasRun = _ids.NewValue(IrType.Bool);
        into.Add(new PrimitiveEquation(hasRun, Op.NotEqual, [primal.Results[counter], primal.Carried[counter]], IsPrimal: false));
        return hasRun;
    }

    // Elements are read before the trip does anything that another order would show.
    private static bool IsFirst(IEnumerable<Value> values, LoopEquation primal)
    {
        var wanted = new HashSet<int>(values.Select(v => v.Id));
        int last = primal.Body.Body.ToList().FindLastIndex(e => e.Results.Any(r => wanted.Contains(r.Id)));
        return primal.Test.Body.All(e => e is PrimitiveEquation or MemoryEquation { Op: MemoryOp.Length } && !e.HasEffect())
            && primal.Body.Body.Take(last).All(e => !e.HasEffect() || e is MemoryEquation { Op: MemoryOp.Load });
    }

    private Region WithResiduals(Region region) => region with
    {
        Body = region.Body.SelectMany<Equation, Equation>(equation => equation switch
        {
            IfEquation e => [e with { Then = WithResiduals(e.Then), Else = WithResiduals(e.Else) }],
            LoopEquation e => WithResiduals(e),
            _ => [equation],
        }).ToEquatableArray(),
    };

    private IEnumerable<Equation> WithResiduals(LoopEquation loop)
    {
        Region body = WithKept(WithResiduals(loop.Body), loop.Mirror);
        _hoisted.TryGetValue(loop.Mirror, out Hoisting? hoisted);
        bool isInFront = hoisted?.Known.Count > 0;
        if (isInFront)
        {
            var rewriter = new Rewriter();
            hoisted!.Known.ForEach(h => rewriter.Replace(h.Value, h.Home));
            var gone = new HashSet<int>(hoisted.Known.Select(h => h.Value.Id));
            body = rewriter.Map(body with { Body = body.Body.Where(e => !e.Results.Any(r => gone.Contains(r.Id))).ToEquatableArray() });
        }

        loop = loop with { Test = WithResiduals(loop.Test), Body = body };
        IEnumerable<Equation> around = hoisted?.Equations ?? [];
        return [.. _arrays.Before(loop.Mirror), .. isInFront ? around.Append(loop) : around.Prepend(loop)];
    }

    private Region WithKept(Region body, int mirror)
    {
        IEnumerable<Equation> pushes = _pushes.TryGetValue(mirror, out MemoryEquation? push) ? [push] : [];
        return body with { Body = body.Body.Concat(_arrays.Stores(mirror)).Concat(pushes).ToEquatableArray() };
    }

    private static Region Untied(Region region) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            IfEquation e => e with { Then = Untied(e.Then), Else = Untied(e.Else) },
            LoopEquation e => e with { Mirror = 0, Replays = [], Test = Untied(e.Test), Body = Untied(e.Body) },
            _ => equation,
        }).ToEquatableArray(),
    };

    /// <summary>What is computed once for a loop.</summary>
    /// <param name="Equations">How.</param>
    /// <param name="Known">The values whose place it takes in the loop; none where it stands behind it.</param>
    private sealed record Hoisting(List<Equation> Equations, List<(Value Home, Value Value)> Known);
}
