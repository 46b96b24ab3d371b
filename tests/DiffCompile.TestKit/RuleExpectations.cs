using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.TestKit;

/// <summary>What rows give at kinks and at the ends of their domains, where finite differences say nothing.</summary>
internal static class RuleExpectations
{
    private const double Inf = double.PositiveInfinity;
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    // The double nearest to −1/e.
    private const double BranchPoint = -0.36787944117144233;

    /// <summary>Member that the written expectations call.</summary>
    public const string Near = """
            private static bool Near(double expected, double actual) => expected.Equals(actual) || Math.Abs(expected - actual) <= 4e-15 * Math.Abs(expected);

        """;

    public static IReadOnlyList<RuleKink> Kinks { get; } =
    [
        new("abs", [0.0], [0.0], [-1.0], [1.0]),
        new("abs", [-2.0], [-1.0], [-1.0], [-1.0]),
        new("copysign", [0.0, 1.0], [0.0, 0.0], [-1.0, 0.0], [1.0, 0.0], "F(x, y) + 0.0 * y"),
        new("copysign", [0.0, -1.0], [0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], "F(x, y) + 0.0 * y"),
        new("max", [1.5, 1.5], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0]),
        new("min", [1.5, 1.5], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]),
        new("max_number", [3.0, 3.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0]),
        new("max_number", [double.NaN, 3.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]),
        new("min_number", [3.0, 3.0], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]),
        new("min_number", [3.0, double.NaN], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]),
        new("max_magnitude", [-3.0, -3.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0]),
        new("min_magnitude", [3.0, 3.0], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]),
        new("max_magnitude_number", [3.0, 3.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0]),
        new("min_magnitude_number", [3.0, 3.0], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]),
        new("clamp", [1.0, 1.0, 2.0], [0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]),
        new("clamp", [2.0, 1.0, 2.0], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]),
        new("clamp", [1.0, 1.0, 1.0], [0.0, 0.5, 0.5], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]),
        new("selu", [0.0], [SeluScale * (1.0 + SeluAlpha) / 2.0], [SeluScale * SeluAlpha], [SeluScale]),
        // Not taken, an operand contributes nothing, however infinite its tangent.
        new("min", [0.0], [0.0], [0.0], [0.0], "F(1.0, 1.0 / x)"),
        new("max", [0.0], [0.0], [0.0], [0.0], "F(1.0, Math.Log(x))"),
        new("clamp", [0.0], [0.0], [0.0], [0.0], "F(1.0 / x, 0.0, 1.0)"),
        // The convention of the method holds in a helper that is inlined, and not beyond.
        new("abs", [0.0], [0.0], [-1.0], [1.0], "Helper(x) * (1.0 + x)"),
        new("abs", [0.0], [0.0], [0.0], [0.0], "Callee(x) * (1.0 + x)"),
        new("abs", [0.0], [0.0], [-1.0], [1.0], "x > -1.0 ? F(x) : x"),
        new("abs", [0.0], [0.0], [-1.0], [1.0], "x < -1.0 ? x : F(x)"),
    ];

    public static IReadOnlyList<RuleEdge> Edges { get; } =
    [
        new(Op.Divide, [0.0, 0.0], [Inf, double.NaN], "x / y"),
        new(Op.Divide, [1.0, 0.0], [Inf, -Inf], "x / y"),
        new(Op.Remainder, [1.0, 0.0], null, "x % y"),
        new("ieee_remainder", [1.0, 0.0], null),
        new("sqrt", [0.0], [Inf]),
        new("cbrt", [0.0], [Inf]),
        new("rootn", [0.0], [Inf], "F(x, 3)"),
        new("log", [0.0], [Inf]),
        new("log2", [0.0], [Inf]),
        new("log10", [0.0], [Inf]),
        new("log1p", [-1.0], [Inf]),
        new("bcl.logp1", [-1.0], [Inf]),
        new("bcl.log2p1", [-1.0], [Inf]),
        new("bcl.log10p1", [-1.0], [Inf]),
        new("log_base", [0.0, 10.0], null),
        new("log_base", [2.0, 0.0], null),
        new("log_base", [2.0, 1.0], null),
        new("pow", [0.0, 0.5], null),
        new("pow", [0.0, 0.0], null),
        new("pow", [0.0, -1.0], null),
        new("pow", [-2.0, 3.0], null),
        new("pow", [0.0], [Inf], "F(x, 0.5)"),
        new("pow", [0.0], [Inf], "F(x, 0.7)"),
        new("pow", [0.0], [-Inf], "F(x, -1.0)"),
        new("pow", [0.0], [-Inf], "F(x, -3.0)"),
        new("pow", [0.0], [-Inf], "F(x, -1.5)"),
        new("pow", [0.0], [0.0], "F(x, 1.5)"),
        new("pow", [0.0], [0.0], "F(x, 1.7)"),
        new("asin", [1.0], [Inf]),
        new("asin", [-1.0], [Inf]),
        new("acos", [1.0], [-Inf]),
        new("acos", [-1.0], [-Inf]),
        new("asinpi", [1.0], [Inf]),
        new("acospi", [-1.0], [-Inf]),
        new("acosh", [1.0], [Inf]),
        new("atanh", [-1.0], [Inf]),
        new("atanh", [1.0], [Inf]),
        new("tanpi", [0.5], [Inf]),
        new("logit", [0.0], [Inf]),
        new("logit", [1.0], [Inf]),
        new("erfinv", [-1.0], [Inf]),
        new("erfinv", [1.0], [Inf]),
        new("log_gamma", [0.0], null),
        new("log_gamma", [-2.0], null),
        new("digamma", [0.0], null),
        new("trigamma", [0.0], null),
        new("polygamma", [0.0], null, "F(2, x)"),
        new("lambert_w0", [BranchPoint], [Inf]),
        new("lambert_w0_derivative", [BranchPoint], null),
        new("lambert_wm1", [BranchPoint], [-Inf]),
        new("lambert_wm1", [0.0], null),
        new("lambert_wm1_derivative", [BranchPoint], null),
        new("lambert_w0_exp", [0.0], [Inf]),
        new("lambert_w0_exp_derivative", [0.0], null),
        new("lambert_wm1_exp", [0.0], [-Inf]),
        new("lambert_wm1_exp_derivative", [0.0], null),
        new("mathnet.erfinv", [1.0], null),
        new("mathnet.erfcinv", [2.0], null),
        new("mathnet.erfcinv", [0.0], null),
        new("mathnet.logit", [0.0], null),
        new("mathnet.gammaln", [0.0], null),
        new("mathnet.gamma", [0.0], null),
        new("mathnet.digamma", [0.0], null),
        new("hypot", [0.0, 0.0], [0.0, 0.0]),
        new("hypot_slope", [0.0, 0.0], null, "F(x, y, NORM(x, y))"),
        new("atan2", [0.0, 0.0], [0.0, 0.0]),
        new("gaussian", [Inf], [0.0]),
        new("erf", [-Inf], [0.0]),
        new("normal_pdf", [Inf], [0.0]),
        new("normal_cdf", [-Inf], [0.0]),
        new("tanh", [-800.0], [0.0]),
        new("tanh", [20.0], [1.6993417021166355837e-17]),
        new("sigmoid", [40.0], [4.2483542552915889592e-18]),
        new("log_erfc", [20.0], [-40.049875774108394379]),
        new("log_add_exp", [-Inf, -Inf], [0.5, 0.5]),
        new("acosh", [1e200], [1e-200]),
        new("hypot", [3e200, 4e200], [0.6, 0.8]),
        new("atan2", [1e200, 1e200], [0.5e-200, -0.5e-200]),
    ];

    /// <summary>Rows inside of their domain: with the range stated, no guard is emitted.</summary>
    public static IReadOnlyList<RuleCase> Interiors { get; } =
    [
        new(Op.Divide, [(-3.0, 3.0), (0.1, 6.0)], "x / y"),
        new(Op.Divide, [(-3.0, 3.0), (-6.0, -0.1)], "x / y"),
        new("pow", [(0.1, 3.0), (-3.0, 3.0)]),
        new("pow", [(0.1, 3.0)], "F(x, 0.5)"),
        new("pow", [(0.1, 3.0)], "F(x, -1.5)"),
        new("pow", [(-3.0, -0.1)], "F(x, -1.0)"),
        new("pow", [(-3.0, -0.1)], "F(x, -3.0)"),
        new("pow", [(-1.0, 3.0)], "F(x, 1.5)"),
        new("pow", [(-1.0, 3.0)], "F(x, 1.7)"),
        new("pow", [(-1.0, 3.0)], "F(x, 5.0)"),
        new("asin", [(-0.9, 0.9)]),
        new("acos", [(-0.9, 0.9)]),
        new("asinpi", [(-0.9, 0.9)]),
        new("acospi", [(-0.9, 0.9)]),
        new("atanh", [(-0.9, 0.9)]),
        new("erfinv", [(-0.9, 0.9)]),
        new("mathnet.erfinv", [(-0.9, 0.9)]),
        new("mathnet.erfcinv", [(0.1, 1.9)]),
        new("logit", [(0.1, 0.9)]),
        new("mathnet.logit", [(0.1, 0.9)]),
        new("log", [(0.1, 3.0)]),
        new("log2", [(0.1, 3.0)]),
        new("log10", [(0.1, 3.0)]),
        new("log1p", [(-0.9, 3.0)]),
        new("bcl.logp1", [(-0.9, 3.0)]),
        new("bcl.log2p1", [(-0.9, 3.0)]),
        new("bcl.log10p1", [(-0.9, 3.0)]),
        new("sqrt", [(0.1, 3.0)]),
        new("cbrt", [(0.1, 3.0)]),
        new("cbrt", [(-3.0, -0.1)]),
        new("acosh", [(1.1, 3.0)]),
        new("tanpi", [(-0.4, 0.4)]),
        new("tanpi", [(0.6, 1.4)]),
        new("log_gamma", [(0.1, 3.0)]),
        new("digamma", [(0.1, 3.0)]),
        new("trigamma", [(0.1, 3.0)]),
        new("mathnet.gammaln", [(0.1, 3.0)]),
        new("mathnet.gamma", [(0.1, 3.0)]),
        new("mathnet.digamma", [(0.1, 3.0)]),
        new("lambert_w0", [(-0.3, 3.0)]),
        new("lambert_wm1", [(-0.3, -0.1)]),
        new("lambert_w0_exp", [(0.1, 3.0)]),
        new("lambert_wm1_exp", [(0.1, 3.0)]),
        new(Op.Remainder, [(-3.0, 3.0), (0.1, 6.0)], "x % y"),
    ];

    public static string WriteInterior(RuleCase c, int index)
    {
        IEnumerable<string> parameters = c.Operands.Select((o, i) => $"[Domain({RuleCorpus.Number(o.Min)}, {RuleCorpus.Number(o.Max)})] double {RuleCase.Names[i]}");
        return $"    [Differentiable]\n    [EmitsNot(\"Mul0\")]\n    internal static double Interior{index}({string.Join(", ", parameters)}) => {Body(c.Op, c.Operands.Length, c.Text)};\n";
    }

    /// <summary>The C# function of a row for double, and the body that calls it.</summary>
    public static string Body(string op, int operands, string? text) =>
        new RuleCase(op, new RuleOperand[operands], text).Body(RuleCorpus.Spellings(RuleTable.Find(op)!, single: false).First());

    /// <summary>Parameters with a stated domain from <paramref name="below"/> under the point to <paramref name="above"/> over it; with none if both are 0.</summary>
    public static string Parameters(double[] point, double below = 0.0, double above = 0.0) => string.Join(", ", point.Select((p, i) =>
        (below + above > 0.0 ? $"[Domain({RuleCorpus.Number(p - below)}, {RuleCorpus.Number(p + above)})] " : "") + "double " + RuleCase.Names[i]));

    public static string Numbers(IEnumerable<double> point) => string.Join(", ", point.Select(RuleCorpus.Number));

    /// <summary>One condition per partial; the gradient of several inputs is a tuple.</summary>
    public static string GradientIs(string call, double[] expected) => string.Join(
        " && ", expected.Select((e, i) => $"Near({RuleCorpus.Number(e)}, {call}{(expected.Length == 1 ? "" : ".Item" + (i + 1))})"));
}

