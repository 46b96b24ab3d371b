using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Loops. The primal loop counts its trips, unless an integer that it steps tells them; the reverse loop runs as many trips,
// last one first. Its carried values are the cotangents of what the primal loop carries, and the sums of what the body adds to
// cotangents of values from outside.
internal sealed partial class Vjp
{
    private readonly HashSet<int> _counts = [];
    private readonly Dictionary<LoopEquation, (int Mirror, Value? Trips)> _loops = new(ReferenceComparer<LoopEquation>.Instance);

    private void ForwardLoop(LoopEquation e)
    {
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
        (int mirror, Value? trips) = _loops[e];
        Dictionary<int, Value> around = _cotangents;
        int[] carried = Enumerable.Range(0, e.Results.Count).Where(i => e.Results[i].Type.IsFloat && _activity.IsVaried(e.Body.Parameters[i])).ToArray();
        Value[] outer = VariedFromOutside(e);

        var columns = new LoopColumns(_builder);
        var replays = new List<Replay>();
        Value? counter = null, start = null;
        long step = 0;
        bool isPlain = false;
        if (trips is not null)
        {
            // Counts from trips − 1 down to 0.
            Value last = _builder.Primitive(Op.Subtract, IrType.Int32, trips, Literals.Int32(1));
            (counter, step, start) = (columns.Add(last, "trip"), 1, Literals.Int32(0));
        }

        foreach (int i in Counters(e))
        {
            Value parameter = e.Body.Parameters[i];
            long own = Induction.StepOf(e, i);
            Value? bound = LastFromBound(e, i, own);
            Value last = bound ?? _builder.Primitive(Op.Subtract, parameter.Type, e.Results[i], Induction.Constant(parameter, own));
            Value replayed = columns.Add(last, parameter.Name);
            replays.Add(new Replay(parameter, replayed));
            if (counter is null)
            {
                (counter, step, start, isPlain) = (replayed, own, e.Carried[i], bound is not null);
            }
        }

        Value[] sums = carried.Select(i => columns.Add(CotangentOf(e.Results[i]) ?? Literals.Zero(e.Results[i].Type), BarName(e.Body.Parameters[i]))).ToArray();
        Value[] shared = outer.Select(o => columns.Add(CotangentOf(o) ?? Literals.Zero(o.Type), BarName(o))).ToArray();

        const long safe = 1L << 30;
        isPlain |= start!.IsConstant && Math.Abs(start.Literal!.Bits) < safe && Math.Abs(step) < safe;
        Value end = isPlain ? start : _builder.Primitive(Op.Subtract, start.Type, start, Induction.Constant(start, step));
        _builder.BeginRegion();

        // From a constant start the comparison reads as the author's; elsewhere only equality is safe from overflow.
        Value goesOn = isPlain
            ? _builder.Primitive(step > 0 ? Op.GreaterOrEqual : Op.LessOrEqual, IrType.Bool, columns.InTest(counter!), start)
            : _builder.Primitive(Op.NotEqual, IrType.Bool, columns.InTest(counter!), end);
        Region test = _builder.EndRegion([goesOn], columns.TestParameters);

        _cotangents = outer.Zip(shared, (o, s) => (o, s)).ToDictionary(p => p.o.Id, p => p.s);
        _builder.BeginRegion();
        foreach ((int i, Value sum) in carried.Zip(sums, (i, s) => (i, s)))
        {
            Accumulate(e.Body.Yields[i], sum);
        }

        Reverse(e.Body);
        foreach ((Value replayed, long own) in replays.Select(r => (r.Backward, Induction.StepOf(e, e.Body.Parameters.ToList().IndexOf(r.Forward)))))
        {
            columns.Next(replayed, _builder.Primitive(Op.Subtract, replayed.Type, replayed, Induction.Constant(replayed, own)));
        }

        if (trips is not null)
        {
            columns.Next(counter!, _builder.Primitive(Op.Subtract, IrType.Int32, counter!, Literals.Int32(1)));
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
        _builder.Add(loop with { Mirror = -mirror, Replays = replays.ToEquatableArray() });

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

    /// <summary>
    /// Where the last trip's index follows from the bound of the author's test, it is written so: nothing has to be kept of the
    /// primal loop. Null elsewhere.
    /// </summary>
    private Value? LastFromBound(LoopEquation e, int index, long step)
    {
        Value start = e.Carried[index];
        PrimitiveEquation? test = e.Test.Body.OfType<PrimitiveEquation>().FirstOrDefault(q => q.Result == e.Test.Yields[0]);
        if (test is null || test.Arguments[0] != e.Test.Parameters[index] || start.Type != IrType.Int32)
        {
            return null;
        }

        bool isUp = step == 1 && test.Op is Op.Less or Op.LessOrEqual, isDown = step == -1 && test.Op is Op.Greater or Op.GreaterOrEqual;
        if ((!isUp && !isDown) || !start.IsConstant || start.Literal!.Bits is < -1000 or > 1000 || OutsideOf(e, test.Arguments[1]) is not { } bound)
        {
            return isDown && OutsideOf(e, test.Arguments[1]) is { IsConstant: true } end && end.Literal!.Bits is >= -1000 and <= 1000
                ? Literals.Int32((int)end.Literal.Bits + (test.Op == Op.Greater ? 1 : 0))
                : null;
        }

        if (test.Op is Op.LessOrEqual or Op.GreaterOrEqual)
        {
            return bound;
        }

        // A bound below the start must not wrap around.
        bool isSafe = bound.IsConstant || (isUp && IsCount(bound));
        Value limit = isSafe ? bound : _builder.Primitive(isUp ? "max" : "min", IrType.Int32, bound, start);
        return _builder.Primitive(isUp ? Op.Subtract : Op.Add, IrType.Int32, limit, Literals.Int32(1));
    }

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
}
