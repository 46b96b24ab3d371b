namespace DiffCompile.Corpus;

/// <summary>A point at which a corpus function is checked besides the random ones.</summary>
/// <param name="x">All inputs in order.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PointAttribute(params double[] x) : Attribute
{
    public double[] X { get; } = x;

    /// <summary>False at kinks and edges, where finite differences say nothing.</summary>
    public bool Smooth { get; init; } = true;
}
