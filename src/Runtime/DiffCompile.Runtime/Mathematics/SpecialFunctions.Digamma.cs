namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    /// <summary>Digamma function ψ(x) = Γ'(x)/Γ(x). −∞ at +0, +∞ at −0, NaN at the negative integers and at −∞.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>
    /// Polynomial around the zero at 1.4616… (relative accuracy kept there), asymptotic form log x − 1/(2x) − T(1/x²)/x² with
    /// fitted T from 2, reflection for negative x. Derivative <see cref="Trigamma(double)"/>. Largest measured error 2.8 ulp
    /// for x &gt; 0; for x &lt; 0, where each interval holds a zero, 2.8 ulp of max(|result|, |log|x||, 1).
    /// </remarks>
    public static double Digamma(double x)
    {
        if (x >= 2.0)
        {
            double r = 1.0 / x;
            double z = r * r;
            return Math.Log(x) - MulAdd(0.5, r, z * DigammaTail(z));
        }

        if (x >= 1.0)
        {
            return DigammaFromOne(x - 1.0);
        }

        if (x > 0.0)
        {
            return DigammaFromOne(x) - 1.0 / x;
        }

        if (x == 0.0)
        {
            return -1.0 / x;
        }

        // ψ(x) = ψ(1 + y) + π cot πy with y = −x.
        double y = -x;
        double part = y - Math.Round(y);
        if (part == 0.0 || !double.IsFinite(y))
        {
            return double.NaN;
        }

        double positive = y <= 1.0 ? DigammaFromOne(y) : Digamma(1.0 + y);
        double sine = SinPiOverPi(part, out double sineLow);
        double cotangent = CosPi(part) / sine;
        return cotangent + MulAdd(-cotangent, sineLow / sine, positive);
    }

    /// <inheritdoc cref="Digamma(double)"/>
    public static float Digamma(float x) => (float)Digamma((double)x);

    /// <summary>Trigamma function ψ'(x). Positive for x &gt; 0; +∞ at 0 and the negative integers, NaN at −∞.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>
    /// Polynomial on [1, 2], asymptotic form with fitted remainder from 2, reflection for negative x.
    /// Derivative Polygamma(2, x). Largest measured error 1.8 ulp.
    /// </remarks>
    public static double Trigamma(double x)
    {
        if (x >= 2.0)
        {
            if (double.IsPositiveInfinity(x))
            {
                return 0.0;
            }

            double r = 1.0 / x;
            double rLow = r * MulAdd(-x, r, 1.0);
            double z = r * r;
            return r + MulAdd(z, MulAdd(r, TrigammaTail(z), 0.5), rLow);
        }

        if (x >= 1.0)
        {
            return TrigammaFromOne(x - 1.0);
        }

        if (x >= 0.0)
        {
            return TrigammaFromOne(x) + InverseSquare(x, 0.0);
        }

        double y = -x;
        double part = y - Math.Round(y);
        if (double.IsNaN(part))
        {
            return double.NaN;
        }

        double positive = y <= 1.0 ? TrigammaFromOne(y) : Trigamma(1.0 + y);
        double sine = SinPiOverPi(part, out double sineLow);
        return InverseSquare(sine, sineLow) - positive;
    }

    /// <inheritdoc cref="Trigamma(double)"/>
    public static float Trigamma(float x) => (float)Trigamma((double)x);

    /// <summary>ψ(1 + u) for 0 ≤ u ≤ 1, as (u − u₀) P(u − ½), u₀ = 0.4616… in two parts.</summary>
    private static double DigammaFromOne(double u)
    {
        const double RootHigh = 0.46163214496836236, RootLow = -1.5522348162858677e-17;
        double t = u - 0.5;
        return ((u - RootHigh) - RootLow) * MulAdd(t, Degree23(t,
                -0.42362742128146047, 0.24054248424078692, -0.1484049230539187, 0.09498872445291558,
                -0.061922133271544284, 0.04076083393821673, -0.026975796849706184, 0.01790724844392596,
                -0.011908215027359153, 0.007927018411136843, -0.005280020192518892, 0.0035181618550874957,
                -0.0023446252179885993, 0.001562789950608375, -0.0010424323828753985, 0.000694908174082211,
                -0.0004591975036646912, 0.0003061242075543146, -0.00022001895005109955, 0.0001466781049062341,
                -5.7709404612698156e-05, 3.847275205849602e-05, -8.394009422598467e-05, 5.596002350342592e-05), 0.9510558760318328);
    }

    private static double DigammaTail(double z)
        => MulAdd(z, Degree15(z,
                -0.00833333333318452, 0.0039682539097871125, -0.004166657396361771, 0.007574966399902255,
                -0.02105066512086723, 0.08179756237833083, -0.4022338607124256, 2.2014011415430006,
                -11.77867747480453, 55.7160530137686, -217.23460044082935, 661.8790916266628,
                -1495.7739887386454, 2341.022311950741, -2254.90719925929, 1004.1765132997648), 0.08333333333333327);

    /// <summary>ψ'(1 + u) for 0 ≤ u ≤ 1.</summary>
    private static double TrigammaFromOne(double u)
    {
        double t = u - 0.5;
        return MulAdd(t, Degree23(t,
                -0.8287966442343199, 0.7045455170012186, -0.5790416377779077, 0.46306452510150453,
                -0.3621493650206583, 0.27808081332751206, -0.21030987328212136, 0.1570532019993859,
                -0.11604071812233813, 0.08496878809335849, -0.06174052097958386, 0.044566667766407414,
                -0.031984295171159555, 0.022841637462877776, -0.016259614773567462, 0.011516140812509243,
                -0.008019768440309974, 0.00564467415342075, -0.004389290687344111, 0.0030690965464267115,
                -0.0010668064559446603, 0.0007486890148235593, -0.0020870720089157142, 0.0014459090369969415), 0.9348022005446793);
    }

    private static double TrigammaTail(double z)
        => MulAdd(z, Degree19(z,
                -0.03333333333327952, 0.023809523777325016, -0.0333333255519316, 0.07575656132318091,
                -0.253030797639473, 1.1620345623684711, -6.902252605076768, 48.96036163167929,
                -374.86378494850965, 2808.7525050962167, -19117.52995937543, 112452.29046579437,
                -552726.1037183605, 2212189.0726566245, -7034658.248303661, 17269779.401967663,
                -31459207.939235214, 39950147.6120793, -31517892.095127683, 11617435.908648856), 0.16666666666666666);

    /// <summary>1/(x + low)², rounded about once; +∞ where it overflows.</summary>
    private static double InverseSquare(double x, double low)
    {
        double r = 1.0 / x;
        double square = r * r;
        if (!(square < double.MaxValue))
        {
            return square;
        }

        double rLow = r * (MulAdd(-x, r, 1.0) - low * r);
        return square + MulAdd(2.0 * r, rLow, MulAdd(r, r, -square));
    }
}
