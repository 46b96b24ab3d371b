using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>
/// The shortest possible forward mode, to take rows to any order without the compiler's own passes. No simplification:
/// every guarded product is a Mul0.
/// </summary>
internal static class ForwardWalker
{
    /// <summary>
    /// (inputs…) → outputs becomes (inputs…, tangent of input <paramref name="active"/>) → tangents of the outputs.
    /// </summary>
    public static IrFunction Differentiate(IrFunction function, int active, Kinks kinks = Kinks.Symmetric)
    {
        IrBuilder builder = new(LastId(function.Body, function.Inputs.Max(i => i.Id)));
        Value seed = builder.NewValue(function.Inputs[active].Type, "seed");
        Dictionary<int, Value> tangents = new() { [function.Inputs[active].Id] = seed };
        Walk(function.Body, builder, tangents, kinks);
        return builder.Finish(function.Name + "'", [.. function.Inputs, seed], [.. function.Outputs.Select(o => TangentOf(o, tangents))]);
    }

    private static void Walk(Region region, IrBuilder builder, Dictionary<int, Value> tangents, Kinks kinks)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation primitive:
                    builder.Add(primitive);
                    if (primitive.Result.Type.IsFloat && Tangent(primitive, builder, tangents, kinks) is { } tangent)
                    {
                        tangents[primitive.Result.Id] = tangent;
                    }

                    break;
                case IfEquation branch:
                    Region then = Branch(branch.Then, builder, tangents, kinks);
                    Region otherwise = Branch(branch.Else, builder, tangents, kinks);
                    Value[] results = [.. branch.Results, .. branch.Results.Select(r => builder.NewValue(r.Type))];
                    builder.Add(new IfEquation([.. results], branch.Condition, then, otherwise));
                    for (int i = 0; i < branch.Results.Count; i++)
                    {
                        tangents[branch.Results[i].Id] = results[branch.Results.Count + i];
                    }

                    break;
                default:
                    throw new NotSupportedException(equation.GetType().Name);
            }
        }
    }

    private static Region Branch(Region region, IrBuilder builder, Dictionary<int, Value> tangents, Kinks kinks)
    {
        builder.BeginRegion();
        Walk(region, builder, tangents, kinks);
        return builder.EndRegion([.. region.Yields, .. region.Yields.Select(y => TangentOf(y, tangents))]);
    }

    private static Value? Tangent(PrimitiveEquation primitive, IrBuilder builder, Dictionary<int, Value> tangents, Kinks kinks)
    {
        DerivativeRule row = RuleTable.Find(primitive.Op) ?? throw new InvalidOperationException("No row " + primitive.Op);
        RuleContext context = new([.. primitive.Arguments.Select(a => new Ex(builder, a))], new Ex(builder, primitive.Result), kinks);
        Ex? sum = null;
        for (int i = 0; i < row.Arity; i++)
        {
            if (row.Partials[i] is { } build && tangents.TryGetValue(primitive.Arguments[i].Id, out Value? operandTangent))
            {
                Partial partial = build(context);
                Ex tangent = new Ex(builder, operandTangent);
                Ex term = primitive.Op is Op.Convert ? tangent.ConvertedTo(context.Result)
                    : partial.Guard is not { } guard ? tangent * partial.Factor
                    : partial.Flipped ? Functions.Mul0(partial.Factor, tangent, guard)
                    : Functions.Mul0(tangent, partial.Factor, guard);
                sum = sum is { } before ? before + term : term;
            }
        }

        return sum?.Value;
    }

    private static Value TangentOf(Value value, Dictionary<int, Value> tangents) =>
        !value.IsConstant && tangents.TryGetValue(value.Id, out Value? tangent) ? tangent : Literals.Zero(value.Type);

    private static int LastId(Region region, int last)
    {
        foreach (Equation equation in region.Body)
        {
            last = equation.Results.Aggregate(last, (id, result) => Math.Max(id, result.Id));
            last = equation.Regions.Aggregate(last, (id, nested) => LastId(nested, id));
        }

        return last;
    }
}
