namespace DiffCompile.Corpus;

/// <summary>
/// How many elements the tests hand to a parameter that is an array or a span; three where nothing is said. Of an array of
/// several dimensions the length of each, of an array of arrays the length of each row.
/// </summary>
/// <param name="counts">The numbers of elements.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LengthAttribute(params int[] counts) : Attribute
{
    public int[] Counts { get; } = counts;
}
