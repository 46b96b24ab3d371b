using System.Linq;
using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Methods whose result is a root or a fixed point: their derivative is that of the implicit function.</summary>
public static partial class Implicit
{
    // Kepler's equation E − e sin E = M, by Newton's method.
    [Root(nameof(KeplerResidual))]
    private static double Anomaly(double mean, double eccentricity)
    {
        double anomaly = mean + (0.85 * eccentricity * (Math.Sin(mean) < 0.0 ? -1.0 : 1.0));
        for (int i = 0; i < 50; i++)
        {
            double step = (anomaly - (eccentricity * Math.Sin(anomaly)) - mean) / (1.0 - (eccentricity * Math.Cos(anomaly)));
            anomaly -= step;
            if (Math.Abs(step) < 1e-15)
            {
                break;
            }
        }

        return anomaly;
    }

    private static double KeplerResidual(double x, double mean, double eccentricity) => x - (eccentricity * Math.Sin(x)) - mean;

    [Differentiable(DerivativeModes.SecondOrder)]
    [EmitsNot("for (")]
    public static double Distance(double mean, [Domain(0.1, 0.8)] double eccentricity, double axis) =>
        axis * (1.0 - (eccentricity * Math.Cos(Anomaly(mean, eccentricity))));

    // x + xⁿ = a: the first parameter is no number of the unknown's type.
    [Root(nameof(TrinomialResidual))]
    private static double Trinomial(int n, double a)
    {
        double x = 0.5;
        for (int i = 0; i < 60; i++)
        {
            x -= (x + Math.Pow(x, n) - a) / (1.0 + (n * Math.Pow(x, n - 1)));
        }

        return x;
    }

    private static double TrinomialResidual(double x, int n, double a) => x + Math.Pow(x, n) - a;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RootOfATrinomial([Domain(0.5, 3.0)] double a, [NoGradient] int n) => Trinomial((n & 1) + 2, a) * a;

    // dE/dM = 1/(1 − e cos E), d²E/dM² = −e sin E/(1 − e cos E)³, dE/de = sin E/(1 − e cos E).
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PlainAnomaly(double mean, [Domain(0.1, 0.8)] double eccentricity) => Anomaly(mean, eccentricity);

    [Expect]
    public static bool DerivativesOfTheAnomalyAreTheKnownOnes()
    {
        const double mean = 0.7, e = 0.4;
        double anomaly = Anomaly(mean, e);
        double slope = 1.0 - (e * Math.Cos(anomaly));
        double[] hessian = new double[4];
        PlainAnomalyHessian(mean, e, hessian);
        double byMean = -e * Math.Sin(anomaly) / (slope * slope * slope);
        double mixed = (Math.Cos(anomaly) - e) / (slope * slope * slope);
        (double meanBar, double eBar) = PlainAnomalyGradient(mean, e);
        return Near(meanBar, 1.0 / slope) && Near(eBar, Math.Sin(anomaly) / slope) && Near(hessian[0], byMean) && Near(hessian[1], mixed) && Near(hessian[2], mixed);
    }

