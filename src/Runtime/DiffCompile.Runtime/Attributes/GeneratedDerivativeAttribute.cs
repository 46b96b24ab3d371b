namespace DiffCompile;

/// <summary>
/// Marks a generated member and says what it is, so that a call of it inside differentiable code is understood
/// (nested derivatives) without reading its body.
/// </summary>
/// <param name="key">Documentation id of the method that was differentiated.</param>
/// <param name="kind">Which member: <c>Gradient</c>, <c>ValueAndGradient</c>, <c>Jvp</c>, <c>Vjp</c>, <c>HessianVectorProduct</c> …</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GeneratedDerivativeAttribute(string key, string kind) : Attribute
{
    /// <summary>Documentation id of the method that was differentiated.</summary>
    public string Key { get; } = key;

    /// <summary>Which derivative member this is.</summary>
    public string Kind { get; } = kind;
}
