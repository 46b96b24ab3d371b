using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.SelfChecks;

/// <summary>One scalar, or one span, among the numbers of a check.</summary>
/// <param name="Name">For people: "p.Mass".</param>
/// <param name="Path">Its members as they are written in code: ".Mass", or empty.</param>
/// <param name="Offset">Index of its (first) number.</param>
internal readonly record struct Slot(string Name, string Path, IrType Type, string EnumType, int Offset)
{
    public int Count => Type.IsBuffer ? InputLayout.SpanLength : 1;
}

/// <summary>Where the scalars of C# values stand in a flat list of numbers, and the C# text that converts.</summary>
internal static class InputLayout
{
    /// <summary>Number of random elements that a span gets.</summary>
    public const int SpanLength = 5;

    /// <summary>The slots of a value. Elements of tuples go by number, because a rule may name them as it likes.</summary>
    public static IReadOnlyList<Slot> Slots(string name, Shape shape, int offset)
    {
        List<Slot> slots = [];
        Add(name, "", shape, slots, ref offset);
        return slots;
    }

    /// <summary>The slots of each parameter, one after the other.</summary>
    public static IReadOnlyList<(ParameterSpec Parameter, IReadOnlyList<Slot> Slots)> Of(IEnumerable<ParameterSpec> parameters)
    {
        int offset = 0;
        List<(ParameterSpec, IReadOnlyList<Slot>)> all = [];
        foreach (ParameterSpec parameter in parameters)
        {
            IReadOnlyList<Slot> slots = Slots(parameter.Name, parameter.Shape, offset);
            offset += slots.Sum(s => s.Count);
            all.Add((parameter, slots));
        }

        return all;
    }

    /// <summary>The C# value of a shape whose numbers stand in <paramref name="source"/>.</summary>
    /// <param name="floatsOnly">The numbers are a tangent or a cotangent: what cannot carry one gets the default value.</param>
    public static string Pack(Shape shape, IEnumerator<Slot> slots, string source, bool floatsOnly)
    {
        switch (shape)
        {
            case StructShape { IsPositional: false } s:
                return $"new {s.TypeName} {{ {string.Join(", ", s.Members.Select(m => $"{Identifiers.Escape(m.Name)} = {Pack(m.Shape, slots, source, floatsOnly)}"))} }}";
            case StructShape s:
                return $"new {s.TypeName}({List(s.Members, slots, source, floatsOnly)})";
            case TupleShape t:
                return $"({List(t.Elements, slots, source, floatsOnly)})";
            default:
                slots.MoveNext();
                return Element(slots.Current, source, floatsOnly);
        }
    }

    private static string List(IEnumerable<NamedShape> members, IEnumerator<Slot> slots, string source, bool floatsOnly) =>
        string.Join(", ", members.Select(m => Pack(m.Shape, slots, source, floatsOnly)));

    private static string Element(Slot slot, string source, bool floatsOnly)
    {
        string element = $"{source}[{slot.Offset}]";
        return slot switch
        {
            { Type.IsBuffer: true } => $"{source}.Slice({slot.Offset}, {SpanLength})",
            { Type.Scalar: ScalarKind.Float64 } => element,
            { Type.Scalar: ScalarKind.Float32 } => "(float)" + element,
            _ when floatsOnly => "default",
            { EnumType.Length: > 0 } => $"global::System.Enum.GetValues<{slot.EnumType}>()[(int){element}]",
            { Type.Scalar: ScalarKind.Bool } => element + " != 0.0",
            _ => $"({slot.Type.Keyword}){element}",
        };
    }

    private static void Add(string name, string path, Shape shape, List<Slot> slots, ref int offset)
    {
        switch (shape)
        {
            case StructShape s:
                foreach (NamedShape member in s.Members)
                {
                    Add(name + "." + member.Name, path + "." + Identifiers.Escape(member.Name), member.Shape, slots, ref offset);
                }

                break;
            case TupleShape t:
                for (int i = 0; i < t.Elements.Count; i++)
                {
                    Add(name + "." + t.Elements[i].Name, path + ".Item" + (i + 1), t.Elements[i].Shape, slots, ref offset);
                }

                break;
            case ScalarShape scalar:
                var slot = new Slot(name, path, scalar.Type, scalar.EnumType, offset);
                slots.Add(slot);
                offset += slot.Count;
                break;
        }
    }
}
