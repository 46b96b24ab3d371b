using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>One input parameter of a method as part of a flat list of numbers: a value, or a buffer of fixed length.</summary>
internal sealed class MethodSlot
{
    private readonly BufferForm? _form;

    public MethodSlot(ParameterInfo parameter, int offset, int? length = null)
    {
        Type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        Offset = offset;
        _form = BufferForm.Of(Type, parameter, length);
        bool isWritten = _form is not null && (Type.IsArray || Type.GetGenericTypeDefinition() == typeof(Span<>));
        Leaves = _form is null ? Flattening.Leaves(Type).ToArray() : _form.Leaves.ToArray();
        bool isExcluded = parameter.GetCustomAttribute<NoGradientAttribute>() is not null || parameter.GetCustomAttribute<ScratchAttribute>() is not null;
        Active = Enumerable.Range(0, Leaves.Count).Where(i => Flattening.IsFloat(Leaves[i]) && !isExcluded).ToArray();
        IsOutput = isWritten && Active.Count > 0;
    }

    public Type Type { get; }

    /// <summary>Where its numbers begin among all inputs.</summary>
    public int Offset { get; }

    public IReadOnlyList<Type> Leaves { get; }

    /// <summary>Which of its numbers are differentiated.</summary>
    public IReadOnlyList<int> Active { get; }

    public bool IsBuffer => _form is not null;

    /// <summary>May the method write to it, so that what it holds in the end is a result?</summary>
    public bool IsOutput { get; }

    /// <summary>The argument made of the numbers.</summary>
    public object Write(IEnumerable<double> numbers)
    {
        var queue = new Queue<double>(numbers);
        return _form is null ? Flattening.Write(Type, queue) : _form.Create(queue);
    }

    /// <summary>A twin made of numbers for the differentiated leaves; the others are zero.</summary>
    public object WriteTwin(Queue<double> numbers) => Write(Enumerable.Range(0, Leaves.Count).Select(i => Active.Contains(i) ? numbers.Dequeue() : 0.0).ToArray());

    /// <summary>The numbers of the differentiated leaves.</summary>
    public double[] ReadTwin(object? buffer)
    {
        double[] all = BufferForm.Read(buffer);
        return Active.Select(i => all[i]).ToArray();
    }
}
