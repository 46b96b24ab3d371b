using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Computes equal things once. An operation of the author keeps its place and name; copies of it are dropped.</summary>
internal static class CommonSubexpressions
{
    public static IrFunction Run(IrFunction function)
    {
        var rewriter = new Rewriter();
        Region body = Visit(function.Body, rewriter, new Dictionary<(string, IrType, EquatableArray<Value>), Value>(), new BufferRoots(function));
        return function with { Body = body };
    }

    private static Region Visit(Region region, Rewriter rewriter, Dictionary<(string, IrType, EquatableArray<Value>), Value> known, BufferRoots roots)
    {
        var inside = new Dictionary<(string, IrType, EquatableArray<Value>), Value>(known);
        var body = new List<Equation>();
        foreach (Equation original in region.Body)
        {
            switch (original)
            {
                case PrimitiveEquation p:
                    var e = (PrimitiveEquation)rewriter.Map(p);
                    var key = (e.Op, e.Result.Type, Ordered(e));
                    if (inside.TryGetValue(key, out Value? earlier) && (e.Result.Name.Length == 0 || !e.IsPrimal))
                    {
                        rewriter.Replace(p.Result, earlier);
                        continue;
                    }

                    inside[key] = e.Result;
                    body.Add(e);
                    break;
                case IfEquation e2:
                    Value condition = rewriter.Map(e2.Condition);
                    body.Add(new IfEquation(e2.Results, condition, Visit(e2.Then, rewriter, inside, roots), Visit(e2.Else, rewriter, inside, roots)));
                    ForgetWritten(original, inside, roots);
                    break;
                case LoopEquation e3:
                    ForgetWritten(e3, inside, roots);
                    body.Add(e3 with { Carried = rewriter.Map(e3.Carried), Test = Visit(e3.Test, rewriter, inside, roots), Body = Visit(e3.Body, rewriter, inside, roots) });
                    break;
                case MemoryEquation { Op: MemoryOp.Load or MemoryOp.Length or MemoryOp.Slice or MemoryOp.View } m:
                    var read = (MemoryEquation)rewriter.Map(m);
                    var place = (read.Op, read.Result.Type, read.Arguments);
                    if (inside.TryGetValue(place, out Value? before) && read.Result.Name.Length == 0)
                    {
                        rewriter.Replace(m.Result, before);
                        continue;
                    }

                    inside[place] = read.Result;
                    body.Add(read);
                    break;
                case MemoryEquation { Op: MemoryOp.Store } s:
                    ForgetWritten(s, inside, roots);
                    var store = (MemoryEquation)rewriter.Map(s);
                    inside[(MemoryOp.Load, store.Buffer.Type.Element, new[] { store.Buffer, store.Index }.ToEquatableArray())] = store.Arguments[2];
                    body.Add(store);
                    break;
                default:
                    ForgetWritten(original, inside, roots);
                    body.Add(rewriter.Map(original));
                    break;
            }
        }

        return new Region(region.Parameters, body.ToEquatableArray(), rewriter.Map(region.Yields));
    }

    // An element that may have been written since is read again.
    private static void ForgetWritten(Equation equation, Dictionary<(string, IrType, EquatableArray<Value>), Value> known, BufferRoots roots)
    {
        foreach (int root in WrittenRoots(equation, roots).Distinct().ToArray())
        {
            foreach (var read in known.Keys.Where(k => k.Item1 == MemoryOp.Load && (root == 0 || roots.Of(k.Item3[0]) == root)).ToArray())
            {
                known.Remove(read);
            }
        }
    }

    private static IEnumerable<int> WrittenRoots(Equation equation, BufferRoots roots) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => [roots.Of(e.Buffer)],
        ClearEquation e => [roots.Of(e.Buffer)],
        CallEquation or ExternalCallEquation when equation.Operands.Any(o => o.Type.IsBuffer) => [0],
        _ => equation.Regions.SelectMany(r => r.Body.SelectMany(e => WrittenRoots(e, roots))),
    };

    // Sums and products do not depend on the order of their two operands.
    private static EquatableArray<Value> Ordered(PrimitiveEquation e) =>
        e.Op is Op.Add or Op.Multiply && e.Result.Type.IsFloat
            ? e.Arguments.OrderBy(a => a.Id).ThenBy(a => a.Literal?.Bits ?? 0).ToEquatableArray()
            : e.Arguments;
}
