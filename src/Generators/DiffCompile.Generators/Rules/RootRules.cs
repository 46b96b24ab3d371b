using DiffCompile.Generators.Ir;
using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Roots and the Euclidean norm of two numbers.</summary>
internal static class RootRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "sqrt", Arity = 1, Spelling = Spelling.Math("Sqrt"),
            Formula = "(√x)' = x'/(2·√x)", Domain = "x ≥ 0, NaN below; the derivative at 0 is +∞",
            Partials = [c => new Partial(0.5 / c.Result, c.X, Ranges.ReachesBelowOrZero)],
        },
        new()
        {
            Op = "cbrt", Arity = 1, Spelling = Spelling.Math("Cbrt"),
            Formula = "(∛x)' = x'/(3·(∛x)²)", Domain = "all x; the derivative at 0 is +∞",
            Partials = [c => new Partial(1.0 / (3.0 * (c.Result * c.Result)), c.X, Ranges.ReachesZero)],
        },
        new()
        {
            Op = "rootn", Arity = 2, Spelling = Spelling.Number("RootN"),
            Formula = "(ⁿ√x)' = (ⁿ√x)¹⁻ⁿ/n·x'", Domain = "x ≥ 0 for even n, all x for odd n; singular at 0 unless n = 1",
            Partials = [c => new Partial(Pow(c.Result, 1.0 - c.Y.ConvertedTo(c.X)) / c.Y.ConvertedTo(c.X), c.X, Ranges.ReachesBelowOrZero), null],
        },
        new()
        {
            Op = "hypot", Arity = 2, Spelling = Spelling.Number("Hypot"),
            Formula = "√(x² + y²)' = (x·x' + y·y')/√(x² + y²)", AtKinks = "origin: 0, the smallest subgradient",
            Partials = [c => Cosine(c.X, c.Y, c.Result), c => Cosine(c.Y, c.X, c.Result)],
        },
        new()
        {
            // h is the norm of (x, y), passed so that it is not evaluated again: how it depends on x and y is part of
            // the partials in x and y. These are y²/h³ and −x·y/h³, free of cancellation.
            Op = "hypot_slope", Arity = 3, Spelling = Spelling.Helper("HypotSlope"),
            Formula = "(x/h)' = (y²·x' − x·y·y')/h³, h = √(x² + y²)", AtKinks = "origin: 0",
            Partials =
            [
                c => new Partial(Cosine(c.Y, c.X, c.Z) * Cosine(c.Y, c.X, c.Z) / c.Z, c.Z, Ranges.ReachesZero),
                c => new Partial(-(c.Result * Cosine(c.Y, c.X, c.Z)) / c.Z, c.Z, Ranges.ReachesZero),
                null,
            ],
        },
    ];

    private static Ex Cosine(Ex x, Ex y, Ex norm) => x.Apply("hypot_slope", y, norm);
}
