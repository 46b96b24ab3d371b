using DiffCompile.Generators.Ir;

namespace DiffCompile.TestKit;

/// <summary>Where each row of the rule table is smooth, and how a method that uses it is written.</summary>
internal static class RuleCases
{
    public const int PointsPerCase = 2;

    private static readonly RuleOperand Wide = (-3.0, 3.0);
    private static readonly RuleOperand Positive = (0.2, 6.0);
    private static readonly RuleOperand Negative = (-6.0, -0.2);
    private static readonly RuleOperand Disc = (-0.9, 0.9);
    private static readonly RuleOperand Low = (-3.0, -1.0);
    private static readonly RuleOperand Middle = (-0.5, 0.7);
    private static readonly RuleOperand High = (1.0, 3.0);

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new(Op.Add, [Wide, Wide], "x + y"),
        new(Op.Subtract, [Wide, Wide], "x - y"),
        new(Op.Multiply, [Wide, Wide], "x * y"),
        new(Op.Divide, [Wide, Positive], "x / y"),
        new(Op.Divide, [Wide, Negative], "x / y"),
        new(Op.Negate, [Wide], "-x"),
        new(Op.Convert, [Wide], "x * (float)((double)x * x)", OnlySingle: true),
        new(Op.ConvertChecked, [Wide, new(1, 5, IsInteger: true)], "x * checked((int)(y * 2L))"),
        new(Op.StopGradient, [Wide, Wide], "x * y + F(2.0)"),
        new(Op.Mul0, [Wide, Wide], "F(x, y, 2.0)"),

        new("fma", [Wide, Wide, Wide]),
        new("multiply_add_estimate", [Wide, Wide, Wide]),
        new("lerp", [Wide, Wide, Wide]),
        new("scaleb", [Wide, new(-3, 4, IsInteger: true)]),
        new("degrees_to_radians", [Wide]),
        new("radians_to_degrees", [Wide]),

        // Quotients between two integers, with all signs.
        new(Op.Remainder, [(7.1, 7.6), (2.0, 2.2)], "x % y"),
        new(Op.Remainder, [(-7.6, -7.1), (2.0, 2.2)], "x % y"),
        new(Op.Remainder, [(7.1, 7.6), (-2.2, -2.0)], "x % y"),
        new("ieee_remainder", [(7.8, 8.2), (2.0, 2.1)]),
        new("ieee_remainder", [(-8.2, -7.8), (2.0, 2.1)]),

        new("abs", [Positive]),
        new("abs", [Negative]),
        new("copysign", [Positive, Negative], "F(x, y) * y"),
        new("copysign", [Negative, Negative], "F(x, y) * y"),
        new("copysign", [Negative, Positive], "F(x, y) * y"),
        new("sign", [Positive], "x * F(x)"),
        new("sign", [Negative], "x * F(x)"),
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
        new("abs_slope", [Positive], "x * F(x, 0.0)"),
        new("abs_slope", [Negative], "x * F(x, 0.0)"),
        new("share", [Low, High], "x * F(global::System.Math.Max(x, y), x, y, 0.5) + y"),
        new("above", [Low, High], "(x + y) * (F(x, y, 0.5) + F(y, x, 0.5))"),
        new("below", [Low, High], "(x + y) * (F(x, y, 0.5) + F(y, x, 0.5))"),

        new("floor", [(2.1, 2.4)], "x * F(x)"),
        new("ceiling", [(2.1, 2.4)], "x * F(x)"),
        new("truncate", [(-2.4, -2.1)], "x * F(x)"),
        new("round", [(2.1, 2.4)], "x * F(x)"),
        new("round_digits", [(2.1, 2.4)], "x * F(x, 0)"),
        new("round_mode", [(2.1, 2.4)], "x * F(x, global::System.MidpointRounding.ToZero)"),
        new("round_digits_mode", [(2.1, 2.4)], "x * F(x, 0, global::System.MidpointRounding.ToZero)"),

        .. new[] { "nan", "finite", "infinity", "positiveinfinity", "negativeinfinity", "normal", "subnormal", "positive", "negative", "integer", "eveninteger", "oddinteger", "realnumber", "pow2" }
            .Select(name => new RuleCase("is." + name, [Wide], "F(x) ? x : x * x")),

        new("exp", [Wide]),
        new("exp2", [Wide]),
        new("exp10", [(-1.0, 1.0)]),
        new("bcl.exp2", [Wide]),
        new("bcl.exp10", [(-1.0, 1.0)]),
        new("expm1", [Wide]),
        new("bcl.expm1", [Wide]),
        new("bcl.exp2m1", [Wide]),
        new("bcl.exp10m1", [(-1.0, 1.0)]),
        new("gaussian", [(-1.5, 1.5)]),

        new("log", [Positive]),
        new("log2", [Positive]),
        new("log10", [Positive]),
        new("log1p", [(-0.8, 4.0)]),
        new("bcl.logp1", [(-0.8, 4.0)]),
        new("bcl.log2p1", [(-0.8, 4.0)]),
        new("bcl.log10p1", [(-0.8, 4.0)]),
        new("log_base", [Positive, (1.6, 9.0)]),
        new("log_base", [Positive, (0.2, 0.7)]),

