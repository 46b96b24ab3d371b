using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Smooth steps and ramps. Tails keep relative accuracy: 1 − sigmoid(x) is written sigmoid(−x).</summary>
internal static class ActivationRules
{
    // Klambauer et al. 2017, "Self-normalizing neural networks", equation 2.
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "sigmoid", Arity = 1, Spelling = Spelling.Special("Sigmoid"), Formula = "sigmoid(x)' = sigmoid(x)·sigmoid(−x)·x'",
            Partials = [c => c.Result * Sigmoid(-c.X)],
        },
        new()
        {
            Op = "log_sigmoid", Arity = 1, Spelling = Spelling.Special("LogSigmoid"), Formula = "ln(sigmoid(x))' = sigmoid(−x)·x'",
            Partials = [c => Sigmoid(-c.X)],
        },
        new()
        {
            Op = "softplus", Arity = 1, Spelling = Spelling.Special("Softplus"), Formula = "ln(1 + eˣ)' = sigmoid(x)·x'",
            Partials = [c => Sigmoid(c.X)],
        },
        new()
        {
            Op = "logit", Arity = 1, Spelling = Spelling.Special("Logit"),
            Formula = "ln(x/(1 − x))' = x'/(x·(1 − x))", Domain = "0 ≤ x ≤ 1, ∓∞ at the ends",
            Partials = [LogitSlope],
        },
        new()
        {
            Op = "selu", Arity = 1, Spelling = Spelling.Special("Selu"),
            Formula = "selu(x)' = λ·x' for x > 0, λ·α·eˣ·x' below", AtKinks = "x = 0: λ(1 + α)/2; left: λ·α; right: λ",
            Partials = [SeluSlope],
        },
        new()
        {
            Op = "log_add_exp", Arity = 2, Spelling = Spelling.Special("LogAddExp"),
            Formula = "ln(eˣ + eʸ)' = x'·eˣ/(eˣ + eʸ) + y'·eʸ/(eˣ + eʸ)", AtKinks = "both the same infinity: half each",
            Partials = [c => Weight(c.X, c.Y), c => Weight(c.Y, c.X)],
        },
        new()
        {
            Op = "exp_share", Arity = 2, Spelling = Spelling.Helper("ExpShare"),
            Formula = "w = eˣ/(eˣ + eʸ): w' = w·(1 − w)·(x' − y')",
            Partials = [c => c.Result * Weight(c.Y, c.X), c => -(c.Result * Weight(c.Y, c.X))],
        },
    ];

    public static Partial LogitSlope(RuleContext c) => new(1.0 / (c.X * (1.0 - c.X)), c.X, Ranges.LeavesUnitInterval);

    private static Ex Weight(Ex x, Ex y) => x.Apply("exp_share", y);

    // NaN is neither above 0 nor 0 and comes out of the exponential.
    private static Partial SeluSlope(RuleContext c) => Ex.Select(
        c.X > 0.0,
        () => c.X.Constant(SeluScale),
        () => Ex.Select(
            c.X.IsEqualTo(0.0),
            () => c.AtKink(SeluScale * (1.0 + SeluAlpha) / 2.0, SeluScale * SeluAlpha, SeluScale),
            () => SeluScale * SeluAlpha * Exp(c.X)));
}
