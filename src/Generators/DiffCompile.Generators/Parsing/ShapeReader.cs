using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Why a type cannot be taken apart into scalars.</summary>
internal enum TypeProblem
{
    None,
    Reference,
    Text,
    Decimal,
    NarrowInteger,
    OtherNumber,
    Array,
    Nullable,
    NotReadonlyRecord,
    NotPositional,
    InlineArray,
    TypeParameter,
    EnumUnderlying,
    Pointer,
    Dynamic,
    Void,
    Unresolved,
}

/// <summary>Reads C# types as shapes.</summary>
internal static class ShapeReader
{
    /// <summary>Most dimensions of an array.</summary>
    private const int MaximalRank = 3;

    private static readonly HashSet<string> OtherNumbers =
    [
        "Half", "Int128", "UInt128", "BigInteger", "Complex", "Vector", "Vector2", "Vector3", "Vector4",
        "Vector64", "Vector128", "Vector256", "Vector512", "Matrix3x2", "Matrix4x4", "Quaternion", "Plane", "NFloat",
    ];

    /// <summary>The shape of a type. Null when it is not accepted; then <paramref name="problem"/> says why.</summary>
    public static Shape? Read(ITypeSymbol type, out TypeProblem problem)
    {
        problem = TypeProblem.None;
        if (ScalarOf(type) is { } scalar)
        {
            return new ScalarShape(new IrType(scalar));
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return ReadEnum((INamedTypeSymbol)type, ref problem);
        }

        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            return ReadMembers(tuple.TupleElements.Select(e => (e.Name, e.Type)), ref problem) is { } elements ? new TupleShape(elements) : null;
        }

        if (type is IArrayTypeSymbol { Rank: <= MaximalRank } array)
        {
            return BufferOf(array.ElementType, ContainerKind.Array, array.Rank, ref problem);
        }

        if (type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } span)
        {
            return BufferOf(span.TypeArguments[0], span.Name == "Span" ? ContainerKind.Span : ContainerKind.ReadOnlySpan, 1, ref problem);
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named && StructReader.InlineLengthOf(named) is { } length)
        {
            return ReadInlineArray(named, length, ref problem);
        }

        problem = ProblemOf(type);
        return problem == TypeProblem.None ? StructReader.Read((INamedTypeSymbol)type, ref problem) : null;
    }

    /// <summary>The type of the elements of an array or a span; null for others.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } span when InSystem(span) => span.TypeArguments[0],
        _ => null,
    };

    /// <summary>The shape of a span of elements of a type; null when it is not accepted.</summary>
    public static Shape? SpanOf(ITypeSymbol element)
    {
        var problem = TypeProblem.None;
        return BufferOf(element, ContainerKind.Span, 1, ref problem);
    }

    /// <summary>Are both made of the same scalars in the same structs? Names of tuple elements do not matter.</summary>
    public static bool SameStructure(Shape a, Shape b) => (a, b) switch
    {
        (ScalarShape x, ScalarShape y) => x == y,
        (StructShape x, StructShape y) => x == y,
        (InlineArrayShape x, InlineArrayShape y) => x == y,
        (BufferShape x, BufferShape y) => x.Rank == y.Rank && SameStructure(x.Item, y.Item),
        (TupleShape x, TupleShape y) => x.Elements.Count == y.Elements.Count
            && x.Elements.Zip(y.Elements, (p, q) => SameStructure(p.Shape, q.Shape)).All(same => same),
        _ => false,
    };

    private static ScalarKind? ScalarOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ScalarKind.Bool,
        SpecialType.System_Int32 => ScalarKind.Int32,
        SpecialType.System_Int64 => ScalarKind.Int64,
        SpecialType.System_Single => ScalarKind.Float32,
        SpecialType.System_Double => ScalarKind.Float64,
        _ => null,
    };

    private static ScalarShape? ReadEnum(INamedTypeSymbol type, ref TypeProblem problem)
    {
        if (type.EnumUnderlyingType is { } underlying && ScalarOf(underlying) is { } scalar)
        {
            return new ScalarShape(new IrType(scalar), type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        }

        problem = TypeProblem.EnumUnderlying;
        return null;
    }

    private static Shape? BufferOf(ITypeSymbol element, ContainerKind container, int rank, ref TypeProblem problem)
    {
        if (ScalarOf(element) is { } scalar)
        {
            return rank == 1 ? new ScalarShape(new IrType(scalar, container)) : new BufferShape(new ScalarShape(new IrType(scalar)), container, rank);
        }

        // Numbers only: an array inside of an element is not part of it.
        if (!element.IsReferenceType && Read(element, out _) is { } item && item is StructShape or TupleShape or InlineArrayShape && item.Leaves.Any() && item.Leaves.All(l => l.Type.IsScalar))
        {
            return new BufferShape(item, container, rank);
        }

        problem = TypeProblem.Array;
        return null;
    }

    /// <summary>The shape of a struct marked [InlineArray]; null when its elements are not accepted or too many.</summary>
    private static InlineArrayShape? ReadInlineArray(INamedTypeSymbol type, int length, ref TypeProblem problem)
    {
        if (length > InlineArrayShape.MaximalLength || type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => !f.IsStatic) is not { } field
            || Read(field.Type, out problem) is not { } item || item.Leaves.Any(l => !l.Type.IsScalar))
        {
            problem = TypeProblem.InlineArray;
            return null;
        }

        return new InlineArrayShape(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), item, length);
    }

    private static TypeProblem ProblemOf(ITypeSymbol type)
    {
        switch (type.TypeKind)
        {
            case TypeKind.Error:
                return TypeProblem.Unresolved;
            case TypeKind.Dynamic:
                return TypeProblem.Dynamic;
            case TypeKind.TypeParameter:
                return TypeProblem.TypeParameter;
            case TypeKind.Pointer or TypeKind.FunctionPointer:
                return TypeProblem.Pointer;
            case TypeKind.Array:
                return TypeProblem.Array;
        }

        switch (type.SpecialType)
        {
            case SpecialType.System_Void:
                return TypeProblem.Void;
            case SpecialType.System_Decimal:
                return TypeProblem.Decimal;
            case SpecialType.System_String or SpecialType.System_Char:
                return TypeProblem.Text;
            case SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr:
                return TypeProblem.NarrowInteger;
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return TypeProblem.Nullable;
        }

        if (type.IsReferenceType)
        {
            return TypeProblem.Reference;
        }

        if (type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" } view && InSystem(view))
        {
            return TypeProblem.Array;
        }

        if (OtherNumbers.Contains(type.Name) && InSystem(type))
        {
            return TypeProblem.OtherNumber;
        }

        return TypeProblem.None;
    }

    private static bool InSystem(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space?.Name == "System";
    }

    /// <summary>The shapes of members; null when one is not accepted.</summary>
    public static EquatableArray<NamedShape>? ReadMembers(IEnumerable<(string Name, ITypeSymbol Type)> members, ref TypeProblem problem)
    {
        List<NamedShape> shapes = [];
        foreach ((string name, ITypeSymbol type) in members)
        {
            if (Read(type, out problem) is not { } shape)
            {
                return null;
            }

            shapes.Add(new NamedShape(name, shape));
        }

        return shapes.ToEquatableArray();
    }
}
