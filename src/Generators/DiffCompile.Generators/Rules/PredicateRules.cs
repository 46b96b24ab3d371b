namespace DiffCompile.Generators.Rules;

/// <summary>Questions about a number. The answer is a bool, which carries no derivative.</summary>
internal static class PredicateRules
{
    private static readonly string[] Names =
    [
        "IsNaN", "IsFinite", "IsInfinity", "IsPositiveInfinity", "IsNegativeInfinity", "IsNormal", "IsSubnormal",
        "IsPositive", "IsNegative", "IsInteger", "IsEvenInteger", "IsOddInteger", "IsRealNumber", "IsPow2",
    ];

    public static IEnumerable<DerivativeRule> Rows => Names.Select(name => new DerivativeRule
    {
        Op = "is." + name.Substring(2).ToLowerInvariant(), Arity = 1, Spelling = Spelling.Number(name), IsPiecewiseConstant = true,
        Formula = name + "(x) is a bool and has no derivative",
        Partials = [null],
    });
}
