using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Derivatives of methods that solve an equation: composed from the derivatives of the residual at the solution, which is the
/// result of the method itself. So they are differentiable code again, in which the solution varies as it does.
/// </summary>
internal static class ImplicitRules
{
    /// <summary>ẋ = −(∂R/∂x)⁻¹ Ṙ, Ṙ along the tangents of the arguments; for a fixed point (1 − ∂G/∂x)⁻¹ Ġ.</summary>
    public static Value Jvp(ExternalCallEquation call, ImplicitRule rule, Func<Value, Value?> tangentOf, IrBuilder builder)
    {
        Value unknown = call.Results[0];
        Value[] arguments = ArgumentsOf(call, rule, a => a);
        int[] active = Active(call, rule);
        Value[] tangents = active.Select(i => tangentOf(arguments[i]) ?? Literals.Zero(arguments[i].Type)).ToArray();
        Value change = Directional(rule, arguments, active, tangents, builder);
        Value slope = Slope(rule, arguments, builder);
        Value negated = rule.IsFixedPoint ? change : builder.Primitive(Op.Negate, change.Type, change);
        return builder.Named(unknown.Name.Length == 0 ? "" : unknown.Name + "Dot", Op.Divide, unknown.Type, negated, slope);
    }

    /// <summary>What each scalar argument gets: the pullback of λ = −x̄ / (∂R/∂x), or x̄ / (1 − ∂G/∂x), through the equation.</summary>
    public static IEnumerable<(Value Operand, Value Contribution)> Vjp(
        ExternalCallEquation call, ImplicitRule rule, Func<Value, Value> asCalled, Func<Value, Value?> cotangentOf, Func<Value, Value?> twinOf, IrBuilder builder)
    {
        Value unknown = call.Results[0];
        Value[] arguments = ArgumentsOf(call, rule, asCalled);
        int[] active = Active(call, rule);
        Value slope = Slope(rule, arguments, builder);
        Value cotangent = cotangentOf(unknown) ?? Literals.Zero(unknown.Type);
        Value negated = rule.IsFixedPoint ? cotangent : builder.Primitive(Op.Negate, cotangent.Type, cotangent);
        Value adjoint = builder.Named("adjoint", Op.Divide, unknown.Type, negated, slope);

        Value[] operands = active.Select(i => call.Arguments[rule.Arguments[i]]).ToArray();
        Value[] scalars = operands.Where(o => o.Type.IsScalar).ToArray();
        Value[] results = scalars.Select(s => builder.NewValue(s.Type, s.Name.Length == 0 ? "" : s.Name + "Bar")).ToArray();
        IEnumerable<Value> twins = operands.Where(o => o.Type.IsBuffer).Select(o => twinOf(o) ?? throw CustomRules.NoTwin(call, o));
        builder.Add(new CallEquation(
            results.ToEquatableArray(),
            new FunctionReference(rule.Key, [new TransformStep(TransformKind.Vjp, active.ToEquatableArray())]),
            arguments.Append(adjoint).Concat(twins).ToEquatableArray()));
        return scalars.Zip(results, (s, r) => (s, r));
    }

    private static Value[] ArgumentsOf(ExternalCallEquation call, ImplicitRule rule, Func<Value, Value> asCalled) =>
        rule.Arguments.Select(i => i == ImplicitRule.Unknown ? call.Results[0] : asCalled(call.Arguments[i])).ToArray();

    /// <summary>The inputs of the equation that are differentiated, besides the unknown.</summary>
    public static int[] Active(ExternalCallEquation call, ImplicitRule rule)
    {
        bool[] isActive = CustomRules.Arguments(call).Select(a => a.Parameter.IsActive && a.Argument.Type.IsDifferentiable).ToArray();
        return Enumerable.Range(0, rule.Arguments.Count).Where(i => rule.Arguments[i] >= 0 && isActive[rule.Arguments[i]]).ToArray();
    }

    /// <summary>∂R/∂x, or 1 − ∂G/∂x.</summary>
    private static Value Slope(ImplicitRule rule, Value[] arguments, IrBuilder builder)
    {
        int unknown = UnknownOf(rule);
        Value one = Literals.Float(arguments[unknown].Type, 1.0);
        Value slope = Directional(rule, arguments, [unknown], [one], builder);
        return rule.IsFixedPoint ? builder.Named("slope", Op.Subtract, slope.Type, one, slope) : slope;
    }

    private static int UnknownOf(ImplicitRule rule) => Enumerable.Range(0, rule.Arguments.Count).First(i => rule.Arguments[i] == ImplicitRule.Unknown);

    private static Value Directional(ImplicitRule rule, Value[] arguments, int[] active, Value[] tangents, IrBuilder builder)
    {
        IrType type = arguments[UnknownOf(rule)].Type;
        Value value = builder.NewValue(type), tangent = builder.NewValue(type);
        builder.Add(new CallEquation(
            [value, tangent],
            new FunctionReference(rule.Key, [new TransformStep(TransformKind.Jvp, active.ToEquatableArray())]),
            arguments.Concat(tangents).ToEquatableArray()));
        return tangent;
    }
}
