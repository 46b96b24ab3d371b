using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Several ways to write one function: members of a family end in a digit and have the same gradient.</summary>
public static partial class Metamorphic
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Naming1(double x, double y) => Math.Exp(x * y) * Math.Sin(x) + x / (1.0 + y * y);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Naming2(double x, double y)
    {
        double product = x * y;
        double exponential = Math.Exp(product);
        double sine = Math.Sin(x);
        double left = exponential * sine;
        double square = y * y;
        double denominator = 1.0 + square;
        double right = x / denominator;
        double sum = left + right;
        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Temporary1(double x, double y) => Math.Exp(x * y) * Math.Sin(x * y) + x / (1.0 + y * y);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Temporary2(double x, double y)
    {
        double product = x * y;
        double left = Math.Exp(product) * Math.Sin(product);
        double denominator = 1.0 + y * y;
        double right = x / denominator;
        double sum = left + right;
        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Order1(double x, double y)
    {
        double a = Math.Exp(x);
        double b = Math.Sin(y);
        double c = x * y;
        return a * b + c;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Order2(double x, double y)
    {
        double c = x * y;
        double b = Math.Sin(y);
        double a = Math.Exp(x);
        return a * b + c;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Call1(double x, double y) => Part(x * y, y) * Part(y, x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Call2(double x, double y)
    {
        double p = x * y;
        double first = p * p + Math.Cos(y) * p;
        double second = y * y + Math.Cos(x) * y;
        return first * second;
    }

    private static double Part(double a, double b) => a * a + Math.Cos(b) * a;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.0)]
    [Point(-0.5, 1.0)]
    public static double Choice1(double x, double y)
    {
        double r;
        if (x > 0.0)
        {
            r = x * y;
        }
        else
        {
            r = y * y - x;
        }

        return r * r;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.0)]
    [Point(-0.5, 1.0)]
    public static double Choice2(double x, double y)
    {
        double r = x > 0.0 ? x * y : y * y - x;
        return r * r;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.0)]
    [Point(-0.5, 1.0)]
    public static double Choice3(double x, double y)
    {
        double r = x switch { > 0.0 => x * y, _ => y * y - x };
        return r * r;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.0)]
    [Point(-0.5, 1.0)]
    public static double Choice4(double x, double y)
    {
        if (x > 0.0)
        {
            double p = x * y;
            return p * p;
        }

        double q = y * y - x;
        return q * q;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 1.0)]
    [Point(-0.5, 1.0)]
    public static double Choice5(double x, double y)
    {
        double r;
        switch (x)
        {
            case > 0.0:
                r = x * y;
                break;
            default:
                r = y * y - x;
                break;
        }

        return r * r;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Overwritten1(double x)
    {
        double t = x;
        t = t * t;
        t = t + x;
        t *= t;
        return t;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Overwritten2(double x)
    {
        double a = x * x;
        double b = a + x;
        return b * b;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Dead1(double x, double y) => x * y * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Dead2(double x, double y)
    {
        double unused = Math.Exp(x);
        if (x > 100.0)
        {
            unused += y;
        }

        _ = unused;
        return x * y * y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Packed1(double x, double y)
    {
        Point2 p = new(x * y, y);
        return p.X * p.X * p.Y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Packed2(double x, double y)
    {
        (double a, double b) = (x * y, y);
        return a * a * b;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Packed3(double x, double y)
    {
        double a = x * y;
        return a * a * y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.7)]
    [Point(-0.5, 0.7)]
    public static double Duplicate1(double x, double y)
    {
        double r = x * y;
        if (x > 0.0)
        {
            r = r * Math.Exp(y);
        }

        if (x > 0.0)
        {
            r = r + Math.Sin(y);
        }

        return r;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.7)]
    [Point(-0.5, 0.7)]
    public static double Duplicate2(double x, double y)
    {
        double r = x * y;
        if (x > 0.0)
        {
            r = r * Math.Exp(y);
            r = r + Math.Sin(y);
        }

        return r;
    }
}
