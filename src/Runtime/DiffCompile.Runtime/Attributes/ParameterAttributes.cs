namespace DiffCompile;

/// <summary>Excludes a parameter from differentiation: it has no tangent and no cotangent.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NoGradientAttribute : Attribute;

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
