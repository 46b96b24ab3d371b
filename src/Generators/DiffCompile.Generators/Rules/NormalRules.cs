using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>The standard normal distribution.</summary>
internal static class NormalRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "normal_pdf", Arity = 1, Spelling = Spelling.Special("NormalPdf"), Formula = "φ(x)' = −x·φ(x)·x'",
            Partials = [c => -Mul0(c.Result, c.X, c.X)],
        },
        new()
        {
            Op = "normal_cdf", Arity = 1, Spelling = Spelling.Special("NormalCdf"), Formula = "Φ(x)' = φ(x)·x'",
            Partials = [c => NormalPdf(c.X)],
        },
        new()
        {
            Op = "log_normal_cdf", Arity = 1, Spelling = Spelling.Special("LogNormalCdf"), Formula = "ln(Φ(x))' = φ(x)/Φ(x)·x'",
            Partials = [c => InverseMills(c.X)],
        },
        new()
        {
            Op = "logit_normal_cdf", Arity = 1, Spelling = Spelling.Special("LogitNormalCdf"),
            Formula = "logit(Φ(x))' = (φ(x)/Φ(x) + φ(x)/Φ(−x))·x'",
            Partials = [c => InverseMills(c.X) + InverseMills(-c.X)],
        },
        new()
        {
            Op = "inverse_mills", Arity = 1, Spelling = Spelling.Special("InverseMills"),
            Formula = "λ = φ(x)/Φ(x): λ' = −λ·(x + λ)·x', without its cancellation",
            Partials = [c => c.X.Apply("inverse_mills_derivative")],
        },
        new()
        {
            Op = "inverse_mills_derivative", Arity = 1, Spelling = Spelling.Special("InverseMillsDerivative"),
            Formula = "λ''(x) = −λ'·(x + 2·λ) − λ",
            Partials = [c => -(c.Result * (c.X + (2.0 * InverseMills(c.X)))) - InverseMills(c.X)],
        },
    ];
}
