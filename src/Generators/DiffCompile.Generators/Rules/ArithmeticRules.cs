using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Rules;

/// <summary>The operators.</summary>
internal static class ArithmeticRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = Op.Add, Arity = 2, Formula = "(x + y)' = x' + y'",
            Partials = [c => c.X.Constant(1.0), c => c.X.Constant(1.0)],
        },
        new()
        {
            Op = Op.Subtract, Arity = 2, Formula = "(x − y)' = x' − y'",
            Partials = [c => c.X.Constant(1.0), c => c.X.Constant(-1.0)],
        },
        new()
        {
            Op = Op.Multiply, Arity = 2, Formula = "(x·y)' = y·x' + x·y'",
            Partials = [c => c.Y, c => c.X],
        },
        new()
        {
            // 1/y is built in both partials; one is left after common subexpressions are merged.
            Op = Op.Divide, Arity = 2, Formula = "(x/y)' = x'/y − (x/y)/y·y'", Domain = "y ≠ 0; x/0 is ±∞ or NaN",
            Partials =
            [
                c => new Partial(1.0 / c.Y, c.Y, Ranges.ReachesZero),
                QuotientByDenominator,
            ],
        },
        new()
        {
            Op = Op.Negate, Arity = 1, Formula = "(−x)' = −x'",
            Partials = [c => c.X.Constant(-1.0)],
        },
        new()
        {
            Op = Op.Mul0, Arity = 3, Spelling = Spelling.Helper("Mul0"),
            Formula = "Mul0(a, p, x)' = Mul0(a', p, x) + Mul0(a, p', x)", Domain = "all a, p; 0 where a = 0, p is not finite and x is not NaN",
            Partials = [c => new Partial(c.Y, c.Z), c => new Partial(c.X, c.Z, Flipped: true), null],
        },
    ];

    private static Partial QuotientByDenominator(RuleContext c)
    {
        Ex minusQuotient = -c.Result, reciprocal = 1.0 / c.Y;
        return new Partial(minusQuotient * reciprocal, c.Y, Ranges.ReachesZero, Product: (reciprocal, minusQuotient));
    }
}
