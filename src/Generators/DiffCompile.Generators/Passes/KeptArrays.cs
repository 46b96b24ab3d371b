using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Arrays in which loops whose numbers of trips are known beforehand keep residuals: one for each kept value of a nest, with one
/// element for each trip, made before the outermost loop. Where a number of trips is only known afterwards, or depends on an
/// outer loop, the stack serves.
/// </summary>
internal sealed class KeptArrays
{
    private readonly Dictionary<int, Counted[]> _nests = new();
    private readonly Dictionary<int, List<Equation>> _before = new();
    private readonly Dictionary<int, List<Equation>> _stores = new();
    private readonly Dictionary<int, Value> _trips = new();
    private readonly IrBuilder _ids;

    public KeptArrays(IrFunction function, IrBuilder ids)
    {
        _ids = ids;
        FindNests(function.Body, around: []);
    }

    /// <summary>What is done before the primal loop.</summary>
    public IEnumerable<Equation> Before(int mirror) => _before.TryGetValue(mirror, out List<Equation>? equations) ? equations : [];

    /// <summary>What is done at the end of each trip of the primal loop.</summary>
    public IEnumerable<Equation> Stores(int mirror) => _stores.TryGetValue(mirror, out List<Equation>? equations) ? equations : [];

    public bool CanKeep(int mirror) => _nests.ContainsKey(mirror);

    /// <summary>Keeps a value of each trip of a primal loop.</summary>
    /// <param name="mirror">The loop.</param>
    /// <param name="value">The value.</param>
    /// <param name="copy">What the reverse loop knows it by.</param>
    /// <returns>How the reverse loop finds it, in terms of the counters of the primal loops.</returns>
    public IEnumerable<Equation> Keep(int mirror, Value value, Value copy)
    {
        Counted[] nest = _nests[mirror];
        int outermost = nest[0].Loop.Mirror;
        if (!_before.TryGetValue(outermost, out List<Equation>? before))
        {
            _before.Add(outermost, before = []);
        }

        Value[] trips = nest.Select(l => Trips(l, before)).ToArray();
        Value count = trips.Aggregate((a, b) => Primitive(Op.MultiplyChecked, a, b, before));
        Value handle = _ids.NewValue(IrType.Int64);
        Value array = _ids.NewValue(value.Type with { Container = ContainerKind.Span }, value.Name.Length > 0 ? value.Name + "Kept" : "kept");
        before.Add(new MemoryEquation([handle], MemoryOp.Reserve, [count, Literals.Int32(value.Type.Bytes)], IsPrimal: false) { IsFilled = true });
        before.Add(new MemoryEquation([array], MemoryOp.View, [handle, count], IsPrimal: false));

        if (!_stores.TryGetValue(mirror, out List<Equation>? stores))
        {
            _stores.Add(mirror, stores = []);
        }

        Value here = Position(nest, trips, stores);
        stores.Add(new MemoryEquation([], MemoryOp.Store, [array, here, value], IsPrimal: false));
        var load = new List<Equation>();
        Value there = Position(nest, trips, load);
        load.Add(new MemoryEquation([copy], MemoryOp.Load, [array, there], IsPrimal: false));
        return load;
    }

    private void FindNests(Region region, Counted[]? around)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case LoopEquation { Mirror: > 0 } loop:
                    Counted[]? nest = around is null ? null : Nest(around, loop);
                    if (nest is not null)
                    {
                        _nests.Add(loop.Mirror, nest);
                    }

                    FindNests(loop.Body, nest);
                    break;
                case LoopEquation loop:
                    FindNests(loop.Body, null);
                    break;
                case IfEquation branch:
                    // A branch in a loop need not be taken in every trip; elements would stay empty.
                    FindNests(branch.Then, around is { Length: 0 } ? around : null);
                    FindNests(branch.Else, around is { Length: 0 } ? around : null);
                    break;
            }
        }
    }

    private static Counted[]? Nest(Counted[] around, LoopEquation loop)
    {
        HashSet<int> inside = around.Length == 0 ? [] : new(around[0].Loop.Body.Parameters
            .Concat(around[0].Loop.Body.AllEquations().SelectMany(e => e.Results.Concat(e.Regions.SelectMany(r => r.Parameters)))).Select(v => v.Id));
        return Counted.Find(loop, inside) is { } counted ? [.. around, counted] : null;
    }

    // The same number for all that is kept of a nest.
    private Value Trips(Counted loop, List<Equation> before)
    {
        if (!_trips.TryGetValue(loop.Loop.Mirror, out Value? trips))
        {
            trips = loop.Trips(_ids, before);
            _trips.Add(loop.Loop.Mirror, trips);
        }

        return trips;
    }

    // Trips of the outer loops so far, times those of the inner one, plus its own.
    private Value Position(Counted[] nest, Value[] trips, List<Equation> into)
    {
        Value position = nest[0].Trip(_ids, into);
        for (int i = 1; i < nest.Length; i++)
        {
            position = Primitive(Op.Add, Primitive(Op.Multiply, position, trips[i], into), nest[i].Trip(_ids, into), into);
        }

        return position;
    }

    private Value Primitive(string op, Value a, Value b, List<Equation> into) => Counted.Primitive(_ids, op, a, b, into);
}
