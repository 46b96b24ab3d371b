using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Loops. The primal loop counts its trips, unless an integer that it steps tells them; the reverse loop runs as many trips,
// last one first. Its carried values are the cotangents of what the primal loop carries, and the sums of what the body adds to
// cotangents of values from outside.
internal sealed partial class Vjp
{
    private readonly HashSet<int> _counts = [];
    private readonly HashSet<(LoopEquation Loop, int Column)> _running = new(ColumnComparer.Instance);
    private readonly Dictionary<(LoopEquation Loop, int Column), Value> _starts = new(ColumnComparer.Instance);
    private readonly Dictionary<LoopEquation, (int Mirror, Value? Trips)> _loops = new(ReferenceComparer<LoopEquation>.Instance);

    private void ForwardLoop(LoopEquation e)
    {
        if (HasCheckpoints(e))
        {
            ForwardCheckpoints(e);
            return;
        }

        int mirror = _builder.NewNumber();
        bool isCounted = Counters(e).Any();
        _builder.BeginRegion();
        Forward(e.Body);
        if (isCounted)
        {
            _loops[e] = (mirror, null);
            _builder.Add(e with { Body = _builder.EndRegion(e.Body.Yields, e.Body.Parameters), Mirror = mirror });
            return;
        }

        Value inTest = _builder.NewValue(IrType.Int32, "trips"), inBody = _builder.NewValue(IrType.Int32, "trips"), trips = _builder.NewValue(IrType.Int32, "trips");
        Value next = _builder.Named("trips", Op.AddChecked, IrType.Int32, inBody, Literals.Int32(1));
        _loops[e] = (mirror, trips);
        _builder.Add(new LoopEquation(
            e.Results.Append(trips).ToEquatableArray(), e.Carried.Append(Literals.Int32(0)).ToEquatableArray(),
            e.Test with { Parameters = e.Test.Parameters.Append(inTest).ToEquatableArray() },
            _builder.EndRegion(e.Body.Yields.Append(next), e.Body.Parameters.Append(inBody))) { Mirror = mirror });
    }

    /// <summary>Indices of the carried integers that change by a constant step.</summary>
    private static IEnumerable<int> Counters(LoopEquation e) => Enumerable.Range(0, e.Carried.Count).Where(i => Induction.StepOf(e, i) != 0);

    private void ReverseLoop(LoopEquation e)
    {
        if (HasCheckpoints(e))
        {
            ReverseCheckpoints(e);
        }
        else
        {
            RunBackwards(e);
        }
    }

