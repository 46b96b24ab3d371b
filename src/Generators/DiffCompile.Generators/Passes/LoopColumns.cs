using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Builds the carried values of a new loop, one by one; each is known by its parameter in the body.</summary>
internal sealed class LoopColumns(IrBuilder builder)
{
    private readonly List<(Value Start, Value InTest, Value InBody, Value Result)> _columns = [];
    private readonly Dictionary<int, Value> _next = new();

    public IEnumerable<Value> TestParameters => _columns.Select(c => c.InTest);

    public IEnumerable<Value> BodyParameters => _columns.Select(c => c.InBody);

    public IEnumerable<Value> Yields => _columns.Select(c => _next[c.InBody.Id]);

    /// <summary>Adds a carried value that begins as <paramref name="start"/>; returns what the body reads.</summary>
    public Value Add(Value start, string name)
    {
        Value New() => builder.NewValue(start.Type, name);
        _columns.Add((start, New(), New(), New()));
        return _columns[_columns.Count - 1].InBody;
    }

    public Value InTest(Value inBody) => Of(inBody).InTest;

    public Value ResultOf(Value inBody) => Of(inBody).Result;

    /// <summary>What the value becomes for the next trip.</summary>
    public void Next(Value inBody, Value next) => _next[inBody.Id] = next;

    public LoopEquation Loop(Region test, Region body) =>
        new(_columns.Select(c => c.Result).ToEquatableArray(), _columns.Select(c => c.Start).ToEquatableArray(), test, body);

    private (Value Start, Value InTest, Value InBody, Value Result) Of(Value inBody) => _columns.First(c => c.InBody == inBody);
}
