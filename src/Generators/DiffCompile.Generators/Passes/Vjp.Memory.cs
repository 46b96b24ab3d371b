using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Memory. What is read gets its cotangent added to the twin; what is overwritten gave its cotangent away, so the twin's element
// is handed on and reset. Residuals are scalars: the reverse part never needs what an element once held.
internal sealed partial class Vjp
{
    /// <summary>Twins of reserved memory and of parts are made where their primals are.</summary>
    private void ForwardMemory(MemoryEquation e)
    {
        // What is given back at the end of a trip is needed again by the reverse part.
        if (MemoryOp.IsClaim(e.Op) || e.Op == MemoryOp.Release)
        {
            return;
        }

        _builder.Add(e);
        if (e.Op is MemoryOp.Reserve or MemoryOp.View or MemoryOp.Slice && _activity.IsVaried(e.Result))
        {
            IEnumerable<Value> arguments = e.Op == MemoryOp.Reserve ? e.Arguments : e.Arguments.Skip(1).Prepend(TwinOf(e.Arguments[0]));
            IrType type = e.Op == MemoryOp.Slice ? TwinOf(e.Buffer).Type.Sliced : e.Result.Type.IsBuffer ? e.Result.Type with { Container = ContainerKind.Span } : e.Result.Type;
            Value twin = _builder.NewValue(type, BarName(e.Result));
            _twins[e.Result.Id] = twin;
            _builder.Add(new MemoryEquation([twin], e.Op, arguments.ToEquatableArray(), IsPrimal: false));
        }
    }

    private Value TwinOf(Value buffer) =>
        _twins.TryGetValue(buffer.Id, out Value? twin) ? twin : throw new InvalidOperationException(buffer + " varies and has no twin.");

    private void ReverseMemory(MemoryEquation e)
    {
        switch (e.Op)
        {
            case MemoryOp.Load when CotangentOf(e.Result) is { } cotangent && _activity.IsVaried(e.Buffer):
                Do(MemoryOp.Accumulate, TwinOf(e.Buffer), e.Index, cotangent);
                break;
            case MemoryOp.Accumulate when _activity.IsVaried(e.Arguments[2]):
                Accumulate(e.Arguments[2], Element(TwinOf(e.Buffer), e.Index, BarName(e.Arguments[2])));
                break;
            case MemoryOp.Pop when e.Results.Any(r => r.Type.IsFloat && _activity.IsVaried(r)):
                Do(MemoryOp.Push, Varied(e.Results).Select(r => CotangentOf(r) ?? Literals.Zero(r.Type)).ToArray(), SlotFor(e.Slot));
                break;
            case MemoryOp.Push when Varied(e.Arguments).Any():
                Value[] pushed = Varied(e.Arguments).ToArray();
                Value[] popped = pushed.Select(p => _builder.NewValue(p.Type, BarName(p))).ToArray();
                _builder.Add(new MemoryEquation(popped.ToEquatableArray(), MemoryOp.Pop, [], IsPrimal: false) { Slot = SlotFor(e.Slot) });
                foreach ((Value value, Value cotangent) in pushed.Zip(popped, (v, c) => (v, c)))
                {
                    Accumulate(value, cotangent);
                }

                break;
        }
    }

    /// <summary>The stores that end at an equation and together overwrite members of one element, the last one first.</summary>
    private static MemoryEquation[] StoresUpTo(Region region, int last)
    {
        List<MemoryEquation> stores = [];
        for (int i = last; i >= 0 && region.Body[i] is MemoryEquation { Op: MemoryOp.Store } e; i--)
        {
            bool isSameElement = stores.Count == 0
                || (e.Buffer.Type.Part is { } part && e.Index == stores[0].Index && stores.TrueForAll(s => s.Buffer.Type.Part is { } other && other.Item == part.Item && other.Path != part.Path));
            if (!isSameElement)
            {
                break;
            }

            stores.Add(e);
        }

        return stores.ToArray();
    }

    // What was overwritten gave its cotangent away: all members are taken out, then all are reset.
    private void ReverseStores(MemoryEquation[] stores)
    {
        (MemoryEquation Store, Value Taken)[] varied = stores.Where(s => _activity.IsVaried(s.Buffer))
            .Select(s => (s, Element(TwinOf(s.Buffer), s.Index, BarName(s.Arguments[2])))).ToArray();
        foreach ((MemoryEquation store, Value taken) in varied)
        {
            Do(MemoryOp.Store, TwinOf(store.Buffer), store.Index, Literals.Zero(taken.Type));
        }

        foreach ((MemoryEquation store, Value taken) in varied)
        {
            Accumulate(store.Arguments[2], taken);
        }
    }

    private IEnumerable<Value> Varied(IEnumerable<Value> values) => values.Where(v => v.Type.IsFloat && _activity.IsVaried(v));

    private int SlotFor(int slot)
    {
        if (!_slots.TryGetValue(slot, out int own))
        {
            own = _builder.NewNumber();
            _slots.Add(slot, own);
        }

        return own;
    }

    private Value Element(Value twin, Value index, string name)
    {
        Value element = _builder.NewValue(twin.Type.Element, name);
        _builder.Add(new MemoryEquation([element], MemoryOp.Load, [twin, index], IsPrimal: false));
        return element;
    }

    private void Do(string op, params Value[] arguments) => Do(op, arguments, 0);

    private void Do(string op, Value[] arguments, int slot) =>
        _builder.Add(new MemoryEquation([], op, arguments.ToEquatableArray(), IsPrimal: false) { Slot = slot });
}
