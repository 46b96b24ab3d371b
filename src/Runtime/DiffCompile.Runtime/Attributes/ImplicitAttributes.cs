namespace DiffCompile;

/// <summary>
/// States that the result of a method is a root of <paramref name="residual"/>: R(x, a, b) = 0 for x = F(a, b). Its derivative
/// then is the one of the implicit function, dx = −(∂R/∂x)⁻¹ (∂R/∂a da + ∂R/∂b db), at the x that the method returns. The
/// method itself, however it finds the root, is only called; nothing is kept of its iterations, and its second derivative is
/// right.
/// <para>
/// For <c>T F(A a, B b)</c> the residual is <c>static T R(T x, A a, B b)</c>: the unknown first, then the parameters of the
/// method, by their names. Parameters that do not enter the equation (a tolerance, a first guess) are marked
/// <c>[NoGradient]</c> and left out.
/// </para>
/// <para>
/// A system of n equations: <c>static void F(A a, B b, Span&lt;double&gt; x)</c> fills the span with the unknowns, and
/// <c>static void R(ReadOnlySpan&lt;double&gt; x, A a, B b, Span&lt;double&gt; residual)</c> fills another one. The matrix ∂R/∂x is made
/// from n directional derivatives and one system is solved with it; where it is singular that is an
/// <see cref="ArgumentException"/>.
/// </para>
/// <para>
/// Whether the iterations converged is for the method to check: the derivative is that of the exact root next to the value
/// returned, and wrong by as much as the residual is not zero. Where ∂R/∂x = 0 it is infinite or NaN, as division gives it.
/// </para>
/// </summary>
/// <param name="residual">Name of the residual: <c>nameof(R)</c>.</param>
/// <remarks>See Griewank and Walther, Evaluating Derivatives (2008), section 15.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootAttribute(string residual) : Attribute
{
    /// <summary>Name of the method that is zero at the root.</summary>
    public string Residual { get; } = residual;
}

/// <summary>
/// States that the result of a method is a fixed point of <paramref name="step"/>: x = G(x, a, b) for x = F(a, b). Its
/// derivative then is the one of the implicit function, dx = (1 − ∂G/∂x)⁻¹ (∂G/∂a da + ∂G/∂b db). In all else as
/// <see cref="RootAttribute"/>.
/// </summary>
/// <param name="step">Name of the method that makes one step: <c>nameof(G)</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixedPointAttribute(string step) : Attribute
{
    /// <summary>Name of the method that leaves the result as it is.</summary>
    public string Step { get; } = step;
}
