using DiffCompile.Generators.Infrastructure;

namespace DiffCompile.Generators.Ir;

/// <summary>How a C# type is made of scalars.</summary>
internal abstract record Shape
{
    /// <summary>The C# spelling of the type.</summary>
    public abstract string CSharp { get; }

    /// <summary>The scalars and buffers inside, in order, each with its path of member names.</summary>
    public abstract IEnumerable<Leaf> Leaves { get; }

    public int LeafCount => Leaves.Count();

    /// <summary>The members of a struct or tuple.</summary>
    public virtual EquatableArray<NamedShape> Parts => [];
}

/// <summary>A scalar or a span. <paramref name="EnumType"/> is the C# enum that it stands for, or empty.</summary>
internal sealed record ScalarShape(IrType Type, string EnumType = "") : Shape
{
    public override string CSharp => EnumType.Length > 0 ? EnumType : Type.CSharp;

    public override IEnumerable<Leaf> Leaves => [new Leaf("", Type, EnumType)];
}

/// <summary>A struct that is no more than its members.</summary>
/// <param name="TypeName">With global::.</param>
/// <param name="Members">In the order of the positional constructor, or of declaration.</param>
/// <param name="IsPositional">Is it made as new P(a, b)? Else as new P { A = a, B = b }.</param>
/// <param name="Change">How one member of a variable is changed.</param>
internal sealed record StructShape(string TypeName, EquatableArray<NamedShape> Members, bool IsPositional = true, MemberChange Change = MemberChange.With) : Shape
{
    public override EquatableArray<NamedShape> Parts => Members;

    public override string CSharp => TypeName;

    public override IEnumerable<Leaf> Leaves => Members.SelectMany(m => m.Shape.Leaves.Select(l => l.Under(m.Name)));
}

/// <summary>How a member of a struct variable gets another value.</summary>
internal enum MemberChange
{
    /// <summary>v = new P(v.A, b).</summary>
    Constructor,

    /// <summary>v = v with { B = b }.</summary>
    With,

    /// <summary>v.B = b, where v.B is a property.</summary>
    Property,

    /// <summary>v.B = b, where v.B is a field.</summary>
    Field,
}

/// <summary>A value tuple; unnamed elements are called Item1 …</summary>
internal sealed record TupleShape(EquatableArray<NamedShape> Elements) : Shape
{
    public override EquatableArray<NamedShape> Parts => Elements;

    public override string CSharp => "(" + string.Join(", ", Elements.Select(e => e.Shape.CSharp + " " + e.Name)) + ")";

    public override IEnumerable<Leaf> Leaves => Elements.SelectMany(e => e.Shape.Leaves.Select(l => l.Under(e.Name)));
}

/// <summary>A struct that is a fixed number of elements of one type. To the program it is as many members, called [0], [1] …</summary>
internal sealed record InlineArrayShape(string TypeName, Shape Item, int Length) : Shape
{
    /// <summary>Most elements of one that is handed over or copied; each is a value of its own.</summary>
    public const int MaximalLength = 64;

    public override EquatableArray<NamedShape> Parts => Enumerable.Range(0, Length).Select(i => new NamedShape(NameOf(i), Item)).ToEquatableArray();

    public override string CSharp => TypeName;

    public override IEnumerable<Leaf> Leaves => Parts.SelectMany(p => p.Shape.Leaves.Select(l => l.Under(p.Name)));

    public static string NameOf(int index) => "[" + index.ToString(System.Globalization.CultureInfo.InvariantCulture) + "]";
}

/// <summary>
/// An array or span of structs, or an array of several dimensions: a buffer for each scalar of an element, all of the same
/// length, and with several dimensions the length of each. Elements follow each other row by row.
/// </summary>
internal sealed record BufferShape(Shape Item, ContainerKind Container, int Rank) : Shape
{
    public override string CSharp =>
        Rank > 1 ? $"{Item.CSharp}[{new string(',', Rank - 1)}]" : new IrType(ScalarKind.Float64, Container, new ItemPart(Item, "", "")).CSharp;

    public override IEnumerable<Leaf> Leaves => Columns.Concat(Enumerable.Range(0, Rank > 1 ? Rank : 0).Select(d => new Leaf(LengthPath(d), IrType.Int32, "")));

    /// <summary>The buffers.</summary>
    public IEnumerable<Leaf> Columns =>
        Item.Leaves.Select(l => new Leaf("", new IrType(l.Type.Scalar, Rank > 1 ? ContainerKind.Span : Container, Item is ScalarShape ? null : new ItemPart(Item, l.Path, l.EnumType)), ""));

    /// <summary>How C# asks an array for a length.</summary>
    public static string LengthPath(int dimension) => $"GetLength({dimension})";
}

internal sealed record NamedShape(string Name, Shape Shape);

/// <summary>One scalar of a shape: where it is and what it is.</summary>
internal readonly record struct Leaf(string Path, IrType Type, string EnumType)
{
    public Leaf Under(string name) => this with { Path = Path.Length == 0 ? name : name + "." + Path };

    /// <summary>Is it an element of an inline array, or inside of one?</summary>
    public bool IsInInlineArray => Path.IndexOf('[') >= 0;
}

/// <summary>A parameter of a C# signature.</summary>
internal sealed record ShapeParameter(string Name, Shape Shape, ParameterMode Mode = ParameterMode.Value, bool NoGradient = false)
{
    /// <summary>Does it have scalars or a span that are differentiated?</summary>
    public bool IsActive => !NoGradient && !IsScratch && Mode != ParameterMode.Out && Shape.Leaves.Any(l => l.Type.IsDifferentiable);

    /// <summary>A buffer that holds nothing on entry and no result on exit.</summary>
    public bool IsScratch { get; init; }

    /// <summary>A buffer of cotangents that the method, a rule, only adds to.</summary>
    public bool IsAddedTo { get; init; }
}

internal enum ParameterMode
{
    Value,
    In,
    Out,
}
