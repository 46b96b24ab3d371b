using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// Functions of MathNet.Numerics. Each is an operation of its own, since the value must come from the function that the
/// author called; the partials are those of our functions.
/// </summary>
internal static class MathNetRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        Row("erf", "Erf", "2/√π·exp(−x²)", ErrorFunctionRules.ErfSlope),
        Row("erfc", "Erfc", "−2/√π·exp(−x²)", ErrorFunctionRules.ErfcSlope),
        Row("erfinv", "ErfInv", "√π/2·exp(y²)", ErrorFunctionRules.ErfInvSlope, "−1 < x < 1"),
        Row("erfcinv", "ErfcInv", "−√π/2·exp(y²)", ErrorFunctionRules.ErfcInvSlope, "0 < x < 2"),
        Row("logistic", "Logistic", "sigmoid(x)·sigmoid(−x)", c => c.Result * Sigmoid(-c.X)),
        Row("logit", "Logit", "1/(x·(1 − x))", ActivationRules.LogitSlope, "0 ≤ x ≤ 1, throws beyond", mayThrow: true),
        Row("gammaln", "GammaLn", "ψ(x)", GammaRules.DigammaSlope, "x > 0"),
        Row("gamma", "Gamma", "Γ(x)·ψ(x)", c => new Partial(c.Result * Digamma(c.X), c.X, Ranges.ReachesBelowOrZero), "all x but 0, −1, −2, …"),
        Row("digamma", "DiGamma", "ψ₁(x)", GammaRules.TrigammaSlope, "all x but 0, −1, −2, …"),
    ];

    private static DerivativeRule Row(
        string op, string method, string factor, Func<RuleContext, Partial> slope, string domain = "all x", bool mayThrow = false) => new()
    {
        Op = "mathnet." + op, Arity = 1, Spelling = Spelling.MathNet(method), MayThrow = mayThrow,
        Formula = $"{method}(x)' = {factor}·x'", Domain = domain,
        Partials = [slope],
    };
}
