using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Rules;

/// <summary>Conversions between float and double, and the cut from differentiation.</summary>
internal static class ConversionRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = Op.Convert, Arity = 1, Formula = "((T)x)' = (T)x'", Domain = "between float and double; integers have no derivative",
            Partials = [c => c.X.Constant(1.0)],
        },
        new()
        {
            Op = Op.ConvertChecked, Arity = 1, Formula = "((T)x)' = (T)x'", Domain = "as convert; throws where an integer does not fit", MayThrow = true,
            Partials = [c => c.X.Constant(1.0)],
        },
        new()
        {
            Op = Op.StopGradient, Arity = 1,
            Spelling = new Spelling(Name, Name, "", ["DiffCompile.Differentiation.StopGradient"]),
            Formula = "StopGradient(x)' = 0", AtKinks = "zero by the author's intent",
            Partials = [null],
        },
    ];

    private const string Name = "global::DiffCompile.Differentiation.StopGradient";
}
