using Shouldly;
using Xunit;
using F = DiffCompile.Mathematics.SpecialFunctions;

namespace DiffCompile.Runtime.Tests.Mathematics;

/// <summary>Zeros with their signs, infinities, poles, ends of domains: exact.</summary>
public sealed class SpecialValueTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private const double MinusOneOverE = -0.36787944117144233;

    private static readonly (string Name, Func<double, double> Function, (double X, double Expected)[] Cases)[] Table =
    [
        ("Exp2", F.Exp2, [(0, 1), (-0.0, 1), (10, 1024), (-3, 0.125), (1023, 8.98846567431158e307), (1024, Inf),
            (-1074, double.Epsilon), (-1075, 0), (-1022, 2.2250738585072014e-308), (Inf, Inf), (-Inf, 0), (NaN, NaN)]),
        ("Exp10", F.Exp10, [(0, 1), (1, 10), (2, 100), (15, 1e15), (22, 1e22), (308, 1e308), (309, Inf), (-324, 0), (Inf, Inf), (-Inf, 0), (NaN, NaN)]),
        ("Expm1", F.Expm1, [(0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-1e-300, -1e-300), (710, Inf), (-50, -1), (Inf, Inf), (-Inf, -1), (NaN, NaN)]),
        ("Log1p", F.Log1p, [(0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-1, -Inf), (-1.5, NaN), (Inf, Inf), (-Inf, NaN), (NaN, NaN)]),
        ("Sigmoid", F.Sigmoid, [(0, 0.5), (Inf, 1), (-Inf, 0), (800, 1), (-800, 0), (NaN, NaN)]),
        ("LogSigmoid", F.LogSigmoid, [(-800, -800), (-Inf, -Inf), (Inf, 0), (800, 0), (NaN, NaN)]),
        ("Softplus", F.Softplus, [(800, 800), (Inf, Inf), (-Inf, 0), (-800, 0), (NaN, NaN)]),
        ("Selu", F.Selu, [(0, 0), (-0.0, -0.0), (1, 1.0507009873554805), (-Inf, -1.0507009873554805 * 1.6732632423543772), (Inf, Inf), (NaN, NaN)]),
        ("Logit", F.Logit, [(0, -Inf), (1, Inf), (0.5, 0), (-0.1, NaN), (1.1, NaN), (NaN, NaN)]),

        ("Erf", F.Erf, [(0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (6, 1), (-6, -1), (Inf, 1), (-Inf, -1), (NaN, NaN)]),
        ("ErfDerivative", F.ErfDerivative, [(0, 1.1283791670955126), (28, 0), (-28, 0), (Inf, 0), (-Inf, 0), (NaN, NaN)]),
        ("Erfc", F.Erfc, [(0, 1), (-0.0, 1), (28, 0), (-7, 2), (Inf, 0), (-Inf, 2), (NaN, NaN)]),
        ("Erfcx", F.Erfcx, [(0, 1), (-27, Inf), (Inf, 0), (-Inf, Inf), (NaN, NaN)]),
        ("ErfcxDerivative", F.ErfcxDerivative, [(0, -1.1283791670955126), (-27, -Inf), (Inf, -0.0), (-Inf, -Inf), (NaN, NaN)]),
        ("LogErfc", F.LogErfc, [(0, -0.0), (-30, Math.Log(2)), (1e160, -Inf), (Inf, -Inf), (-Inf, Math.Log(2)), (NaN, NaN)]),
        ("ErfInv", F.ErfInv, [(0, 0), (-0.0, -0.0), (1, Inf), (-1, -Inf), (1.5, NaN), (-2, NaN), (Inf, NaN), (NaN, NaN)]),
        ("ErfInvDerivative", F.ErfInvDerivative, [(1, Inf), (-1, Inf), (1.5, NaN), (NaN, NaN)]),
        ("NormalPdf", F.NormalPdf, [(0, 0.3989422804014327), (40, 0), (Inf, 0), (-Inf, 0), (NaN, NaN)]),
        ("NormalCdf", F.NormalCdf, [(0, 0.5), (-40, 0), (10, 1), (Inf, 1), (-Inf, 0), (NaN, NaN)]),
        ("LogNormalCdf", F.LogNormalCdf, [(0, -0.6931471805599453), (-1e160, -Inf), (40, -0.0), (Inf, -0.0), (-Inf, -Inf), (NaN, NaN)]),
        ("LogitNormalCdf", F.LogitNormalCdf, [(0, 0), (-0.0, -0.0), (Inf, Inf), (-Inf, -Inf), (NaN, NaN)]),
        ("InverseMills", F.InverseMills, [(0, 0.7978845608028654), (-1e300, 1e300), (Inf, 0), (-Inf, Inf), (NaN, NaN)]),
        ("InverseMillsDerivative", F.InverseMillsDerivative, [(-1e300, -1), (Inf, -0.0), (-Inf, -1), (NaN, NaN)]),

        ("LogGamma", F.LogGamma, [(1, 0), (2, 0), (0, Inf), (-0.0, Inf), (-1, Inf), (-7, Inf), (-1e300, Inf), (1e306, Inf), (Inf, Inf), (-Inf, Inf), (NaN, NaN)]),
        ("Digamma", F.Digamma, [(0, -Inf), (-0.0, Inf), (-1, NaN), (-1e300, NaN), (double.Epsilon, -Inf), (Inf, Inf), (-Inf, NaN), (NaN, NaN)]),
        ("Trigamma", F.Trigamma, [(0, Inf), (-0.0, Inf), (-1, Inf), (-9, Inf), (1e-200, Inf), (Inf, 0), (-Inf, NaN), (NaN, NaN)]),
        ("Polygamma of order 2", x => F.Polygamma(2, x), [(0, -Inf), (-0.0, Inf), (-1, NaN), (1e-200, -Inf), (-1e-200, Inf), (Inf, -0.0), (-Inf, NaN), (NaN, NaN)]),
        ("Polygamma of order 3", x => F.Polygamma(3, x), [(0, Inf), (-0.0, Inf), (-4, Inf), (1e-200, Inf), (Inf, 0), (-Inf, NaN), (NaN, NaN)]),
        ("Polygamma of order −1", x => F.Polygamma(-1, x), [(1, NaN)]),
        ("Polygamma of order 21", x => F.Polygamma(21, x), [(1, NaN)]),

        ("LambertW0", F.LambertW0, [(0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (MinusOneOverE, -1), (-0.3678794411714424, NaN), (-1, NaN), (Inf, Inf), (-Inf, NaN), (NaN, NaN)]),
        ("LambertW0Derivative", F.LambertW0Derivative, [(0, 1), (MinusOneOverE, Inf), (-1, NaN), (Inf, 0), (NaN, NaN)]),
        ("LambertWm1", F.LambertWm1, [(0, -Inf), (-0.0, -Inf), (MinusOneOverE, -1), (-0.3678794411714424, NaN), (0.1, NaN), (Inf, NaN), (-Inf, NaN), (NaN, NaN)]),
        ("LambertWm1Derivative", F.LambertWm1Derivative, [(0, -Inf), (MinusOneOverE, -Inf), (0.1, NaN), (-1, NaN), (NaN, NaN)]),
        ("LambertW0Exp", F.LambertW0Exp, [(0, -1), (double.Epsilon, -1), (760, -0.0), (Inf, -0.0), (-1e-300, NaN), (NaN, NaN)]),
        ("LambertW0ExpDerivative", F.LambertW0ExpDerivative, [(0, Inf), (Inf, 0), (-1, NaN), (NaN, NaN)]),
        ("LambertWm1Exp", F.LambertWm1Exp, [(0, -1), (double.Epsilon, -1), (1e300, -1e300), (Inf, -Inf), (-1, NaN), (NaN, NaN)]),
        ("LambertWm1ExpDerivative", F.LambertWm1ExpDerivative, [(0, -Inf), (1e300, -1), (Inf, -1), (-1, NaN), (NaN, NaN)]),
    ];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_are_exact(string name)
    {
        var row = Table.Single(r => r.Name == name);
        foreach ((double x, double expected) in row.Cases)
        {
            double computed = row.Function(x);
            bool same = double.IsNaN(expected)
                ? double.IsNaN(computed)
                : BitConverter.DoubleToInt64Bits(computed) == BitConverter.DoubleToInt64Bits(expected);
            same.ShouldBeTrue($"{name}({x:R}) = {computed:R}, expected {expected:R}");
        }
    }

    [Theory]
    [InlineData(Inf, Inf, Inf)]
    [InlineData(-Inf, -Inf, -Inf)]
    [InlineData(Inf, -Inf, Inf)]
    [InlineData(-Inf, 3.0, 3.0)]
    [InlineData(3.0, -Inf, 3.0)]
    [InlineData(1000.0, 0.0, 1000.0)]
    [InlineData(NaN, 1.0, NaN)]
    [InlineData(1.0, NaN, NaN)]
    [InlineData(NaN, Inf, NaN)]
    [InlineData(0.0, 0.0, 0.6931471805599453)]
    public void LogAddExp_handles_infinities(double a, double b, double expected) => F.LogAddExp(a, b).ShouldBe(expected);

    [Fact]
    public void Exp10_is_exact_for_the_exact_powers()
    {
        for (int n = 0; n <= 22; n++)
        {
            F.Exp10((double)n).ShouldBe(double.Parse($"1e{n}", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Exp2_is_exact_for_integers()
    {
        for (int n = -1074; n < 1024; n++)
        {
            F.Exp2((double)n).ShouldBe(Math.ScaleB(1.0, n));
        }
    }

    /// <summary>Erfcx overflows there, so that −2/√π/Erfcx is 0 where the derivative is below 1e-308.</summary>
    [Fact]
    public void LogErfc_partial_loses_only_what_lies_below_the_normal_numbers()
    {
        (-F.ErfDerivative(0.0) / F.Erfcx(-26.65)).ShouldBe(-0.0);
        (F.ErfDerivative(-26.65) / F.Erfc(-26.65)).ShouldBeLessThan(2.2250738585072014e-308);
    }

    /// <summary>The partial a compiler would write from W alone loses the digits that 1 + W cancels; the derivative member does not.</summary>
    [Fact]
    public void LambertW0ExpDerivative_keeps_what_the_formula_in_W_loses()
    {
        const double Q = 1e-20;
        double exact = 1.0 / Math.Sqrt(2.0 * Q); // next term −2/3
        F.LambertW0ExpDerivative(Q).ShouldBe(exact - 2.0 / 3.0, 1e-15 * exact);
        double w = F.LambertW0Exp(Q);
        Math.Abs(-w / (1.0 + w) / exact - 1.0).ShouldBeGreaterThan(1e-7);
    }
}
