using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// Lambert's W, the inverse of w·eʷ, and W of an exponential, which reaches arguments that overflow. At the branch point
/// −1/e, where W = −1, the derivative is infinite.
/// </summary>
internal static class LambertRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "lambert_w0", Arity = 1, Spelling = Spelling.Special("LambertW0"),
            Formula = "W' = e⁻ᵂ/(1 + W)·x'", Domain = "x ≥ −1/e",
            Partials = [c => new Partial(Exp(-c.Result) / (1.0 + c.Result), c.X, x => x.Min <= BranchPoint)],
        },
        new()
        {
            Op = "lambert_wm1", Arity = 1, Spelling = Spelling.Special("LambertWm1"),
            Formula = "W' = e⁻ᵂ/(1 + W)·x'", Domain = "−1/e ≤ x < 0",
            Partials = [c => new Partial(Exp(-c.Result) / (1.0 + c.Result), c.X, x => x.Min <= BranchPoint || x.Max >= 0.0)],
        },
        new()
        {
            Op = "lambert_w0_exp", Arity = 1, Spelling = Spelling.Special("LambertW0Exp"),
            Formula = "W₀(eˣ)' = W/(1 + W)·x'",
            Partials = [c => c.Result / (1.0 + c.Result)],
        },
        new()
        {
            Op = "lambert_wm1_exp", Arity = 1, Spelling = Spelling.Special("LambertWm1Exp"),
            Formula = "W₋₁(−eˣ)' = W/(1 + W)·x'", Domain = "x ≤ −1",
            Partials = [c => new Partial(c.Result / (1.0 + c.Result), c.X, x => x.Max >= -1.0)],
        },
    ];

    // Above −1/e, so that the test errs to the safe side.
    private const double BranchPoint = -0.3678;
}
