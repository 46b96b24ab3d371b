using DiffCompile.Generators.Infrastructure;

namespace DiffCompile.Generators.Ir;

/// <summary>A list of equations with parameters (of a loop body) and yielded values.</summary>
internal sealed record Region(EquatableArray<Value> Parameters, EquatableArray<Equation> Body, EquatableArray<Value> Yields);

/// <summary>A function over scalars and buffers. Its outputs are the yields of its body.</summary>
internal sealed record IrFunction(string Name, EquatableArray<Value> Inputs, Region Body)
{
    public EquatableArray<Value> Outputs => Body.Yields;
}

/// <summary>Names a function: the declared one, changed by transforms applied from left to right.</summary>
/// <param name="Key">Documentation id of the declared method.</param>
/// <param name="Transforms">What was applied to it.</param>
internal sealed record FunctionReference(string Key, EquatableArray<TransformStep> Transforms)
{
    public FunctionReference Then(TransformStep step) => new(Key, Transforms.Append(step).ToEquatableArray());

    public override string ToString() => Key + string.Concat(Transforms.Select(t => "'" + t));
}

/// <summary>One transform and the inputs that it varies (indices of flattened inputs).</summary>
internal sealed record TransformStep(TransformKind Kind, EquatableArray<int> Active)
{
    public override string ToString() => $"{Kind}({string.Join(",", Active)})";
}

internal enum TransformKind
{
    /// <summary>(x, ẋ of the active inputs) → (y, ẏ of the outputs that vary).</summary>
    Jvp,

    /// <summary>(x, ȳ) → x̄ of the active inputs, everything recomputed.</summary>
    Vjp,

    /// <summary>x → x̄ of the active inputs, for the only floating output and seed 1.</summary>
    Gradient,

    /// <summary>x → (y, residuals): the first half of a split pair.</summary>
    AugmentedForward,

    /// <summary>(residuals, ȳ) → x̄: the second half of a split pair.</summary>
    Reverse,

    // The generated members, called by name inside differentiable code. Arguments are the leaves of the member's C#
    // parameters, results the leaves of what it returns; the inputs that vary are those of the method's specification.

    /// <summary>x → x̄ of the active inputs.</summary>
    MemberGradient,

    /// <summary>x → (y, x̄ of the active inputs).</summary>
    MemberValueAndGradient,

    /// <summary>(x, ẋ) → (y, ẏ).</summary>
    MemberJvp,

    /// <summary>(x, ȳ) → x̄.</summary>
    MemberVjp,

    /// <summary>(x, ẋ) → derivative of the gradient along ẋ.</summary>
    MemberHessianVectorProduct,
}

/// <summary>How an ordinary C# method is called with flattened scalars.</summary>
/// <param name="FullName">global::-qualified name.</param>
/// <param name="Parameters">Shape of each parameter.</param>
/// <param name="Result">Shape of the result; null for void.</param>
/// <param name="Rules">Derivative rules that belong to it.</param>
internal sealed record ExternalMethod(string FullName, EquatableArray<ShapeParameter> Parameters, Shape? Result, EquatableArray<CustomRule> Rules)
{
    /// <summary>From where it can be called, see <see cref="Parsing.Reach"/>.</summary>
    public string Reach { get; init; } = "";

    /// <summary>Set where the result is the solution of an equation instead.</summary>
    public ImplicitRule? Implicit { get; init; }
}

/// <summary>The equation whose solution a method returns: R(x, …) = 0, or x = G(x, …).</summary>
/// <param name="IsFixedPoint">Is it x = G(x, …)?</param>
/// <param name="Key">Key of the specification of R or G.</param>
/// <param name="Arguments">
/// For each of its inputs the argument of the method that it takes, <see cref="Unknown"/> or <see cref="Residual"/>.
/// </param>
internal sealed record ImplicitRule(bool IsFixedPoint, string Key, EquatableArray<int> Arguments)
{
    /// <summary>The result of the method.</summary>
    public const int Unknown = -1;

    /// <summary>Of a system: the buffer that the equation fills.</summary>
    public const int Residual = -2;

    /// <summary>Of a system: keys of the specifications of LuFactorize, LuSolve and LuSolveTransposed.</summary>
    public EquatableArray<string> Linear { get; init; } = [];

    public bool IsSystem => !Linear.IsEmpty;

    /// <summary>Keys of all that its derivative calls.</summary>
    public IEnumerable<string> Keys => Linear.Prepend(Key);
}

/// <summary>A custom rule: which direction, and how it is called or, where its body could be read, inlined.</summary>
/// <param name="IsVjp">Pullback, else directional derivative.</param>
/// <param name="Method">The C# method.</param>
/// <param name="Key">Key of the rule's own spec when its body is differentiable code; empty when it is opaque.</param>
internal sealed record CustomRule(bool IsVjp, ExternalMethod Method, string Key);
