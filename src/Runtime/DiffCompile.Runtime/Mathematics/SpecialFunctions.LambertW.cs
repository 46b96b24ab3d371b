namespace DiffCompile.Mathematics;

using System.Runtime.CompilerServices;
using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const double E = 2.718281828459045, ELow = 1.4456468917292502e-16;
    private const double InverseE = 0.36787944117144233, InverseELow = -1.2428753672788363e-17;

    /// <summary>Principal branch of the Lambert function: W e^W = x, W ≥ −1.</summary>
    /// <param name="x">
    /// At least −1/e; the double nearest to −1/e (−0.36787944117144233) counts as the branch point and gives −1, smaller ones NaN.
    /// </param>
    /// <remarks>
    /// Near the branch point by <see cref="LambertW0Exp(double)"/>'s expansion, e x + 1 being formed with extra bits; W/x as polynomial in
    /// √(2(e x + 1)) for moderate x; beyond, a polynomial guess and one step of Fritsch, Shafer and Crowley (1973).
    /// Derivative <see cref="LambertW0Derivative(double)"/>. Largest measured error 2.1 ulp.
    /// </remarks>
    public static double LambertW0(double x)
    {
        if (x < -0.3)
        {
            return BranchDistance(x, out double q) ? LambertFromBranch(q, 1.0, out _) : double.NaN;
        }

        if (x < 2.5)
        {
            double p = Math.Sqrt(2.0 * MulAdd(E, x, 1.0));
            return x * LambertRatio(p);
        }

        return x < double.PositiveInfinity ? LambertLarge(Math.Log(x)) : x;
    }

    /// <inheritdoc cref="LambertW0(double)"/>
    /// <remarks>The float nearest to −1/e (−0.36787945) counts as the branch point.</remarks>
    public static float LambertW0(float x) => x == -(float)InverseE ? -1f : (float)LambertW0((double)x);

    /// <summary>Derivative of <see cref="LambertW0(double)"/>, W/(x(1 + W)), with 1 + W accurate near the branch point; 1 at 0, +∞ at −1/e.</summary>
    /// <param name="x">At least −1/e, as there.</param>
    /// <remarks>Largest measured error 2.8 ulp.</remarks>
    public static double LambertW0Derivative(double x)
    {
        if (x < -0.3)
        {
            return BranchDistance(x, out double q) ? LambertFromBranch(q, 1.0, out double u) / (x * u) : double.NaN;
        }

        if (x < 2.5)
        {
            double ratio = LambertRatio(Math.Sqrt(2.0 * MulAdd(E, x, 1.0)));
            return ratio / MulAdd(x, ratio, 1.0);
        }

        double w = LambertW0(x);
        return double.IsInfinity(w) ? 0.0 : w / (1.0 + w) / x;
    }

    /// <inheritdoc cref="LambertW0Derivative(double)"/>
    public static float LambertW0Derivative(float x)
        => x == -(float)InverseE ? float.PositiveInfinity : (float)LambertW0Derivative((double)x);

    /// <summary>Lower real branch of the Lambert function: W e^W = x, W ≤ −1. −∞ at 0.</summary>
    /// <param name="x">From −1/e (as in <see cref="LambertW0(double)"/>) to 0.</param>
    /// <remarks>
    /// <see cref="LambertWm1Exp(double)"/> of −1 − log(−x). Derivative <see cref="LambertWm1Derivative(double)"/>.
    /// Largest measured error 2.0 ulp.
    /// </remarks>
    public static double LambertWm1(double x)
    {
        if (x < -0.25)
        {
            return BranchDistance(x, out double q) ? LambertFromBranch(q, -1.0, out _) : double.NaN;
        }

        if (x >= 0.0 || double.IsNaN(x))
        {
            return x == 0.0 ? double.NegativeInfinity : double.NaN;
        }

        double l = -Math.Log(-x);
        return l < 2.0 ? LambertFromBranch(l - 1.0, -1.0, out _) : -LambertFar(l);
    }

    /// <inheritdoc cref="LambertWm1(double)"/>
    /// <remarks>The float nearest to −1/e (−0.36787945) counts as the branch point.</remarks>
    public static float LambertWm1(float x) => x == -(float)InverseE ? -1f : (float)LambertWm1((double)x);

    /// <summary>Derivative of <see cref="LambertWm1(double)"/>, W/(x(1 + W)), with 1 + W accurate near the branch point; −∞ at −1/e and at 0.</summary>
    /// <param name="x">From −1/e to 0.</param>
    /// <remarks>Largest measured error 3.4 ulp.</remarks>
    public static double LambertWm1Derivative(double x)
    {
        if (x < -0.25)
        {
            return BranchDistance(x, out double q) ? LambertFromBranch(q, -1.0, out double u) / (x * u) : double.NaN;
        }

        double w = LambertWm1(x);
        return double.IsInfinity(w) ? w : w / (1.0 + w) / x;
    }

    /// <inheritdoc cref="LambertWm1Derivative(double)"/>
    public static float LambertWm1Derivative(float x)
        => x == -(float)InverseE ? float.NegativeInfinity : (float)LambertWm1Derivative((double)x);

    /// <summary>q with x = −exp(−1 − q), for −1/e ≤ x &lt; −0.25; false where x lies below the branch point.</summary>
    private static bool BranchDistance(double x, out double q)
    {
        // e x + 1: the product is exact as a pair, its sum with 1 is exact near the branch point.
        double product = Extended.Product(E, x, out double low);
        double d = (1.0 + product) + MulAdd(ELow, x, low);
        q = d > 0.0 ? -Log1p(-d) : 0.0;
        return x >= -InverseE;
    }

    /// <summary>W₀(x)/x by p = √(2(e x + 1)), 0.6 ≤ p ≤ 4.</summary>
    private static double LambertRatio(double p)
    {
        if (p <= 2.0)
        {
            double t = p - 1.4142135623730951; // 0 at x = 0, where the ratio is exactly 1
            return 1.0 + MulAdd(t, Degree19(t,
                -0.520260095022889, 0.2220661291241172, -0.08842809615744986, 0.034029994452759,
                -0.012837717238857425, 0.004781090426835616, -0.001764793922639373, 0.000647198872508946,
                -0.0002361796544611076, 8.585714278291866e-05, -3.111460251169432e-05, 1.1248296485181115e-05,
                -4.060599321328919e-06, 1.4596682581637552e-06, -5.183153110541521e-07, 1.9455243690037704e-07,
                -7.701245789835705e-08, 1.3756668375915292e-08, -4.2949596847031335e-09, 1.0751278912392627e-08), -5.08999816222057e-17);
        }
        else
        {
            double t = p - 3.0;
            return MulAdd(t, Degree19(t,
                -0.17608616632677113, 0.04893446694539371, -0.012628279710771337, 0.003140875411240365,
                -0.0007644345949168153, 0.00018344590175485505, -4.359271999005617e-05, 1.0284953993897727e-05,
                -2.4133631334130866e-06, 5.638847463858507e-07, -1.3130309319608475e-07, 3.048914374672422e-08,
                -7.0624580743607365e-09, 1.6329402420859696e-09, -3.780265124381497e-10, 8.713286464051323e-11,
                -1.9188040211241837e-11, 4.41311623144928e-12, -1.4009016492890429e-12, 3.2143128588160307e-13), 0.5151504116667536);
        }
    }

    /// <summary>W₀(e^l) for l ≥ 0.9: a guess as l times a polynomial in log l, and one step of fourth order.</summary>
    private static double LambertLarge(double l)
    {
        double t = Math.Log(l) - 3.25;
        double guess = l * (MulAdd(t, Degree11(t,
                0.07870279548859553, -0.017335081798165276, -0.0017092921679351793, 0.002335762405678336,
                -0.0008812062537109843, 0.00014059277987496193, 4.456165677378586e-05, -1.9884120418778188e-05,
                -1.3392041731854706e-06, 1.1782491633997734e-06, 2.450880479308655e-09, -2.480036977760157e-08), 0.8789864638141277));
        return FritschStep(guess, l - Math.Log(guess));
    }

    /// <summary>Improves w ≈ W for w + log|w| = l; rest = l − log|w|. Fourth order (Fritsch, Shafer and Crowley 1973).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double FritschStep(double w, double rest)
    {
        double z = rest - w;
        double one = 1.0 + w;
        double q = 2.0 * one * (one + (2.0 / 3.0) * z);
        return w + w * (z / one) * ((q - z) / (q - 2.0 * z));
    }
}
