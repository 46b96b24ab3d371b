namespace DiffCompile;

/// <summary>
/// Marks a static method, written as plain C# math, for which derivative members are generated at build time
/// into the same partial type.
/// </summary>
/// <param name="modes">Which members to generate.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DifferentiableAttribute(DerivativeModes modes = DerivativeModes.Default) : Attribute
{
    /// <summary>Which members are generated.</summary>
    public DerivativeModes Modes { get; } = modes;

    /// <summary>
    /// Base name of the generated members; the method's own name when not set. Needed to tell overloads apart.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Which one-sided or mean derivative is taken at a kink of abs, max, min and clamp.</summary>
    public KinkConvention Kinks { get; init; } = KinkConvention.Symmetric;
}
