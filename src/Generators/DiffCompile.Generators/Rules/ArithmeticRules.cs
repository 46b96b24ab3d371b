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
            Op = Op.Divide, Arity = 2, Formula = "(x/y)' = x'/y − (x/y)/y·y'", Domain = "y ≠ 0; x/0 is ±∞ or NaN",
            Partials =
            [
                c => new Partial(1.0 / c.Y, c.Y, r => r.Contains(0.0)),
                c => new Partial(-c.Result * (1.0 / c.Y), c.Y, r => r.Contains(0.0)),
            ],
        },
        new()
        {
            Op = Op.Negate, Arity = 1, Formula = "(−x)' = −x'",
            Partials = [c => c.X.Constant(-1.0)],
        },
        new()
        {
            Op = Op.Mul0, Arity = 3, Formula = "Mul0(a, p, x)' = Mul0(a', p, x) + Mul0(a, p', x)",
            DoubleSpelling = "global::DiffCompile.Mathematics.DerivativeMath.Mul0",
            SingleSpelling = "global::DiffCompile.Mathematics.DerivativeMath.Mul0",
            Partials = [c => new Partial(c.Y, c.Arguments[2]), c => new Partial(c.X, c.Arguments[2], Flipped: true), null],
        },
    ];
}
