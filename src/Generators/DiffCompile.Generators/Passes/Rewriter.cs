using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Replaces values in equations; the shared part of all passes that copy code.</summary>
internal sealed class Rewriter
{
    private readonly Dictionary<int, Value> _replacements = new();
    private readonly Dictionary<int, int> _numbers = new();

    public void Replace(Value from, Value to) => _replacements[from.Id] = to;

    /// <summary>What <paramref name="value"/> stands for now.</summary>
    public Value Map(Value value) =>
        !value.IsConstant && _replacements.TryGetValue(value.Id, out Value? replacement) ? replacement : value;

    /// <summary>The values mapped; the same array where nothing changes.</summary>
    public EquatableArray<Value> Map(EquatableArray<Value> values)
    {
        Value[]? mapped = null;
        for (int i = 0; i < values.Count; i++)
        {
            Value value = Map(values[i]);
            if (mapped is null && !ReferenceEquals(value, values[i]))
            {
                mapped = values.ToArray();
            }

            if (mapped is not null)
            {
                mapped[i] = value;
            }
        }

        return mapped is null ? values : EquatableArray.Wrap(mapped);
    }

    /// <summary>The equation with its operands replaced, also inside its regions; results stay.</summary>
    public Equation Map(Equation equation)
    {
        if (_replacements.Count == 0)
        {
            return equation;
        }

        switch (equation)
        {
            case PrimitiveEquation e:
                return Map(e);
            case IfEquation e:
                return e with { Condition = Map(e.Condition), Then = Map(e.Then), Else = Map(e.Else) };
            case LoopEquation e:
                return e with { Carried = Map(e.Carried), Test = Map(e.Test), Body = Map(e.Body) };
            case MemoryEquation e:
                return Retyped(e with { Arguments = Map(e.Arguments) });
            case CallEquation e:
                return e with { Arguments = Map(e.Arguments) };
            case ExternalCallEquation e:
                return e with { Arguments = Map(e.Arguments) };
            case ClearEquation e:
                return e with { Buffer = Map(e.Buffer) };
            case FiniteCheckEquation e:
                return e with { Checked = Map(e.Checked) };
            default:
                return equation;
        }
    }

    /// <summary>The primitive with its operands replaced; the same one where nothing changes.</summary>
    public PrimitiveEquation Map(PrimitiveEquation e)
    {
        EquatableArray<Value> arguments = Map(e.Arguments);
        return arguments.IsSame(e.Arguments) ? e : e with { Arguments = arguments };
    }

    public Region Map(Region region)
    {
        var body = new Equation[region.Body.Count];
        for (int i = 0; i < body.Length; i++)
        {
            body[i] = Map(region.Body[i]);
        }

        return region with { Body = EquatableArray.Wrap(body), Yields = Map(region.Yields) };
    }

    /// <summary>A copy of the equation whose results, also inside its regions, are fresh values.</summary>
    public Equation Copy(Equation equation, IrBuilder ids) => equation switch
    {
        PrimitiveEquation e => e with { Arguments = Map(e.Arguments), Result = Fresh(e.Result, ids) },
        IfEquation e => Results(new IfEquation(e.Results, Map(e.Condition), Copy(e.Then, ids), Copy(e.Else, ids)), ids),
        LoopEquation e => Results(e with { Carried = Map(e.Carried), Test = Copy(e.Test, ids), Body = Copy(e.Body, ids), Mirror = Mirror(e.Mirror, ids) }, ids),
        MemoryEquation e => Results(Retyped(e with { Arguments = Map(e.Arguments), Slot = Fresh(e.Slot, ids) }), ids),
        CallEquation e => Results(e with { Arguments = Map(e.Arguments) }, ids),
        ExternalCallEquation e => Results(e with { Arguments = Map(e.Arguments) }, ids),
        _ => Map(equation),
    };

    public Region Copy(Region region, IrBuilder ids) => new(
        region.Parameters.Select(p => Fresh(p, ids)).ToEquatableArray(),
        region.Body.Select(e => Copy(e, ids)).ToEquatableArray(),
        Map(region.Yields));

    // A part of a buffer is seen in the same elements as the buffer itself, which may be another one now.
    private MemoryEquation Retyped(MemoryEquation e)
    {
        if (e.Op != MemoryOp.Slice || e.Result.Type.Part == e.Buffer.Type.Part)
        {
            return e;
        }

        Value part = e.Result with { Type = e.Buffer.Type.Sliced };
        Replace(e.Result, part);
        return e with { Results = [part] };
    }

    private Equation Results(Equation equation, IrBuilder ids) =>
        equation with { Results = equation.Results.Select(r => Fresh(r, ids)).ToEquatableArray() };

    private int Mirror(int mirror, IrBuilder ids) => mirror < 0 ? -Fresh(-mirror, ids) : Fresh(mirror, ids);

    // A copy of a push belongs to the copy of its pop.
    private int Fresh(int number, IrBuilder ids)
    {
        if (number != 0 && !_numbers.ContainsKey(number))
        {
            _numbers.Add(number, ids.NewNumber());
        }

        return number == 0 ? 0 : _numbers[number];
    }

    private Value Fresh(Value value, IrBuilder ids)
    {
        Value fresh = ids.NewValue(value.Type, value.Name);
        Replace(value, fresh);
        return fresh;
    }
}
