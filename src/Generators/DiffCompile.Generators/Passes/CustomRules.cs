using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Derivatives of calls that have custom rules. A missing direction is derived from the other one when that rule is
/// readable and provably linear: the transpose of a linear map is its VJP with respect to what it is linear in.
/// </summary>
internal static class CustomRules
{
    /// <summary>Tangents of the floating results of <paramref name="call"/>.</summary>
    public static IReadOnlyList<Value> Jvp(ExternalCallEquation call, Func<Value, Value?> tangentOf, IrBuilder builder, FunctionLibrary library)
    {
        if (call.Method.Implicit is { } equation)
        {
            return equation.IsSystem ? ImplicitSystems.Jvp(call, equation, tangentOf, builder) : [ImplicitRules.Jvp(call, equation, tangentOf, builder)];
        }

        Value[] floats = call.Results.Where(r => r.Type.IsFloat).ToArray();
        if (call.Method.Rules.FirstOrDefault(r => !r.IsVjp) is { } rule)
        {
            IEnumerable<Value> tangents = ActiveLeaves(call).Select(a => tangentOf(a) ?? (a.Type.IsScalar ? Literals.Zero(a.Type) : throw NoTwin(call, a)));
            Value[] results = floats.Select(f => builder.NewValue(f.Type, BarOrDot(f, "Dot"))).ToArray();
            AddCall(rule, results, call.Arguments.Concat(tangents), builder);
            return results;
        }

        if (call.Method.Rules.FirstOrDefault(r => r.IsVjp) is not { } vjp)
        {
            throw NoRule(call);
        }

        // ẏ is the transpose of x̄ = R(x, y, ȳ) in ȳ.
        int first = call.Arguments.Count + call.Results.Count;
        int[] cotangents = Enumerable.Range(0, call.Results.Count).Where(i => call.Results[i].Type.IsFloat).Select(i => first + i).ToArray();
        FunctionReference transpose = Transpose(vjp, call, cotangents, library, "VJP", "JVP");
        Value[] dots = floats.Select(f => builder.NewValue(f.Type, BarOrDot(f, "Dot"))).ToArray();
        IEnumerable<Value> arguments = call.Arguments.Concat(call.Results)
            .Concat(call.Results.Select(r => Literals.Zero(r.Type)))
            .Concat(ActiveLeaves(call).Where(a => a.Type.IsFloat).Select(a => tangentOf(a) ?? Literals.Zero(a.Type)));
        builder.Add(new CallEquation(dots.ToEquatableArray(), transpose, arguments.ToEquatableArray()));
        return dots;
    }

    /// <summary>What each scalar operand of <paramref name="call"/> gets; spans are added to by the rule.</summary>
    /// <param name="call">The call.</param>
    /// <param name="asCalled">Finds the memory that holds what an argument held behind the call.</param>
    /// <param name="cotangentOf">Cotangents of results.</param>
    /// <param name="twinOf">Cotangents of buffers.</param>
    /// <param name="builder">Where the rule is called.</param>
    /// <param name="library">The unit's functions.</param>
    public static IEnumerable<(Value Operand, Value Contribution)> Vjp(
        ExternalCallEquation call, Func<Value, Value> asCalled, Func<Value, Value?> cotangentOf, Func<Value, Value?> twinOf, IrBuilder builder, FunctionLibrary library)
    {
        if (call.Method.Implicit is { } equation)
        {
            return equation.IsSystem
                ? ImplicitSystems.Vjp(call, equation, asCalled, twinOf, builder)
                : ImplicitRules.Vjp(call, equation, asCalled, cotangentOf, twinOf, builder);
        }

        Value[] leaves = ActiveLeaves(call).ToArray();
        Value[] scalars = leaves.Where(l => l.Type.IsScalar).ToArray();
        Value[] results = scalars.Select(s => builder.NewValue(s.Type, BarOrDot(s, "Bar"))).ToArray();
        IEnumerable<Value> cotangents = call.Results.Select(r => cotangentOf(r) ?? Literals.Zero(r.Type));
        if (call.Method.Rules.FirstOrDefault(r => r.IsVjp) is { } rule)
        {
            IEnumerable<Value> twins = leaves.Where(l => l.Type.IsBuffer).Select(l => twinOf(l) ?? throw NoTwin(call, l));
            AddCall(rule, results, call.Arguments.Select(asCalled).Concat(call.Results).Concat(cotangents).Concat(twins), builder);
        }
        else if (call.Method.Rules.FirstOrDefault(r => !r.IsVjp) is { } jvp)
        {
            int[] tangents = Enumerable.Range(0, leaves.Length).Where(i => leaves[i].Type.IsFloat).Select(i => call.Arguments.Count + i).ToArray();
            FunctionReference transpose = Transpose(jvp, call, tangents, library, "JVP", "VJP");
            IEnumerable<Value> arguments = call.Arguments.Concat(leaves.Select(l => Literals.Zero(l.Type)))
                .Concat(call.Results.Where(r => r.Type.IsFloat).Select(r => cotangentOf(r) ?? Literals.Zero(r.Type)));
            builder.Add(new CallEquation(results.Where(r => r.Type.IsFloat).ToEquatableArray(), transpose, arguments.ToEquatableArray()));
        }
        else
        {
            throw NoRule(call);
        }

        return scalars.Zip(results, (s, r) => (s, r));
    }

