namespace DiffCompile;

/// <summary>Statements of intent inside a differentiable method.</summary>
public static class Differentiation
{
    /// <summary>Returns <paramref name="x"/>; its derivative is taken to be zero.</summary>
    /// <param name="x">Any value.</param>
    public static double StopGradient(double x) => x;

    /// <inheritdoc cref="StopGradient(double)"/>
    public static float StopGradient(float x) => x;
}
