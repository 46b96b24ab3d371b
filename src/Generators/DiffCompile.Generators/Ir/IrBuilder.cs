using DiffCompile.Generators.Infrastructure;

namespace DiffCompile.Generators.Ir;

/// <summary>Appends equations to the innermost open region and hands out value ids.</summary>
internal sealed class IrBuilder
{
    private readonly Stack<List<Equation>> _open = new();
    private int _lastId;

    public IrBuilder(int lastId = 0)
    {
        _lastId = lastId;
        _open.Push([]);
    }

    /// <summary>Are the operations now being added the author's own?</summary>
    public bool IsPrimal { get; set; }

    /// <summary>Where the operations now being added come from, if that is asked for.</summary>
    public SourceNote? Source { get; set; }

    public Value NewValue(IrType type, string name = "") => new(++_lastId, type, name);

    /// <summary>A number that joins two equations; no value has it as its id.</summary>
    public int NewNumber() => ++_lastId;

    public void Add(Equation equation) => _open.Peek().Add(equation);

    /// <summary>Adds a primitive and returns its result.</summary>
    public Value Primitive(string op, IrType type, params Value[] arguments) => Named("", op, type, arguments);

    /// <summary>Adds a primitive whose result carries a name.</summary>
    public Value Named(string name, string op, IrType type, params Value[] arguments)
    {
        Value result = NewValue(type, name);
        Add(new PrimitiveEquation(result, op, arguments.ToEquatableArray(), IsPrimal, Source));
        return result;
    }

    /// <summary>The equations added so far to the open regions, outermost first.</summary>
    public IEnumerable<Equation> OpenEquations() => _open.Reverse().SelectMany(region => region);

    public void BeginRegion() => _open.Push([]);

    public Region EndRegion(IEnumerable<Value> yields, IEnumerable<Value>? parameters = null) =>
        new((parameters ?? []).ToEquatableArray(), _open.Pop().ToEquatableArray(), yields.ToEquatableArray());

    /// <summary>Closes the function's own region.</summary>
    public IrFunction Finish(string name, IEnumerable<Value> inputs, IEnumerable<Value> outputs)
    {
        if (_open.Count != 1)
        {
            throw new InvalidOperationException("A region of " + name + " is still open.");
        }

        return new IrFunction(name, inputs.ToEquatableArray(), EndRegion(outputs));
    }
}
