using Shouldly;
using Xunit;
using F = DiffCompile.Mathematics.SpecialFunctions;

namespace DiffCompile.Runtime.Tests.Mathematics;

/// <summary>Monotone functions on fine grids across every seam, and the float overloads.</summary>
public sealed class MonotoneAndFloatTests
{
    private static readonly (string Name, Func<double, double> Double, Func<float, float> Float, double Low, double High, int Direction)[] Table =
    [
        ("Exp2", F.Exp2, F.Exp2, -1080, 1024, 1),
        ("Exp10", F.Exp10, F.Exp10, -324, 308, 1),
        ("Expm1", F.Expm1, F.Expm1, -45, 45, 1),
        ("Log1p", F.Log1p, F.Log1p, -1, 5, 1),
        ("Sigmoid", F.Sigmoid, F.Sigmoid, -50, 50, 1),
        ("LogSigmoid", F.LogSigmoid, F.LogSigmoid, -50, 50, 1),
        ("Softplus", F.Softplus, F.Softplus, -50, 50, 1),
        ("Selu", F.Selu, F.Selu, -45, 10, 1),
        ("Logit", F.Logit, F.Logit, 0, 1, 1),
        ("Erf", F.Erf, F.Erf, -7, 7, 1),
        ("ErfDerivative", F.ErfDerivative, F.ErfDerivative, 0, 28, -1),
        ("Erfc", F.Erfc, F.Erfc, -7, 28, -1),
        ("Erfcx", F.Erfcx, F.Erfcx, -26, 100, -1),
        ("ErfcxDerivative", F.ErfcxDerivative, F.ErfcxDerivative, -26, 100, 1),
        ("LogErfc", F.LogErfc, F.LogErfc, -7, 100, -1),
        ("ErfInv", F.ErfInv, F.ErfInv, -1, 1, 1),
        ("ErfInvDerivative", F.ErfInvDerivative, F.ErfInvDerivative, 0, 1, 1),
        ("NormalPdf", F.NormalPdf, F.NormalPdf, -39, 0, 1),
        ("NormalCdf", F.NormalCdf, F.NormalCdf, -39, 9, 1),
        ("LogNormalCdf", F.LogNormalCdf, F.LogNormalCdf, -100, 38, 1),
        ("LogitNormalCdf", F.LogitNormalCdf, F.LogitNormalCdf, -100, 100, 1),
        ("InverseMills", F.InverseMills, F.InverseMills, -100, 38, -1),
        ("InverseMillsDerivative", F.InverseMillsDerivative, F.InverseMillsDerivative, -100, 38, 1),
        ("LogGamma right of its minimum", F.LogGamma, F.LogGamma, 1.462, 100, 1),
        ("LogGamma left of its minimum", F.LogGamma, F.LogGamma, 0, 1.461, -1),
        ("Digamma", F.Digamma, F.Digamma, 0.001, 100, 1),
        ("Digamma of negative numbers", F.Digamma, F.Digamma, -2.9999, -2.0001, 1),
        ("Trigamma", F.Trigamma, F.Trigamma, 0.001, 100, -1),
        ("Polygamma of order 2", x => F.Polygamma(2, x), x => F.Polygamma(2, x), 0.001, 100, 1),
        ("Polygamma of order 3", x => F.Polygamma(3, x), x => F.Polygamma(3, x), 0.001, 100, -1),
        ("LambertW0", F.LambertW0, F.LambertW0, -0.3678794411714423, 20, 1),
        ("LambertW0Derivative", F.LambertW0Derivative, F.LambertW0Derivative, -0.3678794411714423, 20, -1),
        ("LambertWm1", F.LambertWm1, F.LambertWm1, -0.3678794411714423, -1e-9, -1),
        ("LambertWm1Derivative left of its maximum", F.LambertWm1Derivative, F.LambertWm1Derivative, -0.3678794411714423, -0.28, 1),
        ("LambertW0Exp", F.LambertW0Exp, F.LambertW0Exp, 0, 50, 1),
        ("LambertW0ExpDerivative", F.LambertW0ExpDerivative, F.LambertW0ExpDerivative, 0, 50, -1),
        ("LambertWm1Exp", F.LambertWm1Exp, F.LambertWm1Exp, 0, 50, -1),
        ("LambertWm1ExpDerivative", F.LambertWm1ExpDerivative, F.LambertWm1ExpDerivative, 0, 50, 1),
    ];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Monotone_on_a_fine_grid(string name)
    {
        var row = Table.Single(r => r.Name == name);
        const int Steps = 40000;
        double lastX = row.Low, last = row.Double(row.Low);
        for (int i = 1; i <= Steps; i++)
        {
            double x = row.Low + (row.High - row.Low) * i / Steps;
            double next = row.Double(x);
            (row.Direction * (next - last) >= 0.0 || next == last)
                .ShouldBeTrue($"{name}({lastX:R}) = {last:R} and {name}({x:R}) = {next:R}");
            (lastX, last) = (x, next);
        }

        // The grid must see the function move, else the comparison above says nothing.
        row.Double(row.High).ShouldNotBe(row.Double(row.Low));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_overload_rounds_the_double_result(string name)
    {
        var row = Table.Single(r => r.Name == name);
        for (int i = 0; i <= 1000; i++)
        {
            float x = (float)(row.Low + (row.High - row.Low) * i / 1000.0);
            float computed = row.Float(x);
            double exact = row.Double(x);
            if (x == -0.36787945f || !double.IsFinite(exact) || Math.Abs(exact) > float.MaxValue)
            {
                continue;
            }

            double ulp = Math.Abs((double)MathF.BitIncrement(MathF.Abs(computed)) - MathF.Abs(computed));
            Math.Abs(computed - exact).ShouldBeLessThanOrEqualTo(0.5 * ulp, $"{name}({x:R})");
        }
    }

    [Fact]
    public void The_float_nearest_to_the_branch_point_counts_as_it()
    {
        const float BranchPoint = -0.36787945f;
        double.IsNaN(F.LambertW0((double)BranchPoint)).ShouldBeTrue("that float lies below −1/e");
        F.LambertW0(BranchPoint).ShouldBe(-1f);
        F.LambertWm1(BranchPoint).ShouldBe(-1f);
        F.LambertW0Derivative(BranchPoint).ShouldBe(float.PositiveInfinity);
        F.LambertWm1Derivative(BranchPoint).ShouldBe(float.NegativeInfinity);
        F.LogAddExp(1f, 2f).ShouldBe((float)F.LogAddExp(1.0, 2.0));
    }
}
