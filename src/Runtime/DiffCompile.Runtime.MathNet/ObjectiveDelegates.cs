namespace DiffCompile.MathNetNumerics;

/// <summary>Value and gradient of a function to be minimised, in one evaluation.</summary>
/// <param name="point">Where.</param>
/// <param name="gradient">Receives the partial derivatives, one for each number of <paramref name="point"/>.</param>
/// <returns>The value.</returns>
public delegate double ValueAndGradientFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Hessian of a function to be minimised.</summary>
/// <param name="point">Where; n numbers.</param>
/// <param name="hessian">Receives the n × n second derivatives, row-major and symmetric, as <c>FHessian</c> writes them.</param>
public delegate void HessianFunction(ReadOnlySpan<double> point, Span<double> hessian);
