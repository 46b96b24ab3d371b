using DiffCompile.Generators.Ir;
using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// Powers. A constant exponent is inactive, so that its partial, the only one with a logarithm, is never built. The
/// result is passed on, which saves a second power in the derivative.
/// </summary>
internal static class PowerRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "pow", Arity = 2, Spelling = Spelling.Math("Pow"),
            Formula = "(xʸ)' = y·xʸ⁻¹·x' + xʸ·ln(x)·y'",
            Domain = "x > 0; x = 0 by right limits (0 for y > 1, 1 for y = 1, ∞ below, 0 for y = 0); x < 0 for integer y, where the derivative in y is NaN",
            Partials = [InBase, c => new Partial(c.X.Apply("pow_log", c.Y, c.Result), c.X, Ranges.ReachesBelowOrZero)],
        },
        new()
        {
            Op = "pow_slope", Arity = 3, Spelling = Spelling.Helper("PowSlope"),
            Formula = "(y·xʸ⁻¹)', given p = xʸ", Domain = "as pow",
            Partials = [c => Derivative(c, 2, 0), c => Derivative(c, 1, 1), null],
        },
        new()
        {
            Op = "pow_log", Arity = 3, Spelling = Spelling.Helper("PowLog"),
            Formula = "(xʸ·ln x)', given p = xʸ", Domain = "x ≥ 0; limits at 0",
            Partials = [c => Derivative(c, 1, 1), c => Derivative(c, 0, 2), null],
        },
        new()
        {
            Op = "pow_derivative", Arity = 5, Spelling = Spelling.Helper("PowDerivative"),
            Formula = "(∂ᵐ⁺ⁿ xʸ/∂xᵐ∂yⁿ)', given p = xʸ", Domain = "as pow",
            Partials = [c => Higher(c, 1, 0), c => Higher(c, 0, 1), null, null, null],
        },
    ];

    private static Partial InBase(RuleContext c)
    {
        if (!c.Y.Value.IsConstant)
        {
            return new Partial(Slope(c), c.X, Ranges.ReachesBelowOrZero);
        }

        double n = Literals.NumberOf(c.Y.Value);
        return n switch
        {
            0.0 => c.X.Constant(0.0),
            1.0 => c.X.Constant(1.0),
            2.0 => 2.0 * c.X,
            3.0 => 3.0 * (c.X * c.X),
            4.0 => 4.0 * (c.X * c.X * c.X),
            1.5 => 1.5 * Sqrt(c.X),
            0.5 => new Partial(0.5 / c.Result, c.X, Ranges.ReachesBelowOrZero),
            -1.0 => new Partial(-(c.Result * c.Result), c.X, Ranges.ReachesZero),
            > 1.0 => Slope(c),
            _ => new Partial(Slope(c), c.X, n == Math.Floor(n) ? Ranges.ReachesZero : Ranges.ReachesBelowOrZero),
        };
    }

    private static Ex Slope(RuleContext c) => c.X.Apply("pow_slope", c.Y, c.Result);

    private static Partial Derivative(RuleContext c, int inBase, int inExponent) =>
        new(c.X.Apply("pow_derivative", c.Y, c.Z, c.X.Integer(inBase), c.X.Integer(inExponent)), c.X, Ranges.ReachesBelowOrZero);

    private static Partial Higher(RuleContext c, int inBase, int inExponent) =>
        Derivative(c, Order(c, 3) + inBase, Order(c, 4) + inExponent);

    private static int Order(RuleContext c, int operand) => (int)Literals.NumberOf(c.Arguments[operand].Value);
}
