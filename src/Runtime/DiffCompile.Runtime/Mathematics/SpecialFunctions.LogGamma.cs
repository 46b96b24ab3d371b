namespace DiffCompile.Mathematics;

using static DiffCompile.Mathematics.Polynomial;

public static partial class SpecialFunctions
{
    /// <summary>log|Γ(x)|. +∞ at 0, at the negative integers and at ±∞.</summary>
    /// <param name="x">Any number. NaN gives NaN.</param>
    /// <remarks>
    /// Polynomials around the zeros at 1 and 2; Stirling's series with a fitted remainder and a 60-bit logarithm from 3;
    /// reflection below −¼. Derivative <see cref="Digamma(double)"/>. Largest measured error 2.4 ulp for x &gt; −2.
    /// Below −2, log|Γ| crosses zero twice in each interval, and the error is at most 2.4 ulp of
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
            return x < 1.5 ? LogGammaAtOne(x - 1.0) + 0.0 : LogGammaAtTwo(x - 2.0);
        }

        if (x > 0.0)
        {
            return (x < 0.5 ? LogGammaAtOne(x) : LogGammaAtTwo(x - 1.0)) - Math.Log(x);
        }

        if (double.IsNaN(x))
        {
            return x;
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
        double sine = Math.Abs(SinPiOverPi(y - Math.Round(y), out _));
        return -Math.Log(y * sine) - LogGamma(y);
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
        => u * MulAdd(u, MulAdd(u, Degree23(u,
                -0.40068563438653143, 0.2705808084277846, -0.2073855510286731, 0.16955717699739586,
                -0.1440498967689803, 0.12550966952652304, -0.1113342658606082, 0.10009945737137095,
                -0.09095401736441237, 0.08335384711525397, -0.07693252147989828, 0.07143276797779458,
                -0.06666823645464418, 0.06250350551421083, -0.05883663933528567, 0.05554674191403331,
                -0.05247204501762188, 0.0497603597432108, -0.04834772259451038, 0.048453645991011325,
                -0.04606248743902781, 0.03505313982753748, -0.01741301507631758, 0.004056606504684639), 0.8224670334241132), -0.5772156649015329);

    /// <summary>log Γ(2 + v) for −½ ≤ v ≤ 1.</summary>
    private static double LogGammaAtTwo(double v)
        => v * MulAdd(v, MulAdd(v, Degree23(v,
                -0.0673523010531981, 0.02058080842778455, -0.007385551028673958, 0.002890510330741331,
                -0.0011927539117043092, 0.0005096695247499958, -0.00022315475843608565, 9.945751264370775e-05,
                -4.492623684486734e-05, 2.050721437951563e-05, -9.439488893998597e-06, 4.374855905921331e-06,
                -2.0392014276077763e-06, 9.551801299483332e-07, -4.4934351602363113e-07, 2.1203741607915616e-07,
                -1.001277603481548e-07, 4.746951183221097e-08, -2.305855556959018e-08, 1.1553719037511304e-08,
                -5.4915438893371165e-09, 2.0894623468095994e-09, -5.189755398348657e-10, 6.045097824015588e-11), 0.3224670334241132), 0.42278433509846713);

    /// <summary>sin(πr)/π for |r| ≤ ½, and what the returned value lacks.</summary>
    private static double SinPiOverPi(double r, out double low)
    {
        double z = r * r;
        double relative = z * MulAdd(z, Degree7(z,
                0.8117424252833536, -0.19075182412208389, 0.026147847817640922, -0.002346081035170168,
                0.00014842878972770888, -6.975851212142348e-06, 2.5303274566671434e-07, -7.114052818770147e-09), -1.6449340668482264);
        double high = MulAdd(r, relative, r);
        low = MulAdd(r, relative, r - high);
        return high;
    }

    /// <summary>cos πr for |r| ≤ ½.</summary>
    private static double CosPi(double r)
    {
        if (Math.Abs(r) > 0.25)
        {
            double high = SinPiOverPi(0.5 - Math.Abs(r), out double low);
            return MulAdd(Math.PI, high, MulAdd(Math.PI, low, 1.2246467991473532e-16 * high));
        }

        double z = r * r;
        return MulAdd(z, Degree7(z,
                -4.934802200544679, 4.0587121264167685, -1.3352627688545866, 0.23533063035866447,
                -0.025806891379438902, 0.0019295740221589252, -0.00010463355639212206, 4.26420091972793e-06), 1.0);
    }
}
