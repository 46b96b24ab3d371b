namespace DiffCompile.Mathematics;

using System.Runtime.CompilerServices;
using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const double E = 2.718281828459045, ELow = 1.4456468917292502e-16;
    private const double InverseE = 0.36787944117144233;

    /// <summary>Principal branch of the Lambert function: W e^W = x, W ≥ −1.</summary>
    /// <param name="x">
    /// At least −1/e; the double nearest to −1/e (−0.36787944117144233) counts as the branch point and gives −1, smaller ones NaN.
    /// </param>
    /// <remarks>
    /// Near the branch point by <see cref="LambertW0Exp(double)"/>'s expansion, e x + 1 being formed with extra bits; W/x as polynomial in
    /// √(2(e x + 1)) for moderate x; beyond, a polynomial guess and one step of Fritsch, Shafer and Crowley (1973).
    /// Derivative <see cref="LambertW0Derivative(double)"/>. Largest measured error ? ulp.
    /// </remarks>
    public static double LambertW0(double x)
    {
        if (x < -0.25)
        {
            return BranchDistance(x, out double s) ? MulAdd(s, LambertBranch(s), -1.0) : double.NaN;
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
    /// <remarks>Largest measured error ? ulp.</remarks>
    public static double LambertW0Derivative(double x)
    {
        if (x < -0.25)
        {
            if (!BranchDistance(x, out double s))
            {
                return double.NaN;
            }

            double u = s * LambertBranch(s);
            return (u - 1.0) / (x * u);
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
    /// Largest measured error ? ulp.
    /// </remarks>
    public static double LambertWm1(double x)
    {
        if (x < -0.25)
        {
            return BranchDistance(x, out double s) ? MulAdd(s, -LambertBranch(-s), -1.0) : double.NaN;
        }

        if (x >= 0.0 || double.IsNaN(x))
        {
            return x == 0.0 ? double.NegativeInfinity : double.NaN;
        }

        double l = -Math.Log(-x);
        return l < 2.0 ? -1.0 - BelowBranch(Math.Sqrt(2.0 * (l - 1.0))) : -LambertFar(l);
    }

    /// <inheritdoc cref="LambertWm1(double)"/>
    /// <remarks>The float nearest to −1/e (−0.36787945) counts as the branch point.</remarks>
    public static float LambertWm1(float x) => x == -(float)InverseE ? -1f : (float)LambertWm1((double)x);

    /// <summary>Derivative of <see cref="LambertWm1(double)"/>, W/(x(1 + W)), with 1 + W accurate near the branch point; −∞ at −1/e and at 0.</summary>
    /// <param name="x">From −1/e to 0.</param>
    /// <remarks>Largest measured error ? ulp.</remarks>
    public static double LambertWm1Derivative(double x)
    {
        if (x < -0.25)
        {
            if (!BranchDistance(x, out double s))
            {
                return double.NaN;
            }

            double below = BelowBranch(s);
            return (1.0 + below) / (x * below);
        }

        double w = LambertWm1(x);
        return double.IsInfinity(w) ? w : w / (1.0 + w) / x;
    }

    /// <inheritdoc cref="LambertWm1Derivative(double)"/>
    public static float LambertWm1Derivative(float x)
        => x == -(float)InverseE ? float.NegativeInfinity : (float)LambertWm1Derivative((double)x);

    /// <summary>W₀(−exp(−1 − q)): −1 at q = 0, −1 + √(2q) close to it, −exp(−1 − q) for large q. Loses no digits near the branch point.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>
    /// 1 + W is a polynomial in s = √(2q) (the branch-point expansion of Corless et al. 1996, section 4, in this variable);
    /// for large q W/x as in <see cref="LambertW0(double)"/>. Derivative <see cref="LambertW0ExpDerivative(double)"/>.
    /// Largest measured error ? ulp.
    /// </remarks>
    public static double LambertW0Exp(double q)
    {
        if (q < 0.3)
        {
            double s = Math.Sqrt(2.0 * q);
            return MulAdd(s, LambertBranch(s), -1.0);
        }

        double x = ExpMinusOneMinus(q, out double p);
        return x * LambertRatio(p);
    }

    /// <inheritdoc cref="LambertW0Exp(double)"/>
    public static float LambertW0Exp(float q) => (float)LambertW0Exp((double)q);

    /// <summary>Derivative of <see cref="LambertW0Exp(double)"/>, −W/(1 + W), with 1 + W accurate: +∞ at 0 (as 1/√(2q)), exp(−1 − q) for large q.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>Largest measured error ? ulp.</remarks>
    public static double LambertW0ExpDerivative(double q)
    {
        if (q < 0.3)
        {
            double s = Math.Sqrt(2.0 * q);
            double u = s * LambertBranch(s);
            return (1.0 - u) / u;
        }

        double w = LambertW0Exp(q);
        return -w / (1.0 + w);
    }

    /// <inheritdoc cref="LambertW0ExpDerivative(double)"/>
    public static float LambertW0ExpDerivative(float q) => (float)LambertW0ExpDerivative((double)q);

    /// <summary>W₋₁(−exp(−1 − q)): −1 at q = 0, −1 − √(2q) close to it, about −1 − q − log(1 + q) for large q.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>
    /// The polynomial of <see cref="LambertW0Exp(double)"/> at −√(2q); from q = 1, v = −W solves v − log v = 1 + q by two steps of
    /// Fritsch, Shafer and Crowley (1973) from an asymptotic guess. Derivative <see cref="LambertWm1ExpDerivative(double)"/>.
    /// Largest measured error ? ulp.
    /// </remarks>
    public static double LambertWm1Exp(double q)
        => q < 1.0 ? -1.0 - BelowBranch(Math.Sqrt(2.0 * q)) : -LambertFar(1.0 + q);

    /// <inheritdoc cref="LambertWm1Exp(double)"/>
    public static float LambertWm1Exp(float q) => (float)LambertWm1Exp((double)q);

    /// <summary>Derivative of <see cref="LambertWm1Exp(double)"/>, −W/(1 + W), with 1 + W accurate: −∞ at 0, −1 for large q.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>Largest measured error ? ulp.</remarks>
    public static double LambertWm1ExpDerivative(double q)
    {
        if (q < 1.0)
        {
            double below = BelowBranch(Math.Sqrt(2.0 * q));
            return -(1.0 + below) / below;
        }

        double v = LambertFar(1.0 + q);
        return double.IsInfinity(v) ? -1.0 : -v / (v - 1.0);
    }

    /// <inheritdoc cref="LambertWm1ExpDerivative(double)"/>
    public static float LambertWm1ExpDerivative(float q) => (float)LambertWm1ExpDerivative((double)q);

    /// <summary>s = √(2q) with x = −exp(−1 − q), for −1/e ≤ x &lt; −¼; false where x lies below the branch point.</summary>
    private static bool BranchDistance(double x, out double s)
    {
        // e x + 1: the product is exact as a pair, its sum with 1 is exact near the branch point.
        double product = Extended.Product(E, x, out double low);
        double d = (1.0 + product) + MulAdd(ELow, x, low);
        s = d > 0.0 ? Math.Sqrt(-2.0 * Log1p(-d)) : 0.0;
        return x >= -InverseE;
    }

    /// <summary>−(1 + W₋₁) for 0 ≤ s ≤ 1.5, s = √(2q).</summary>
    private static double BelowBranch(double s) => s * LambertBranch(-s);

    /// <summary>(1 + W)/s with W e^W = −exp(−1 − s²/2), −1.5 ≤ s ≤ 0.8; negative s is the lower branch.</summary>
    private static double LambertBranch(double s)
    {
        double t = s + 0.35;
        return MulAdd(t, Degree23(t,
                -0.35146003348575405, 0.024079009701313644, 0.0033270323460564987, 0.000294438904859381,
                -1.6919451770744703e-05, -1.4830870372909215e-05, -3.720571214029829e-06, -5.078228202353761e-07,
                1.0445532413453298e-08, 2.8367967419055918e-08, 9.024867779247856e-09, 1.5995819048986394e-09,
                6.8891969678515e-11, -6.379916147374602e-11, -2.6455294059720753e-11, -5.822560466256486e-12,
                -5.709399900861342e-13, 1.317932837447516e-13, 8.098148542406358e-14, 2.2064486323467526e-14,
                3.4818771833916327e-15, -1.85657328510423e-16, -3.4137236700652213e-16, -7.643885869355412e-17), 1.1199143867296084);
    }

    /// <summary>−exp(−1 − q), and p = √(2(e x + 1)) for that x, q ≥ 0.3.</summary>
    private static double ExpMinusOneMinus(double q, out double p)
    {
        double e = Math.Exp(-q);
        p = Math.Sqrt(2.0 * (1.0 - e));
        return -InverseE * e;
    }

    /// <summary>W₀(x)/x by p = √(2(e x + 1)), 0.79 ≤ p ≤ 4.</summary>
    private static double LambertRatio(double p)
    {
        if (p <= 2.0)
        {
            double t = p - 1.4;
            return MulAdd(t, Degree19(t,
                -0.5266267842351143, 0.22587838501899707, -0.09038905851638739, 0.03495701068130853,
                -0.01325304769529701, 0.0049603972151796615, -0.0018401336670329819, 0.0006782069657143248,
                -0.0002487358636791607, 9.087534510052928e-05, -3.309936393507169e-05, 1.2025514759449456e-05,
                -4.359621757093542e-06, 1.5777632085215469e-06, -5.713822597128701e-07, 2.0644400474174933e-07,
                -7.180912119930638e-08, 2.5562602145648166e-08, -1.2384479506395776e-08, 4.626175705414716e-09), 1.0074398676171568);
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

    /// <summary>The solution v &gt; 2 of v − log v = l, l ≥ 2.</summary>
    private static double LambertFar(double l)
    {
        if (l > 1e17)
        {
            return l;
        }

        double k = Math.Log(l);
        double v = l + k + k / l + k * (k - 2.0) / (2.0 * l * l);
        v = -FritschStep(-v, -l - Math.Log(v));
        return -FritschStep(-v, -l - Math.Log(v));
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
