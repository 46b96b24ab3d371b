namespace DiffCompile;

/// <summary>Excludes a parameter from differentiation: it has no tangent and no cotangent.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NoGradientAttribute : Attribute;

/// <summary>
/// Marks an array or span that the method fills before it reads it: what it holds on entry means nothing, and what it holds on
/// exit is no result. Generated members keep its derivatives in the workspace and ask the caller for none.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ScratchAttribute : Attribute;

/// <summary>
/// States the closed range in which a parameter lies. Used to draw test points, to drop guards that cannot be
/// needed, and to warn of operations that the range allows to be singular. It is not checked at run time.
/// </summary>
/// <param name="min">Smallest value, in the unit of the parameter.</param>
/// <param name="max">Largest value, in the unit of the parameter.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DomainAttribute(double min, double max) : Attribute
{
    /// <summary>Smallest value.</summary>
    public double Min { get; } = min;

    /// <summary>Largest value.</summary>
    public double Max { get; } = max;
}
