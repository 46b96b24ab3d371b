namespace DiffCompile.Generators.Rules;

/// <summary>Roundings to integers or decimals: steps, with derivative zero on every step.</summary>
internal static class RoundingRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        Step("floor", 1, Spelling.Math("Floor")),
        Step("ceiling", 1, Spelling.Math("Ceiling")),
        Step("truncate", 1, Spelling.Math("Truncate")),
        Step("round", 1, Spelling.Math("Round")),
        Step("round_digits", 2, Spelling.Math("Round"), mayThrow: true),
        Step("round_mode", 2, WithMode("RoundMode"), mayThrow: true),
        Step("round_digits_mode", 3, WithMode("RoundDigitsMode"), mayThrow: true),
    ];

    private static DerivativeRule Step(string op, int arity, Spelling spelling, bool mayThrow = false) => new()
    {
        Op = op, Arity = arity, Spelling = spelling, MayThrow = mayThrow, IsPiecewiseConstant = true,
        Formula = op + "(x)' = 0", AtKinks = "jumps between steps; derivative taken as zero",
        Partials = new Func<RuleContext, Partial>?[arity],
    };

    // The IR holds an enum as its number, so a forwarding method takes the mode as an int.
    private static Spelling WithMode(string helper) => Spelling.Helper(helper) with
    {
        Methods = [.. Spelling.Math("Round").Methods.Select(method => method + ":MidpointRounding")],
    };
}
