using DiffCompile.Model.Halos;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Benchmarks.Gradients;

/// <summary>
/// One measured call. Each variant is a type of its own, so that the runtime compiles a loop for it alone: behind a shared
/// delegate it would guess one target and be faster for that one.
/// </summary>
internal interface IVariant
{
    /// <summary>Sum of all that the call returns, at two numbers in [0, 1).</summary>
    static abstract double Call(double u, double v);
}

internal readonly struct MeanCentralMethod : IVariant
{
    public static double Call(double u, double v) => Zheng07.MeanCentral(11.0 + (3.0 * u), 12.02, 0.26);
}

internal readonly struct MeanCentralGenerated : IVariant
{
    public static double Call(double u, double v)
    {
        (double value, (double a, double b, double c)) = Zheng07.MeanCentralValueAndGradient(11.0 + (3.0 * u), 12.02, 0.26);
        return value + a + b + c;
    }
}

internal readonly struct MeanCentralByHand : IVariant
{
    public static double Call(double u, double v)
    {
        (double value, (double a, double b, double c)) = HandWritten.MeanCentral(11.0 + (3.0 * u), 12.02, 0.26);
        return value + a + b + c;
    }
}

internal readonly struct NfwQuantileMethod : IVariant
{
    public static double Call(double u, double v) => NfwProfile.Quantile(0.01 + (0.98 * u), 4.0 + (10.0 * v));
}

internal readonly struct NfwQuantileGenerated : IVariant
{
    public static double Call(double u, double v)
    {
        (double value, (double a, double b)) = NfwProfile.QuantileValueAndGradient(0.01 + (0.98 * u), 4.0 + (10.0 * v));
        return value + a + b;
    }
}

internal readonly struct NfwQuantileByHand : IVariant
{
    public static double Call(double u, double v)
    {
        (double value, (double a, double b)) = HandWritten.NfwQuantile(0.01 + (0.98 * u), 4.0 + (10.0 * v));
        return value + a + b;
    }
}

internal readonly struct RationalMethod : IVariant
{
    public static double Call(double u, double v) => Models.Rational(u, v, 0.3);
}

internal readonly struct RationalGenerated : IVariant
{
    public static double Call(double u, double v)
    {
        (double value, (double a, double b, double c)) = Models.RationalValueAndGradient(u, v, 0.3);
        return value + a + b + c;
    }
}

internal readonly struct RationalByHand : IVariant
{
    public static double Call(double u, double v)
    {
        (double value, (double a, double b, double c)) = HandWritten.Rational(u, v, 0.3);
        return value + a + b + c;
    }
}