    private void RunBackwards(LoopEquation e)
    {
        (int mirror, Value? trips) = _loops[e];
        Dictionary<int, Value> around = _cotangents;
        int[] carried = Enumerable.Range(0, e.Results.Count).Where(i => e.Results[i].Type.IsFloat && _activity.IsVaried(e.Body.Parameters[i])).ToArray();
        Value[] outer = VariedFromOutside(e);

        var columns = new LoopColumns(_builder);
        Countdown countdown = trips is null ? Replay(e, columns) : Trips(columns, trips);
        List<Running> running = HasCheckpoints(e) ? [] : RunningBackwards(e, columns);

        Value[] sums = carried.Select(i => columns.Add(CotangentOf(e.Results[i]) ?? Literals.Zero(e.Results[i].Type), BarName(e.Body.Parameters[i]))).ToArray();
        Value[] shared = outer.Select(o => columns.Add(CotangentOf(o) ?? Literals.Zero(o.Type), BarName(o))).ToArray();

        Value end = countdown.IsOrdered ? countdown.Start : _builder.Primitive(Op.Subtract, countdown.Start.Type, countdown.Start, Induction.Constant(countdown.Start, countdown.Step));
        _builder.BeginRegion();

        // Where nothing can wrap around the comparison reads as the author's; elsewhere only equality is safe.
        Value goesOn = countdown.IsOrdered
            ? _builder.Primitive(countdown.Step > 0 ? Op.GreaterOrEqual : Op.LessOrEqual, IrType.Bool, columns.InTest(countdown.Counter), countdown.Start)
            : _builder.Primitive(Op.NotEqual, IrType.Bool, columns.InTest(countdown.Counter), end);
        Region test = _builder.EndRegion([goesOn], columns.TestParameters);

        _cotangents = outer.Zip(shared, (o, s) => (o, s)).ToDictionary(p => p.o.Id, p => p.s);
        _builder.BeginRegion();
        if (HasCheckpoints(e))
        {
            ReverseTrip(e, column => Array.IndexOf(carried, column) is >= 0 and int i ? sums[i] : null);
        }
        else
        {
            foreach ((int i, Value sum) in carried.Zip(sums, (i, s) => (i, s)))
            {
                Accumulate(e.Body.Yields[i], sum);
            }

            Reverse(e.Body);
        }

        foreach ((Value counter, long own) in countdown.Counters)
        {
            columns.Next(counter, _builder.Primitive(Op.Subtract, counter.Type, counter, Induction.Constant(counter, own)));
        }

        foreach (Running r in running)
        {
            r.IsKnown = _starts.TryGetValue((r.Inner, r.Column), out Value? start);
            columns.Next(r.AtEnd, start ?? r.AtEnd);
        }

        foreach ((int i, Value sum) in carried.Zip(sums, (i, s) => (i, s)))
        {
            columns.Next(sum, CotangentOf(e.Body.Parameters[i]) ?? Literals.Zero(sum.Type));
        }

        foreach ((Value o, Value s) in outer.Zip(shared, (o, s) => (o, s)))
        {
            columns.Next(s, CotangentOf(o)!);
        }

        Region body = _builder.EndRegion(columns.Yields, columns.BodyParameters);
        LoopEquation loop = columns.Loop(test, body);
        IEnumerable<Replay> replays = countdown.Replays.Concat(running.Where(r => r.IsKnown).Select(r => new Replay(r.Inner.Results[r.Column], r.AtEnd)));
        _builder.Add(loop with { Mirror = -mirror, Replays = replays.ToEquatableArray() });
        foreach ((Value counter, int column, long own) in countdown.Columns)
        {
            // One step before its last value it was what the loop began with.
            if (_running.Contains((e, column)))
            {
                _starts[(e, column)] = _builder.Primitive(Op.Add, counter.Type, columns.ResultOf(counter), Induction.Constant(counter, own));
            }
        }

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

    // Counts from trips − 1 down to 0.
    private Countdown Trips(LoopColumns columns, Value trips)
    {
        Value counter = columns.Add(_builder.Primitive(Op.Subtract, IrType.Int32, trips, Literals.Int32(1)), "trip");
        return new Countdown(counter, 1, Literals.Int32(0), IsOrdered: true, [(counter, -1, 1)], []);
    }

    /// <summary>Lets every counter of the loop run from its value in the last trip back to the first.</summary>
    private Countdown Replay(LoopEquation e, LoopColumns columns)
    {
        int[] counters = Counters(e).ToArray();
        int[] bounded = counters.Where(i => HasBound(e, i) && !_running.Contains((e, i))).ToArray();
        int first = bounded.Concat(counters).First();
        (Value Last, bool IsOrdered)? bound = bounded.Length > 0 ? LastFromBound(e, first, Induction.StepOf(e, first)) : null;
        Value start = e.Carried[first];
        Value last = bound?.Last ?? Before(e.Results[first], Induction.StepOf(e, first));
        var all = new List<(Value, int, long)>();
        var replays = new List<Replay>();
        foreach (int i in counters)
        {
            long own = Induction.StepOf(e, i);
            Value begin = i == first ? last
                : bound is null || _running.Contains((e, i)) || e.Carried[i].Type != start.Type ? Before(e.Results[i], own)
                : Shifted(e.Carried[i], own, last, start, Induction.StepOf(e, first));
            Value counter = columns.Add(begin, e.Body.Parameters[i].Name);
            all.Add((counter, i, own));
            replays.Add(new Replay(e.Body.Parameters[i], counter));
        }

        const long safe = 1L << 30;
        long step = Induction.StepOf(e, first);
        bool isSmall = start.IsConstant && Math.Abs(start.Literal!.Bits) < safe && Math.Abs(step) < safe;
        return new Countdown(replays[Array.IndexOf(counters, first)].Backward, step, start, bound?.IsOrdered ?? isSmall, all, replays);
    }

    private Value Before(Value after, long step) => _builder.Primitive(Op.Subtract, after.Type, after, Induction.Constant(after, step));

    // start + own · (number of trips − 1), the trips told by another counter whose step is 1 or −1.
    private Value Shifted(Value start, long own, Value last, Value origin, long step)
    {
        Value distance = step > 0 ? _builder.Primitive(Op.Subtract, last.Type, last, origin) : _builder.Primitive(Op.Subtract, last.Type, origin, last);
        Value moved = own == 1 ? distance : _builder.Primitive(Op.Multiply, last.Type, Induction.Constant(last, own), distance);
        return _builder.Primitive(Op.Add, last.Type, start, moved);
    }

    /// <summary>
    /// Integers that an inner loop steps on from trip to trip of this one: the inner reverse loop tells where each began.
    /// </summary>
    private List<Running> RunningBackwards(LoopEquation e, LoopColumns columns)
    {
        var found = new List<Running>();
        for (int i = 0; i < e.Results.Count; i++)
        {
            Value next = e.Body.Yields[i];
            LoopEquation? inner = next.Type.IsInteger && Induction.StepOf(e, i) == 0 ? e.Body.Body.OfType<LoopEquation>().FirstOrDefault(l => l.Results.Contains(next)) : null;
            int column = inner?.Results.ToList().IndexOf(next) ?? -1;
            if (inner is not null && inner.Carried[column] == e.Body.Parameters[i] && Induction.StepOf(inner, column) != 0)
            {
                _running.Add((inner, column));
                found.Add(new Running(inner, column, columns.Add(e.Results[i], e.Body.Parameters[i].Name)));
            }
        }

        return found;
    }

    private static bool HasBound(LoopEquation e, int index) =>
        e.Carried[index].Type == IrType.Int32 && TestOf(e) is { } test && test.Arguments[0] == e.Test.Parameters[index]
        && (Induction.StepOf(e, index), test.Op) is (1, Op.Less or Op.LessOrEqual) or (-1, Op.Greater or Op.GreaterOrEqual);

    private static PrimitiveEquation? TestOf(LoopEquation e) => e.Test.Body.OfType<PrimitiveEquation>().FirstOrDefault(q => q.Result == e.Test.Yields[0]);

    /// <summary>
    /// Where the last trip's index follows from the bound of the author's test, it is written so: nothing has to be kept of the
    /// primal loop. Null elsewhere.
    /// </summary>
    private (Value Last, bool IsOrdered)? LastFromBound(LoopEquation e, int index, long step)
    {
        if (!HasBound(e, index) || OutsideOf(e, TestOf(e)!.Arguments[1]) is not { } bound)
        {
            return null;
        }

        Value start = e.Carried[index];
        string test = TestOf(e)!.Op;
        bool isSmallStart = IsSmall(start);
        if (test is Op.LessOrEqual or Op.GreaterOrEqual)
        {
            return isSmallStart || (test == Op.GreaterOrEqual && IsSmall(bound)) ? (bound, true) : null;
        }

        // A bound on the wrong side of the start means no trip, and must not wrap around.
        if (test == Op.Greater && IsSmall(bound))
        {
            return (Literals.Int32((int)bound.Literal!.Bits + 1), true);
        }

        bool isSafe = isSmallStart && (bound.IsConstant || (step == 1 && start.Literal!.Bits >= 0 && IsCount(bound)));
        Value limit = isSafe ? bound : _builder.Primitive(step == 1 ? "max" : "min", IrType.Int32, bound, start);
        return (_builder.Primitive(step == 1 ? Op.Subtract : Op.Add, IrType.Int32, limit, Literals.Int32(1)), isSmallStart);
    }

    private static bool IsSmall(Value value) => value.IsConstant && value.Literal!.Bits is >= -1000 and <= 1000;

    private bool IsCount(Value value) => _counts.Contains(value.Id);

    /// <summary>The value, if the loop's test takes it from outside or makes it from such by operations that cannot throw.</summary>
    private Value? OutsideOf(LoopEquation e, Value value)
    {
        Equation? definition = e.Test.Body.FirstOrDefault(q => q.Results.Contains(value));
        if (definition is null)
        {
            return value.IsConstant || !e.Test.Parameters.Contains(value) ? value : null;
        }

        if (definition is not (PrimitiveEquation or MemoryEquation { Op: MemoryOp.Length }) || definition.HasEffect())
        {
            return null;
        }

        var rewriter = new Rewriter();
        foreach (Value operand in definition.Operands)
        {
            if (OutsideOf(e, operand) is not { } outside)
            {
                return null;
            }

            if (!operand.IsConstant)
            {
                rewriter.Replace(operand, outside);
            }
        }

        Equation copy = rewriter.Copy(definition, _builder);
        _builder.Add(copy);
        if (copy is MemoryEquation)
        {
            _counts.Add(copy.Results[0].Id);
        }

        return copy.Results[0];
    }

    /// <summary>Varying numbers that the body reads and that are made outside of the loop.</summary>
    private Value[] VariedFromOutside(LoopEquation e)
    {
        HashSet<int> local = new(DefinedIn(e.Body).Concat(e.Body.Parameters).Select(v => v.Id));
        return e.Body.Body.SelectMany(IrInfo.AllOperands).Concat(e.Body.Yields)
            .Where(v => !v.IsConstant && v.Type.IsFloat && !local.Contains(v.Id) && _activity.IsVaried(v))
            .Distinct().ToArray();
    }

    /// <summary>How a reverse loop counts its trips.</summary>
    /// <param name="Counter">The value that its test looks at.</param>
    /// <param name="Step">The step of the primal loop.</param>
    /// <param name="Start">Its value in the first trip of the primal loop, which is the last one here.</param>
    /// <param name="IsOrdered">May the test compare by order?</param>
    /// <param name="Columns">All counters, the column of the primal loop that each replays, and its step there.</param>
    /// <param name="Replays">The same as replays.</param>
    private sealed record Countdown(
        Value Counter, long Step, Value Start, bool IsOrdered, IReadOnlyList<(Value Counter, int Column, long Step)> Columns, IReadOnlyList<Replay> Replays)
    {
        public IEnumerable<(Value Counter, long Step)> Counters => Columns.Select(c => (c.Counter, c.Step));
    }

    /// <summary>An integer that column <paramref name="column"/> of an inner loop steps; known here by its value at the end of a trip.</summary>
    private sealed class Running(LoopEquation inner, int column, Value atEnd)
    {
        public LoopEquation Inner { get; } = inner;

        public int Column { get; } = column;

        public Value AtEnd { get; } = atEnd;

        public bool IsKnown { get; set; }
    }

    private sealed class ColumnComparer : IEqualityComparer<(LoopEquation Loop, int Column)>
    {
        public static readonly ColumnComparer Instance = new();

        public bool Equals((LoopEquation Loop, int Column) x, (LoopEquation Loop, int Column) y) => ReferenceEquals(x.Loop, y.Loop) && x.Column == y.Column;

        public int GetHashCode((LoopEquation Loop, int Column) key) => (ReferenceComparer<LoopEquation>.Instance.GetHashCode(key.Loop) * 31) + key.Column;
    }
}
