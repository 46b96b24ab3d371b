using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>One trip of a loop as a function of all that it reads.</summary>
/// <param name="Function">The trip. Outputs: what is carried on.</param>
/// <param name="Inputs">Its inputs, as they are called where the loop stands: what is carried, then what else it reads, each array once.</param>
/// <param name="Written">Those of the inputs that it writes to.</param>
internal sealed record LoopTrip(IrFunction Function, Value[] Inputs, Value[] Written)
{
    /// <param name="e">The loop.</param>
    /// <param name="views">Parts of buffers that are made outside of the loop, by id.</param>
    /// <param name="rootOf">See <see cref="BufferRoots"/>.</param>
    /// <exception cref="InvalidOperationException">The loop knows one array by two names, which no accepted program makes.</exception>
    public static LoopTrip Of(LoopEquation e, IReadOnlyDictionary<int, MemoryEquation> views, Func<Value, int> rootOf)
    {
        IReadOnlyList<Equation> all = e.Body.AllEquations();
        var inside = new HashSet<int>(all.SelectMany(q => q.Results.Concat(q.Regions.SelectMany(r => r.Parameters))).Concat(e.Body.Parameters).Select(v => v.Id));
        var inputs = new List<Value>(e.Body.Parameters);
        var parts = new List<Equation>();
        foreach (Value free in all.SelectMany(q => q.Operands).Concat(all.SelectMany(q => q.Regions).SelectMany(r => r.Yields)).Concat(e.Body.Yields))
        {
            Capture(free);
        }

        Value[] buffers = inputs.Where(i => i.Type.IsBuffer).ToArray();
        if (buffers.GroupBy(rootOf).Any(g => g.Key == 0 || g.Count() > 1))
        {
            throw new InvalidOperationException("A loop with checkpoints knows one array by two names.");
        }

        var written = new HashSet<int>(all.SelectMany(WrittenBy).Select(rootOf));
        var function = new IrFunction("Trip", inputs.ToEquatableArray(), e.Body with { Parameters = [], Body = parts.Concat(e.Body.Body).ToEquatableArray() });
        return new LoopTrip(function, inputs.ToArray(), buffers.Where(b => written.Contains(rootOf(b))).ToArray());

        void Capture(Value value)
        {
            if (value.IsConstant || !inside.Add(value.Id))
            {
                return;
            }

            // Parts of one array are parts of it in the function as well.
            if (value.Type.IsBuffer && views.TryGetValue(value.Id, out MemoryEquation? part) && part.Op == MemoryOp.Slice)
            {
                foreach (Value operand in part.Arguments)
                {
                    Capture(operand);
                }

                parts.Add(part);
                return;
            }

            inputs.Add(value);
        }
    }

    /// <summary>Parts of buffers, by id.</summary>
    public static Dictionary<int, MemoryEquation> ViewsOf(IrFunction function) =>
        function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op is MemoryOp.Slice or MemoryOp.View).ToDictionary(e => e.Result.Id);

    private static IEnumerable<Value> WrittenBy(Equation equation) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => [e.Buffer],
        ClearEquation e => [e.Buffer],
        ExternalCallEquation e => CustomRules.Written(e),
        CallEquation e => e.Arguments.Where(a => a.Type.IsWritable),
        _ => [],
    };
}