/// <summary>The gradient at a kink under each convention.</summary>
internal sealed record RuleKink(string Op, double[] Point, double[] Symmetric, double[] Left, double[] Right, string? Text = null)
{
    public string Write(int index)
    {
        string body = RuleExpectations.Body(Op, Point.Length, Text);
        string name = $"Kink{index}";
        string callee = Text?.Contains("Callee") == true ? $"    [Differentiable]\n    internal static double {name}Callee(double x) => Math.Abs(x);\n" : "";
        string helper = Text?.Contains("Helper") == true ? $"    private static double {name}Helper(double x) => Math.Abs(x);\n" : "";
        body = body.Replace("Callee", name + "Callee").Replace("Helper", name + "Helper");
        return callee + helper + string.Concat(new[] { ("Symmetric", Symmetric), ("Left", Left), ("Right", Right) }.Select(k => $"""
                [Differentiable(Kinks = KinkConvention.{k.Item1})]
                internal static double {name}{k.Item1}({RuleExpectations.Parameters(Point)}) => {body};

                [Expect]
                internal static bool {name}{k.Item1}Holds() => {RuleExpectations.GradientIs($"{name}{k.Item1}Gradient({RuleExpectations.Numbers(Point)})", k.Item2)};


            """));
    }
}

/// <summary>
/// A point at the end of a domain: the gradient there (null where it is not stated), and exact zeros for zero tangents and
/// cotangents, whatever domain is stated around the point.
/// </summary>
internal sealed record RuleEdge(string Op, double[] Point, double[]? Gradient, string? Text = null)
{
    public string Write(int index)
    {
        string body = RuleExpectations.Body(Op, Point.Length, Text);
        string point = RuleExpectations.Numbers(Point);
        string zeros = RuleExpectations.Numbers(Point.Select(_ => 0.0));
        (double Below, double Above)[] domains = Point.Any(double.IsInfinity) ? [(0.0, 0.0)] : [(0.0, 0.0), (0.0, 0.25), (0.25, 0.0)];
        return string.Concat(domains.Select((domain, d) =>
        {
            string name = $"Edge{index}_{d}";
            string cotangents = string.Join(" && ", Point.Select((_, i) => $"{name}Vjp({point}, 0.0){(Point.Length == 1 ? "" : ".Item" + (i + 1))} == 0.0"));
            string gradient = Gradient is null || d > 0 ? "" : $"""
                    [Expect]
                    internal static bool {name}GradientHolds() => {RuleExpectations.GradientIs($"{name}Gradient({point})", Gradient)};


                """;
            return $"""
                    [Differentiable]
                    internal static double {name}({RuleExpectations.Parameters(Point, domain.Below, domain.Above)}) => {body};

                    [Expect]
                    internal static bool {name}ZeroHolds() => {name}Jvp({point}, {zeros}).Item2 == 0.0 && {cotangents};


                """ + gradient;
        }));
    }
}
