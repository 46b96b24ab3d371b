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

/// <summary>Type of an IR value. Structs and tuples do not occur: they are taken apart into their scalars.</summary>
internal readonly record struct IrType(ScalarKind Scalar, ContainerKind Container = ContainerKind.Scalar)
{
    public static readonly IrType Bool = new(ScalarKind.Bool);
    public static readonly IrType Int32 = new(ScalarKind.Int32);
    public static readonly IrType Int64 = new(ScalarKind.Int64);
    public static readonly IrType Float32 = new(ScalarKind.Float32);
    public static readonly IrType Float64 = new(ScalarKind.Float64);

    public bool IsScalar => Container == ContainerKind.Scalar;

    public bool IsFloat => IsScalar && IsFloatKind(Scalar);

    public bool IsInteger => IsScalar && Scalar is ScalarKind.Int32 or ScalarKind.Int64;

    public bool IsBuffer => !IsScalar;

    /// <summary>Type of one element of a buffer.</summary>
    public IrType Element => new(Scalar);

    /// <summary>Bytes of a scalar, or of one element of a buffer.</summary>
    public int Bytes => Scalar switch { ScalarKind.Bool => 1, ScalarKind.Int32 or ScalarKind.Float32 => 4, _ => 8 };

    /// <summary>Is it a buffer whose elements can be assigned?</summary>
    public bool IsWritable => Container is ContainerKind.Span or ContainerKind.Array;

    /// <summary>Type of the tangents of a buffer: they are written where it is.</summary>
    public IrType Tangent => this with { Container = IsWritable ? ContainerKind.Span : Container };

    /// <summary>Can a value of this type carry a tangent?</summary>
    public bool IsDifferentiable => IsFloatKind(Scalar);

    /// <summary>The C# spelling.</summary>
    public string CSharp => Container switch
    {
        ContainerKind.Span => $"global::System.Span<{Keyword}>",
        ContainerKind.ReadOnlySpan => $"global::System.ReadOnlySpan<{Keyword}>",
        ContainerKind.Array => Keyword + "[]",
        _ => Keyword,
    };

    public string Keyword => Scalar switch
    {
        ScalarKind.Bool => "bool",
        ScalarKind.Int32 => "int",
        ScalarKind.Int64 => "long",
        ScalarKind.Float32 => "float",
        _ => "double",
    };

    public override string ToString() => Container switch
    {
        ContainerKind.Span => Keyword + "[]",
        ContainerKind.Array => "array of " + Keyword,
        ContainerKind.ReadOnlySpan => "readonly " + Keyword + "[]",
        _ => Keyword,
    };

    private static bool IsFloatKind(ScalarKind kind) => kind is ScalarKind.Float32 or ScalarKind.Float64;
}
