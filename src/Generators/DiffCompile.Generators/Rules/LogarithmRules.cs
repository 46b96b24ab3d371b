using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Logarithms.</summary>
internal static class LogarithmRules
{
    private const string Positive = "x > 0; −∞ at 0, NaN below";
    private const string AboveMinusOne = "x > −1; −∞ at −1, NaN below";

    public static IEnumerable<DerivativeRule> Rows =>
    [
        Of("log", Spelling.Math("Log"), "ln(x)' = x'/x", 1.0),
        Of("log2", Spelling.Math("Log2"), "log₂(x)' = x'/(x·ln 2)", Constants.InverseLn2),
        Of("log10", Spelling.Math("Log10"), "log₁₀(x)' = x'/(x·ln 10)", Constants.InverseLn10),
        OfOnePlus("log1p", Spelling.Special("Log1p"), "ln(1 + x)' = x'/(1 + x)", 1.0),
        OfOnePlus("bcl.logp1", Spelling.Number("LogP1"), "ln(1 + x)' = x'/(1 + x)", 1.0),
        OfOnePlus("bcl.log2p1", Spelling.Number("Log2P1"), "log₂(1 + x)' = x'/((1 + x)·ln 2)", Constants.InverseLn2),
        OfOnePlus("bcl.log10p1", Spelling.Number("Log10P1"), "log₁₀(1 + x)' = x'/((1 + x)·ln 10)", Constants.InverseLn10),
        new()
        {
            Op = "log_base", Arity = 2, Spelling = Spelling.Math("Log"),
            Formula = "log_b(x)' = x'/(x·ln b) − log_b(x)·b'/(b·ln b)", Domain = "x > 0, b > 0, b ≠ 1",
            Partials =
            [
                c => new Partial(1.0 / (c.X * Log(c.Y)), c.X),
                c => new Partial(-c.Result / (c.Y * Log(c.Y)), c.Y),
            ],
        },
    ];

    private static DerivativeRule Of(string op, Spelling spelling, string formula, double factor) => new()
    {
        Op = op, Arity = 1, Spelling = spelling, Formula = formula, Domain = Positive,
        Partials = [c => new Partial(factor / c.X, c.X, Ranges.ReachesBelowOrZero)],
    };

    private static DerivativeRule OfOnePlus(string op, Spelling spelling, string formula, double factor) => new()
    {
        Op = op, Arity = 1, Spelling = spelling, Formula = formula, Domain = AboveMinusOne,
        Partials = [c => new Partial(factor / (1.0 + c.X), c.X, Ranges.ReachesMinusOne)],
    };
}
