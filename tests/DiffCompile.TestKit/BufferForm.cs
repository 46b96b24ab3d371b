using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>The type and the lengths of a buffer: one dimension or several, or rows of different lengths.</summary>
/// <param name="Element">Type of an element.</param>
/// <param name="Lengths">The length of each dimension, or of each row.</param>
/// <param name="IsJagged">Is it an array of arrays?</param>
public sealed record BufferForm(Type Element, int[] Lengths, bool IsJagged)
{
    private static readonly int[][] Defaults = [[3], [2, 3], [2, 2, 2]];

    private static readonly int[] DefaultRows = [2, 3];

    /// <summary>The form of a parameter, or of a twin of it.</summary>
    /// <param name="type">An array or a span; for other types the result is null.</param>
    /// <param name="parameter">The parameter that states the lengths.</param>
    /// <param name="length">The length instead of the stated one; null where none is given.</param>
    public static BufferForm? Of(Type type, ParameterInfo parameter, int? length = null)
    {
        Type? element = type.IsArray ? type.GetElementType() : type.IsByRefLike ? type.GetGenericArguments()[0] : null;
        if (element is null)
        {
            return null;
        }

        int[]? stated = parameter.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == "LengthAttribute")?.ConstructorArguments[0].Value switch
        {
            int count => [count],
            IEnumerable<CustomAttributeTypedArgument> counts => counts.Select(c => (int)c.Value!).ToArray(),
            _ => null,
        };
        stated = length is { } given ? [given] : stated;
        return element.IsArray
            ? new BufferForm(element.GetElementType()!, stated ?? DefaultRows, IsJagged: true)
            : new BufferForm(element, stated ?? Defaults[type.IsArray ? type.GetArrayRank() - 1 : 0], IsJagged: false);
    }

    private int Count => IsJagged ? Lengths.Sum() : Lengths.Aggregate(1, (a, b) => a * b);

    /// <summary>Types of the numbers inside, in order.</summary>
    public IEnumerable<Type> Leaves => Enumerable.Repeat(Flattening.Leaves(Element).ToArray(), Count).SelectMany(l => l);

    /// <summary>An array made of the next numbers.</summary>
    public Array Create(Queue<double> numbers)
    {
        if (IsJagged)
        {
            Array rows = Array.CreateInstance(Element.MakeArrayType(), Lengths.Length);
            for (int i = 0; i < Lengths.Length; i++)
            {
                rows.SetValue(new BufferForm(Element, [Lengths[i]], IsJagged: false).Create(numbers), i);
            }

            return rows;
        }

        Array array = Array.CreateInstance(Element, Lengths);
        int[] at = new int[Lengths.Length];
        for (int i = 0; i < array.Length; i++)
        {
            int rest = i;
            for (int d = at.Length - 1; d >= 0; d--)
            {
                (rest, at[d]) = Math.DivRem(rest, Lengths[d]);
            }

            array.SetValue(Flattening.Write(Element, numbers), at);
        }

        return array;
    }

    /// <summary>The numbers in a buffer, row by row.</summary>
    public static double[] Read(object? buffer) =>
        ((Array)buffer!).Cast<object>().SelectMany(e => e is Array row ? Read(row) : Flattening.Read(e)).ToArray();
}
