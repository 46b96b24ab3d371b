using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Algebraic identities on what derivative passes made: products with 0 and 1, signs, constants. The author's own
/// operations are left as they are, so that the value keeps its bits.
/// </summary>
internal static class Simplify
{
    public static IrFunction Run(IrFunction function)
    {
        var rewriter = new Rewriter();
        var definitions = new Dictionary<int, PrimitiveEquation>();
        Region body = Visit(function.Body, rewriter, definitions);
        return function with { Body = body };
    }

    private static Region Visit(Region region, Rewriter rewriter, Dictionary<int, PrimitiveEquation> definitions)
    {
        var body = new List<Equation>();
        foreach (Equation original in region.Body)
        {
            switch (original)
            {
                case PrimitiveEquation p:
                    var mapped = (PrimitiveEquation)rewriter.Map(p);
                    object simpler = mapped.IsPrimal ? mapped : Primitive(mapped, definitions);
                    if (simpler is Value value)
                    {
                        rewriter.Replace(p.Result, value);
                    }
                    else
                    {
                        body.Add((PrimitiveEquation)simpler);
                        definitions[p.Result.Id] = (PrimitiveEquation)simpler;
                    }

                    break;
                case IfEquation e:
                    Branch(e, rewriter, definitions, body);
                    break;
                case LoopEquation e:
                    body.Add(Loop(e, rewriter, definitions));
                    break;
                default:
                    body.Add(rewriter.Map(original));
                    break;
            }
        }

        return new Region(region.Parameters, body.ToEquatableArray(), rewriter.Map(region.Yields));
    }

    // What no trip changes is no carried value.
    private static LoopEquation Loop(LoopEquation e, Rewriter rewriter, Dictionary<int, PrimitiveEquation> definitions)
    {
        EquatableArray<Value> carried = rewriter.Map(e.Carried);
        var kept = new List<int>();
        for (int i = 0; i < e.Results.Count; i++)
        {
            Value next = rewriter.Map(e.Body.Yields[i]);
            if (next == e.Body.Parameters[i] || next == carried[i])
            {
                rewriter.Replace(e.Body.Parameters[i], carried[i]);
                rewriter.Replace(e.Test.Parameters[i], carried[i]);
                rewriter.Replace(e.Results[i], carried[i]);
            }
            else
            {
                kept.Add(i);
            }
        }

        Region test = Visit(e.Test, rewriter, definitions);
        Region body = Visit(e.Body, rewriter, definitions);
        EquatableArray<Value> Of(EquatableArray<Value> values) => kept.Select(i => values[i]).ToEquatableArray();
        return e with
        {
            Results = Of(e.Results),
            Carried = Of(carried),
            Test = test with { Parameters = Of(e.Test.Parameters) },
            Body = body with { Parameters = Of(e.Body.Parameters), Yields = Of(body.Yields) },
        };
    }

    private static void Branch(IfEquation e, Rewriter rewriter, Dictionary<int, PrimitiveEquation> definitions, List<Equation> body)
    {
        Value condition = rewriter.Map(e.Condition);
        Region then = Visit(e.Then, rewriter, definitions);
        Region otherwise = Visit(e.Else, rewriter, definitions);

        // A result that is the same on both sides is no result of the branch, if it is known outside.
        var inner = new HashSet<int>(then.AllEquations().Concat(otherwise.AllEquations()).SelectMany(q => q.Results).Select(r => r.Id));
        int[] keep = Enumerable.Range(0, e.Results.Count)
            .Where(i => then.Yields[i] != otherwise.Yields[i] || (!then.Yields[i].IsConstant && inner.Contains(then.Yields[i].Id))).ToArray();
        foreach (int same in Enumerable.Range(0, e.Results.Count).Except(keep))
        {
            rewriter.Replace(e.Results[same], then.Yields[same]);
        }

        body.Add(new IfEquation(
            keep.Select(i => e.Results[i]).ToEquatableArray(), condition,
            then with { Yields = keep.Select(i => then.Yields[i]).ToEquatableArray() },
            otherwise with { Yields = keep.Select(i => otherwise.Yields[i]).ToEquatableArray() }));
    }

    /// <summary>The value that the equation is known to have, or an equation to put in its place.</summary>
    private static object Primitive(PrimitiveEquation e, Dictionary<int, PrimitiveEquation> definitions)
    {
        if (!e.Result.Type.IsFloat)
        {
            return Integer(e);
        }

