using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// One row of the rule table: a primitive, how it is spelled, and its partial derivatives. Forward and reverse mode, and
/// all higher orders, follow from the partials, since these are made of primitives with rows of their own.
/// </summary>
internal sealed class DerivativeRule
{
    /// <summary>Name of the operation in the IR.</summary>
    public required string Op { get; init; }

    /// <summary>Number of operands.</summary>
    public required int Arity { get; init; }

    /// <summary>
    /// The partial derivatives, one builder per operand, so that a partial nobody asks for builds nothing. Null for an
    /// operand that has none: an integer, a bool, or one in which the function is piecewise constant.
    /// </summary>
    public required Func<RuleContext, Partial>?[] Partials { get; init; }

    /// <summary>How the function is written in C#; nothing for operators.</summary>
    public Spelling Spelling { get; init; } = Spelling.None;

    /// <summary>C# function for double operands, global::-qualified; empty for operators.</summary>
    public string DoubleSpelling => Spelling.Double;

    /// <summary>C# function for float operands; empty when there is none.</summary>
    public string SingleSpelling => Spelling.Single;

    /// <summary>C# function for int and long operands; empty when there is none.</summary>
    public string IntegerSpelling => Spelling.Integer;

    /// <summary>
    /// Methods that parse to this row, as "Namespace.Type.Method"; ":T" is appended where overloads of one arity differ in
    /// the type T of their last parameter.
    /// </summary>
    public IReadOnlyList<string> Methods => Spelling.Methods;

    /// <summary>Can evaluation throw for some operand? Then it is never dead code and never crosses a branch.</summary>
    public bool MayThrow { get; init; }

    /// <summary>Formula for documentation, for example "sin'(x) = cos(x)".</summary>
    public string Formula { get; init; } = "";

    /// <summary>Where the function is defined, and what happens at the edges.</summary>
    public string Domain { get; init; } = "all x";

    /// <summary>What is taken at a kink, and what zero partials mean; empty where the function is smooth.</summary>
    public string AtKinks { get; init; } = "";

    /// <summary>Is the function piecewise constant (floor, sign …), its derivative zero wherever it exists?</summary>
    public bool IsPiecewiseConstant { get; init; }

    /// <summary>The C# function for a result and a first operand of these types: the operand decides where the result is no float.</summary>
    public string SpellingFor(IrType result, IrType operand) => (result.IsFloat ? result : operand).Scalar switch
    {
        ScalarKind.Float32 => SingleSpelling,
        ScalarKind.Float64 => DoubleSpelling,
        _ => IntegerSpelling,
    };
}

/// <summary>What a row's partials are built from.</summary>
/// <param name="Arguments">The operands.</param>
/// <param name="Result">The primal result.</param>
/// <param name="Kinks">The convention at kinks.</param>
internal sealed record RuleContext(Ex[] Arguments, Ex Result, Kinks Kinks)
{
    public Ex X => Arguments[0];

    public Ex Y => Arguments[1];

    public Ex Z => Arguments[2];

    /// <summary>Of three constants the one for the convention: mean of both sides, from below, from above.</summary>
    public Ex AtKink(double symmetric, double left, double right) =>
        Result.Constant(Kinks switch { Kinks.Left => left, Kinks.Right => right, _ => symmetric });
}

/// <summary>A partial derivative ∂result/∂operand.</summary>
/// <param name="Factor">Its value.</param>
/// <param name="Guard">
/// Set where <paramref name="Factor"/> can be infinite or NaN although the input is a number: the operand at which that
/// happens. The product with a (co)tangent is then Mul0.
/// </param>
/// <param name="IsSingular">Can the factor be singular for operands in this range? Null: it can.</param>
/// <param name="Flipped">The (co)tangent is the factor that may be singular; <paramref name="Factor"/> may be zero.</param>
/// <param name="Product">
/// The same as a product, where its first factor is another operand's partial: without a guard, that times a cotangent is
/// computed once for both operands.
/// </param>
internal sealed record Partial(Ex Factor, Ex? Guard = null, Func<Interval, bool>? IsSingular = null, bool Flipped = false, (Ex OfOther, Ex Scale)? Product = null)
{
    public static implicit operator Partial(Ex factor) => new(factor);
}

/// <summary>A closed range of numbers.</summary>
internal readonly record struct Interval(double Min, double Max)
{
    public static readonly Interval All = new(double.NegativeInfinity, double.PositiveInfinity);

    public bool Contains(double x) => Min <= x && x <= Max;
}
