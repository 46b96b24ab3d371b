namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    private const double LogPi = 1.1447298858494002;

    /// <summary>log|Γ(x)|. +∞ at 0, at the negative integers and at ±∞.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>
    /// Polynomials around the zeros at 1 and 2; Stirling's series with a fitted remainder and a 60-bit logarithm from 3;
    /// reflection below −¼. Derivative <see cref="Digamma(double)"/>. Largest measured error ? ulp for x &gt; −2.
    /// Below −2, log|Γ| crosses zero twice in each interval, and the error is at most ? ulp of
    /// max(|result|, log Γ(|x|), 1).
    /// </remarks>
    public static double LogGamma(double x)
    {
        if (x >= 3.0)
        {
            return LogGammaStirling(x);
        }

        if (x >= 0.75)
        {
            return x < 1.5 ? LogGammaAtOne(x - 1.0) : LogGammaAtTwo(x - 2.0);
        }

        if (x > 0.0)
        {
            return (x < 0.5 ? LogGammaAtOne(x) : LogGammaAtTwo(x - 1.0)) - Math.Log(x);
        }

        if (x == Math.Floor(x))
        {
            return double.PositiveInfinity;
        }

        if (x >= -0.25)
        {
            return LogGammaAtOne(x) - Math.Log(-x);
        }

        // |Γ(x)| = π/(y |sin πy| Γ(y)) with y = −x.
        double y = -x;
        double sine = Math.Abs(SinPi(y - Math.Round(y)));
        return (LogPi - Math.Log(y * sine)) - LogGamma(y);
    }

    /// <inheritdoc cref="LogGamma(double)"/>
    public static float LogGamma(float x) => (float)LogGamma((double)x);

    /// <summary>(x − ½)(log x − 1) + ½ log 2π − ½ + R(1/x²)/x for x ≥ 3.</summary>
    private static double LogGammaStirling(double x)
    {
        const double HalfLog2PiMinusHalf = 0.4189385332046727;
        if (x > 2.6e305)
        {
            return double.PositiveInfinity;
        }

        double log = Extended.Log(x, out double logLow);
        double factor = Extended.Sum(log, -1.0, out double factorLow);
        double half = x - 0.5;
        double product = Extended.Product(half, factor, out double productLow);
        if (double.IsInfinity(product))
        {
            return product;
        }

        double r = 1.0 / x;
        double z = r * r;
        double remainder = r * MulAdd(z, Degree11(z,
                -0.0027777777777757695, 0.000793650792622404, -0.0005952378854503139, 0.0008417282394032359,
                -0.0019160464198791072, 0.006346110578292672, -0.027601910018978465, 0.13605466944124706,
                -0.6346190865706115, 2.348297111372058, -5.724231505133728, 6.653396422514748), 0.08333333333333333);
        double sum = Extended.Sum(product, HalfLog2PiMinusHalf, out double sumLow);
        return sum + (remainder + (sumLow + MulAdd(half, factorLow + logLow, productLow)));
    }

    /// <summary>log Γ(1 + u) for −¼ ≤ u ≤ ½.</summary>
    private static double LogGammaAtOne(double u)
        => u * MulAdd(u, Degree23(u,
                0.8224670334241132, -0.40068563438653143, 0.27058080842778437, -0.2073855510286686,
                0.1695571769974441, -0.1440498967697865, 0.12550966952237402, -0.11133426578574956,
                0.10009945750579254, -0.09095402133016228, 0.08335384889608016, -0.07693239866164199,
                0.07143249873698566, -0.06667033780362244, 0.06251204384752133, -0.058822404419637944,
                0.05541995243925871, -0.0523729279419993, 0.05057067033745577, -0.05049557670849187,
                0.048423101257117684, -0.03764266627993802, 0.019222269016101443, -0.0046104510080778776), -0.5772156649015329);

    /// <summary>log Γ(2 + v) for −½ ≤ v ≤ 1.</summary>
    private static double LogGammaAtTwo(double v)
        => v * MulAdd(v, Degree23(v,
                0.3224670334241132, -0.0673523010531981, 0.020580808427784536, -0.007385551028673817,
                0.0028905103307420845, -0.001192753911710608, 0.0005096695247337879, -0.00022315475828987052,
                9.945751277498398e-05, -4.492623878135864e-05, 2.050721481431642e-05, -9.439473900846292e-06,
                4.3748394719597524e-06, -2.0392655585977333e-06, 9.553104207319138e-07, -4.4923490750155364e-07,
                2.1155373015365558e-07, -9.993870011870839e-08, 4.824231958316669e-08, -2.4082780127091517e-08,
                1.1546437069419255e-08, -4.48777679459367e-09, 1.1458250674591598e-09, -1.3741158592876648e-10), 0.42278433509846713);

    /// <summary>sin πr for |r| ≤ ½.</summary>
    private static double SinPi(double r)
    {
        double z = r * r;
        return r * MulAdd(z, Degree11(z,
                -5.16771278004997, 2.5501640398773455, -0.5992645293207921, 0.08214588661112823,
                -0.0073704309457143504, 0.00046630280576761196, -2.1915353447823045e-05, 7.952054000901604e-07,
                -2.2948428681963447e-08, 5.392652967171996e-10, -1.0515671896661236e-11, 1.6911224757357585e-13), 3.141592653589793);
    }

    /// <summary>cos πr for |r| ≤ ½.</summary>
    private static double CosPi(double r)
    {
        if (Math.Abs(r) > 0.25)
        {
            return SinPi(0.5 - Math.Abs(r));
        }

        double z = r * r;
        return MulAdd(z, Degree7(z,
                -4.934802200544679, 4.0587121264167685, -1.3352627688545866, 0.23533063035866447,
                -0.025806891379438902, 0.0019295740221589252, -0.00010463355639212206, 4.26420091972793e-06), 1.0);
    }
}
