using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using static DiffCompile.Generators.Rules.Functions;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Every row of the table with the smooth part of its domain.</summary>
internal static class RowCases
{
    private static readonly Operand Wide = (-3.0, 3.0);
    private static readonly Operand Positive = (0.2, 6.0);
    private static readonly Operand Negative = (-6.0, -0.2);
    private static readonly Operand Disc = (-0.9, 0.9);
    private static readonly Operand Low = (-3.0, -1.0);
    private static readonly Operand Middle = (-0.5, 0.7);
    private static readonly Operand High = (1.0, 3.0);

    public static IReadOnlyList<RowCase> All { get; } =
    [
        new(Op.Add, [Wide, Wide]),
        new(Op.Subtract, [Wide, Wide]),
        new(Op.Multiply, [Wide, Wide]),
        new(Op.Divide, [Wide, Positive]),
        new(Op.Divide, [Wide, Negative]),
        new(Op.Negate, [Wide]),
        new(Op.Mul0, [Wide, Wide], x => Mul0(x[0], x[1], x[0].Constant(2.0))),
        new("fma", [Wide, Wide, Wide]),
        new("multiply_add_estimate", [Wide, Wide, Wide]),
        new("lerp", [Wide, Wide, Wide]),
        new("scaleb", [Wide, new(-3, 4, IsInteger: true)]),
        new("degrees_to_radians", [Wide]),
        new("radians_to_degrees", [Wide]),

        // Quotients between two integers, with all signs.
        new(Op.Remainder, [(7.1, 7.6), (2.0, 2.2)]),
        new(Op.Remainder, [(-7.6, -7.1), (2.0, 2.2)]),
        new(Op.Remainder, [(7.1, 7.6), (-2.2, -2.0)]),
        new(Op.Remainder, [(-7.6, -7.1), (-2.2, -2.0)]),
        new("ieee_remainder", [(7.8, 8.2), (2.0, 2.1)]),
        new("ieee_remainder", [(-8.2, -7.8), (2.0, 2.1)]),
        new("ieee_remainder", [(6.2, 6.8), (-2.05, -2.0)]),

        new("abs", [Positive]),
        new("abs", [Negative]),
        new("copysign", [Positive, Negative]),
        new("copysign", [Negative, Negative]),
        new("copysign", [Negative, Positive]),
        .. Selections("max"),
        .. Selections("min"),
        .. Selections("max_number"),
        .. Selections("min_number"),
        .. Magnitudes("max_magnitude"),
        .. Magnitudes("min_magnitude"),
        .. Magnitudes("max_magnitude_number"),
        .. Magnitudes("min_magnitude_number"),
        new("clamp", [Low, (-0.9, -0.6), High]),
        new("clamp", [Middle, Low, High]),
        new("clamp", [High, Low, Middle]),
        new("abs_slope", [Positive], x => AbsSlope(x[0], x[0].Constant(0.0))),
        new("abs_slope", [Negative], x => AbsSlope(x[0], x[0].Constant(0.0))),
        new("share", [Low, High], x => Share(x[0].Apply("max", x[1]), x[0], x[1], x[0].Constant(0.5))),
        new("above", [Low, High], x => Above(x[0], x[1], x[0].Constant(0.5))),
        new("below", [Low, High], x => Below(x[0], x[1], x[0].Constant(0.5))),

        new("floor", [(2.1, 2.4)]),
        new("ceiling", [(2.1, 2.4)]),
        new("truncate", [(-2.4, -2.1)]),
        new("round", [(2.1, 2.4)]),
        new("round_digits", [(2.121, 2.124), new(2, 2, IsInteger: true)]),
        new("round_mode", [(2.1, 2.4), new(0, 4, IsInteger: true)]),
        new("round_digits_mode", [(2.121, 2.124), new(2, 2, IsInteger: true), new(0, 4, IsInteger: true)]),

        new("exp", [Wide]),
        new("exp2", [Wide]),
        new("exp10", [Wide]),
        new("bcl.exp2", [Wide]),
        new("bcl.exp10", [Wide]),
        new("expm1", [Wide]),
        new("bcl.expm1", [Wide]),
        new("bcl.exp2m1", [Wide]),
        new("bcl.exp10m1", [Wide]),
        new("gaussian", [Wide]),

        new("log", [Positive]),
        new("log2", [Positive]),
        new("log10", [Positive]),
        new("log1p", [(-0.8, 4.0)]),
        new("bcl.logp1", [(-0.8, 4.0)]),
        new("bcl.log2p1", [(-0.8, 4.0)]),
        new("bcl.log10p1", [(-0.8, 4.0)]),
        new("log_base", [Positive, (1.4, 9.0)]),
        new("log_base", [Positive, (0.1, 0.8)]),

        new("pow", [Positive, Wide]),
        .. new[] { -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 1.7, 2.0, 3.0, 4.0, 5.0, 12.0 }.Select(n =>
            new RowCase("pow", [Positive], x => Pow(x[0], x[0].Constant(n)))),
        .. new[] { -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 12.0 }.Select(n =>
            new RowCase("pow", [Negative], x => Pow(x[0], x[0].Constant(n)))),
        new("pow", [Negative, new(-4, 6, IsInteger: true)], x => Pow(x[0], x[1].ConvertedTo(x[0]))),
        new("pow_slope", [Positive, Wide], x => x[0].Apply("pow_slope", x[1], Pow(x[0], x[1]))),
        new("pow_log", [Positive, Wide], x => x[0].Apply("pow_log", x[1], Pow(x[0], x[1]))),
        .. from m in Enumerable.Range(0, 4)
           from n in Enumerable.Range(0, 4)
           select new RowCase(
               "pow_derivative",
               [(0.5, 3.0), (-1.7, 3.4)],
               x => x[0].Apply("pow_derivative", x[1], Pow(x[0], x[1]), x[0].Integer(m), x[0].Integer(n))),

        new("sqrt", [Positive]),
        new("cbrt", [Positive]),
        new("cbrt", [Negative]),
        new("rootn", [Positive, new(-4, -1, IsInteger: true)]),
        new("rootn", [Positive, new(1, 5, IsInteger: true)]),
        new("rootn", [Negative, new(3, 3, IsInteger: true)]),
        new("hypot", [Wide, Positive]),
        new("hypot", [Negative, Wide]),
        new("hypot_slope", [Wide, Positive], x => x[0].Apply("hypot_slope", x[1], Hypot(x[0], x[1]))),
        new("tanh_slope", [Wide], x => x[0].Apply("tanh_slope", Tanh(x[0]))),

        new("sin", [Wide]),
        new("cos", [Wide]),
        new("tan", [(-1.2, 1.2)]),
        new("sinpi", [Wide]),
        new("cospi", [Wide]),
        new("tanpi", [(-0.4, 0.4)]),
        new("asin", [Disc]),
        new("acos", [Disc]),
        new("atan", [Wide]),
        new("atan2", [Wide, Positive]),
        new("atan2", [Positive, Wide]),
        new("atan2", [Negative, Negative]),
        new("asinpi", [Disc]),
        new("acospi", [Disc]),
        new("atanpi", [Wide]),
        new("atan2pi", [Wide, Positive]),
        new("atan2pi", [Negative, Negative]),
        new("over_squares", [Wide, Positive]),
        new("over_squares", [Negative, Wide]),

        new("sinh", [Wide]),
        new("cosh", [Wide]),
        new("tanh", [Wide]),
        new("sech", [Wide]),
        new("asinh", [Wide]),
        new("acosh", [(1.2, 6.0)]),
        new("atanh", [Disc]),

        new("sigmoid", [Wide]),
        new("log_sigmoid", [Wide]),
        new("softplus", [Wide]),
        new("logit", [(0.05, 0.95)]),
        new("selu", [Positive]),
        new("selu", [Negative]),
        new("log_add_exp", [Wide, Wide]),
        new("exp_share", [Wide, Wide]),

        new("erf", [Wide]),
        new("erfc", [Wide]),
        new("erfcx", [(-2.0, 8.0)]),
        new("erfcx_derivative", [(-2.0, 8.0)]),
        new("log_erfc", [(-3.0, 8.0)]),
        new("log_erfc_slope", [(-3.0, 8.0)]),
        new("erfinv", [Disc]),

        new("normal_pdf", [Wide]),
        new("normal_cdf", [Wide]),
        new("log_normal_cdf", [(-8.0, 4.0)]),
        new("logit_normal_cdf", [(-8.0, 8.0)]),
        new("inverse_mills", [(-8.0, 4.0)]),
        new("inverse_mills_derivative", [(-8.0, 4.0)]),

        new("log_gamma", [Positive]),
        new("log_gamma", [(-2.8, -2.2)]),
        new("digamma", [Positive]),
        new("digamma", [(-2.8, -2.2)]),
        new("trigamma", [Positive]),
        new("trigamma", [(-2.8, -2.2)]),
        new("polygamma", [new(0, 4, IsInteger: true), (0.6, 6.0)]),
        new("polygamma", [new(2, 4, IsInteger: true), (-2.7, -2.3)]),

        new("lambert_w0", [(-0.33, 8.0)]),
        new("lambert_w0_derivative", [(-0.33, 8.0)]),
        new("lambert_wm1", [(-0.35, -0.03)]),
        new("lambert_wm1_derivative", [(-0.35, -0.03)]),
        new("lambert_w0_exp", [(0.05, 6.0)]),
        new("lambert_w0_exp_derivative", [(0.05, 6.0)]),
        new("lambert_wm1_exp", [(0.05, 6.0)]),
        new("lambert_wm1_exp_derivative", [(0.05, 6.0)]),

        new("mathnet.erf", [Wide]),
        new("mathnet.erfc", [Wide]),
        new("mathnet.erfinv", [Disc]),
        new("mathnet.erfcinv", [(0.1, 1.9)]),
        new("mathnet.logistic", [Wide]),
        new("mathnet.logit", [(0.05, 0.95)]),
        new("mathnet.gammaln", [Positive]),
        new("mathnet.gamma", [Positive]),
        new("mathnet.digamma", [Positive]),
    ];

    private static IEnumerable<RowCase> Selections(string op) => [new(op, [Low, High]), new(op, [High, Low])];

    private static IEnumerable<RowCase> Magnitudes(string op) =>
        [new(op, [(-0.9, -0.2), High]), new(op, [Low, (0.2, 0.9)]), new(op, [(0.2, 0.9), Low])];
}
