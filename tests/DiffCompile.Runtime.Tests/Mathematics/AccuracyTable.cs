using F = DiffCompile.Mathematics.SpecialFunctions;

namespace DiffCompile.Runtime.Tests.Mathematics;

/// <summary>
/// One function: how its value and its partial derivative are spelled, and the error each may have, in ulp of the exact result
/// or of the larger of that and a scale (where a zero of the function forbids a relative bound).
/// </summary>
public sealed record AccuracyRow(
    string Name,
    double ValueUlp,
    double PartialUlp,
    Func<double[], double> Value,
    Func<double[], double> Partial,
    Func<double[], double>? ValueScale = null,
    Func<double[], double>? PartialScale = null)
{
    public AccuracyRow(string name, double valueUlp, double partialUlp, Func<double, double> value, Func<double, double> partial,
        Func<double, double>? valueScale = null, Func<double, double>? partialScale = null)
        : this(name, valueUlp, partialUlp, a => value(a[0]), a => partial(a[0]),
            valueScale is null ? null : a => valueScale(a[0]), partialScale is null ? null : a => partialScale(a[0]))
    {
    }
}

/// <summary>The stated bounds, repeated in the XML documentation and in docs/special-functions.md.</summary>
public static class AccuracyTable
{
    private const double TwoOverSqrtPi = 1.1283791670955126;
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const double Lambda = 1.0507009873554805, LambdaAlpha = 1.7580993408473766;

    public static IReadOnlyList<AccuracyRow> Rows { get; } =
    [
        new("Exp2", 1, 2, F.Exp2, x => 0.6931471805599453 * F.Exp2(x)),
        new("Exp10", 1, 2, F.Exp10, x => 2.302585092994046 * F.Exp10(x)),
        new("Expm1", 1, 1, F.Expm1, Math.Exp),
        new("Log1p", 1, 1.5, F.Log1p, x => 1.0 / (1.0 + x)),
        new("Sigmoid", 2.5, 3.5, F.Sigmoid, x => F.Sigmoid(x) * F.Sigmoid(-x)),
        new("LogSigmoid", 1.5, 2, F.LogSigmoid, x => F.Sigmoid(-x)),
        new("Softplus", 1.5, 2.5, F.Softplus, F.Sigmoid),
        new("Selu", 1.5, 2, F.Selu, x => x > 0.0 ? Lambda : LambdaAlpha * Math.Exp(x)),
        new("LogAddExp", 2.5, 1.5, a => F.LogAddExp(a[0], a[1]), a => F.Sigmoid(a[0] - a[1]), a => Math.Abs(Math.Max(a[0], a[1])), a => F.Sigmoid(a[0] - a[1]) * Math.Abs(a[0] - a[1])),
        new("Logit", 1.5, 2, F.Logit, p => 1.0 / (p * (1.0 - p))),

        new("Erf", 1, 1.5, F.Erf, F.ErfDerivative),
        new("Erfc", 2, 1.5, F.Erfc, x => -F.ErfDerivative(x)),
        new("Erfcx", 2, 3, F.Erfcx, F.ErfcxDerivative),
        new("LogErfc", 2, 2.5, F.LogErfc, x => -TwoOverSqrtPi / F.Erfcx(x)),
        new("ErfInv", 3, 3.5, F.ErfInv, F.ErfInvDerivative),
        new("NormalPdf", 1.5, 2, F.NormalPdf, x => -x * F.NormalPdf(x), null, x => Math.Abs(x) > 37.5 ? 64.0 * SmallestNormal : 0.0),
        new("NormalCdf", 2, 1.5, F.NormalCdf, F.NormalPdf),
        new("LogNormalCdf", 2, 3, F.LogNormalCdf, F.InverseMills),
        new("LogitNormalCdf", 3, 2, F.LogitNormalCdf, x => F.InverseMills(x) + F.InverseMills(-x)),
        new("InverseMills", 3, 3.5, F.InverseMills, F.InverseMillsDerivative),

        new("LogGamma", 2.5, 3, F.LogGamma, F.Digamma, LogGammaScale, DigammaScale),
        new("Digamma", 3, 2, F.Digamma, F.Trigamma, DigammaScale),
        new("Trigamma", 2, 2, F.Trigamma, x => F.Polygamma(2, x), null, x => PolygammaScale(2, x)),
        new("Polygamma", 2, 2, a => F.Polygamma((int)a[0], a[1]), a => F.Polygamma((int)a[0] + 1, a[1]), a => PolygammaScale(a[0], a[1]), a => PolygammaScale(a[0] + 1, a[1])),

        new("LambertW0", 2.5, 3, F.LambertW0, F.LambertW0Derivative),
        new("LambertWm1", 2, 3.5, F.LambertWm1, F.LambertWm1Derivative),
        new("LambertW0Exp", 2.5, 3.5, F.LambertW0Exp, F.LambertW0ExpDerivative),
        new("LambertWm1Exp", 2.5, 3.5, F.LambertWm1Exp, F.LambertWm1ExpDerivative),
    ];

    /// <summary>log|Γ| crosses zero twice in each interval below −2.</summary>
    private static double LogGammaScale(double x) => x < -2.0 ? Math.Max(1.0, F.LogGamma(-x)) : 0.0;

    /// <summary>ψ has one zero in each interval below 0.</summary>
    private static double DigammaScale(double x) => x < 0.0 ? Math.Max(1.0, Math.Abs(Math.Log(-x))) : 0.0;

    /// <summary>ψ⁽ⁿ⁾ for even n has one zero in each interval below 0, where terms of size n! 2^(n+1) cancel.</summary>
    private static double PolygammaScale(double n, double x)
    {
        double scale = 2.0;
        for (double i = 1.0; i <= n; i++)
        {
            scale *= 2.0 * i;
        }

        return x < 0.0 && n % 2 == 0 ? scale : 0.0;
    }
}
