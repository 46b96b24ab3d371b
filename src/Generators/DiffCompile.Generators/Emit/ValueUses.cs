using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>How often, where and until when each value is read.</summary>
internal sealed class ValueUses
{
    private readonly Dictionary<int, Region> _home = new();
    private readonly Dictionary<int, PrimitiveEquation> _definitions = new();
    private readonly Dictionary<int, MemoryEquation> _loads = new();
    private readonly Dictionary<int, int> _counts = new();
    private readonly HashSet<int> _readElsewhere = [];
    private readonly Dictionary<int, int> _lastRead = new();
    private readonly Dictionary<int, int> _done = new();
    private int _now;

    public ValueUses(IrFunction function) => Visit(function.Body);

    public int Count(Value value) => _counts.TryGetValue(value.Id, out int count) ? count : 0;

    /// <summary>Is it read exactly once, in the region where it is defined?</summary>
    public bool IsReadOnceAtHome(Value value) => Count(value) == 1 && !_readElsewhere.Contains(value.Id);

    /// <summary>Is it read after the equation, regions and all, that makes <paramref name="result"/>?</summary>
    public bool IsReadAfter(Value value, Value result) =>
        _lastRead.TryGetValue(value.Id, out int last) && last > _done[result.Id];

    /// <summary>The primitive that makes the value; null for others.</summary>
    public PrimitiveEquation? Definition(Value value) =>
        !value.IsConstant && _definitions.TryGetValue(value.Id, out PrimitiveEquation? definition) ? definition : null;

    /// <summary>The equation that reads the value from memory; null for others.</summary>
    public MemoryEquation? Load(Value value) => !value.IsConstant && _loads.TryGetValue(value.Id, out MemoryEquation? load) ? load : null;

    private void Visit(Region region)
    {
        foreach (Value parameter in region.Parameters)
        {
            _home[parameter.Id] = region;
        }

        foreach (Equation equation in region.Body)
        {
            foreach (Value operand in equation.Operands)
            {
                // A check prints the value twice: in the condition and in the report.
                Read(operand, region, equation is FiniteCheckEquation ? 2 : 1);
            }

            foreach (Region nested in equation.Regions)
            {
                Visit(nested);
            }

            _now++;
            foreach (Value result in equation.Results)
            {
                _done[result.Id] = _now;
                _home[result.Id] = region;
            }

            if (equation is PrimitiveEquation primitive)
            {
                _definitions[primitive.Result.Id] = primitive;
            }
            else if (equation is MemoryEquation { Op: MemoryOp.Load } load)
            {
                _loads[load.Result.Id] = load;
            }
        }

        foreach (Value yield in region.Yields)
        {
            Read(yield, region, 1);
        }
    }

    private void Read(Value value, Region region, int times)
    {
        if (value.IsConstant)
        {
            return;
        }

        _counts[value.Id] = Count(value) + times;
        _lastRead[value.Id] = ++_now;
        if (!_home.TryGetValue(value.Id, out Region? home) || !ReferenceEquals(home, region))
        {
            _readElsewhere.Add(value.Id);
        }
    }
}
