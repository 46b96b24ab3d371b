using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Computes equal things once. An operation of the author keeps its place and name; copies of it are dropped.</summary>
internal static class CommonSubexpressions
{
    public static IrFunction Run(IrFunction function)
    {
        var rewriter = new Rewriter();
        Region body = Visit(function.Body, rewriter, new Dictionary<(string, IrType, EquatableArray<Value>), Value>());
        return function with { Body = body };
    }

    private static Region Visit(Region region, Rewriter rewriter, Dictionary<(string, IrType, EquatableArray<Value>), Value> known)
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
                    body.Add(new IfEquation(e2.Results, condition, Visit(e2.Then, rewriter, inside), Visit(e2.Else, rewriter, inside)));
                    break;
                default:
                    body.Add(rewriter.Map(original));
                    break;
            }
        }

        return new Region(region.Parameters, body.ToEquatableArray(), rewriter.Map(region.Yields));
    }

    // Sums and products do not depend on the order of their two operands.
    private static EquatableArray<Value> Ordered(PrimitiveEquation e) =>
        e.Op is Op.Add or Op.Multiply && e.Result.Type.IsFloat
            ? e.Arguments.OrderBy(a => a.Id).ThenBy(a => a.Literal?.Bits ?? 0).ToEquatableArray()
            : e.Arguments;
}
