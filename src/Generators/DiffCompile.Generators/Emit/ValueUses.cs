using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>How often each value is read, and whether only by the region that defines it.</summary>
internal sealed class ValueUses
{
    private readonly Dictionary<int, Region> _home = new();
    private readonly Dictionary<int, PrimitiveEquation> _definitions = new();
    private readonly Dictionary<int, int> _counts = new();
    private readonly HashSet<int> _readElsewhere = [];

    public ValueUses(IrFunction function) => Visit(function.Body);

    public int Count(Value value) => _counts.TryGetValue(value.Id, out int count) ? count : 0;

    /// <summary>Is it read exactly once, in the region where it is defined?</summary>
    public bool IsReadOnceAtHome(Value value) => Count(value) == 1 && !_readElsewhere.Contains(value.Id);

    /// <summary>Does nobody but <paramref name="reader"/> read it, and that in the region where it is defined?</summary>
    public bool IsReadOnlyBy(Value value, Equation reader) =>
        Count(value) == reader.Operands.Count(o => o.Id == value.Id) && !_readElsewhere.Contains(value.Id);

    /// <summary>The primitive that makes the value; null for others.</summary>
    public PrimitiveEquation? Definition(Value value) =>
        !value.IsConstant && _definitions.TryGetValue(value.Id, out PrimitiveEquation? definition) ? definition : null;

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

            foreach (Value result in equation.Results)
            {
                _home[result.Id] = region;
            }

            if (equation is PrimitiveEquation primitive)
            {
                _definitions[primitive.Result.Id] = primitive;
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
        if (!_home.TryGetValue(value.Id, out Region? home) || !ReferenceEquals(home, region))
        {
            _readElsewhere.Add(value.Id);
        }
    }
}
