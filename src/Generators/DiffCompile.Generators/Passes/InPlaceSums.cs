using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// a[i] = a[i] + x becomes one step, a[i] += x, where nothing writes the array in between: the reverse part then only reads the
/// twin's element instead of taking it out and putting it back. The same bits are stored, and an index that is out of range is
/// told before anything else goes wrong, as it is in the author's order.
/// </summary>
internal static class InPlaceSums
{
    public static IrFunction Run(IrFunction function)
    {
        var uses = new Dictionary<int, int>();
        foreach (Value operand in function.Body.Body.SelectMany(IrInfo.AllOperands).Concat(function.Outputs).Where(o => !o.IsConstant))
        {
            uses[operand.Id] = 1 + (uses.TryGetValue(operand.Id, out int known) ? known : 0);
        }

        var ids = new IrBuilder(function.LastId()) { IsPrimal = true };
        return function with { Body = Visit(function.Body, uses, new BufferRoots(function), ids) };
    }

    private static Region Visit(Region region, Dictionary<int, int> uses, BufferRoots roots, IrBuilder ids)
    {
        List<Equation?> body = region.Body.Select(equation => equation switch
        {
            IfEquation e => e with { Then = Visit(e.Then, uses, roots, ids), Else = Visit(e.Else, uses, roots, ids) },
            LoopEquation e => e with { Test = Visit(e.Test, uses, roots, ids), Body = Visit(e.Body, uses, roots, ids) },
            _ => equation,
        }).ToList<Equation?>();
        for (int at = 0; at < body.Count; at++)
        {
            if (body[at] is MemoryEquation { Op: MemoryOp.Store } store && Sum(store, body, at, uses, roots) is { } sum)
            {
                Value amount = sum.Amount;
                List<Equation?> instead = [];
                if (sum.IsNegative)
                {
                    amount = ids.NewValue(amount.Type);
                    instead.Add(new PrimitiveEquation(amount, Op.Negate, [sum.Amount], IsPrimal: true, store.Source));
                }

                instead.Add(store with { Op = MemoryOp.Accumulate, Arguments = [store.Buffer, store.Index, amount] });
                body[sum.Load] = null;
                body[sum.Add] = null;
                body.RemoveAt(at);
                body.InsertRange(at, instead);
                at += instead.Count - 1;
            }
        }

        return region with { Body = body.OfType<Equation>().ToEquatableArray() };
    }

    private static (int Load, int Add, Value Amount, bool IsNegative)? Sum(MemoryEquation store, List<Equation?> body, int at, Dictionary<int, int> uses, BufferRoots roots)
    {
        Value stored = store.Arguments[2];
        int add = body.FindIndex(0, at, e => e is PrimitiveEquation { Op: Op.Add or Op.Subtract } p && p.Result == stored && p.Result.Type.IsFloat);
        if (add < 0 || uses[stored.Id] != 1)
        {
            return null;
        }

        var sum = (PrimitiveEquation)body[add]!;
        int load = body.FindIndex(0, add, e => e is MemoryEquation { Op: MemoryOp.Load } l && l.Result == sum.Arguments[0] && l.Buffer == store.Buffer && l.Index == store.Index);
        if (load < 0 || uses[sum.Arguments[0].Id] != 1)
        {
            return null;
        }

        int root = roots.Of(store.Buffer);
        bool isQuiet = body.Skip(load + 1).Take(at - load - 1).All(e => e is null || (!MayWrite(e, root, roots) && !MayThrowOtherwise(e)));
        return isQuiet ? (load, add, sum.Arguments[1], sum.Op == Op.Subtract) : null;
    }

    private static bool MayThrowOtherwise(Equation equation) => equation.HasEffect() && equation is not MemoryEquation;

    private static bool MayWrite(Equation equation, int root, BufferRoots roots) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => roots.Of(e.Buffer) == root,
        ClearEquation e => roots.Of(e.Buffer) == root,
        CallEquation or ExternalCallEquation => equation.Operands.Any(o => o.Type.IsBuffer),
        _ => equation.Regions.Any(r => r.Body.Any(e => MayWrite(e, root, roots))),
    };
}
