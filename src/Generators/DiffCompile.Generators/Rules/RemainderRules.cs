using DiffCompile.Generators.Ir;
using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Remainders: x − n·y with an integer n that is constant between jumps.</summary>
internal static class RemainderRules
{
    private const string Jumps = "jumps where n changes; the derivative of the piece that gave the value is taken";

    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = Op.Remainder, Arity = 2,
            Formula = "(x % y)' = x' − n·y', n = trunc(x/y)", Domain = "y ≠ 0; NaN at y = 0", AtKinks = Jumps,
            Partials = [c => c.X.Constant(1.0), MinusQuotient],
        },
        new()
        {
            Op = "ieee_remainder", Arity = 2, Spelling = Spelling.Math("IEEERemainder", "Ieee754Remainder"),
            Formula = "IEEERemainder(x, y)' = x' − n·y', n = x/y rounded to even", Domain = "y ≠ 0; NaN at y = 0", AtKinks = Jumps,
            Partials = [c => c.X.Constant(1.0), MinusQuotient],
        },
    ];

    // x/y may round across an integer, so n is taken from the remainder itself: (r − x)/y is −n up to rounding.
    private static Partial MinusQuotient(RuleContext c) => new(Round((c.Result - c.X) / c.Y), c.Y, Ranges.ReachesZero);
}