    /// <summary>Does the pullback read the elements of an argument? Of a rule that is not readable nobody knows.</summary>
    public static bool PullbackReads(ExternalCallEquation call, int argument, FunctionLibrary library)
    {
        if (call.Method.Implicit is { } equation)
        {
            return Enumerable.Range(0, equation.Arguments.Count).Any(i => equation.Arguments[i] == argument && Reads(library.Body(equation.Key), i));
        }

        return call.Method.Rules.FirstOrDefault(r => r.IsVjp) is not { Key.Length: > 0 } rule || Reads(library.Body(rule.Key), argument);
    }

    private static bool Reads(IrFunction body, int input)
    {
        var roots = new BufferRoots(body);
        return body.Body.AllEquations().Any(e =>
            e is not MemoryEquation { Op: MemoryOp.Length or MemoryOp.Slice or MemoryOp.Store }
            && e.Operands.Any(o => o.Type.IsBuffer && roots.Of(o) == body.Inputs[input].Id));
    }

    /// <summary>The arguments of parameters that are differentiated, non-floating members of structs included.</summary>
    public static IEnumerable<Value> ActiveLeaves(ExternalCallEquation call) => Arguments(call).Where(a => a.Parameter.IsActive).Select(a => a.Argument);

    /// <summary>The buffers that the call may write to.</summary>
    public static IEnumerable<Value> Written(ExternalCallEquation call) => Arguments(call).Where(a => IsWritten(a.Parameter)).Select(a => a.Argument);

    public static bool IsWritten(ShapeParameter parameter) => parameter.Shape is ScalarShape { Type.IsWritable: true };

    /// <summary>Each argument with the parameter that it is a part of.</summary>
    public static IEnumerable<(Value Argument, ShapeParameter Parameter)> Arguments(ExternalCallEquation call)
    {
        int next = 0;
        foreach (ShapeParameter parameter in call.Method.Parameters.Where(p => p.Mode != ParameterMode.Out))
        {
            for (int rest = parameter.Shape.LeafCount; rest > 0; rest--)
            {
                yield return (call.Arguments[next++], parameter);
            }
        }
    }

    private static void AddCall(CustomRule rule, Value[] results, IEnumerable<Value> arguments, IrBuilder builder)
    {
        EquatableArray<Value> all = arguments.ToEquatableArray();
        builder.Add(rule.Key.Length > 0
            ? new CallEquation(results.ToEquatableArray(), new FunctionReference(rule.Key, []), all)
            : new ExternalCallEquation(results.ToEquatableArray(), rule.Method, all));
    }

    private static FunctionReference Transpose(CustomRule rule, ExternalCallEquation call, int[] linearIn, FunctionLibrary library, string has, string needs)
    {
        string reason = call.Arguments.Any(a => a.Type.IsBuffer) ? "it has span parameters"
            : rule.Key.Length == 0 ? "its body is not differentiable code"
            : !Linearity.IsLinear(library.Body(rule.Key), linearIn) ? "it is not provably linear in the " + (has == "VJP" ? "cotangents" : "tangents")
            : "";
        if (reason.Length > 0)
        {
            throw new RefusalException(
                Descriptors.RulePartnerMissing, call.Results.Count > 0 ? call.Results[0].Id : null, call.Method.FullName.Replace("global::", ""), has, needs, "the requested members", reason,
                "[DerivativeOf(nameof(" + ShortName(call) + "), RuleKind." + (needs == "JVP" ? "Jvp" : "Vjp") + ")]");
        }

        return new FunctionReference(rule.Key, [new TransformStep(TransformKind.Vjp, linearIn.ToEquatableArray())]);
    }

    // The call of a rule, which the author did not write at any place of the method.
    private static RefusalException NoRule(ExternalCallEquation call) =>
        new(Descriptors.OpaqueSecondOrder, null, "the method", ShortName(call));

    public static RefusalException NoTwin(ExternalCallEquation call, Value span) =>
        new(Descriptors.ExcludedSpan, call.Results.Count > 0 ? call.Results[0].Id : null, span.Name, ShortName(call));

    public static string ShortName(ExternalCallEquation call) => call.Method.FullName.Substring(call.Method.FullName.LastIndexOf('.') + 1);

    private static string BarOrDot(Value value, string suffix) => value.Name.Length == 0 ? "" : value.Name + suffix;
}
