using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// What a loop that runs backwards reads of the loop that it mirrors: the index is replayed; cheap values are computed again from
/// the index, from what does not change and from memory that nobody writes afterwards; the rest is pushed at the end of each
/// trip of the primal loop and popped at the start of each trip of the reverse loop.
/// </summary>
internal sealed class LoopResiduals
{
    private readonly Dictionary<int, LoopEquation> _primal = new();
    private readonly Dictionary<int, MemoryEquation> _pushes = new();
    private readonly Dictionary<int, IEnumerable<Equation>> _behind = new();
    private readonly Reloads _reloads;
    private readonly IrBuilder _ids;

    private LoopResiduals(IrFunction function, IrBuilder ids)
    {
        _ids = ids;
        _reloads = new Reloads(function);
        foreach (LoopEquation loop in function.Body.AllEquations().OfType<LoopEquation>().Where(l => l.Mirror > 0))
        {
            _primal.Add(loop.Mirror, loop);
        }
    }

    public static IrFunction Run(IrFunction function, IrBuilder ids)
    {
        var pass = new LoopResiduals(function, ids);
        Region body = pass.Reverse(function.Body, new HashSet<int>(function.Inputs.Select(i => i.Id)));
        return function with { Body = pass.WithPushes(body) };
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
            _behind[primal.Mirror] = Hoist(plan, primal).ToArray();
        }

        if (plan.Kept.Count > 0)
        {
            int slot = _ids.NewNumber();
            _pushes[primal.Mirror] = new MemoryEquation([], MemoryOp.Push, plan.Kept.Select(k => k.Value).ToEquatableArray(), IsPrimal: false) { Slot = slot };
            plan.Start.Insert(0, new MemoryEquation(plan.Kept.Select(k => k.Copy).ToEquatableArray(), MemoryOp.Pop, [], IsPrimal: false) { Slot = slot });
        }

        Region body = plan.Rewriter.Map(reverse.Body);
        return reverse with { Body = body with { Body = plan.Start.Concat(body.Body).ToEquatableArray() } };
    }

    /// <summary>What the loop found in every trip, found once more behind it; nothing is touched where there was no trip.</summary>
    private IEnumerable<Equation> Hoist(Replaying plan, LoopEquation primal)
    {
        int counter = Enumerable.Range(0, primal.Results.Count).First(i => Induction.StepOf(primal, i) != 0);
        Value hasRun = _ids.NewValue(IrType.Bool);
        yield return new PrimitiveEquation(hasRun, Op.NotEqual, [primal.Results[counter], primal.Carried[counter]], IsPrimal: false);
        var equations = new List<Equation>();
        var rewriter = new Rewriter();
        Value[] values = plan.Hoisted.Select(h => plan.Rebuild(h.Value, equations, rewriter)).ToArray();
        yield return new IfEquation(
            plan.Hoisted.Select(h => h.Home).ToEquatableArray(), hasRun,
            new Region([], equations.ToEquatableArray(), values.ToEquatableArray()),
            new Region([], [], values.Select(v => Literals.Zero(v.Type)).ToEquatableArray()));
    }

    private Region WithPushes(Region region) => region with
    {
        Body = region.Body.SelectMany(equation => equation switch
        {
            IfEquation e => [e with { Then = WithPushes(e.Then), Else = WithPushes(e.Else) }],
            LoopEquation e => Behind(e with { Test = WithPushes(e.Test), Body = WithPush(WithPushes(e.Body), e.Mirror) }),
            _ => [equation],
        }).ToEquatableArray(),
    };

    private IEnumerable<Equation> Behind(LoopEquation loop) =>
        _behind.TryGetValue(loop.Mirror, out IEnumerable<Equation>? equations) ? equations.Prepend(loop) : [loop];

    private Region WithPush(Region body, int mirror) =>
        _pushes.TryGetValue(mirror, out MemoryEquation? push) ? body with { Body = body.Body.Append(push).ToEquatableArray() } : body;

    private static Region Untied(Region region) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            IfEquation e => e with { Then = Untied(e.Then), Else = Untied(e.Else) },
            LoopEquation e => e with { Mirror = 0, Replays = [], Test = Untied(e.Test), Body = Untied(e.Body) },
            _ => equation,
        }).ToEquatableArray(),
    };
}
