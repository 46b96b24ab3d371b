using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// Exponentials; "bcl." marks the methods of double and float, whose bits differ from ours of the same name. The result is reused where that keeps full relative accuracy; near −1
/// (expm1) it would not.
/// </summary>
internal static class ExponentialRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "exp", Arity = 1, Spelling = Spelling.Math("Exp"), Formula = "exp(x)' = exp(x)·x'",
            Partials = [c => c.Result],
        },
        new()
        {
            Op = "exp2", Arity = 1, Spelling = Spelling.Special("Exp2"), Formula = "(2ˣ)' = ln 2·2ˣ·x'",
            Partials = [c => Constants.Ln2 * c.Result],
        },
        new()
        {
            Op = "exp10", Arity = 1, Spelling = Spelling.Special("Exp10"), Formula = "(10ˣ)' = ln 10·10ˣ·x'",
            Partials = [c => Constants.Ln10 * c.Result],
        },
        new()
        {
            Op = "bcl.exp2", Arity = 1, Spelling = Spelling.Number("Exp2"), Formula = "(2ˣ)' = ln 2·2ˣ·x'",
            Partials = [c => Constants.Ln2 * c.Result],
        },
        new()
        {
            Op = "bcl.exp10", Arity = 1, Spelling = Spelling.Number("Exp10"), Formula = "(10ˣ)' = ln 10·10ˣ·x'",
            Partials = [c => Constants.Ln10 * c.Result],
        },
        new()
        {
            Op = "expm1", Arity = 1, Spelling = Spelling.Special("Expm1"), Formula = "(exp(x) − 1)' = exp(x)·x'",
            Partials = [c => Exp(c.X)],
        },
        new()
        {
            Op = "bcl.expm1", Arity = 1, Spelling = Spelling.Number("ExpM1"), Formula = "(exp(x) − 1)' = exp(x)·x'",
            Partials = [c => Exp(c.X)],
        },
        new()
        {
            Op = "bcl.exp2m1", Arity = 1, Spelling = Spelling.Number("Exp2M1"), Formula = "(2ˣ − 1)' = ln 2·2ˣ·x'",
            Partials = [c => Constants.Ln2 * c.X.Apply("exp2")],
        },
        new()
        {
            Op = "bcl.exp10m1", Arity = 1, Spelling = Spelling.Number("Exp10M1"), Formula = "(10ˣ − 1)' = ln 10·10ˣ·x'",
            Partials = [c => Constants.Ln10 * c.X.Apply("exp10")],
        },
        new()
        {
            Op = "gaussian", Arity = 1, Spelling = Spelling.Helper("Gaussian"), Formula = "exp(−x²)' = −2·x·exp(−x²)·x'",
            Partials = [c => -2.0 * Mul0(c.Result, c.X, c.X)],
        },
    ];
}
