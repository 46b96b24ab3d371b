using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Rules;

/// <summary>The logarithm of the gamma function and its derivatives.</summary>
internal static class GammaRules
{
    private const string Poles = "all x but 0, −1, −2, …";

    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "log_gamma", Arity = 1, Spelling = Spelling.Special("LogGamma"), Formula = "ln|Γ(x)|' = ψ(x)·x'", Domain = Poles,
            Partials = [DigammaSlope],
        },
        new()
        {
            Op = "digamma", Arity = 1, Spelling = Spelling.Special("Digamma"), Formula = "ψ(x)' = ψ₁(x)·x'", Domain = Poles,
            Partials = [c => TrigammaSlope(c)],
        },
        new()
        {
            Op = "trigamma", Arity = 1, Spelling = Spelling.Special("Trigamma"), Formula = "ψ₁(x)' = ψ₂(x)·x'", Domain = Poles,
            Partials = [c => Guarded(c.X, Polygamma(c.X.Integer(2), c.X))],
        },
        new()
        {
            Op = "polygamma", Arity = 2, Spelling = Spelling.Special("Polygamma"),
            Formula = "ψₙ(x)' = ψₙ₊₁(x)·x'", Domain = Poles,
            Partials = [null, c => Guarded(c.Y, Polygamma(Next(c.X), c.Y))],
        },
    ];

    public static Partial DigammaSlope(RuleContext c) => Guarded(c.X, Functions.Digamma(c.X));

    public static Partial TrigammaSlope(RuleContext c) => Guarded(c.X, c.X.Apply("trigamma"));

    private static Ex Polygamma(Ex n, Ex x) => n.ApplyTo(x.Type, "polygamma", x);

    private static Ex Next(Ex n) => n.Value.IsConstant
        ? n.Integer((int)Literals.NumberOf(n.Value) + 1)
        : n.ApplyTo(IrType.Int32, Op.Add, n.Integer(1));

    private static Partial Guarded(Ex x, Ex factor) => new(factor, x, Ranges.ReachesBelowOrZero);
}
