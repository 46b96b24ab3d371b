using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Multiplies a tangent or cotangent by a partial of the rule table. Both modes use it, so that a row is read in one
/// place.
/// </summary>
internal sealed class LinearStep(IrBuilder builder, RangeAnalysis ranges)
{
    /// <summary>direction · ∂(equation)/∂(operand), added to <paramref name="sum"/> if there is one.</summary>
    /// <param name="sum">What was collected before; null for zero.</param>
    /// <param name="direction">Tangent of the operand, or cotangent of the result.</param>
    /// <param name="equation">The primal step.</param>
    /// <param name="operand">Index of the operand.</param>
    /// <param name="type">Type of the product.</param>
    /// <param name="name">Name of the sum.</param>
    public Value Accumulate(Value? sum, Value direction, PrimitiveEquation equation, int operand, IrType type, string name)
    {
        if (equation.Op == Op.Convert)
        {
            Value converted = builder.Named(sum is null ? name : "", Op.Convert, type, direction);
            return sum is null ? converted : builder.Named(name, Op.Add, type, sum, converted);
        }

        Partial partial = PartialOf(equation, operand);
        Value factor = partial.Factor.Value;
        bool isGuarded = partial.Guard is { } singularAt && MayBeSingular(partial, singularAt.Value);
        if (!isGuarded && partial.Product is { } split)
        {
            direction = builder.Primitive(Op.Multiply, type, direction, split.OfOther.Value);
            factor = split.Scale.Value;
        }

        if (IsRepeated(equation))
        {
            // x·x and x + x: one step with the sum of both partials.
            factor = factor.IsConstant ? Literals.Float(factor.Type, 2.0) : builder.Primitive(Op.Multiply, factor.Type, Literals.Float(factor.Type, 2.0), factor);
        }

        if (Literals.Is(factor, 1.0))
        {
            return sum is null ? Alias(direction, name) : builder.Named(name, Op.Add, type, sum, direction);
        }

        if (Literals.Is(factor, -1.0))
        {
            return sum is null ? builder.Named(name, Op.Negate, type, direction) : builder.Named(name, Op.Subtract, type, sum, direction);
        }

        string productName = sum is null ? name : "";
        Value product = isGuarded && partial.Guard is { } guard
            ? partial.Flipped
                ? builder.Named(productName, Op.Mul0, type, factor, direction, guard.Value)
                : builder.Named(productName, Op.Mul0, type, direction, factor, guard.Value)
            : builder.Named(productName, Op.Multiply, type, direction, factor);
        return sum is null ? product : builder.Named(name, Op.Add, type, sum, product);
    }

    /// <summary>Does the operand have a partial at all? Of an operand that stands twice only the first is asked for.</summary>
    public static bool HasPartial(PrimitiveEquation equation, int operand) =>
        RuleTable.Find(equation.Op) is { } row && row.Partials[operand] is not null && !(operand == 1 && IsRepeated(equation));

    private static bool IsRepeated(PrimitiveEquation equation) =>
        equation.Op is Op.Multiply or Op.Add && equation.Arguments[0] == equation.Arguments[1];

    private Partial PartialOf(PrimitiveEquation equation, int operand)
    {
        DerivativeRule row = RuleTable.Find(equation.Op)!;
        Ex[] arguments = equation.Arguments.Select(a => new Ex(builder, a)).ToArray();
        return row.Partials[operand]!(new RuleContext(arguments, new Ex(builder, equation.Result), equation.Kinks));
    }

    private bool MayBeSingular(Partial partial, Value guard) => partial.IsSingular?.Invoke(ranges.Of(guard)) ?? true;

    // A direction passed on unchanged keeps its own name: a copy would only be noise.
    private static Value Alias(Value direction, string name)
    {
        _ = name;
        return direction;
    }
}
