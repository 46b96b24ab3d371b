using DiffCompile.Generators.Ir;
using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Functions that select or reflect an operand, with a kink where the selection changes.</summary>
internal static class SelectionRules
{
    private const string MaxTie = "x = y: half each; left: y; right: x";
    private const string MinTie = "x = y: half each; left: x; right: y";

    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "abs", Arity = 1, Spelling = Spelling.MathAndInteger("Abs"),
            Formula = "|x|' = sign(x)·x'", AtKinks = "x = 0: 0; left: −1; right: +1",
            Partials = [c => AbsSlope(c.X, c.AtKink(0.0, -1.0, 1.0))],
        },
        new()
        {
            Op = "copysign", Arity = 2, Spelling = Spelling.Math("CopySign"),
            Formula = "CopySign(x, y)' = sign(x)·sign(y)·x'", AtKinks = "x = 0: as abs; jumps at y = 0, derivative in y taken as zero",
            Partials = [c => AbsSlope(c.X, c.AtKink(0.0, -1.0, 1.0)) * CopySign(c.X.Constant(1.0), c.Y), null],
        },
        new()
        {
            Op = "sign", Arity = 1, Spelling = Spelling.MathAndInteger("Sign"), MayThrow = true, IsPiecewiseConstant = true,
            Formula = "sign(x)' = 0, an int", Domain = "NaN throws", AtKinks = "jumps at 0",
            Partials = [null],
        },
        Maximum("max", Spelling.MathAndInteger("Max"), "max(x, y)"),
        Minimum("min", Spelling.MathAndInteger("Min"), "min(x, y)"),
        Maximum("max_number", Spelling.Number("MaxNumber"), "max(x, y), the number where the other is NaN,"),
        Minimum("min_number", Spelling.Number("MinNumber"), "min(x, y), the number where the other is NaN,"),
        Maximum("max_magnitude", Spelling.Math("MaxMagnitude"), "the larger of x and y in magnitude"),
        Minimum("min_magnitude", Spelling.Math("MinMagnitude"), "the smaller of x and y in magnitude"),
        Maximum("max_magnitude_number", Spelling.Number("MaxMagnitudeNumber"), "the larger of x and y in magnitude, the number where the other is NaN,"),
        Minimum("min_magnitude_number", Spelling.Number("MinMagnitudeNumber"), "the smaller of x and y in magnitude, the number where the other is NaN,"),
        new()
        {
            Op = "clamp", Arity = 3, Spelling = Spelling.MathOnly("Clamp"), MayThrow = true,
            Formula = "clamp(x, a, b)' = x', a' or b', whichever is taken", Domain = "a ≤ b, else it throws",
            AtKinks = "x = a or x = b: half each; left: x below b, else a; right: x above a, else b; x = a = b: nothing to x",
            Partials = [c => Taken(c, 1.0 - AtLower(c) - AtUpper(c)), c => Taken(c, AtLower(c)), c => Taken(c, AtUpper(c))],
        },
        Constant("abs_slope", 2, "AbsSlope", "sign of x, a given value at 0"),
        Constant("share", 4, "Share", "1 where x was selected, 0 where y was, a given value at a tie"),
        Constant("above", 3, "Above", "1 for x above the limit, else 0, a given value at the limit"),
        Constant("below", 3, "Below", "1 for x below the limit, else 0, a given value at the limit"),
    ];

    private static DerivativeRule Maximum(string op, Spelling spelling, string name) => new()
    {
        Op = op, Arity = 2, Spelling = spelling,
        Formula = name + " has the derivative of the operand that is taken", AtKinks = MaxTie,
        Partials = [c => Taken(c, MaxShare(c)), c => Taken(c, 1.0 - MaxShare(c))],
    };

    private static DerivativeRule Minimum(string op, Spelling spelling, string name) => new()
    {
        Op = op, Arity = 2, Spelling = spelling,
        Formula = name + " has the derivative of the operand that is taken", AtKinks = MinTie,
        Partials = [c => Taken(c, MinShare(c)), c => Taken(c, 1.0 - MinShare(c))],
    };

    private static DerivativeRule Constant(string op, int arity, string method, string meaning) => new()
    {
        Op = op, Arity = arity, Spelling = Spelling.Helper(method), IsPiecewiseConstant = true,
        Formula = meaning + "; derivative 0",
        Partials = new Func<RuleContext, Partial>?[arity],
    };

    // An operand that is not taken contributes exactly nothing, even if its tangent is infinite: min(1, 1/x) at x = 0.
    private static Partial Taken(RuleContext c, Ex share) => new(share, c.Result, Flipped: true);

    private static Ex MaxShare(RuleContext c) => Share(c.Result, c.X, c.Y, c.AtKink(0.5, 0.0, 1.0));

    private static Ex MinShare(RuleContext c) => Share(c.Result, c.X, c.Y, c.AtKink(0.5, 1.0, 0.0));

    // From below, x = a gives a and x = b gives x; from above the other way round; else the mean of both.
    private static Ex AtLower(RuleContext c) => Below(c.X, c.Y, c.AtKink(0.5, 1.0, 0.0));

    private static Ex AtUpper(RuleContext c) => Above(c.X, c.Z, c.AtKink(0.5, 0.0, 1.0));
}
