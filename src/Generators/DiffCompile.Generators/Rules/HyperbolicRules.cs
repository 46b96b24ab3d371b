using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// Hyperbolic functions and their inverses. tanh' is 1 − tanh² only where that keeps its digits, beyond |x| = 19 it has none; sech
/// is a row, since derivatives of 1/cosh would meet ∞·0.
/// </summary>
internal static class HyperbolicRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "sinh", Arity = 1, Spelling = Spelling.Math("Sinh"), Formula = "sinh(x)' = cosh(x)·x'",
            Partials = [c => Cosh(c.X)],
        },
        new()
        {
            Op = "cosh", Arity = 1, Spelling = Spelling.Math("Cosh"), Formula = "cosh(x)' = sinh(x)·x'",
            Partials = [c => Sinh(c.X)],
        },
        new()
        {
            Op = "tanh", Arity = 1, Spelling = Spelling.Math("Tanh"), Formula = "tanh(x)' = sech²(x)·x'",
            Partials = [c => c.X.Apply("tanh_slope", c.Result)],
        },
        new()
        {
            // t is tanh(x), passed so that it is not evaluated again: how it depends on x is part of the partial in x.
            Op = "tanh_slope", Arity = 2, Spelling = Spelling.Helper("TanhSlope"), Formula = "(sech²(x))' = −2·t·sech²(x)·x', t = tanh(x)",
            Partials = [c => -2.0 * (c.Y * c.Result), null],
        },
        new()
        {
            Op = "sech", Arity = 1, Spelling = Spelling.Helper("Sech"), Formula = "(1/cosh(x))' = −tanh(x)/cosh(x)·x'",
            Partials = [c => -(Tanh(c.X) * c.Result)],
        },
        new()
        {
            Op = "asinh", Arity = 1, Spelling = Spelling.Math("Asinh"), Formula = "asinh(x)' = x'/√(x² + 1)",
            Partials = [c => 1.0 / Hypot(c.X, c.X.Constant(1.0))],
        },
        new()
        {
            // Two roots, since (x − 1)(x + 1) overflows where the derivative is still about 1/x.
            Op = "acosh", Arity = 1, Spelling = Spelling.Math("Acosh"),
            Formula = "acosh(x)' = x'/(√(x − 1)·√(x + 1))", Domain = "x ≥ 1, NaN below; the derivative at 1 is +∞",
            Partials = [c => new Partial(1.0 / (Sqrt(c.X - 1.0) * Sqrt(c.X + 1.0)), c.X, Ranges.ReachesOneFromAbove)],
        },
        new()
        {
            Op = "atanh", Arity = 1, Spelling = Spelling.Math("Atanh"),
            Formula = "atanh(x)' = x'/((1 − x)(1 + x))", Domain = "−1 ≤ x ≤ 1, ±∞ at the ends, NaN beyond",
            Partials = [c => new Partial(1.0 / ((1.0 - c.X) * (1.0 + c.X)), c.X, Ranges.LeavesUnitDisc)],
        },
    ];
}
