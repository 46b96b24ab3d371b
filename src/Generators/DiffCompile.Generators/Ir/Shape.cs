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
}

/// <summary>A scalar or a span. <paramref name="EnumType"/> is the C# enum that it stands for, or empty.</summary>
internal sealed record ScalarShape(IrType Type, string EnumType = "") : Shape
{
    public override string CSharp => EnumType.Length > 0 ? EnumType : Type.CSharp;

    public override IEnumerable<Leaf> Leaves => [new Leaf("", Type, EnumType)];
}

/// <summary>A readonly record struct with positional members.</summary>
internal sealed record StructShape(string TypeName, EquatableArray<NamedShape> Members) : Shape
{
    public override string CSharp => TypeName;

    public override IEnumerable<Leaf> Leaves => Members.SelectMany(m => m.Shape.Leaves.Select(l => l.Under(m.Name)));
}

/// <summary>A value tuple; unnamed elements are called Item1 …</summary>
internal sealed record TupleShape(EquatableArray<NamedShape> Elements) : Shape
{
    public override string CSharp => "(" + string.Join(", ", Elements.Select(e => e.Shape.CSharp + " " + e.Name)) + ")";

    public override IEnumerable<Leaf> Leaves => Elements.SelectMany(e => e.Shape.Leaves.Select(l => l.Under(e.Name)));
}

internal sealed record NamedShape(string Name, Shape Shape);

/// <summary>One scalar of a shape: where it is and what it is.</summary>
internal readonly record struct Leaf(string Path, IrType Type, string EnumType)
{
    public Leaf Under(string name) => this with { Path = Path.Length == 0 ? name : name + "." + Path };
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
