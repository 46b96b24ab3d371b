namespace DiffCompile.Generators.Ir;

/// <summary>The scalar types of the accepted language. Enums are lowered to their underlying integer.</summary>
internal enum ScalarKind
{
    Bool,
    Int32,
    Int64,
    Float32,
    Float64,
}

/// <summary>Whether a value is one scalar or a view of many.</summary>
internal enum ContainerKind
{
    Scalar,
    Span,
    ReadOnlySpan,
    Array,
}

/// <summary>
/// Type of an IR value. Structs and tuples do not occur: they are taken apart into their scalars. Of a buffer of structs each
/// scalar is a buffer of its own, <paramref name="Part"/> of the elements that C# sees.
/// </summary>
internal readonly record struct IrType(ScalarKind Scalar, ContainerKind Container = ContainerKind.Scalar, ItemPart? Part = null)
{
    /// <summary>The C# type of a tangent in eight directions, and its bytes.</summary>
    public const string WideName = "global::System.Runtime.Intrinsics.Vector512<double>";
    public const int WideBytes = 64;

    public static readonly IrType Bool = new(ScalarKind.Bool);
    public static readonly IrType Int32 = new(ScalarKind.Int32);
    public static readonly IrType Int64 = new(ScalarKind.Int64);
    public static readonly IrType Float32 = new(ScalarKind.Float32);
    public static readonly IrType Float64 = new(ScalarKind.Float64);

    /// <summary>Does it hold a tangent in several directions?</summary>
    public bool IsWide { get; init; }

    public bool IsScalar => Container == ContainerKind.Scalar;

    public bool IsFloat => IsScalar && IsFloatKind(Scalar);

    public bool IsInteger => IsScalar && Scalar is ScalarKind.Int32 or ScalarKind.Int64;

    public bool IsBuffer => !IsScalar;

    /// <summary>Type of one element of a buffer.</summary>
    public IrType Element => new(Scalar) { IsWide = IsWide };

    /// <summary>Bytes of a scalar, or of one element of a buffer.</summary>
    public int Bytes => Scalar switch { ScalarKind.Bool => 1, ScalarKind.Int32 or ScalarKind.Float32 => 4, _ => 8 };

    /// <summary>Is it a buffer whose elements can be assigned?</summary>
    public bool IsWritable => Container is ContainerKind.Span or ContainerKind.Array;

    /// <summary>Type of the tangents of a buffer: they are written where it is.</summary>
    public IrType Tangent => this with { Container = IsWritable ? ContainerKind.Span : Container };

    /// <summary>Type of a part of a buffer.</summary>
    public IrType Sliced => this with { Container = IsWritable ? ContainerKind.Span : ContainerKind.ReadOnlySpan };

    /// <summary>Can a value of this type carry a tangent?</summary>
    public bool IsDifferentiable => IsFloatKind(Scalar);

    /// <summary>The C# spelling.</summary>
    public string CSharp => Container switch
    {
        ContainerKind.Span => $"global::System.Span<{ItemText}>",
        ContainerKind.ReadOnlySpan => $"global::System.ReadOnlySpan<{ItemText}>",
        ContainerKind.Array => ItemText + "[]",
        _ => Keyword,
    };

    /// <summary>The C# spelling of the elements of a buffer.</summary>
    public string ItemText => Part?.Item.CSharp ?? Keyword;

    public string Keyword => IsWide ? WideName : Scalar switch
    {
        ScalarKind.Bool => "bool",
        ScalarKind.Int32 => "int",
        ScalarKind.Int64 => "long",
        ScalarKind.Float32 => "float",
        _ => "double",
    };

    public override string ToString() => Container switch
    {
        ContainerKind.Span => Keyword + "[]" + PartText,
        ContainerKind.Array => "array of " + Keyword + PartText,
        ContainerKind.ReadOnlySpan => "readonly " + Keyword + "[]" + PartText,
        _ => Keyword,
    };

    private string PartText => Part is null ? "" : "." + Part.Path;

    private static bool IsFloatKind(ScalarKind kind) => kind is ScalarKind.Float32 or ScalarKind.Float64;
}

/// <summary>One scalar of each element of a buffer of structs or tuples.</summary>
/// <param name="Item">Type of the elements.</param>
/// <param name="Path">Names of the members that lead to the scalar.</param>
/// <param name="EnumType">The C# enum that it stands for, or empty.</param>
internal sealed record ItemPart(Shape Item, string Path, string EnumType)
{
    /// <summary>Can it be assigned by itself? Else a struct around it is made again with another value of it.</summary>
    public bool IsAssignable => Assignable.Inside.Length == 0;

    /// <summary>The longest way towards it that ends at something that can be assigned, what is there, and the rest of the way.</summary>
    public (string[] Way, Shape Shape, string[] Inside) Assignable
    {
        get
        {
            string[] path = Path.Split('.');
            Shape shape = Item;
            int depth = 0;
            while (depth < path.Length && IsOpen(shape, isLast: depth == path.Length - 1))
            {
                shape = shape.Parts.First(m => m.Name == path[depth]).Shape;
                depth++;
            }

            return (path.Take(depth).ToArray(), shape, path.Skip(depth).ToArray());
        }
    }

    // A property of a struct type gives a copy, whose members nobody can assign.
    private static bool IsOpen(Shape shape, bool isLast) => shape is not StructShape { Change: var change } || change == MemberChange.Field || (isLast && change == MemberChange.Property);
}
