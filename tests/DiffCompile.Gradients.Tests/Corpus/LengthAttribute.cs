namespace DiffCompile.Corpus;

/// <summary>How many elements the tests hand to a parameter that is an array or a span; three where nothing is said.</summary>
/// <param name="count">The number of elements.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LengthAttribute(int count) : Attribute
{
    public int Count { get; } = count;
}
