using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Loops over scalars: counters, bounds and tests of every kind.</summary>
public static partial class Loops
{
    // Idea 1: the adjoint of a product needs the running product.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.25, 0)]
    [Point(0.5, 0.25, 1)]
    [Point(0.5, 0.25, 7)]
    public static double Product(double x, double y, [NoGradient] int n)
    {
        double product = 1.0;
        for (int i = 0; i < n; i++)
        {
            product *= x + (i * y);
        }

        return product;
    }

    // Idea 2: two accumulators, the division after the loop.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WeightedMean(double[] x, [Domain(0.5, 2)] double[] w)
    {
        double sum = 0.0, weight = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += w[i] * x[i];
            weight += w[i];
        }

        return sum / weight;
    }

    // Idea 3: defined before the loop, used in it and after it.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsedAfterwards(double x, double y, [NoGradient] int n)
    {
        double scale = Math.Sin(x);
        double s = y;
        for (int i = 0; i < n; i++)
        {
            s = (s * scale) + y;
        }

        return s * scale;
    }

    // Idea 4: the inner bound is the outer index, both known at run time only.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Triangle(double x, double y, [NoGradient] int n)
    {
        double s = 0.0;
        for (int i = 0; i < n; i++)
        {
            double row = y;
            for (int j = 0; j <= i; j++)
            {
                row = (row * x) + j;
            }

            s += row * row;
        }

        return s;
    }

    // Idea 8: counting down, other steps, a negative start.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Down(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = n; i >= 0; i--)
        {
            s = (s * x) + i;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StepOfTwo(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = -n; i < n + 2; i += 2)
        {
            s = (s * x) + i;
        }

        for (int i = n; i > -n; i -= 3)
        {
            s += x * s * i;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DoublingIndex(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 1; i < 16 * n; i *= 2)
        {
            s = (s * x) + (1.0 / i);
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TwoIndices(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0, j = n + 2; i < j; i++, j--)
        {
            s = (s * y) + (i * x) - (j * y);
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LongCounter(double x, [NoGradient] long n)
    {
        double s = 1.0;
        for (long i = long.MaxValue - n; i < long.MaxValue; i++)
        {
            s = (s * x) + 0.5;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WrappingCounter(double x)
    {
        double s = 1.0;
        for (int i = int.MaxValue - 2; i > 0; i++)
        {
            s = (s * x) + 0.5;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double FloatingCounter(double x)
    {
        double s = 0.0;
        for (double t = 0.0; t < 1.0; t += 0.25)
        {
            s += Math.Sin(t * x) * x;
        }

        return s;
    }

    // The step is differentiated; near this domain it takes four trips.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ActiveStep([Domain(0.28, 0.32)] double h, double x)
    {
        double s = 0.0;
        for (double t = 0.0; t < 1.0; t += h)
        {
            s += Math.Sin(t * x) * h;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double IndexChangedInside(double[] a, double x)
    {
        double s = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            s += a[i] * x * s + a[i];
            if (i == 0)
            {
                i++;
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.7, 0)]
    [Point(0.7, 5)]
    public static double BoundChangedInside(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n; i++)
        {
            s *= x + i;
            if (i == 1)
            {
                n--;
            }
        }

        return s * n;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NotEqualTest(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i != n; i++)
        {
            s = (s * x) + i;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BoundOnTheLeft(double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; n * n > i; i++)
        {
            s = (s * 0.5 * x) + i;
        }

        return s;
    }

    // Idea 9: a convergence test, do-while, a test with a side effect.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NewtonSquareRoot([Domain(0.5, 2)] double a)
    {
        double r = 0.5 * (1.0 + a);
        while (Math.Abs((r * r) - a) > 1e-14 * a)
        {
            r = 0.5 * (r + (a / r));
        }

        return r;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DoWhile(double x, [NoGradient] int n)
    {
        double s = x;
        int i = 0;
        do
        {
            s = (s * x) + i;
            i++;
        }
        while (i < n);
        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double AssignmentInTest(double x, [NoGradient] int n)
    {
        double s = x, t;
        while ((t = s * x) > -100.0 && n-- > 0)
        {
            s = t + x;
        }

        return s * t;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CountdownInTest(double x, [NoGradient] int n)
    {
        double s = x;
        while (n-- > 0)
        {
            s = (s * x) + n;
        }

        return s * n;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DoWithSideEffectInTest(double x, [NoGradient] int n)
    {
        double s = x;
        do
        {
            s = (s * x) + n;
        }
        while (--n > 0 && (s += x) < 50.0);
        return s;
    }

    // Idea 10: a divisor written out and a named one.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InlineDivisor(double x, [Domain(0.5, 2)] double y, [NoGradient] int n)
    {
        double s = 0.0;
        for (int i = 0; i < n; i++)
        {
            s += x / (y + (i * s));
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NamedDivisor(double x, [Domain(0.5, 2)] double y, [NoGradient] int n)
    {
        double s = 0.0;
        for (int i = 0; i < n; i++)
        {
            double divisor = y + (i * s);
            s += x / divisor;
        }

        return s;
    }

    // Idea 12: a short circuit guards the domain, in the test and in the body.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double GuardedByShortCircuit(double[] a, double x)
    {
        double s = 0.0;
        int i = 0;
        while (i < a.Length && a[i] > -10.0)
        {
            s += a[i] > 0.0 && Math.Log(a[i]) < 5.0 ? Math.Sqrt(a[i]) * x : a[i] * a[i];
            i++;
        }

        return s * s;
    }

    // Idea 14: a loop and several results.
    [Differentiable]
    public static (double Sum, double Product) SumAndProduct(ReadOnlySpan<double> x)
    {
        double sum = 0.0, product = 1.0;
        foreach (double v in x)
        {
            sum += v * v;
            product *= v;
        }

        return (sum, product);
    }

    // Idea 15: swaps, overwritten many times, x = x·x.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SwapAndSquare(double x, double y, [NoGradient] int n)
    {
        double a = x, b = y;
        for (int i = 0; i < n; i++)
        {
            (a, b) = (b, a + (b * 0.5));
            a = a * a;
            a = a - b;
            b *= b;
        }

        return a * b;
    }

    // Idea 16 on scalars: a recurrence of two terms.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Legendre(double x, [NoGradient] int n)
    {
        double before = 1.0, now = x;
        for (int k = 1; k < n + 3; k++)
        {
            (before, now) = (now, ((((2.0 * k) + 1.0) * x * now) - (k * before)) / (k + 1.0));
        }

        return now;
    }

    // Idea 22: float and double, casts both ways.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static float MixedPrecision(float x, double y, [NoGradient] int n)
    {
        float s = x;
        for (int i = 0; i < n; i++)
        {
            s = (float)((s * y) + i) * 0.5f;
        }

        return s;
    }

    // Idea 38: a power by repeated multiplication.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ExponentialSeries(double x)
    {
        double term = 1.0, sum = 1.0;
        for (int k = 1; k <= 25; k++)
        {
            term *= x / k;
            sum += term;
        }

        return sum;
    }

    // Idea 61: fixed point and Kepler's equation, by their iterations.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Kepler(double m, [Domain(0.1, 0.5)] double e)
    {
        double anomaly = m;
        for (int i = 0; i < 60; i++)
        {
            double step = (anomaly - (e * Math.Sin(anomaly)) - m) / (1.0 - (e * Math.Cos(anomaly)));
            anomaly -= step;
            if (Math.Abs(step) < 1e-15)
            {
                break;
            }
        }

        return anomaly;
    }

    [Differentiable]
    public static double Bisection([Domain(0.5, 1.5)] double a)
    {
        double low = 0.0, high = 2.0 + (0.001 * a);
        for (int i = 0; i < 6; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle * middle * middle < 2.6)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) * a;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RungeKutta(double y, double k, [NoGradient] int n)
    {
        const double h = 0.1;
        for (int i = 0; i < n + 2; i++)
        {
            double t = i * h;
            double k1 = Slope(t, y, k);
            double k2 = Slope(t + (0.5 * h), y + (0.5 * h * k1), k);
            double k3 = Slope(t + (0.5 * h), y + (0.5 * h * k2), k);
            double k4 = Slope(t + h, y + (h * k3), k);
            y += h / 6.0 * (k1 + (2.0 * k2) + (2.0 * k3) + k4);
        }

        return y;
    }

    private static double Slope(double t, double y, double k) => (k * Math.Cos(t)) - (y * y);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CheckedCounters(double x, [NoGradient] int n)
    {
        double s = x;
        checked
        {
            for (int i = 0; i < n; i++)
            {
                int k = i * n;
                s = (s * x) + k;
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double NamesOfTheGenerator(double x, double xBar, double trip, double trips, double workspace, double scope)
    {
        double s = x;
        int i = 0;
        while (s < 30.0 && i < 3)
        {
            double valueBar = s * xBar;
            s = (valueBar * workspace) + trip;
            s += trips * scope;
            i++;
        }

        return s * s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ComparisonsWithNaN(double x, [NoGradient] int n)
    {
        double nan = n > 100 ? 0.0 : double.NaN;
        double s = x;
        int k = 0;
        while (!(s > nan) && k < 3)
        {
            s *= x;
            k++;
        }

        while (s < nan)
        {
            s *= 2.0;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LoopInCallInLoop(double x, [NoGradient] int n)
    {
        double s = 0.0;
        for (int i = 0; i < n; i++)
        {
            s += Power(x, i + 1) * Power(s + x, 2);
        }

        return s;
    }

    private static double Power(double x, int n)
    {
        double p = 1.0;
        while (n > 0)
        {
            p *= x;
            n--;
        }

        return p;
    }

    // The test takes several statements, the counter goes into the header all the same, and the names of the test are taken.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.75, 0.25, 1.0, 0.5, 3)]
    [Point(0.5, 0.75, 0.25, 1.0, -0.5, 2)]
    public static double LongTestWithCounter(double x, double y, double[] a, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n + 1 && a[^1] > -0.8 && a[^1] < 0.9 * s * s; i++)
        {
            int k = 0;
            while (true)
            {
                if (k++ >= 2 || (s > 0.5 && y < 0.5))
                {
                    break;
                }

                s = 0.5 * s * Math.Cos(i % 2 == 0 ? a[i % 3] : y) + a[^1] * x;
            }
        }

        return s;
    }

    [Differentiable]
    public static int CountedByLongTest(double x, ReadOnlySpan<double> a, [NoGradient] int n, out double s)
    {
        int i = 0;
        s = x;
        while (i < n && a[^1] > -0.8 && a[^1] < 0.9)
        {
            s *= a[i % 3] * x;
            i++;
        }

        return i;
    }
}
