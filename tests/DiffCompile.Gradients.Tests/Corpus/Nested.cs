using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Derivatives inside differentiable code, to the third order and two levels deep.</summary>
public static partial class Nested
{
    [Differentiable]
    public static double Sine(double x) => Math.Sin(x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Cosine(double x) => SineGradient(x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double MinusSine(double x) => CosineGradient(x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double MinusCosine(double x) => MinusSineGradient(x);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ByHessianVectorProduct(double x) => CosineHessianVectorProduct(x, 1.0);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Quartic(double x, double y) => x * x * x * x * y + x * y * y * y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double CurvatureAlong(double x, double y)
    {
        (double hx, double hy) = QuarticHessianVectorProduct(x, y, y, x);
        return hx * y + hy * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double GradientNorm(double x, double y)
    {
        var g = QuarticGradient(x, y);
        return g.x * g.x + g.y * g.y;
    }

    /// <summary>Gradient of a function that contains a gradient.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TwoLevels(double x, double y) => GradientNormGradient(x, y).x * y;

    // What is not differentiated has no place in the gradient, but one in the tangent.
    [Differentiable]
    public static double ExcludedFirst([NoGradient] double a, double b, double c) => a * b * b * c;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PastAnExcludedParameter(double x, double y)
    {
        var g = ExcludedFirstGradient(2.0, x, y);
        return (g.b * x) + (g.c * y * y);
    }

    [Differentiable]
    public static (double A, int N, double B) WithInteger(double x) => (x * x, x > 0.0 ? 2 : 3, Math.Sin(x));

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    public static double TangentBehindAnInteger(double x)
    {
        var r = WithIntegerJvp(x, x);
        return (r.Value.N * r.Tangent.B) + r.Tangent.A;
    }

    [Differentiable]
    public static double Sum(double x, double y) => x + y;

    /// <summary>d/dx (x · d/dy (x + y)) = 1: the classic in which a confused tangent gives 2.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ClassicConfusion(double x) => x * SumJvp(x, 1.0, 0.0, 1.0).Tangent;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ConfusionByPullback(double x) => x * SumVjp(x, 1.0, 1.0).y;

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PullbackWithVaryingSeed(double x, double y)
    {
        var bar = QuarticVjp(x, y, x * y);
        return bar.x * bar.y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfLargeFunction(double x) => LargeCalls.LargeGradient(x, x * x).y * x;

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5)]
    [Point(-0.5)]
    public static double InBranch(double x)
    {
        if (x > 0.0)
        {
            return CosineGradient(x) * x;
        }

        return SineGradient(x * x);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfStruct(double x, double y)
    {
        var g = Types.StructParameterGradient(new Point2(x, y), x);
        return g.p.X * g.p.Y * g.s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithValue(double x, double y)
    {
        (double value, var g) = QuarticValueAndGradient(x, y);
        return value * g.x - g.y;
    }

    /// <summary>A member of a method with a custom rule inside.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfCustomRule(double x) => CustomRules.RuleCallsItsMethodGradient(x, 0) * x;

    /// <summary>Several results.</summary>
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OfTuple(double x, double y)
    {
        var (value, tangent) = Types.PolarJvp(x, 2.0 + y * y, y, 1.0);
        return value.R * tangent.Phi + tangent.R;
    }
}
