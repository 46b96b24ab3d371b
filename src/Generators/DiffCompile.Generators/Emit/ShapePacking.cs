using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>Puts scalars together to C# values, and reads them back out.</summary>
internal static class ShapePacking
{
    /// <summary>The expression of a value whose scalars come from <paramref name="next"/>.</summary>
    public static Fragment Pack(Shape shape, Func<Fragment> next, TypeNames names)
    {
        switch (shape)
        {
            case StructShape { IsPositional: false } s:
                Fragment[] values = s.Members.Select(m => Pack(m.Shape, next, names)).ToArray();
                string members = string.Join(", ", s.Members.Zip(values, (m, v) => $"{Identifiers.Escape(m.Name)} = {v.Text}"));
                return new Fragment($"new {names.Type(s)} {{ {members} }}", Precedence.Primary, values.Any(v => v.HasEffect));
            case StructShape s:
                return List("new " + names.Type(s), s.Members, next, names);
            case TupleShape t:
                return List("", t.Elements, next, names);
            case InlineArrayShape inline:
                Fragment[] elements = inline.Parts.Select(p => Pack(p.Shape, next, names)).ToArray();
                if (elements.All(e => e is { IsConstant: true, Text: "0.0" or "0.0f" or "0" or "0L" or "false" }))
                {
                    return Fragment.Name($"default({names.Type(inline)})");
                }

                return new Fragment($"{OfInline(inline, names)}{Fragment.List(elements)}])", Precedence.Primary, elements.Any(e => e.HasEffect));
            case DefaultShape:
                return Fragment.Name("default(" + names.Type(shape.CSharp) + ")");
        }

        Fragment scalar = next();
        string enumType = ((ScalarShape)shape).EnumType;
        return enumType.Length == 0 ? scalar : new Fragment($"({names.Type(enumType)}){scalar.Operand(Precedence.Primary)}", Precedence.Unary, scalar.HasEffect);
    }

    /// <summary>Each scalar of the C# value called <paramref name="name"/>.</summary>
    public static IEnumerable<Fragment> Unpack(string name, Shape shape) => shape.Leaves.Select(leaf => Member(name, leaf));

    /// <summary>One scalar of a C# value: p.LogMmin, or (int)p.Mode for an enum.</summary>
    public static Fragment Member(string name, Leaf leaf)
    {
        string path = Identifiers.Member(name, leaf.Path);
        return leaf.EnumType.Length == 0 ? Fragment.Name(path) : new Fragment($"({leaf.Type.Keyword}){path}", Precedence.Unary);
    }

    /// <summary>What stands before the elements of an inline array, which has no constructor.</summary>
    public static string OfInline(InlineArrayShape shape, TypeNames names) =>
        $"{names.Type("global::DiffCompile.InlineArrays")}.Of<{names.Type(shape)}, {names.Type(shape.Item)}>([";

    private static Fragment List(string head, IEnumerable<NamedShape> members, Func<Fragment> next, TypeNames names)
    {
        Fragment[] parts = members.Select(m => Pack(m.Shape, next, names)).ToArray();
        return new Fragment($"{head}({Fragment.List(parts)})", Precedence.Primary, parts.Any(p => p.HasEffect));
    }
}
