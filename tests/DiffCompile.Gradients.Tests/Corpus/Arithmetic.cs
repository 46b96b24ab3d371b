using DiffCompile;

namespace DiffCompile.Corpus;

public static partial class Arithmetic
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Polynomial(double x, double y) => x * x * y + 3.0 * x - y / 2.0 + 7.0;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.0, 0.5)]
    public static double Quotient([Domain(0.5, 3)] double x, [Domain(0.5, 2)] double y) => (x - y) / (x + y * y) - -x / -y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Association(double a, double b, double c) => a - (b - c) - (a * (b * c)) / (2.0 + a * a) + (a + (b + c));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Reassigned(double x, double y)
    {
        double t = x * y;
        t = t * t;
        t += x;
        t *= y;
        t -= 0.5;
        t /= 2.0 + x * x;
        double swap = x;
        x = y;
        y = swap;
        return t + x * x - 2.0 * y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RepeatedSquare(double x)
    {
        x = x * x;
        x = x * x;
        x = x * x;
        return x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Mixed(double x, float y) => x * y + (float)(x * x) * y - (double)y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static float Single(float x, float y) => x * x * y - y / (2.0f + x * x) + MathF.Sin(x * y);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithIntegers(double x, [NoGradient] int n, [NoGradient] long m)
    {
        int k = n * n - 3;
        k += n << 1;
        long s = m % 5 + k / 2;
        return x * x * k + s * x + (k > 3 ? x : -x);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Remainder([Domain(3.1, 3.9)] double x, [Domain(1.1, 1.4)] double y) => x % y * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Constants(double x)
    {
        const double a = 2.5e-3, b = 1.0 / 3.0;
        return a * x * x + b * Math.PI * x + Math.E + Scale * x;
    }

    private const double Scale = 0.25;

    private static readonly double Offset = 0.5 * Math.Log(10.0);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithStaticReadonly(double x) => Offset * x * x + Math.Exp(Offset - x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Identity(double x) => x;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Projection([NoGradient] double x, double y) => y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SameValueTwice(double x) => x * x + x * x * x;

    [Differentiable]
    public static double OneInputExcluded(double x, [NoGradient] double y) => x * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Checked(double x, [NoGradient] int n)
    {
        int k = checked(n * 3 + 1);
        return x * k + x * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Increments(double x)
    {
        int n = 2;
        n++;
        ++n;
        n--;
        x++;
        return x * x * n;
    }
}
