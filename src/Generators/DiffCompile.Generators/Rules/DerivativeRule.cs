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
    /// Builds the partial derivatives, one per operand; null for an operand that has none (an integer, a bool). Each is
    /// built only where it is needed.
    /// </summary>
    public required Func<RuleContext, Partial>?[] Partials { get; init; }

    /// <summary>C# function for double results, global::-qualified; empty for operators.</summary>
    public string DoubleSpelling { get; init; } = "";

    /// <summary>C# function for float results; empty when there is none.</summary>
    public string SingleSpelling { get; init; } = "";

    /// <summary>Methods that parse to this row, as "Namespace.Type.Method".</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Formula for documentation, for example "sin'(x) = cos(x)".</summary>
    public string Formula { get; init; } = "";

    /// <summary>Where the function is defined, and what happens at the edges.</summary>
    public string Domain { get; init; } = "all x";

    /// <summary>What is taken at a kink, and what zero partials mean; empty where the function is smooth.</summary>
    public string AtKinks { get; init; } = "";

    /// <summary>Is the function piecewise constant (floor, sign …), its derivative zero wherever it exists?</summary>
    public bool IsPiecewiseConstant { get; init; }
}

/// <summary>What a row's partials are built from.</summary>
/// <param name="Arguments">The operands.</param>
/// <param name="Result">The primal result.</param>
/// <param name="Kinks">The convention at kinks.</param>
internal sealed record RuleContext(Ex[] Arguments, Ex Result, Kinks Kinks)
{
    public Ex X => Arguments[0];

    public Ex Y => Arguments[1];
}

/// <summary>A partial derivative ∂result/∂operand.</summary>
/// <param name="Factor">Its value.</param>
/// <param name="Guard">
/// Set where <paramref name="Factor"/> can be infinite or NaN although the input is a number: the operand at which that
/// happens. The product with a (co)tangent is then Mul0.
/// </param>
/// <param name="IsSingular">Can the factor be singular for operands in this range? Null: it can.</param>
/// <param name="Flipped">The (co)tangent is the factor that may be singular; <paramref name="Factor"/> may be zero.</param>
internal sealed record Partial(Ex Factor, Ex? Guard = null, Func<Interval, bool>? IsSingular = null, bool Flipped = false)
{
    public static implicit operator Partial(Ex factor) => new(factor);
}

/// <summary>A closed range of numbers.</summary>
internal readonly record struct Interval(double Min, double Max)
{
    public static readonly Interval All = new(double.NegativeInfinity, double.PositiveInfinity);

    public bool Contains(double x) => Min <= x && x <= Max;
}
