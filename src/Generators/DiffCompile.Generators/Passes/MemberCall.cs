using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// A call of a generated member in the author's code, resolved to the derivative program behind it. The call lists all
/// scalars of the C# arguments and of the C# result; the program knows only those that are differentiated.
/// </summary>
internal sealed class MemberCall
{
    private readonly IReadOnlyList<int?> _results;

    private MemberCall(IrFunction function, IReadOnlyList<Value> arguments, IReadOnlyList<int?> results) =>
        (Function, Arguments, _results) = (function, arguments, results);

    public IrFunction Function { get; }

    public IReadOnlyList<Value> Arguments { get; }

    public static bool IsMember(FunctionReference callee) =>
        callee.Transforms.Count == 1 && callee.Transforms[0].Kind is >= TransformKind.MemberGradient and <= TransformKind.MemberHessianVectorProduct;

    /// <summary>Result <paramref name="index"/> of the call, given the outputs of the program.</summary>
    public Value Result(int index, IReadOnlyList<Value> outputs, IrType type) =>
        _results[index] is { } output ? outputs[output] : Literals.Zero(type);

    public static MemberCall Resolve(CallEquation call, FunctionLibrary library)
    {
        FunctionSpec spec = library.Spec(call.Callee.Key);
        EquatableArray<int> active = spec.ActiveInputs;
        var plain = new FunctionReference(spec.Key, []);
        FunctionReference gradient = plain.Then(new TransformStep(TransformKind.Gradient, active));
        int inputs = spec.Inputs.Count();
        Value[] primal = call.Arguments.Take(inputs).ToArray();
        Value[] directions = call.Arguments.Skip(inputs).ToArray();
        int outputs = spec.Body.Outputs.Count;

        switch (call.Callee.Transforms[0].Kind)
        {
            case TransformKind.MemberGradient:
                return new MemberCall(library.Resolve(gradient), primal, GradientLeaves(spec, 0));
            case TransformKind.MemberValueAndGradient:
                IrFunction both = Pipeline.Finish(Vjp.Transform(library.Body(spec.Key), active, _ => null, library, unitSeed: true).Function, library);
                return new MemberCall(both, primal, new int?[] { 0 }.Concat(GradientLeaves(spec, 1)).ToArray());
            case TransformKind.MemberJvp:
                return new MemberCall(
                    library.Resolve(plain.Then(new TransformStep(TransformKind.Jvp, active))),
                    primal.Concat(Floats(directions)).ToArray(),
                    Enumerable.Range(0, outputs).Select(i => (int?)i).Concat(FloatOutputs(spec, outputs)).ToArray());
            case TransformKind.MemberVjp:
                return new MemberCall(
                    library.Resolve(plain.Then(new TransformStep(TransformKind.Vjp, active))),
                    primal.Concat(Floats(directions)).ToArray(),
                    GradientLeaves(spec, 0));
            default:
                FunctionReference product = gradient.Then(new TransformStep(TransformKind.Jvp, active));
                return new MemberCall(library.Resolve(product), primal.Concat(Floats(directions)).ToArray(), GradientLeaves(spec, active.Count));
        }
    }

    private static IEnumerable<Value> Floats(IEnumerable<Value> values) => values.Where(v => v.Type.IsFloat);

    /// <summary>For each scalar of the gradient's C# type, which output holds it; null for members that are not differentiated.</summary>
    private static int?[] GradientLeaves(FunctionSpec spec, int first)
    {
        int next = first;
        return spec.Parameters.Where(IsActive).SelectMany(p => p.Shape.Leaves)
            .Select(l => l.Type.IsDifferentiable ? next++ : (int?)null).ToArray();
    }

    private static int?[] FloatOutputs(FunctionSpec spec, int first)
    {
        int next = first;
        return spec.Body.Outputs.Select(o => o.Type.IsFloat ? next++ : (int?)null).ToArray();
    }

    private static bool IsActive(ParameterSpec p) =>
        p.Mode != ParameterMode.Out && !p.NoGradient && p.Shape.Leaves.Any(l => l.Type.IsDifferentiable);
}
