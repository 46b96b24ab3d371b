using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Loops with a given number of checkpoints. States are kept in slots, the latest on top; which ones is decided while the loops run.
// The reverse part goes through the trips from the last one on: it takes the state on top, runs forward to the trip, keeping states on
// the way where there is room, and runs the pullback of the trip.
internal sealed partial class Vjp
{
    private readonly Dictionary<LoopEquation, Slots> _slotted = new(ReferenceComparer<LoopEquation>.Instance);

    private void ForwardSlots(LoopEquation e)
    {
        LoopTrip one = TripOf(e);
        Value trips = Segments.Trips(e, _builder);
        Value count = Literals.Int32(e.Checkpoints);
        Value Slot(IrType type, Value length, string name) => Buffers.Of(type, length, name.Length == 0 ? "" : name + "Kept", _builder);
        Value[] memory = one.Written
            .Select(b => Slot(b.Type, _builder.Primitive(Op.MultiplyChecked, IrType.Int32, Buffers.Length(b, _builder), count), b.Name)).ToArray();
        Value[] columns = e.Carried.Select((c, i) => Slot(c.Type, count, e.Body.Parameters[i].Name)).ToArray();
        Value places = Slot(IrType.Int32, count, "trip");

        var slots = new Slots(e, one, trips, memory, columns, places) { Inputs = AsBefore(e, one) };
        Value start = Literals.Int32(0);
        slots.Depth = Advance(slots, e.Carried.ToArray(), start, trips, start, start, e.Results.ToArray()).Depth;
        _slotted[e] = slots;
    }

    /// <summary>Makes trips from a state on and keeps states on the way; returns the last state and how many are kept.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="state">What is carried, at the start.</param>
    /// <param name="from">The first trip.</param>
    /// <param name="to">The trip before which to stop.</param>
    /// <param name="depth">How many states are kept already.</param>
    /// <param name="next">The trip at whose start the next one is.</param>
    /// <param name="results">What the last state is called; null for new names.</param>
    private (Value[] State, Value Depth) Advance(Slots slots, Value[] state, Value from, Value to, Value depth, Value next, Value[]? results)
    {
        LoopEquation e = slots.Loop;
        var columns = new LoopColumns(_builder);
        Value[] now = state.Select((s, i) => columns.Add(s, e.Body.Parameters[i].Name)).ToArray();
        Value trip = columns.Add(from, "trip"), kept = columns.Add(depth, "kept"), place = columns.Add(next, "next");
        _builder.BeginRegion();
        Value goesOn = _builder.Primitive(Op.Less, IrType.Bool, columns.InTest(trip), to);
        Region test = _builder.EndRegion([goesOn], columns.TestParameters);

        _builder.BeginRegion();
        Value isHere = _builder.Primitive(Op.Equal, IrType.Bool, trip, place);
        _builder.BeginRegion();
        Keep(slots, now, trip, kept);
        Value more = _builder.Primitive(Op.Add, IrType.Int32, kept, Literals.Int32(1));
        Value following = Next(trip, results is null ? _builder.Primitive(Op.Add, IrType.Int32, to, Literals.Int32(1)) : to, more, slots);
        Region keeping = _builder.EndRegion([more, following]);
        _builder.BeginRegion();
        Region passing = _builder.EndRegion([kept, place]);
        Value keptNow = _builder.NewValue(IrType.Int32, "kept"), placeNow = _builder.NewValue(IrType.Int32, "next");
        _builder.Add(new IfEquation([keptNow, placeNow], isHere, keeping, passing));

        // The trip as the author wrote it, on values of this loop's own.
        Value[] after = MakeTrip(slots, now.Concat((results is null ? slots.Inputs : slots.Trip.Inputs).Skip(now.Length)).ToArray());
        for (int i = 0; i < now.Length; i++)
        {
            columns.Next(now[i], after[i]);
        }

        columns.Next(trip, _builder.Primitive(Op.Add, IrType.Int32, trip, Literals.Int32(1)));
        columns.Next(kept, keptNow);
        columns.Next(place, placeNow);
        LoopEquation loop = columns.Loop(test, _builder.EndRegion(columns.Yields, columns.BodyParameters));
        if (results is not null)
        {
            loop = loop with { Results = results.Concat(loop.Results.Skip(results.Length)).ToEquatableArray() };
        }

        _builder.Add(loop);
        return (loop.Results.Take(now.Length).ToArray(), columns.ResultOf(kept));
    }

    private Value[] MakeTrip(Slots slots, Value[] arguments)
    {
        bool reserves = slots.Loop.Body.AllEquations().Any(q => q is MemoryEquation { Op: MemoryOp.Reserve });
        Value? mark = reserves ? Mark() : null;
        Value[] after = Inline.Paste(slots.Trip.Function, arguments, _builder);
        Release(mark);
        return after;
    }

    private void Keep(Slots slots, Value[] state, Value trip, Value slot)
    {
        for (int i = 0; i < slots.Memory.Length; i++)
        {
            Value buffer = slots.Trip.Written[i], length = Buffers.Length(buffer, _builder), start = _builder.Primitive(Op.Multiply, IrType.Int32, slot, length);
            Buffers.ForEach(length, _builder, k => Buffers.Store(
                slots.Memory[i], _builder.Primitive(Op.Add, IrType.Int32, start, k), Buffers.Load(buffer, k, _builder), _builder));
        }

        for (int i = 0; i < state.Length; i++)
        {
            Buffers.Store(slots.Columns[i], slot, state[i], _builder);
        }

        Buffers.Store(slots.Places, slot, trip, _builder);
    }

