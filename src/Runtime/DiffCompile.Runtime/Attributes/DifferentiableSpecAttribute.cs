namespace DiffCompile;

/// <summary>
/// Holds the body of a differentiable method in a form that other assemblies can inline and differentiate. Written by
/// the generator.
/// </summary>
/// <param name="key">Documentation id of the method.</param>
/// <param name="version">Version of the text format.</param>
/// <param name="text">The method's specification.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DifferentiableSpecAttribute(string key, int version, string text) : Attribute
{
    /// <summary>Documentation id of the method.</summary>
    public string Key { get; } = key;

    /// <summary>Version of the text format.</summary>
    public int Version { get; } = version;

    /// <summary>The method's specification.</summary>
    public string Text { get; } = text;
}
