using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Gives the tangents of a forward-mode program several directions at once: every value and buffer that a tangent flows into gets a
/// wide type. Tangents are linear in each other, so that the operations on them stay what they are.
/// </summary>
internal sealed class Directions
{
    private readonly HashSet<int> _wide;
    private readonly BufferRoots _roots;
    private readonly Dictionary<int, Value> _views = new();
    private bool _fits = true;

    private Directions(IrFunction function, int primalInputs)
    {
        _roots = new BufferRoots(function);
        _wide = [.. function.Inputs.Skip(primalInputs).Select(i => i.Id)];
        for (int known = -1; known < _wide.Count;)
        {
            known = _wide.Count;
            Spread(function.Body);
        }
    }

    /// <param name="function">A forward-mode program, with all passes done.</param>
    /// <param name="primalInputs">How many leading inputs are no tangents.</param>
    /// <returns>Null where a step on tangents has no form for several directions: rules that are called, float, calls.</returns>
    public static IrFunction? Widen(IrFunction function, int primalInputs)
    {
        if (function.Body.AllEquations().Any(e => e is CallEquation or MemoryEquation { Op: MemoryOp.Push or MemoryOp.Pop }))
        {
            return null;
        }

        var pass = new Directions(function, primalInputs);
        Region body = pass.Retype(function.Body);
        EquatableArray<Value> inputs = pass.Widened(function.Inputs);
        return pass._fits ? function with { Inputs = inputs, Body = body } : null;
    }

    private bool IsWide(Value value) => !value.IsConstant && (_wide.Contains(value.Id) || _wide.Contains(_roots.Of(value)));

    private void Spread(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e when e.Arguments.Any(IsWide):
                    _wide.Add(e.Result.Id);
                    break;
                case MemoryEquation { Op: MemoryOp.Load } e when IsWide(e.Buffer):
                    _wide.Add(e.Result.Id);
                    break;
                case MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e when IsWide(e.Arguments[2]):
                    _wide.Add(_roots.Of(e.Buffer));
                    break;
                case IfEquation e:
                    Spread(e.Then);
                    Spread(e.Else);
                    Join(e.Results, e.Then.Yields, e.Else.Yields);
                    break;
                case LoopEquation e:
                    Join(e.Body.Parameters, e.Carried, e.Body.Yields);
                    Join(e.Test.Parameters, e.Carried, e.Body.Yields);
                    Spread(e.Body);
                    Join(e.Results, e.Carried, e.Body.Yields);
                    break;
            }
        }
    }

    private void Join(EquatableArray<Value> joined, EquatableArray<Value> a, EquatableArray<Value> b)
    {
        for (int i = 0; i < joined.Count; i++)
        {
            if (IsWide(a[i]) || IsWide(b[i]))
            {
                _wide.Add(joined[i].Id);
            }
        }
    }

    private Region Retype(Region region) => new(
        Widened(region.Parameters), region.Body.Select(Retype).ToEquatableArray(), Widened(region.Yields));

    private Equation Retype(Equation equation)
    {
        switch (equation)
        {
            case PrimitiveEquation e when IsWide(e.Result):
                _fits &= IsLinear(e);
                return e with { Result = Widened(e.Result), Arguments = e.Op is Op.Add or Op.Subtract ? e.Arguments.Select(Direction).ToEquatableArray() : Widened(e.Arguments) };
            case IfEquation e:
                Region then = Retype(e.Then), otherwise = Retype(e.Else);
                return new IfEquation(Widened(e.Results), e.Condition, Columns(e.Results, then), Columns(e.Results, otherwise));
            case LoopEquation e:
                Region body = Retype(e.Body);
                return e with
                {
                    Results = Widened(e.Results),
                    Carried = e.Carried.Select((c, i) => IsWide(e.Results[i]) ? Direction(c) : c).ToEquatableArray(),
                    Test = Retype(e.Test),
                    Body = Columns(e.Results, body),
                };
            case MemoryEquation { Op: MemoryOp.Reserve } e when IsWide(e.Result):
                return e with { Arguments = [e.Arguments[0], Literals.Int32(IrType.WideBytes)] };
            case MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e when IsWide(e.Buffer):
                return e with { Arguments = [Widened(e.Buffer), e.Index, Direction(e.Arguments[2])] };
            case MemoryEquation e:
                return e with { Results = Widened(e.Results), Arguments = Widened(e.Arguments) };
            default:
                _fits &= !equation.Operands.Any(IsWide) || equation is ClearEquation;
                return equation is ClearEquation clear ? new ClearEquation(Widened(clear.Buffer)) : equation;
        }
    }

    private Region Columns(EquatableArray<Value> results, Region region) => region with
    {
        Yields = region.Yields.Select((y, i) => IsWide(results[i]) ? Direction(y) : y).ToEquatableArray(),
    };

    private bool IsLinear(PrimitiveEquation e)
    {
        bool[] wide = e.Arguments.Select(IsWide).ToArray();
        return e.Result.Type.Scalar == ScalarKind.Float64 && e.Op switch
        {
            Op.Add or Op.Subtract or Op.Negate => true,
            Op.Multiply => wide[0] ^ wide[1],
            Op.Divide => wide[0] && !wide[1],
            Op.Mul0 => (wide[0] ^ wide[1]) && !wide[2],
            _ => false,
        };
    }

    // A tangent, or zero.
    private Value Direction(Value value)
    {
        if (IsWide(value))
        {
            return Widened(value);
        }

        _fits &= Literals.Is(value, 0.0);
        return new Value(0, Wide(value.Type), "", new Literal(0, "default"));
    }

    private EquatableArray<Value> Widened(EquatableArray<Value> values) => values.Select(Widened).ToEquatableArray();

    private Value Widened(Value value)
    {
        if (!IsWide(value) || value.Type.IsInteger || value.Type.IsWide)
        {
            return value;
        }

        _fits &= value.Type is { Scalar: ScalarKind.Float64, Part: null };
        if (!_views.TryGetValue(value.Id, out Value? wide))
        {
            wide = value with { Type = Wide(value.Type) };
            _views.Add(value.Id, wide);
        }

        return wide;
    }

    private static IrType Wide(IrType type) => type with { Container = type.Container == ContainerKind.Array ? ContainerKind.Span : type.Container, IsWide = true };
}
