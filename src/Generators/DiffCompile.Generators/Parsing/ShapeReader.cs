using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

        problem = ProblemOf(type);
        if (problem == TypeProblem.None)
        {
            return ReadRecord((INamedTypeSymbol)type, ref problem);
        }

        return null;
    }

    /// <summary>The constructor whose parameters are the members of a positional record struct.</summary>
    public static IMethodSymbol? PositionalConstructor(INamedTypeSymbol type)
    {
        Dictionary<string, ITypeSymbol> fields = new();
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic))
        {
            if (PropertyNameOf(field) is not { } name || !IsDeclaredByPosition(type, name))
            {
                return null;
            }

            fields[name] = field.Type;
        }

        return fields.Count == 0 ? null : type.InstanceConstructors.FirstOrDefault(c =>
            c.Parameters.Length == fields.Count
            && c.Parameters.All(p => fields.TryGetValue(p.Name, out ITypeSymbol? t) && SymbolEqualityComparer.Default.Equals(t, p.Type))
            && IsPrimary(c));
    }

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

        problem = TypeProblem.Array;
        return null;
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

        return type is INamedTypeSymbol { IsReadOnly: true, IsRefLikeType: false } named && (named.IsRecord || IsCompiledRecord(named))
            ? TypeProblem.None
            : TypeProblem.NotReadonlyRecord;
    }

    // Metadata does not say that a struct is a record, but no author writes a Deconstruct with this attribute. Nor does it
    // say whether a property holds the parameter of its name; that was seen where the struct was compiled, if a specification
    // there has it in its signature.
    private static bool IsCompiledRecord(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.IsEmpty
        && SpecImporter.KnowsStruct(type.ContainingAssembly, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
        && type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(KnownSymbols.IsSynthesized);

    private static bool InSystem(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space?.Name == "System";
    }

    private static StructShape? ReadRecord(INamedTypeSymbol type, ref TypeProblem problem)
    {
        if (PositionalConstructor(type) is not { } constructor)
        {
            problem = TypeProblem.NotPositional;
            return null;
        }

        return ReadMembers(constructor.Parameters.Select(p => (p.Name, p.Type)), ref problem) is { } members
            ? new StructShape(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), members)
            : null;
    }

    private static EquatableArray<NamedShape>? ReadMembers(IEnumerable<(string Name, ITypeSymbol Type)> members, ref TypeProblem problem)
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

    // In another assembly the link from backing field to property is only in the name.
    private static string? PropertyNameOf(IFieldSymbol field) =>
        field.AssociatedSymbol is IPropertySymbol property ? property.Name
        : field.Name.StartsWith("<", StringComparison.Ordinal) && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? field.Name.Substring(1, field.Name.IndexOf('>') - 1)
            : null;

    // A property written out by the author may hold something else than the parameter of its name.
    private static bool IsDeclaredByPosition(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property
        && (property.DeclaringSyntaxReferences.IsEmpty || property.DeclaringSyntaxReferences[0].GetSyntax() is ParameterSyntax);

    private static bool IsPrimary(IMethodSymbol constructor) => constructor.DeclaringSyntaxReferences.IsEmpty
        ? constructor.ContainingType.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(d => KnownSymbols.IsSynthesized(d)
            && d.Parameters.Length == constructor.Parameters.Length && d.Parameters.Zip(constructor.Parameters, (a, b) => a.Name == b.Name).All(same => same))
        : constructor.DeclaringSyntaxReferences[0].GetSyntax() is RecordDeclarationSyntax;
}
