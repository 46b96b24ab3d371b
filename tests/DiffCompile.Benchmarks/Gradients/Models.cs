namespace DiffCompile.Benchmarks.Gradients;

/// <summary>The functions that the library does not have already.</summary>
internal static partial class Models
{
    [Differentiable]
    internal static double Rational(double x, double y, double z)
    {
        double a = x * y + z;
        double b = a * a - x / (1.0 + y * y);
        return a * b / (2.0 + a * a);
    }
}
