using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Algebraic identities on what derivative passes made: products with 0 and 1, signs, constants. The author's own
/// operations are left as they are, so that the value keeps its bits.
/// </summary>
internal sealed class Simplify
{
    private readonly Rewriter _rewriter = new();
    private readonly Dictionary<int, PrimitiveEquation> _definitions = new();
    private readonly HashSet<int> _combined = [];
    private int _lastId;
    private List<Equation> _body = [];

    public static IrFunction Run(IrFunction function)
    {
        var pass = new Simplify { _lastId = function.LastId() };
        pass.FindCombined(function.Body);
        return function with { Body = pass.Visit(function.Body) };
    }

    private Region Visit(Region region)
    {
        List<Equation> outer = _body;
        var body = new List<Equation>(region.Body.Count);
        _body = body;
        foreach (Equation original in region.Body)
        {
            switch (original)
            {
                case PrimitiveEquation p:
                    PrimitiveEquation mapped = _rewriter.Map(p);
                    object simpler = mapped.IsPrimal ? mapped : Primitive(mapped);
                    if (simpler is Value value)
                    {
                        _rewriter.Replace(p.Result, value);
                    }
                    else
                    {
                        body.Add((PrimitiveEquation)simpler);
                        _definitions[p.Result.Id] = (PrimitiveEquation)simpler;
                    }

                    break;
                case IfEquation e:
                    Branch(e);
                    break;
                case LoopEquation e:
                    body.Add(Loop(e));
                    break;
                default:
                    body.Add(_rewriter.Map(original));
                    break;
            }
        }

        _body = outer;
        return new Region(region.Parameters, EquatableArray.Wrap(body.ToArray()), _rewriter.Map(region.Yields));
    }

    // What no trip changes is no carried value.
    private LoopEquation Loop(LoopEquation e)
    {
        EquatableArray<Value> carried = _rewriter.Map(e.Carried);
        var kept = new List<int>();
        for (int i = 0; i < e.Results.Count; i++)
        {
            Value next = _rewriter.Map(e.Body.Yields[i]);
            if (next == e.Body.Parameters[i] || next == carried[i])
            {
                _rewriter.Replace(e.Body.Parameters[i], carried[i]);
                _rewriter.Replace(e.Test.Parameters[i], carried[i]);
                _rewriter.Replace(e.Results[i], carried[i]);
            }
            else
            {
                kept.Add(i);
            }
        }

        Region test = Visit(e.Test);
        Region body = Visit(e.Body);
        EquatableArray<Value> Of(EquatableArray<Value> values) => kept.Select(i => values[i]).ToEquatableArray();
        return e with
        {
            Results = Of(e.Results),
            Carried = Of(carried),
            Test = test with { Parameters = Of(e.Test.Parameters) },
            Body = body with { Parameters = Of(e.Body.Parameters), Yields = Of(body.Yields) },
        };
    }

    private void Branch(IfEquation e)
    {
        Value condition = _rewriter.Map(e.Condition);
        Region then = Visit(e.Then);
        Region otherwise = Visit(e.Else);

        // A result that is the same on both sides is no result of the branch, if it is known outside.
        List<Value> results = [], thenYields = [], elseYields = [];
        HashSet<int>? inner = null;
        for (int i = 0; i < e.Results.Count; i++)
        {
            Value a = then.Yields[i], b = otherwise.Yields[i];
            if (a != b || (!a.IsConstant && (inner ??= DefinedIn(then, otherwise)).Contains(a.Id)))
            {
                results.Add(e.Results[i]);
                thenYields.Add(a);
                elseYields.Add(b);
            }
            else
            {
                _rewriter.Replace(e.Results[i], a);
            }
        }

        _body.Add(new IfEquation(
            results.ToEquatableArray(), condition,
            then with { Yields = thenYields.ToEquatableArray() },
            otherwise with { Yields = elseYields.ToEquatableArray() }));
    }

    private static HashSet<int> DefinedIn(params Region[] regions)
    {
        var ids = new HashSet<int>();
        foreach (Region region in regions)
        {
            foreach (Equation equation in region.AllEquations())
            {
                foreach (Value result in equation.Results)
                {
                    ids.Add(result.Id);
                }
            }
        }

        return ids;
    }