    private Value[] TakeBack(Slots slots, Value slot)
    {
        for (int i = 0; i < slots.Memory.Length; i++)
        {
            Value buffer = slots.Trip.Written[i], length = Buffers.Length(buffer, _builder), start = _builder.Primitive(Op.Multiply, IrType.Int32, slot, length);
            Buffers.ForEach(length, _builder, k => Buffers.Store(
                buffer, k, Buffers.Load(slots.Memory[i], _builder.Primitive(Op.Add, IrType.Int32, start, k), _builder), _builder));
        }

        return slots.Columns.Select(c => Buffers.Load(c, slot, _builder)).ToArray();
    }

    private Value Next(Value at, Value end, Value kept, Slots slots)
    {
        Value free = _builder.Primitive(Op.Subtract, IrType.Int32, Literals.Int32(slots.Loop.Checkpoints), kept);
        return BinomialSchedule.Next(at, end, free, _builder);
    }

    private void ReverseSlots(LoopEquation e)
    {
        Slots slots = _slotted[e];
        Dictionary<int, Value> around = _cotangents;
        int[] carried = Enumerable.Range(0, e.Results.Count).Where(i => e.Results[i].Type.IsFloat && _activity.IsVaried(e.Body.Parameters[i])).ToArray();
        Value[] outer = VariedFromOutside(e);

        var columns = new LoopColumns(_builder);
        Value trip = columns.Add(_builder.Primitive(Op.Subtract, IrType.Int32, slots.Trips, Literals.Int32(1)), "trip");
        Value depth = columns.Add(slots.Depth!, "kept");
        Value[] sums = carried.Select(i => columns.Add(CotangentOf(e.Results[i]) ?? Literals.Zero(e.Results[i].Type), BarName(e.Body.Parameters[i]))).ToArray();
        Value[] shared = outer.Select(o => columns.Add(CotangentOf(o) ?? Literals.Zero(o.Type), BarName(o))).ToArray();
        _builder.BeginRegion();
        Value goesOn = _builder.Primitive(Op.GreaterOrEqual, IrType.Bool, columns.InTest(trip), Literals.Int32(0));
        Region test = _builder.EndRegion([goesOn], columns.TestParameters);

        _cotangents = outer.Zip(shared, (o, s) => (o, s)).ToDictionary(p => p.o.Id, p => p.s);
        _builder.BeginRegion();
        Value top = _builder.Primitive(Op.Subtract, IrType.Int32, depth, Literals.Int32(1));
        Value place = Buffers.Load(slots.Places, top, _builder);
        Value[] state = TakeBack(slots, top);
        Value next = Next(place, _builder.Primitive(Op.Add, IrType.Int32, trip, Literals.Int32(1)), depth, slots);
        (state, Value kept) = Advance(slots, state, place, trip, depth, next, null);
        Value mark = Mark();
        Pull(e, slots.Trip, state.Concat(slots.Inputs.Skip(state.Length)).ToArray(), column => Array.IndexOf(carried, column) is >= 0 and int i ? sums[i] : null);
        Release(mark);

        // The state at the start of this trip is needed no more.
        Value last = _builder.Primitive(Op.Subtract, IrType.Int32, kept, Literals.Int32(1));
        Value isDone = _builder.Primitive(Op.Equal, IrType.Bool, Buffers.Load(slots.Places, last, _builder), trip);
        Value left = _builder.NewValue(IrType.Int32, "kept");
        _builder.Add(new IfEquation([left], isDone, new Region([], [], [last]), new Region([], [], [kept])));
        columns.Next(trip, _builder.Primitive(Op.Subtract, IrType.Int32, trip, Literals.Int32(1)));
        columns.Next(depth, left);
        foreach ((int i, Value sum) in carried.Zip(sums, (i, s) => (i, s)))
        {
            columns.Next(sum, CotangentOf(e.Body.Parameters[i]) ?? Literals.Zero(sum.Type));
        }

        foreach ((Value o, Value s) in outer.Zip(shared, (o, s) => (o, s)))
        {
            columns.Next(s, CotangentOf(o)!);
        }

        _builder.Add(columns.Loop(test, _builder.EndRegion(columns.Yields, columns.BodyParameters)));
        _cotangents = around;
        foreach ((Value o, Value s) in outer.Zip(shared, (o, s) => (o, s)))
        {
            _cotangents[o.Id] = columns.ResultOf(s);
        }

        foreach ((int i, Value sum) in carried.Zip(sums, (i, s) => (i, s)))
        {
            Accumulate(e.Carried[i], columns.ResultOf(sum));
        }
    }

    /// <summary>Where the states of a loop are kept.</summary>
    private sealed class Slots(LoopEquation loop, LoopTrip trip, Value trips, Value[] memory, Value[] columns, Value places)
    {
        public LoopEquation Loop { get; } = loop;

        public LoopTrip Trip { get; } = trip;

        /// <summary>What trips that are made again are called with, behind what is carried.</summary>
        public required Value[] Inputs { get; init; }

        public Value Trips { get; } = trips;

        /// <summary>For each buffer that a trip writes: slots of its length.</summary>
        public Value[] Memory { get; } = memory;

        /// <summary>For each carried value: an element for each slot.</summary>
        public Value[] Columns { get; } = columns;

        /// <summary>The trip at whose start the state of a slot was kept.</summary>
        public Value Places { get; } = places;

        /// <summary>How many states are kept when the primal loop is done.</summary>
        public Value? Depth { get; set; }
    }
}
