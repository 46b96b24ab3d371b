using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>The error function and its relatives.</summary>
internal static class ErrorFunctionRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "erf", Arity = 1, Spelling = Spelling.Special("Erf"), Formula = "erf(x)' = 2/√π·exp(−x²)·x'",
            Partials = [ErfSlope],
        },
        new()
        {
            Op = "erfc", Arity = 1, Spelling = Spelling.Special("Erfc"), Formula = "erfc(x)' = −2/√π·exp(−x²)·x'",
            Partials = [ErfcSlope],
        },
        new()
        {
            Op = "erfcx", Arity = 1, Spelling = Spelling.Special("Erfcx"),
            Formula = "(exp(x²)·erfc(x))' = (2·x·erfcx(x) − 2/√π)·x', without its cancellation",
            Partials = [c => c.X.Apply("erfcx_derivative")],
        },
        new()
        {
            Op = "erfcx_derivative", Arity = 1, Spelling = Spelling.Special("ErfcxDerivative"),
            Formula = "erfcx''(x) = 2·(erfcx(x) + x·erfcx'(x))",
            Partials = [c => 2.0 * (Erfcx(c.X) + (c.X * c.Result))],
        },
        new()
        {
            Op = "log_erfc", Arity = 1, Spelling = Spelling.Special("LogErfc"), Formula = "ln(erfc(x))' = −2/√π/erfcx(x)·x'",
            Partials = [c => c.X.Apply("log_erfc_slope")],
        },
        new()
        {
            // By way of the inverse Mills ratio λ, whose derivative is accurate in both tails, where 1/erfcx meets ∞·0.
            Op = "log_erfc_slope", Arity = 1, Spelling = Spelling.Helper("LogErfcSlope"),
            Formula = "(−2/√π/erfcx(x))' = 2·λ'(−√2·x)·x'",
            Partials = [c => 2.0 * (-Constants.Sqrt2 * c.X).Apply("inverse_mills_derivative")],
        },
        new()
        {
            Op = "erfinv", Arity = 1, Spelling = Spelling.Special("ErfInv"),
            Formula = "y = erf⁻¹(x): y' = √π/2·exp(y²)·x'", Domain = "−1 ≤ x ≤ 1, ±∞ at the ends",
            Partials = [ErfInvSlope],
        },
    ];

    public static Partial ErfSlope(RuleContext c) => Constants.TwoOverSqrtPi * Gaussian(c.X);

    public static Partial ErfcSlope(RuleContext c) => -Constants.TwoOverSqrtPi * Gaussian(c.X);

    public static Partial ErfInvSlope(RuleContext c) => new(Constants.HalfSqrtPi / Gaussian(c.Result), c.X, Ranges.LeavesUnitDisc);

    public static Partial ErfcInvSlope(RuleContext c) => new(-Constants.HalfSqrtPi / Gaussian(c.Result), c.X, Ranges.LeavesZeroToTwo);
}
