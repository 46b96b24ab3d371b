using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Rules;

/// <summary>Trigonometric functions, of radians and of half turns.</summary>
internal static class TrigonometricRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "sin", Arity = 1, Spelling = Spelling.Math("Sin"), Formula = "sin(x)' = cos(x)·x'",
            Partials = [c => Cos(c.X)],
        },
        new()
        {
            Op = "cos", Arity = 1, Spelling = Spelling.Math("Cos"), Formula = "cos(x)' = −sin(x)·x'",
            Partials = [c => -Sin(c.X)],
        },
        new()
        {
            Op = "tan", Arity = 1, Spelling = Spelling.Math("Tan"), Formula = "tan(x)' = (1 + tan²(x))·x'",
            Partials = [c => 1.0 + (c.Result * c.Result)],
        },
        new()
        {
            Op = "sinpi", Arity = 1, Spelling = Spelling.Number("SinPi"), Formula = "sin(πx)' = π·cos(πx)·x'",
            Partials = [c => Math.PI * c.X.Apply("cospi")],
        },
        new()
        {
            Op = "cospi", Arity = 1, Spelling = Spelling.Number("CosPi"), Formula = "cos(πx)' = −π·sin(πx)·x'",
            Partials = [c => -Math.PI * c.X.Apply("sinpi")],
        },
        new()
        {
            Op = "tanpi", Arity = 1, Spelling = Spelling.Number("TanPi"),
            Formula = "tan(πx)' = π·(1 + tan²(πx))·x'", Domain = "all x but k + ½, where it is ±∞",
            Partials = [c => new Partial(Math.PI * (1.0 + (c.Result * c.Result)), c.X, Ranges.ReachesHalfInteger)],
        },
    ];
}
