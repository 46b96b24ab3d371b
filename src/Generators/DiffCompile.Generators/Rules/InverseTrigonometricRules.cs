using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Inverse trigonometric functions. (1 − x)(1 + x) keeps full accuracy near ±1, where 1 − x² would not.</summary>
internal static class InverseTrigonometricRules
{
    private const string UnitDisc = "−1 ≤ x ≤ 1, NaN beyond; the derivative at ±1 is infinite";
    private const string Origin = "origin: 0 for both, although no value continues the derivative there";

    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "asin", Arity = 1, Spelling = Spelling.Math("Asin"), Formula = "asin(x)' = x'/√((1 − x)(1 + x))", Domain = UnitDisc,
            Partials = [c => new Partial(1.0 / Sine(c.X), c.X, Ranges.LeavesUnitDisc)],
        },
        new()
        {
            Op = "acos", Arity = 1, Spelling = Spelling.Math("Acos"), Formula = "acos(x)' = −x'/√((1 − x)(1 + x))", Domain = UnitDisc,
            Partials = [c => new Partial(-1.0 / Sine(c.X), c.X, Ranges.LeavesUnitDisc)],
        },
        new()
        {
            Op = "atan", Arity = 1, Spelling = Spelling.Math("Atan"), Formula = "atan(x)' = x'/(1 + x²)",
            Partials = [c => 1.0 / (1.0 + (c.X * c.X))],
        },
        new()
        {
            Op = "atan2", Arity = 2, Spelling = Spelling.Math("Atan2"),
            Formula = "atan2(x, y)' = (y·x' − x·y')/(x² + y²)", AtKinks = Origin,
            Partials = [c => OverSquares(c.Y, c.X), c => -OverSquares(c.X, c.Y)],
        },
        new()
        {
            Op = "asinpi", Arity = 1, Spelling = Spelling.Number("AsinPi"), Formula = "(asin(x)/π)' = x'/(π·√((1 − x)(1 + x)))", Domain = UnitDisc,
            Partials = [c => new Partial(Constants.InversePi / Sine(c.X), c.X, Ranges.LeavesUnitDisc)],
        },
        new()
        {
            Op = "acospi", Arity = 1, Spelling = Spelling.Number("AcosPi"), Formula = "(acos(x)/π)' = −x'/(π·√((1 − x)(1 + x)))", Domain = UnitDisc,
            Partials = [c => new Partial(-Constants.InversePi / Sine(c.X), c.X, Ranges.LeavesUnitDisc)],
        },
        new()
        {
            Op = "atanpi", Arity = 1, Spelling = Spelling.Number("AtanPi"), Formula = "(atan(x)/π)' = x'/(π·(1 + x²))",
            Partials = [c => Constants.InversePi / (1.0 + (c.X * c.X))],
        },
        new()
        {
            Op = "atan2pi", Arity = 2, Spelling = Spelling.Number("Atan2Pi"),
            Formula = "(atan2(x, y)/π)' = (y·x' − x·y')/(π·(x² + y²))", AtKinks = Origin,
            Partials = [c => Constants.InversePi * OverSquares(c.Y, c.X), c => -Constants.InversePi * OverSquares(c.X, c.Y)],
        },
        new()
        {
            // The real part of 1/(x − iy), whose derivatives are made of itself.
            Op = "over_squares", Arity = 2, Spelling = Spelling.Helper("OverSquares"),
            Formula = "s = x/(x² + y²), t = y/(x² + y²): s' = (t² − s²)·x' − 2·s·t·y'", AtKinks = "origin: 0",
            Partials =
            [
                c => (OverSquares(c.Y, c.X) - c.Result) * (OverSquares(c.Y, c.X) + c.Result),
                c => -2.0 * (c.Result * OverSquares(c.Y, c.X)),
            ],
        },
    ];

    private static Ex Sine(Ex cosine) => Sqrt((1.0 - cosine) * (1.0 + cosine));

    private static Ex OverSquares(Ex x, Ex y) => x.Apply("over_squares", y);
}
