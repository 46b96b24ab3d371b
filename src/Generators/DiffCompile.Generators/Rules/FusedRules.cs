using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Rules;

/// <summary>Products, sums and scalings in one call.</summary>
internal static class FusedRules
{
    public static IEnumerable<DerivativeRule> Rows =>
    [
        new()
        {
            Op = "fma", Arity = 3, Spelling = Spelling.Math("FusedMultiplyAdd"),
            Formula = "fma(x, y, z)' = y·x' + x·y' + z'",
            Partials = [c => c.Y, c => c.X, c => c.X.Constant(1.0)],
        },
        new()
        {
            Op = "multiply_add_estimate", Arity = 3, Spelling = Spelling.Number("MultiplyAddEstimate"),
            Formula = "(x·y + z)' = y·x' + x·y' + z'",
            Partials = [c => c.Y, c => c.X, c => c.X.Constant(1.0)],
        },
        new()
        {
            Op = "lerp", Arity = 3, Spelling = Spelling.Number("Lerp"),
            Formula = "(x·(1 − t) + y·t)' = (1 − t)·x' + t·y' + (y − x)·t'",
            Partials = [c => 1.0 - c.Z, c => c.Z, c => c.Y - c.X],
        },
        new()
        {
            Op = "scaleb", Arity = 2, Spelling = Spelling.Math("ScaleB"),
            Formula = "(x·2ⁿ)' = 2ⁿ·x'",
            Partials = [c => c.X.Constant(1.0).Apply("scaleb", c.Y), null],
        },
        new()
        {
            Op = "degrees_to_radians", Arity = 1, Spelling = Spelling.Number("DegreesToRadians"),
            Formula = "(x·π/180)' = π/180·x'",
            Partials = [c => c.X.Constant(Math.PI / 180.0)],
        },
        new()
        {
            Op = "radians_to_degrees", Arity = 1, Spelling = Spelling.Number("RadiansToDegrees"),
            Formula = "(x·180/π)' = 180/π·x'",
            Partials = [c => c.X.Constant(180.0 / Math.PI)],
        },
    ];
}
