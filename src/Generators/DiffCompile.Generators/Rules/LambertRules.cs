using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>
/// Lambert's W, the inverse of w·eʷ, on both branches, and W of −exp(−1 − q), which keeps its digits near the branch
/// point and beyond underflow. At the branch point, where W = −1, the derivative is infinite; close to it 1 + W cannot be
/// had from W, so that the derivatives are functions of their own. Their derivatives reuse them for 1/(1 + W).
/// </summary>
internal static class LambertRules
{
    // Above −1/e, so that the tests of ranges err to the safe side.
    private const double BranchPoint = -0.3678;

    public static IEnumerable<DerivativeRule> Rows =>
    [
        .. Branch("lambert_w0", "LambertW0", "W₀", "x ≥ −1/e; the derivative at −1/e is +∞", x => x.Min <= BranchPoint),
        .. Branch("lambert_wm1", "LambertWm1", "W₋₁", "−1/e ≤ x < 0; the derivative is −∞ at both ends", x => x.Min <= BranchPoint || x.Max >= 0.0),
        .. OfExponential(
            "lambert_w0_exp", "LambertW0Exp", "W₀(−e⁻¹⁻ᵠ)", "D' = −D·(1 + D)²·q'",
            c => -(c.Result * ((1.0 + c.Result) * (1.0 + c.Result)))),
        .. OfExponential(
            "lambert_wm1_exp", "LambertWm1Exp", "W₋₁(−e⁻¹⁻ᵠ)", "D' = −D³/W²·q'",
            c => -(c.Result * (Slope(c) * Slope(c)))),
    ];

    private static IEnumerable<DerivativeRule> Branch(string op, string method, string name, string domain, Func<Interval, bool> isSingular) =>
    [
        new()
        {
            Op = op, Arity = 1, Spelling = Spelling.Special(method),
            Formula = $"W = {name}(x): W' = e⁻ᵂ/(1 + W)·x'", Domain = domain,
            Partials = [c => new Partial(c.X.Apply(op + "_derivative"), c.X, isSingular)],
        },
        new()
        {
            // W'·eᵂ is 1/(1 + W), with its digits.
            Op = op + "_derivative", Arity = 1, Spelling = Spelling.Special(method + "Derivative"),
            Formula = $"D = {name}'(x): D' = −D²·(2 + W)·D·eᵂ·x'", Domain = domain,
            Partials = [c => new Partial(-(c.Result * c.Result * ((2.0 + c.X.Apply(op)) * (c.Result * Exp(c.X.Apply(op))))), c.X, isSingular)],
        },
    ];

    private static IEnumerable<DerivativeRule> OfExponential(string op, string method, string name, string second, Func<RuleContext, Ex> slope) =>
    [
        new()
        {
            Op = op, Arity = 1, Spelling = Spelling.Special(method),
            Formula = $"W = {name}: W' = −W/(1 + W)·q'", Domain = "q ≥ 0; the derivative at 0 is infinite",
            Partials = [c => new Partial(c.X.Apply(op + "_derivative"), c.X, Ranges.ReachesBelowOrZero)],
        },
        new()
        {
            Op = op + "_derivative", Arity = 1, Spelling = Spelling.Special(method + "Derivative"),
            Formula = $"D = −W/(1 + W), W = {name}: {second}", Domain = "q ≥ 0; infinite at 0",
            Partials = [c => new Partial(slope(c), c.X, Ranges.ReachesBelowOrZero)],
        },
    ];

    // −1/(1 + W) as D/W: 1 + D would cancel on the lower branch.
    private static Ex Slope(RuleContext c) => c.Result / c.X.Apply("lambert_wm1_exp");
}
