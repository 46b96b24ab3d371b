namespace DiffCompile.Mathematics;

using System.Runtime.CompilerServices;
using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const double E = 2.718281828459045, ELow = 1.4456468917292502e-16;
    private const double InverseE = 0.36787944117144233, InverseELow = -1.2428753672788363e-17;
    private const double BranchConstant = 1.1199143867296084;

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
    /// <remarks>Largest measured error ? ulp.</remarks>
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
    /// Largest measured error ? ulp.
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
    /// <remarks>Largest measured error ? ulp.</remarks>
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

    /// <summary>W₀(−exp(−1 − q)): −1 at q = 0, −1 + √(2q) close to it, −exp(−1 − q) for large q. Loses no digits near the branch point.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>
    /// 1 + W is a polynomial in s = √(2q) (the branch-point expansion of Corless et al. 1996, section 4, in this variable);
    /// for large q W/x as in <see cref="LambertW0(double)"/>. Derivative <see cref="LambertW0ExpDerivative(double)"/>.
    /// Largest measured error ? ulp.
    /// </remarks>
    public static double LambertW0Exp(double q)
    {
        if (q < 0.25)
        {
            return LambertFromBranch(q, 1.0, out _);
        }

        // −exp(−1 − q) in two parts.
        double e = Math.Exp(-q);
        if (e == 0.0)
        {
            return -0.0;
        }

        double x = Extended.Product(-InverseE, e, out double xLow);
        double ratio = LambertRatio(Math.Sqrt(2.0 * (1.0 - e)));
        return MulAdd(x, ratio, MulAdd(InverseELow, -e, xLow) * ratio);
    }

    /// <inheritdoc cref="LambertW0Exp(double)"/>
    public static float LambertW0Exp(float q) => (float)LambertW0Exp((double)q);

    /// <summary>Derivative of <see cref="LambertW0Exp(double)"/>, −W/(1 + W), with 1 + W accurate: +∞ at 0 (as 1/√(2q)), exp(−1 − q) for large q.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>Largest measured error ? ulp.</remarks>
    public static double LambertW0ExpDerivative(double q)
    {
        if (q < 0.25)
        {
            return -LambertFromBranch(q, 1.0, out double u) / u;
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
        => q < 1.0 ? LambertFromBranch(q, -1.0, out _) : -LambertFar(1.0 + q);

    /// <inheritdoc cref="LambertWm1Exp(double)"/>
    public static float LambertWm1Exp(float q) => (float)LambertWm1Exp((double)q);

    /// <summary>Derivative of <see cref="LambertWm1Exp(double)"/>, −W/(1 + W), with 1 + W accurate: −∞ at 0, −1 for large q.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>Largest measured error ? ulp.</remarks>
    public static double LambertWm1ExpDerivative(double q)
    {
        if (q < 1.0)
        {
            return -LambertFromBranch(q, -1.0, out double u) / u;
        }

        double v = LambertFar(1.0 + q);
        return double.IsInfinity(v) ? -1.0 : -v / (v - 1.0);
    }

    /// <inheritdoc cref="LambertWm1ExpDerivative(double)"/>
    public static float LambertWm1ExpDerivative(float q) => (float)LambertWm1ExpDerivative((double)q);

    /// <summary>q with x = −exp(−1 − q), for −1/e ≤ x &lt; −0.25; false where x lies below the branch point.</summary>
    private static bool BranchDistance(double x, out double q)
    {
        // e x + 1: the product is exact as a pair, its sum with 1 is exact near the branch point.
        double product = Extended.Product(E, x, out double low);
        double d = (1.0 + product) + MulAdd(ELow, x, low);
        q = d > 0.0 ? -Log1p(-d) : 0.0;
        return x >= -InverseE;
    }

    /// <summary>W with W e^W = −exp(−1 − q), and u = 1 + W without the rounding of W. NaN for q &lt; 0.</summary>
    /// <param name="q">0 to 0.25 on the principal branch, to 1.12 on the lower one.</param>
    /// <param name="branch">1 for the principal branch, −1 for the lower one.</param>
    /// <param name="u">Carries the sign of the branch, also where it is zero.</param>
    private static double LambertFromBranch(double q, double branch, out double u)
    {
        double root = Math.Sqrt(2.0 * q);
        double s = branch * root;
        double tail = BranchTail(s);
        u = s * (tail + BranchConstant);
        double w = MulAdd(s, tail, MulAdd(s, BranchConstant, -1.0));
        if (root == 0.0)
        {
            return w;
        }

        // What the rounded root lost, by dW/dq = −W/(1 + W).
        double correction = -0.5 * MulAdd(-root, root, 2.0 * q) * w / u;
        u += correction;
        return w + correction;
    }

    /// <summary>(1 + W)/s less <see cref="BranchConstant"/>.</summary>
    private static double BranchTail(double s)
    {
        double t = s + 0.35;
        return MulAdd(t, Degree23(t,
                -0.35146003348575405, 0.024079009701313644, 0.0033270323460564987, 0.000294438904859381,
                -1.6919451770744703e-05, -1.4830870372909215e-05, -3.720571214029829e-06, -5.078228202353761e-07,
                1.0445532413453298e-08, 2.8367967419055918e-08, 9.024867779247856e-09, 1.5995819048986394e-09,
                6.8891969678515e-11, -6.379916147374602e-11, -2.6455294059720753e-11, -5.822560466256486e-12,
                -5.709399900861342e-13, 1.317932837447516e-13, 8.098148542406358e-14, 2.2064486323467526e-14,
                3.4818771833916327e-15, -1.85657328510423e-16, -3.4137236700652213e-16, -7.643885869355412e-17), -2.3284950948135366e-17);
    }

    /// <summary>W₀(x)/x by p = √(2(e x + 1)), 0.6 ≤ p ≤ 4.</summary>
    private static double LambertRatio(double p)
    {
        if (p <= 2.0)
        {
            double t = p - 1.3;
            return 1.0624553523323703 + MulAdd(t, Degree19(t,
                -0.5746608986316452, 0.255232900643679, -0.1058032178081963, 0.04239707988444273,
                -0.01665707306564923, 0.006461355756303989, -0.002484344783899164, 0.0009490810522813864,
                -0.0003608077853258541, 0.00013664519240366103, -5.1593471206284954e-05, 1.9431649075005875e-05,
                -7.300801641264905e-06, 2.739275962233146e-06, -1.0332673562116368e-06, 3.866028814962548e-07,
                -1.3313530112539623e-07, 4.9724025449135866e-08, -2.8853796977725085e-08, 1.0751278912392627e-08), 8.483078140263327e-17);
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
        if (l > 1e20)
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
