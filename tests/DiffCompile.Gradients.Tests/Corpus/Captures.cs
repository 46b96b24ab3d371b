using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Local functions and lambdas that use variables of the method around them.</summary>
public static partial class Captures
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReadAtTheCall(double x, double y)
    {
        double k = x;
        double first = Scaled(y);
        k = x * y;
        return first + Scaled(y) * first;

        double Scaled(double v) => v * Math.Sin(k);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Written(double x, double y)
    {
        double sum = 0.0;
        Add(x);
        Add(y * sum);
        Add(sum * sum);
        return sum;

        void Add(double v) => sum += v * Math.Cos(sum);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 2.0)]
    [Point(-0.5, 2.0)]
    public static double LeavesEarly(double x, double y)
    {
        double last = y;
        return Keep(x) * Keep(x * y) + last;

        double Keep(double v)
        {
            if (v < 0.0)
            {
                return last * v;
            }

            last = v * v;
            return last + y;
        }
    }

    // What a trip writes is carried to the next one, through the call.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StateOfALoop(double x, double v, [NoGradient] int n)
    {
        double q = x, p = v;
        for (int i = 0; i < n + 3; i++)
        {
            Kick(0.05);
            q += 0.1 * p;
            Kick(0.05);
        }

        return q * p;

        void Kick(double dt) => p -= dt * Force();

        double Force() => Math.Sin(q);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LoopInside(double x, double y)
    {
        double total = 0.0;
        double r = Power(3) * Power(2);
        return r + total;

        double Power(int n)
        {
            double p = 1.0;
            for (int i = 0; i < n; i++)
            {
                p *= x + 0.1 * y;
                total += p * y;
            }

            return p;
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReturnFromALoopInside(double[] a, double x)
    {
        double trips = 0.0;
        return Reach(0.2) + x * Reach(0.9) + trips;

        double Reach(double limit)
        {
            double s = 0.0;
            for (int i = 0; i < a.Length; i++)
            {
                s += a[i] * a[i];
                if (s > limit)
                {
                    return s * x;
                }

                trips += s;
            }

            return s;
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ArrayWritten(double x, double y)
    {
        double[] a = [x, y, 0.0];
        Put(2, x * y);
        Put(0, a[2]);
        return a[0] * a[1] + a[2];

        void Put(int i, double v) => a[i] += Math.Exp(0.1 * v);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Lambda(double x, double y)
    {
        Func<double, double> f = t => t * t * y;
        double r = f(x);
        y = x * r;
        return f(x) + f(r);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LambdaInALoop(double x, double y)
    {
        double s = 0.0;
        for (int i = 0; i < 3; i++)
        {
            double k = x + i;
            Func<double, double> f = t =>
            {
                k *= y;
                return Math.Sin(t) * k;
            };
            s += f(x) + 0.5 * f(s);
        }

        return s;
    }

    /// <summary>Simpson's rule for a lambda: the parameter stands for it, and its captured variables are the caller's.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Integral(double a, double b)
    {
        double width = 0.0;
        double value = Simpson(t =>
        {
            width += 0.01 * b;
            return Math.Exp(-a * t * t);
        }, 0.0, b, 4);
        return value + width * a;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TwoIntegrals(double a, double b)
    {
        Func<double, double> f = t => a * t * t + Math.Sin(b * t);
        return Simpson(f, 0.0, 1.0, 2) * Simpson(Math.Sin, a, b, 2) + Simpson(Cube, b, a, 2);

        double Cube(double t) => b * t * t * t;
    }

    private static double Simpson(Func<double, double> f, double from, double to, int n)
    {
        double h = (to - from) / (2 * n);
        double s = f(from) + f(to);
        for (int i = 1; i < 2 * n; i++)
        {
            s += (i % 2 == 0 ? 2.0 : 4.0) * f(from + i * h);
        }

        return s * h / 3.0;
    }

    // ∫₀ᵇ (a t³ + 3 t²) dt = a b⁴/4 + b³.
    [Differentiable]
    public static double Polynomial(double a, double b) => Simpson(t => a * t * t * t + 3.0 * t * t, 0.0, b, 3);

    [Expect]
    public static bool Simpson_is_exact_for_cubics()
    {
        (double value, (double a, double b)) = PolynomialValueAndGradient(0.75, 2.0);
        return Near.Is(11.0, value) && Near.Is(4.0, a) && Near.Is(18.0, b);
    }
}
