using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>One input parameter of a method as part of a flat list of numbers: a value, or a buffer of fixed length.</summary>
internal sealed class MethodSlot
{
    private const int DefaultLength = 3;

    public MethodSlot(ParameterInfo parameter, int offset, int? length = null)
    {
        Type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        Offset = offset;
        Element = Type.IsArray ? Type.GetElementType() : Type.IsByRefLike ? Type.GetGenericArguments()[0] : null;
        IsWritten = Element is not null && (Type.IsArray || Type.GetGenericTypeDefinition() == typeof(Span<>));
        object? stated = parameter.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == "LengthAttribute")?.ConstructorArguments[0].Value;
        Leaves = Element is null ? Flattening.Leaves(Type).ToArray() : Enumerable.Repeat(Element, length ?? stated as int? ?? DefaultLength).ToArray();
        IsExcluded = parameter.GetCustomAttribute<NoGradientAttribute>() is not null || parameter.GetCustomAttribute<ScratchAttribute>() is not null;
        Active = Enumerable.Range(0, Leaves.Count).Where(i => Flattening.IsFloat(Leaves[i]) && !IsExcluded).ToArray();
    }

    public Type Type { get; }

    /// <summary>Where its numbers begin among all inputs.</summary>
    public int Offset { get; }

    /// <summary>Type of an element; null for what is no buffer.</summary>
    public Type? Element { get; }

    /// <summary>May the method write to it, so that it is an output too?</summary>
    public bool IsWritten { get; }

    public bool IsExcluded { get; }

    public IReadOnlyList<Type> Leaves { get; }

    /// <summary>Which of its numbers are differentiated.</summary>
    public IReadOnlyList<int> Active { get; }

    public bool IsBuffer => Element is not null;

    public bool IsOutput => IsWritten && !IsExcluded && Flattening.IsFloat(Element!);

    /// <summary>The argument made of the numbers.</summary>
    public object Write(IEnumerable<double> numbers)
    {
        var queue = new Queue<double>(numbers);
        return IsBuffer ? ArrayOf(queue) : Flattening.Write(Type, queue);
    }

    public static double[] ReadBuffer(object? array) => ((Array)array!).Cast<object>().SelectMany(Flattening.Read).ToArray();

    private Array ArrayOf(Queue<double> numbers)
    {
        Array array = Array.CreateInstance(Element!, Leaves.Count);
        for (int i = 0; i < array.Length; i++)
        {
            array.SetValue(Flattening.Write(Element!, numbers), i);
        }

        return array;
    }
}
