using DiffCompile;

namespace DiffCompile.Corpus;

public readonly record struct Point2(double X, double Y);

public readonly record struct Tagged(int Kind, double Weight, Point2 At);

public static partial class Types
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double StructParameter(Point2 p, double s) => p.X * p.X * s + p.Y * Math.Sin(p.X);

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1, 0.5, 0.25, -0.75)]
    [Point(2, 0.5, 0.25, -0.75)]
    public static double NestedStruct(Tagged t) => t.Kind == 1 ? t.Weight * t.At.X * t.At.Y : t.Weight * t.Weight + t.At.X;

    [Differentiable]
    public static Point2 StructResult(Point2 p, double angle)
    {
        double c = Math.Cos(angle), s = Math.Sin(angle);
        return new Point2(c * p.X - s * p.Y, s * p.X + c * p.Y);
    }

    [Differentiable]
    public static (double Sum, double Product) TupleResult(double x, double y) => (x + y, x * y);

    [Differentiable]
    public static (double R, double Phi) Polar(double x, [Domain(0.5, 2)] double y)
    {
        double r = Math.Sqrt(x * x + y * y);
        double phi = Math.Atan2(y, x);
        return (r, phi);
    }

    [Differentiable]
    public static void OutResults(double x, double y, out double sum, out double quotient)
    {
        sum = x + y * y;
        quotient = x / (1.0 + y * y);
    }

    [Differentiable]
    public static double ValueAndOut(double x, out double square, out int sign)
    {
        square = x * x;
        sign = x > 0.0 ? 1 : -1;
        return square * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TupleLocal(double x, double y)
    {
        (double a, double b) = (x * y, x + y);
        (a, b) = (b, a);
        var t = (First: a * a, Second: b);
        return t.First * t.Second + t.Item1;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithExpression(Point2 p)
    {
        Point2 q = p with { X = p.Y * p.Y };
        Point2 r = q with { Y = q.X * p.X };
        return r.X * r.Y + q.Y;
    }

    // The same number, rounded to float and not.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(1.5, 0.5, 16777217)]
    public static double TypesApart(double x, float y, [NoGradient] int n) => x * n + (float)n * y + x * x * n;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InParameter(in Point2 p, in double s) => p.X * s * s - p.Y;

    [Differentiable]
    public static (Point2 Moved, double Energy) Composite(Point2 p, double k) => (new Point2(p.X + k, p.Y * k), 0.5 * k * (p.X * p.X + p.Y * p.Y));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Many(double a, double b, double c, double d, double e, double f, double g, double h, double i) =>
        a * b + b * c * d + Math.Sin(e * f) * g + h * h * i - a * i;
}

public partial struct Holder<T>
{
    internal static partial class Inner
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        internal static double Cube(double x) => x * x * x;
    }
}
