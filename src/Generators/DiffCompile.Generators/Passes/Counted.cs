using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>A loop that counts up or down by one to a bound that is known before it starts.</summary>
internal sealed class Counted
{
    private readonly int _column;
    private readonly string _test;
    private readonly Value _bound;

    private Counted(LoopEquation loop, int column, string test, Value bound)
    {
        Loop = loop;
        _column = column;
        _test = test;
        _bound = bound;
    }

    public LoopEquation Loop { get; }

    private Value Start => Loop.Carried[_column];

    /// <summary>The loop as a counted one, its start and bound from outside of a nest; null if it is none.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="inside">What is made inside of the nest.</param>
    public static Counted? Find(LoopEquation loop, HashSet<int> inside)
    {
        if (loop.Test.Body.OfType<PrimitiveEquation>().FirstOrDefault(e => e.Result == loop.Test.Yields[0]) is not { } test)
        {
            return null;
        }

        int column = loop.Test.Parameters.ToList().IndexOf(test.Arguments[0]);
        bool isCounter = column >= 0 && loop.Carried[column].Type == IrType.Int32
            && (Induction.StepOf(loop, column), test.Op) is (1, Op.Less or Op.LessOrEqual) or (-1, Op.Greater or Op.GreaterOrEqual);
        if (!isCounter || IsInside(loop.Carried[column]))
        {
            return null;
        }

        // The bound may be worked out in the test, from what no trip changes.
        bool isKnown = loop.Test.Body.All(e => ReferenceEquals(e, test) || (IsPlain(e) && !e.Operands.Any(IsInside))) && !IsInside(test.Arguments[1]);
        return isKnown ? new Counted(loop, column, test.Op, test.Arguments[1]) : null;

        bool IsInside(Value value) => !value.IsConstant && !loop.Test.Body.Any(e => e.Results.Contains(value))
            && (inside.Contains(value.Id) || loop.Test.Parameters.Contains(value));
    }

    private static bool IsPlain(Equation equation) => equation is MemoryEquation { Op: MemoryOp.Length }
        || (equation is PrimitiveEquation e && (!e.HasEffect() || e.Op is Op.AddChecked or Op.SubtractChecked or Op.MultiplyChecked));

    /// <summary>Adds the equations for the number of trips; one that does not fit into an int throws.</summary>
    public Value Trips(IrBuilder ids, List<Equation> into)
    {
        var rewriter = new Rewriter();
        into.AddRange(Loop.Test.Body.Where(e => !e.Results.Contains(Loop.Test.Yields[0])).Select(e => rewriter.Copy(e, ids)));
        Value bound = rewriter.Map(_bound);
        bool isUp = _test is Op.Less or Op.LessOrEqual;
        Value end = _test switch
        {
            Op.LessOrEqual => Primitive(ids, Op.AddChecked, bound, Literals.Int32(1), into),
            Op.GreaterOrEqual => Primitive(ids, Op.SubtractChecked, bound, Literals.Int32(1), into),
            _ => bound,
        };
        bool isFromZero = Start.IsConstant && Start.Literal!.Bits == 0;
        if (isFromZero && into.Exists(e => e is MemoryEquation { Op: MemoryOp.Length } && e.Results.Contains(end)))
        {
            return end;
        }

        // From 0 or above nothing is out of range.
        Value last = Primitive(ids, isUp ? "max" : "min", end, Start, into);
        string minus = isUp && Start.IsConstant && Start.Literal!.Bits >= 0 ? Op.Subtract : Op.SubtractChecked;
        return isUp ? Primitive(ids, minus, last, Start, into) : Primitive(ids, minus, Start, last, into);
    }

    /// <summary>Adds the equations for the number of trips before the present one.</summary>
    public Value Trip(IrBuilder ids, List<Equation> into)
    {
        Value counter = Loop.Body.Parameters[_column];
        return _test is Op.Less or Op.LessOrEqual ? Primitive(ids, Op.Subtract, counter, Start, into) : Primitive(ids, Op.Subtract, Start, counter, into);
    }

    /// <summary>An integer operation; what is known of constants is not computed.</summary>
    public static Value Primitive(IrBuilder ids, string op, Value a, Value b, List<Equation> into)
    {
        bool isAdditive = op is Op.Add or Op.Subtract or Op.AddChecked or Op.SubtractChecked;
        if (b.IsConstant && b.Literal!.Bits == (isAdditive ? 0 : 1) && op is not ("max" or "min"))
        {
            return a;
        }

        if (a.IsConstant && b.IsConstant && op is "max" or "min")
        {
            return Literals.Int32((int)(op == "max" ? Math.Max(a.Literal!.Bits, b.Literal!.Bits) : Math.Min(a.Literal!.Bits, b.Literal!.Bits)));
        }

        if (a.IsConstant && b.IsConstant && Fold(op, a.Literal!.Bits, b.Literal!.Bits) is { } folded)
        {
            return Literals.Int32(folded);
        }

        Value result = ids.NewValue(IrType.Int32);
        into.Add(new PrimitiveEquation(result, op, [a, b], IsPrimal: false));
        return result;
    }

    private static int? Fold(string op, long a, long b)
    {
        long result = op switch
        {
            Op.Add or Op.AddChecked => a + b,
            Op.Subtract or Op.SubtractChecked => a - b,
            _ => a * b,
        };
        return result == (int)result ? (int)result : null;
    }
}