    // The cube root by a body that no compiler could differentiate.
    [Root(nameof(CubeResidual))]
    private static double CubeRoot([NoGradient] double tolerance, double a)
    {
        double low = 0.0, high = Math.Max(1.0, a);
        try
        {
        again:
            double middle = 0.5 * (low + high);
            (low, high) = middle * middle * middle < a ? (middle, high) : (low, middle);
            if (high - low > tolerance && middle > low - 1.0 && high > BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(low) + 1))
            {
                goto again;
            }

            return high;
        }
        finally
        {
            low = 0.0;
        }
    }

    private static double CubeResidual(double root, double a) => (root * root * root) - a;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesCubeRoot([Domain(0.5, 3.0)] double x, double y) => y * CubeRoot(0.0, x * (1.0 + (y * y)));

    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double PlainCubeRoot(double a) => CubeRoot(0.0, a);

    [Expect]
    public static bool CubeRootHasItsDerivatives()
    {
        double[] hessian = new double[1];
        PlainCubeRootHessian(2.0, hessian);
        return Near(PlainCubeRootGradient(2.0), Math.Pow(2.0, -2.0 / 3.0) / 3.0)
            && Near(hessian[0], -2.0 / 9.0 * Math.Pow(2.0, -5.0 / 3.0))
            && Near(PlainCubeRootJvp(2.0, 3.0).Tangent, Math.Pow(2.0, -2.0 / 3.0))
            && Near(PlainCubeRootHessianVectorProduct(2.0, 0.5), -1.0 / 9.0 * Math.Pow(2.0, -5.0 / 3.0));
    }

    // At a double root the slope is zero, and the derivative what division by zero gives.
    [Root(nameof(SquareResidual))]
    private static double Root(double a) => a < 0.0 ? double.NaN : Math.Sqrt(a);

    private static double SquareResidual(double x, double a) => (x * x) - a;

    [Differentiable(DerivativeModes.SecondOrder)]
    [OnlyExpected]
    public static double PlainRoot(double a) => Root(a);

    [Expect]
    public static bool SingularSlopesGiveWhatDivisionGives() =>
        PlainRootGradient(0.0) == double.PositiveInfinity && PlainRootJvp(0.0, 1.0).Tangent == double.PositiveInfinity
        && double.IsNaN(PlainRootJvp(0.0, 0.0).Tangent) && double.IsNaN(PlainRootGradient(-1.0));

    // A fixed point at which the step itself does not change: only its other inputs count.
    [FixedPoint(nameof(HeronStep))]
    private static double Heron(double a)
    {
        double x = 0.5 * (1.0 + a);
        for (double last = double.PositiveInfinity; x < last;)
        {
            last = x;
            x = HeronStep(x, a);
        }

        return x;
    }

    private static double HeronStep(double x, double a) => 0.5 * (x + (a / x));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesHeron([Domain(0.5, 3.0)] double a, double y) => y * Heron(a * a * a) * a;

    [FixedPoint(nameof(CosineStep))]
    private static double CosineFixedPoint(double a, double b)
    {
        double x = 0.5;
        for (int i = 0; i < 400; i++)
        {
            x = CosineStep(x, b, a);
        }

        return x;
    }

    // Parameters go by their names.
    private static double CosineStep(double x, double b, double a) => 0.5 * a * Math.Cos(x * b);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesCosine([Domain(-1.0, 1.0)] double a, [Domain(-1.0, 1.0)] double b) => CosineFixedPoint(a, b) * b;

    // The solver may have members of its own.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Root(nameof(CubeOf))]
    public static double Marked([Domain(0.5, 2.0)] double a, [NoGradient] int rounds)
    {
        double x = a;
        for (int i = 0; i < rounds + 60; i++)
        {
            x -= ((x * x * x) + x - a) / ((3.0 * x * x) + 1.0);
        }

        return x;
    }

    [Differentiable]
    public static double CubeOf(double x, double a) => (x * x * x) + x - a;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesMarked([Domain(0.5, 2.0)] double a) => Marked(a * a, 0) + (a * Marked(a, 3));

    // The root of a polynomial beyond 0: dx/dcᵢ = −xⁱ/p′(x).
    [Root(nameof(Polynomial))]
    private static double PolynomialRoot(ReadOnlySpan<double> c)
    {
        double low = 0.0, high = 100.0;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (Polynomial(middle, c) < 0.0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return 0.5 * (low + high);
    }

    private static double Polynomial(double x, ReadOnlySpan<double> c)
    {
        double sum = 0.0;
        for (int i = c.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + c[i];
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfCoefficients([Domain(0.5, 2.0)] double a, [Domain(0.5, 2.0)] double b) => PolynomialRoot([-a, b, a * b, 0.5]) * a;

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    [OnlyExpected]
    public static double OfSpan(ReadOnlySpan<double> c, double k) => PolynomialRoot(c) * k;

    [Expect]
    public static bool RootOfAPolynomialVariesAsItShould()
    {
        double[] c = [-2.0, 0.5, 1.0, 0.25], bar = new double[4];
        double x = PolynomialRoot(c);
        double kBar = OfSpanGradient(c, 3.0, bar);
        double slope = c[1] + (2.0 * c[2] * x) + (3.0 * c[3] * x * x);
        return Near(kBar, x) && Enumerable.Range(0, 4).All(i => Near(bar[i], -3.0 * Math.Pow(x, i) / slope));
    }

    // The coefficients change in each trip, and the root is their next one.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InALoop([Domain(0.5, 2.0)] double a, [Domain(0.5, 2.0)] double b)
    {
        Span<double> c = [-1.0, a, b, 0.5];
        double sum = 0.0;
        for (int i = 0; i < 4; i++)
        {
            double x = PolynomialRoot(c);
            sum += x * (i + 1);
            c[0] = -x - 0.5;
            c[1 + (i % 3)] *= x;
        }

        return sum * c[2];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.75, 0.5)]
    [Point(-0.75, 0.5)]
    public static double InABranch(double mean, double e)
    {
        double r = e;
        if (mean > 0.0)
        {
            r = Anomaly(mean, e * 0.9) * mean;
        }

        return r * e;
    }

    // An equation in which another one is solved.
    [Root(nameof(OuterResidual))]
    private static double Outer(double a)
    {
        double x = a;
        for (int i = 0; i < 100; i++)
        {
            x = a - (0.25 * Anomaly(x, 0.3));
        }

        return x;
    }

    private static double OuterResidual(double x, double a) => x + (0.25 * Anomaly(x, 0.3)) - a;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesOuter(double a) => Outer(a * a) * a;

    [Root(nameof(SingleResidual))]
    private static float Single(float a, Point2 p) => (float)Math.Cbrt(a + (p.X * p.Y));

    private static float SingleResidual(float x, float a, Point2 p) => (x * x * x) - a - (float)(p.X * p.Y);

    [Differentiable]
    public static float UsesSingle([Domain(1.0, 2.0)] float a, double b) => Single(a, new Point2(0.5, b * b)) * a;

    private static bool Near(double found, double expected) => Math.Abs(found - expected) <= 1e-13 * Math.Abs(expected);
}
