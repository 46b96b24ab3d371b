using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Decides for one pair of loops which values are computed again and which are kept, and copies the former.</summary>
internal sealed class Replaying
{
    private readonly Dictionary<int, Equation> _definitions = new();
    private readonly Dictionary<int, int> _order = new();
    private readonly HashSet<int> _provided = [];
    private readonly LoopEquation _primal;
    private readonly Reloads _reloads;
    private readonly IrBuilder _ids;

    public Replaying(LoopEquation primal, LoopEquation reverse, Reloads reloads, IrBuilder ids)
    {
        _reloads = reloads;
        _ids = ids;
        _primal = primal;
        foreach (Value parameter in primal.Body.Parameters)
        {
            _order.Add(parameter.Id, _order.Count);
            Parameters.Add(parameter.Id, parameter);
        }

        foreach (Equation equation in primal.Body.Body)
        {
            foreach (Value result in equation.Results)
            {
                _order.Add(result.Id, _order.Count);
                _definitions.Add(result.Id, equation);
            }
        }

        foreach (Replay replay in reverse.Replays)
        {
            Rewriter.Replace(replay.Forward, replay.Backward);
            _provided.Add(replay.Forward.Id);
        }
    }

    /// <summary>What the reverse loop does first: pops and copies.</summary>
    public List<Equation> Start { get; } = [];

    /// <summary>What is kept, and by which value it is known in the reverse loop.</summary>
    public List<(Value Value, Value Copy)> Kept { get; } = [];

    /// <summary>From values of the primal loop to those of the reverse loop.</summary>
    public Rewriter Rewriter { get; } = new();

    private Dictionary<int, Value> Parameters { get; } = new();

    /// <summary>Those of the values that the primal loop makes itself, in its order.</summary>
    public IEnumerable<int> InOrder(IEnumerable<int> ids) => ids.Where(_order.ContainsKey).OrderBy(id => _order[id]).ToArray();

    /// <summary>Makes a value of the primal loop known in the reverse loop.</summary>
    public void Provide(int id)
    {
        if (!_order.ContainsKey(id) || _provided.Contains(id))
        {
            return;
        }

        Value value = Parameters.TryGetValue(id, out Value? parameter) ? parameter : _definitions[id].Results.First(r => r.Id == id);
        bool mustReplay = value.Type.IsBuffer;
        bool isKept = !mustReplay && CostOf(value, new HashSet<int>()) > Cost.OfKeeping;
        _provided.Add(id);
        if (isKept && IsInvariant(value))
        {
            // The same in every trip: made once more behind the primal loop, where it costs one residual instead of one a trip.
            Value home = _ids.NewValue(value.Type, value.Name);
            Hoisted.Add((home, value));
            Rewriter.Replace(value, home);
            return;
        }

        if (isKept)
        {
            Value copy = _ids.NewValue(value.Type, value.Name);
            Kept.Add((value, copy));
            Rewriter.Replace(value, copy);
            return;
        }

        Equation definition = _definitions[id];
        foreach (Value operand in definition.Operands.Where(o => !o.IsConstant))
        {
            Provide(operand.Id);
        }

        Start.Add(Rewriter.Copy(definition, _ids));
    }

    /// <summary>The values that are made once behind the primal loop.</summary>
    public List<(Value Home, Value Value)> Hoisted { get; } = [];

    /// <summary>The equations that make a value that no trip changes, from values outside of the loop.</summary>
    public Value Rebuild(Value value, List<Equation> into, Rewriter rewriter)
    {
        if (value.IsConstant || !_definitions.TryGetValue(value.Id, out Equation? definition) || rewriter.Map(value) != value)
        {
            return rewriter.Map(value);
        }

        foreach (Value operand in definition.Operands)
        {
            Rebuild(operand, into, rewriter);
        }

        into.Add(rewriter.Copy(definition, _ids));
        return rewriter.Map(value);
    }

    private bool IsInvariant(Value value)
    {
        if (value.IsConstant || !_order.ContainsKey(value.Id))
        {
            return true;
        }

        return _definitions.TryGetValue(value.Id, out Equation? definition)
            && definition switch
            {
                PrimitiveEquation e => !Op.MayThrow(e.Op, e.Result.Type) || e.Op is Op.AddChecked or Op.SubtractChecked or Op.MultiplyChecked,
                MemoryEquation { Op: MemoryOp.Load } e => !_reloads.IsWrittenIn(_primal, e.Buffer),
                MemoryEquation { Op: MemoryOp.Length } => true,
                _ => false,
            }
            && definition.Operands.All(IsInvariant);
    }

    /// <summary>What it costs to compute a value again, over what is provided already.</summary>
    private int CostOf(Value value, HashSet<int> counted)
    {
        if (value.IsConstant || _provided.Contains(value.Id) || !_order.ContainsKey(value.Id) || !counted.Add(value.Id))
        {
            return 0;
        }

        if (!_definitions.TryGetValue(value.Id, out Equation? definition))
        {
            return Cost.Prohibitive;
        }

        int own = definition switch
        {
            PrimitiveEquation e => Cost.Of(e),
            MemoryEquation { Op: MemoryOp.Load } e when _reloads.IsUnchanged(e) => 1,
            MemoryEquation { Op: MemoryOp.Slice or MemoryOp.View or MemoryOp.Length } => 0,
            _ => Cost.Prohibitive,
        };
        return own >= Cost.Prohibitive ? own : Math.Min(Cost.Prohibitive, own + definition.Operands.Sum(o => CostOf(o, counted)));
    }
}
