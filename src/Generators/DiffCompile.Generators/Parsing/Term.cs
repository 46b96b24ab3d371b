using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Parsing;

/// <summary>A C# value taken apart into its scalars, in the order of its shape's leaves.</summary>
internal sealed class Term(Shape shape, IReadOnlyList<Value> leaves)
{
    /// <summary>Stands for the value of refused code; whatever is made from it is refused silently.</summary>
    public static readonly Term Invalid = new(new TupleShape([]), []);

    /// <summary>The value of a void call.</summary>
    public static readonly Term Nothing = new(new TupleShape([]), []);

    public Shape Shape { get; } = shape;

    public IReadOnlyList<Value> Leaves { get; } = leaves;

    public bool IsInvalid => ReferenceEquals(this, Invalid);

    /// <summary>The only leaf of a scalar; any bool for refused code, whose IR is never used.</summary>
    public Value Scalar => Leaves.Count > 0 ? Leaves[0] : Literals.Bool(false);

    public static Term Of(Value value, string enumType = "") => new(new ScalarShape(value.Type, enumType), [value]);

    public static Term Zero(Shape shape) => new(shape, shape.Leaves.Select(l => Literals.Zero(l.Type)).ToArray());

    public Term Member(int index)
    {
        EquatableArray<NamedShape> members = Shape.Parts;
        int offset = members.Take(index).Sum(m => m.Shape.LeafCount);
        Shape shape = members[index].Shape;
        return new Term(shape, Leaves.Skip(offset).Take(shape.LeafCount).ToArray());
    }

    public Term WithMember(int index, Term member)
    {
        int offset = Shape.Parts.Take(index).Sum(m => m.Shape.LeafCount);
        Value[] leaves = Leaves.ToArray();
        for (int i = 0; i < member.Leaves.Count; i++)
        {
            leaves[offset + i] = member.Leaves[i];
        }

        return new Term(Shape, leaves);
    }

    /// <summary>The position of a member; -1 when there is none of that name.</summary>
    public int IndexOf(string name)
    {
        EquatableArray<NamedShape> members = Shape.Parts;
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Joins members into a value of <paramref name="shape"/>.</summary>
    public static Term Join(Shape shape, IEnumerable<Term> members)
    {
        Term[] parts = members.ToArray();
        return parts.Any(p => p.IsInvalid) ? Invalid : new Term(shape, parts.SelectMany(p => p.Leaves).ToArray());
    }
}
