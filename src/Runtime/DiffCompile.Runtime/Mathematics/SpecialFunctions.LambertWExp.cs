namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const double BranchConstant = 1.1199143867296084;

    /// <summary>W₀(−exp(−1 − q)): −1 at q = 0, −1 + √(2q) close to it, −exp(−1 − q) for large q. Loses no digits near the branch point.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>
    /// 1 + W is a polynomial in s = √(2q) (the branch-point expansion of Corless et al. 1996, section 4, in this variable);
    /// for large q W/x as in <see cref="LambertW0(double)"/>. Derivative <see cref="LambertW0ExpDerivative(double)"/>.
    /// Largest measured error 2.4 ulp.
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
    /// <remarks>Largest measured error 3.4 ulp.</remarks>
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
    /// Largest measured error 2.1 ulp.
    /// </remarks>
    public static double LambertWm1Exp(double q)
        => q < 1.0 ? LambertFromBranch(q, -1.0, out _) : -LambertFar(1.0 + q);

    /// <inheritdoc cref="LambertWm1Exp(double)"/>
    public static float LambertWm1Exp(float q) => (float)LambertWm1Exp((double)q);

    /// <summary>Derivative of <see cref="LambertWm1Exp(double)"/>, −W/(1 + W), with 1 + W accurate: −∞ at 0, −1 for large q.</summary>
    /// <param name="q">At least 0.</param>
    /// <remarks>Largest measured error 3.0 ulp.</remarks>
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
}
