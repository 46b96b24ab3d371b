using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// What the trips of a reverse loop add to one and the same element is summed in a variable and added once behind the loop. The
/// processor waits for an element that was just written; a variable is a register. Runs last, on what is written as text: behind
/// the loop a sum of nothing is added to nothing, since without a trip the index may be none, and that test has no derivative.
/// </summary>
internal sealed class LoopSums
{
    private readonly BufferRoots _roots;
    private readonly IrBuilder _ids;
    private readonly Dictionary<IfEquation, MemoryEquation> _own = new(ReferenceComparer<IfEquation>.Instance);

    private LoopSums(IrFunction function)
    {
        _roots = new BufferRoots(function);
        _ids = new IrBuilder(function.LastId());
    }

    public static IrFunction Run(IrFunction function) =>
        function.Body.AllEquations().Any(e => e is LoopEquation) ? function with { Body = new LoopSums(function).Visit(function.Body) } : function;

    // Inner loops first: what they add behind themselves an outer loop may sum once more.
    private Region Visit(Region region)
    {
        var body = new List<Equation>(region.Body.Count);
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case IfEquation e:
                    body.Add(e with { Then = Visit(e.Then), Else = Visit(e.Else) });
                    break;
                case LoopEquation e:
                    body.AddRange(Summed(e with { Test = Visit(e.Test), Body = Visit(e.Body) }));
                    break;
                default:
                    body.Add(equation);
                    break;
            }
        }

        return region with { Body = body.ToEquatableArray() };
    }

    private IEnumerable<Equation> Summed(LoopEquation loop)
    {
        HashSet<int> inside = new(loop.Body.Parameters.Concat(loop.Body.AllEquations().SelectMany(e => e.Results.Concat(e.Regions.SelectMany(r => r.Parameters)))).Select(v => v.Id));
        IGrouping<(Value Buffer, Value Index), (Equation Step, Value Amount)>[] sums = loop.Body.Body
            .Select(e => (Step: e, Sum: SumIn(e)))
            .Where(s => s.Sum is { } sum && !inside.Contains(sum.Buffer.Id) && !inside.Contains(sum.Index.Id) && IsOnlyAddedTo(sum.Buffer, loop))
            .GroupBy(s => (s.Sum!.Buffer, s.Sum.Index), s => (s.Step, s.Sum!.Arguments[2])).ToArray();
        if (sums.Length == 0)
        {
            return [loop];
        }

        var steps = new Dictionary<Equation, Equation>(ReferenceComparer<Equation>.Instance);
        List<Value> inTest = [], inBody = [], next = [], results = [];
        var behind = new List<Equation>();
        foreach (IGrouping<(Value Buffer, Value Index), (Equation Step, Value Amount)> sum in sums)
        {
            (Value buffer, Value index) = sum.Key;
            Value New() => _ids.NewValue(buffer.Type.Element, buffer.Name.Length > 0 ? buffer.Name + "Sum" : "sum");
            Value current = New();
            inBody.Add(current);
            inTest.Add(New());
            results.Add(New());
            foreach ((Equation step, Value amount) in sum)
            {
                Value before = current;
                current = New();
                steps[step] = new PrimitiveEquation(current, Op.Add, [before, amount], IsPrimal: false);
            }

            next.Add(current);
            behind.AddRange(AddOnce(buffer, index, results[results.Count - 1]));
        }

        Region body = loop.Body with { Body = loop.Body.Body.Select(e => steps.TryGetValue(e, out Equation? step) ? step : e).ToEquatableArray() };
        LoopEquation summing = loop with
        {
            Results = loop.Results.Concat(results).ToEquatableArray(),
            Carried = loop.Carried.Concat(results.Select(r => Literals.Zero(r.Type))).ToEquatableArray(),
            Test = loop.Test with { Parameters = loop.Test.Parameters.Concat(inTest).ToEquatableArray() },
            Body = body with { Parameters = body.Parameters.Concat(inBody).ToEquatableArray(), Yields = body.Yields.Concat(next).ToEquatableArray() },
        };
        return behind.Prepend(summing);
    }

    private IEnumerable<Equation> AddOnce(Value buffer, Value index, Value sum)
    {
        Value isAny = _ids.NewValue(IrType.Bool);
        yield return new PrimitiveEquation(isAny, Op.NotEqual, [sum, Literals.Zero(sum.Type)], IsPrimal: false);
        var add = new MemoryEquation([], MemoryOp.Accumulate, [buffer, index, sum], IsPrimal: false);
        var guarded = new IfEquation([], isAny, new Region([], [add], []), new Region([], [], []));
        _own.Add(guarded, add);
        yield return guarded;
    }

    // The author's own sums keep their order, and with it their bits.
    private MemoryEquation? SumIn(Equation equation) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Accumulate, IsPrimal: false } e => e,
        IfEquation e when _own.TryGetValue(e, out MemoryEquation? own) => own,
        _ => null,
    };

    private bool IsOnlyAddedTo(Value buffer, LoopEquation loop)
    {
        int root = _roots.Of(buffer);
        return root != 0 && loop.Regions.SelectMany(r => r.AllEquations()).All(e => e switch
        {
            MemoryEquation { Op: MemoryOp.Load or MemoryOp.Store } m => _roots.Of(m.Buffer) != root,
            ClearEquation c => _roots.Of(c.Buffer) != root,
            CallEquation or ExternalCallEquation => !e.Operands.Any(o => o.Type.IsBuffer),
            _ => true,
        });
    }
}