        new("pow", [(0.5, 3.0), Wide]),
        .. new[] { "-3.0", "-2.0", "-1.0", "-0.5", "0.0", "0.5", "1.0", "1.5", "1.7", "2.0", "3.0", "4.0", "5.0" }.Select(n =>
            new RuleCase("pow", [(0.5, 3.0)], $"F(x, {n}) + x * x")),
        .. new[] { "-3.0", "-1.0", "0.0", "1.0", "2.0", "3.0", "4.0", "5.0" }.Select(n =>
            new RuleCase("pow", [(-3.0, -0.5)], $"F(x, {n}) + x * x")),
        new("pow_slope", [(0.5, 3.0), Wide], "F(x, y, POW(x, y))"),
        new("pow_log", [(0.5, 3.0), Wide], "F(x, y, POW(x, y))"),
        new("pow_derivative", [(0.5, 3.0), (-1.7, 3.4)], "F(x, y, POW(x, y), 0, 1)"),
        new("pow_derivative", [(0.5, 3.0), (-1.7, 3.4)], "F(x, y, POW(x, y), 1, 0)"),
        new("pow_derivative", [(0.5, 3.0), (-1.7, 3.4)], "F(x, y, POW(x, y), 1, 2)"),

        new("sqrt", [Positive]),
        new("cbrt", [Positive]),
        new("cbrt", [Negative]),
        new("rootn", [Positive, new(-4, -1, IsInteger: true)]),
        new("rootn", [Positive, new(1, 5, IsInteger: true)]),
        new("rootn", [Negative, new(3, 3, IsInteger: true)]),
        new("hypot", [Wide, Positive]),
        new("hypot", [Negative, Wide]),
        new("hypot_slope", [Wide, Positive], "F(x, y, NORM(x, y))"),
        new("tanh_slope", [Wide], "F(x, TANH(x))"),

        new("sin", [Wide]),
        new("cos", [Wide]),
        new("tan", [(-1.0, 1.0)]),
        new("sinpi", [(-1.0, 1.0)]),
        new("cospi", [(-1.0, 1.0)]),
        new("tanpi", [(-0.3, 0.3)]),
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
        new("over_squares", [Wide, (1.0, 6.0)]),
        new("over_squares", [(-6.0, -1.0), Wide]),

        new("sinh", [Wide]),
        new("cosh", [Wide]),
        new("tanh", [(-1.5, 1.5)]),
        new("sech", [(-1.5, 1.5)]),
        new("asinh", [Wide]),
        new("acosh", [(1.2, 6.0)]),
        new("atanh", [Disc]),

        new("sigmoid", [Wide]),
        new("log_sigmoid", [Wide]),
        new("softplus", [Wide]),
        new("logit", [(0.1, 0.9)]),
        new("selu", [Positive]),
        new("selu", [(-3.0, -0.2)]),
        new("log_add_exp", [Wide, Wide]),
        new("exp_share", [Wide, Wide]),

        new("erf", [(-1.5, 1.5)]),
        new("erfc", [(-1.5, 1.5)]),
        new("erfcx", [(-1.5, 6.0)]),
        new("erfcx_derivative", [(-1.0, 6.0)]),
        new("log_erfc", [(-1.5, 6.0)]),
        new("log_erfc_slope", [(-1.0, 6.0)]),
        new("erfinv", [Disc]),

        new("normal_pdf", [(-1.5, 1.5)]),
        new("normal_cdf", [(-1.5, 1.5)]),
        new("log_normal_cdf", [(-6.0, 2.0)]),
        new("logit_normal_cdf", [(-3.0, 3.0)]),
        new("inverse_mills", [(-6.0, 2.0)]),
        new("inverse_mills_derivative", [(-3.0, 2.0)]),

        new("log_gamma", [(0.6, 6.0)]),
        new("log_gamma", [(-2.7, -2.3)]),
        new("digamma", [(0.6, 6.0)]),
        new("digamma", [(-2.7, -2.3)]),
        new("trigamma", [(0.6, 6.0)]),
        new("trigamma", [(-2.7, -2.3)]),
        new("polygamma", [new(1, 4, IsInteger: true), (0.8, 6.0)]),
        new("polygamma", [(0.8, 6.0)], "F(2, x)"),

        new("lambert_w0", [(-0.3, 8.0)]),
        new("lambert_w0_derivative", [(-0.2, 8.0)]),
        new("lambert_wm1", [(-0.33, -0.1)]),
        new("lambert_wm1_derivative", [(-0.3, -0.1)]),
        new("lambert_w0_exp", [(0.3, 6.0)]),
        new("lambert_w0_exp_derivative", [(0.3, 6.0)]),
        new("lambert_wm1_exp", [(0.3, 6.0)]),
        new("lambert_wm1_exp_derivative", [(0.3, 6.0)]),

        new("mathnet.erf", [(-1.5, 1.5)]),
        new("mathnet.erfc", [(-1.5, 1.5)]),
        new("mathnet.erfinv", [Disc]),
        new("mathnet.erfcinv", [(0.2, 1.8)]),
        new("mathnet.logistic", [Wide]),
        new("mathnet.logit", [(0.1, 0.9)]),
        new("mathnet.gammaln", [(0.6, 6.0)]),
        new("mathnet.gamma", [(0.6, 3.0)]),
        new("mathnet.digamma", [(0.6, 6.0)]),
    ];

    private static IEnumerable<RuleCase> Selections(string op) => [new(op, [Low, High]), new(op, [High, Low])];

    private static IEnumerable<RuleCase> Magnitudes(string op) =>
        [new(op, [(-0.9, -0.2), High]), new(op, [Low, (0.2, 0.9)]), new(op, [(0.2, 0.9), Low])];
}