        Value x = e.Arguments.Count > 0 ? e.Arguments[0] : e.Result;
        Value y = e.Arguments.Count > 1 ? e.Arguments[1] : e.Result;
        IrType type = e.Result.Type;
        switch (e.Op)
        {
            case Op.Add:
                return IsZero(x) ? y
                    : IsZero(y) ? x
                    : Fold(e, (a, b) => a + b) is { } sum ? sum
                    : x == y ? Primitive(Change(e, Op.Multiply, Literals.Float(type, 2.0), x), definitions)
                    : Negated(y, definitions) is { } minusY ? Change(e, Op.Subtract, x, minusY)
                    : Negated(x, definitions) is { } minusX ? Change(e, Op.Subtract, y, minusX)
                    : e;
            case Op.Subtract:
                return IsZero(y) ? x
                    : IsZero(x) ? Change(e, Op.Negate, y)
                    : Fold(e, (a, b) => a - b) is { } difference ? difference
                    : Negated(y, definitions) is { } plus ? Change(e, Op.Add, x, plus)
                    : e;
            case Op.Multiply:
                return IsZero(x) || IsZero(y) ? Literals.Zero(type)
                    : Literals.Is(x, 1.0) ? y
                    : Literals.Is(y, 1.0) ? x
                    : Fold(e, (a, b) => a * b) is { } product ? product
                    : Literals.Is(x, -1.0) ? Change(e, Op.Negate, y)
                    : Literals.Is(y, -1.0) ? Change(e, Op.Negate, x)
                    : y.IsConstant ? Change(e, Op.Multiply, y, x)
                    : x.IsConstant ? Scaled(e, x, y, definitions)
                    : e;
            case Op.Divide:
                return Literals.Is(y, 1.0) ? x : IsZero(x) ? e : Fold(e, (a, b) => a / b) is { } quotient ? quotient : e;
            case Op.Negate:
                return x.IsConstant ? Literals.Float(type, -Literals.NumberOf(x))
                    : Negated(x, definitions) is { } positive ? positive
                    : e;
            case Op.Mul0:
                return IsZero(x) ? x
                    : (x.IsConstant && Literals.NumberOf(x) != 0.0) || (y.IsConstant && IsFinite(y)) ? Primitive(Change(e, Op.Multiply, x, y), definitions)
                    : e;
            case Op.Convert:
                return x.IsConstant && x.Type.IsFloat ? Literals.Float(type, Literals.NumberOf(x)) : x.Type == type ? x : e;
            default:
                return e;
        }
    }

    // What the generator adds to run loops backwards.
    private static object Integer(PrimitiveEquation e)
    {
        if (e.Result.Type != IrType.Int32 || e.Op is not (Op.Add or Op.Subtract) || !e.Arguments[1].IsConstant)
        {
            return e;
        }

        long right = e.Arguments[1].Literal!.Bits;
        return e.Arguments[0].IsConstant ? Literals.Int32(unchecked((int)(e.Arguments[0].Literal!.Bits + (e.Op == Op.Add ? right : -right))))
            : right == 0 ? e.Arguments[0]
            : e;
    }

    // c·(d·x) → (c·d)·x and c·(−x) → (−c)·x
    private static object Scaled(PrimitiveEquation e, Value constant, Value other, Dictionary<int, PrimitiveEquation> definitions)
    {
        if (other.IsConstant || !definitions.TryGetValue(other.Id, out PrimitiveEquation? inner) || inner.IsPrimal)
        {
            return e;
        }

        double c = Literals.NumberOf(constant);
        if (inner.Op == Op.Negate)
        {
            return Change(e, Op.Multiply, Literals.Float(e.Result.Type, -c), inner.Arguments[0]);
        }

        return inner.Op == Op.Multiply && inner.Arguments[0].IsConstant
            ? Change(e, Op.Multiply, Literals.Float(e.Result.Type, c * Literals.NumberOf(inner.Arguments[0])), inner.Arguments[1])
            : e;
    }

    private static bool IsZero(Value value) => value.IsConstant && value.Type.IsFloat && Literals.NumberOf(value) == 0.0;

    private static bool IsFinite(Value value) => !double.IsNaN(Literals.NumberOf(value)) && !double.IsInfinity(Literals.NumberOf(value));

    private static Value? Negated(Value value, Dictionary<int, PrimitiveEquation> definitions) =>
        !value.IsConstant && definitions.TryGetValue(value.Id, out PrimitiveEquation? e) && e.Op == Op.Negate && !e.IsPrimal ? e.Arguments[0] : null;

    private static Value? Fold(PrimitiveEquation e, Func<double, double, double> compute) =>
        e.Arguments[0].IsConstant && e.Arguments[1].IsConstant
            ? Literals.Float(e.Result.Type, compute(Literals.NumberOf(e.Arguments[0]), Literals.NumberOf(e.Arguments[1])))
            : null;

    private static PrimitiveEquation Change(PrimitiveEquation e, string op, params Value[] arguments) =>
        e with { Op = op, Arguments = arguments.ToEquatableArray() };
}