    // Values that sums and products of derivative code read: there a sign in front of them costs nothing.
    private void FindCombined(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            if (equation is PrimitiveEquation { IsPrimal: false, Op: Op.Add or Op.Subtract or Op.Multiply or Op.Negate } e)
            {
                foreach (Value operand in e.Arguments)
                {
                    if (!operand.IsConstant)
                    {
                        _combined.Add(operand.Id);
                    }
                }
            }

            foreach (Region nested in equation.Regions)
            {
                FindCombined(nested);
            }
        }
    }

    /// <summary>The value that the equation is known to have, or an equation to put in its place.</summary>
    private object Primitive(PrimitiveEquation e)
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
                    : x == y ? Primitive(Change(e, Op.Multiply, Literals.Float(type, 2.0), x))
                    : Negated(y) is { } minusY ? Change(e, Op.Subtract, x, minusY)
                    : Negated(x) is { } minusX ? Change(e, Op.Subtract, y, minusX)
                    : e;
            case Op.Subtract:
                return IsZero(y) ? x
                    : IsZero(x) ? Change(e, Op.Negate, y)
                    : Fold(e, (a, b) => a - b) is { } difference ? difference
                    : Negated(y) is { } plus ? Change(e, Op.Add, x, plus)
                    : e;
            case Op.Multiply:
                return IsZero(x) || IsZero(y) ? Literals.Zero(type)
                    : Literals.Is(x, 1.0) ? y
                    : Literals.Is(y, 1.0) ? x
                    : Fold(e, (a, b) => a * b) is { } product ? product
                    : Literals.Is(x, -1.0) ? Change(e, Op.Negate, y)
                    : Literals.Is(y, -1.0) ? Change(e, Op.Negate, x)
                    : y.IsConstant ? Change(e, Op.Multiply, y, x)
                    : x.IsConstant ? Scaled(e, x, y)
                    : Signed(e, x, y);
            case Op.Divide:
                return Literals.Is(y, 1.0) ? x : IsZero(x) ? e : Fold(e, (a, b) => a / b) is { } quotient ? quotient : e;
            case Op.Negate:
                return x.IsConstant ? Literals.Float(type, -Literals.NumberOf(x))
                    : Negated(x) is { } positive ? positive
                    : e;
            case Op.Mul0:
                return IsZero(x) ? x
                    : (x.IsConstant && Literals.NumberOf(x) != 0.0) || (y.IsConstant && IsFinite(y)) ? Primitive(Change(e, Op.Multiply, x, y))
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
    private object Scaled(PrimitiveEquation e, Value constant, Value other)
    {
        if (other.IsConstant || !_definitions.TryGetValue(other.Id, out PrimitiveEquation? inner) || inner.IsPrimal)
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

    // (−x)·(−y) → x·y, and (−x)·y → −(x·y) where a sum or product takes the sign in. Signs are exact, so no bit changes.
    private object Signed(PrimitiveEquation e, Value x, Value y)
    {
        Value? positiveX = Negated(x), positiveY = Negated(y);
        if (positiveX is not null && positiveY is not null)
        {
            return Change(e, Op.Multiply, positiveX, positiveY);
        }

        if ((positiveX ?? positiveY) is null || !_combined.Contains(e.Result.Id))
        {
            return e;
        }

        var product = new Value(++_lastId, e.Result.Type, "");
        var unsigned = e with { Result = product, Arguments = [positiveX ?? x, positiveY ?? y] };
        _body.Add(unsigned);
        _definitions[product.Id] = unsigned;
        return Change(e, Op.Negate, product);
    }

    private static bool IsZero(Value value) => value.IsConstant && value.Type.IsFloat && Literals.NumberOf(value) == 0.0;

    private static bool IsFinite(Value value) => !double.IsNaN(Literals.NumberOf(value)) && !double.IsInfinity(Literals.NumberOf(value));

    private Value? Negated(Value value) =>
        !value.IsConstant && _definitions.TryGetValue(value.Id, out PrimitiveEquation? e) && e.Op == Op.Negate && !e.IsPrimal ? e.Arguments[0] : null;

    private static Value? Fold(PrimitiveEquation e, Func<double, double, double> compute) =>
        e.Arguments[0].IsConstant && e.Arguments[1].IsConstant
            ? Literals.Float(e.Result.Type, compute(Literals.NumberOf(e.Arguments[0]), Literals.NumberOf(e.Arguments[1])))
            : null;

    private static PrimitiveEquation Change(PrimitiveEquation e, string op, params Value[] arguments) =>
        e with { Op = op, Arguments = arguments.ToEquatableArray() };
}
