using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>How often, where and until when each value is read.</summary>
internal sealed class ValueUses
{
    private readonly Dictionary<int, Use> _uses = new();
    private readonly Dictionary<int, MemoryEquation> _loads = new();
    private int _now;

    public ValueUses(IrFunction function) => Visit(function.Body);

    public int Count(Value value) => _uses.TryGetValue(value.Id, out Use? use) ? use.Count : 0;

    /// <summary>Is it read exactly once, in the region where it is defined?</summary>
    public bool IsReadOnceAtHome(Value value) => _uses.TryGetValue(value.Id, out Use? use) && use is { Count: 1, IsReadElsewhere: false };

    /// <summary>Is it read after the equation, regions and all, that makes <paramref name="result"/>?</summary>
    public bool IsReadAfter(Value value, Value result) =>
        _uses.TryGetValue(value.Id, out Use? use) && use.Count > 0 && use.LastRead > _uses[result.Id].Done;

    /// <summary>The primitive that makes the value; null for others.</summary>
    public PrimitiveEquation? Definition(Value value) =>
        !value.IsConstant && _uses.TryGetValue(value.Id, out Use? use) ? use.Definition : null;

    /// <summary>The equation that reads the value from memory; null for others.</summary>
    public MemoryEquation? Load(Value value) => !value.IsConstant && _loads.TryGetValue(value.Id, out MemoryEquation? load) ? load : null;

    private void Visit(Region region)
    {
        foreach (Value parameter in region.Parameters)
        {
            Of(parameter).Home = region;
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
                Use use = Of(result);
                use.Done = _now;
                use.Home = region;
                use.Definition = equation as PrimitiveEquation;
            }

            if (equation is MemoryEquation { Op: MemoryOp.Load } load)
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

        Use use = Of(value);
        use.Count += times;
        use.LastRead = ++_now;
        use.IsReadElsewhere |= !ReferenceEquals(use.Home, region);
    }

    private Use Of(Value value)
    {
        if (!_uses.TryGetValue(value.Id, out Use? use))
        {
            use = new Use();
            _uses.Add(value.Id, use);
        }

        return use;
    }

    private sealed class Use
    {
        public int Count { get; set; }

        public int LastRead { get; set; }

        public bool IsReadElsewhere { get; set; }

        public int Done { get; set; }

        public Region? Home { get; set; }

        public PrimitiveEquation? Definition { get; set; }
    }
}
