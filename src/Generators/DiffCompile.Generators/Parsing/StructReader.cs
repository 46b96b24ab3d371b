using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>Reads structs that are exactly their members: positional records, and structs whose members are public.</summary>
internal static class StructReader
{
    /// <summary>The shape of a struct. Null when it is more or less than its members; then <paramref name="problem"/> says why.</summary>
    public static StructShape? Read(INamedTypeSymbol type, ref TypeProblem problem)
    {
        bool isRecord = IsRecord(type);
        problem = isRecord ? TypeProblem.NotPositional : TypeProblem.NotReadonlyRecord;
        if (type.IsRefLikeType || HasOverlappingFields(type) || (!isRecord && type.DeclaringSyntaxReferences.IsEmpty))
        {
            return null;
        }

        if (MembersOf(type) is not { Length: > 0 } members)
        {
            return null;
        }

        IMethodSymbol? constructor = Constructor(type, members);
        if (constructor is null && (isRecord || !members.All(m => m.IsInitializable) || type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && !c.IsImplicitlyDeclared)))
        {
            return null;
        }

        Member[] ordered = constructor is null ? members : Ordered(constructor, members)!;
        return ShapeReader.ReadMembers(ordered.Select(m => (m.Name, m.Type)), ref problem) is { } shapes
            ? new StructShape(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), shapes, constructor is not null, ChangeOf(members))
            : null;
    }

    private static MemberChange ChangeOf(Member[] members) =>
        members.All(m => m.IsSettable) ? (members.All(m => m.IsField) ? MemberChange.Field : MemberChange.Property) : members.All(m => m.IsInitializable) ? MemberChange.With : MemberChange.Constructor;

    /// <summary>The constructor that stores each of its arguments in one member, and does nothing else; null when there is none.</summary>
    public static IMethodSymbol? Constructor(INamedTypeSymbol type) => MembersOf(type) is { } members ? Constructor(type, members) : null;

    private static IMethodSymbol? Constructor(INamedTypeSymbol type, Member[] members) =>
        members.Any(m => m.IsRequired) ? null : type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == members.Length && Ordered(c, members) is not null);

    /// <summary>The members in the order of the constructor's parameters; null when it is not such a constructor.</summary>
    private static Member[]? Ordered(IMethodSymbol constructor, Member[] members)
    {
        IReadOnlyDictionary<string, string>? stores = IsRecord(constructor.ContainingType)
            ? IsPrimary(constructor) && members.All(m => m.IsPositional) ? constructor.Parameters.ToDictionary(p => p.Name, p => p.Name) : null
            : StoresOf(constructor);
        if (stores is null)
        {
            return null;
        }

        Member?[] ordered = constructor.Parameters
            .Select(p => stores.TryGetValue(p.Name, out string? name) ? members.FirstOrDefault(m => m.Name == name && SymbolEqualityComparer.Default.Equals(m.Type, p.Type)) : null)
            .ToArray();
        return ordered.Any(m => m is null) || ordered.Distinct().Count() != members.Length ? null : ordered.OfType<Member>().ToArray();
    }

    // Every field must be seen from outside; what is not public, or shares its memory, is no member.
    private static Member[]? MembersOf(INamedTypeSymbol type)
    {
        List<Member> members = [];
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic))
        {
            if (PropertyNameOf(field) is { } name)
            {
                if (type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is not { DeclaredAccessibility: Accessibility.Public } property || !IsPlain(property))
                {
                    return null;
                }

                bool isPublic = property.SetMethod is { DeclaredAccessibility: Accessibility.Public };
                members.Add(new Member(name, field.Type, IsField: false, isPublic, isPublic && !property.SetMethod!.IsInitOnly, property.IsRequired, IsDeclaredByPosition(property)));
            }
            else if (field is { DeclaredAccessibility: Accessibility.Public, IsFixedSizeBuffer: false, IsVolatile: false, IsImplicitlyDeclared: false, RefKind: RefKind.None })
            {
                members.Add(new Member(field.Name, field.Type, IsField: true, !field.IsReadOnly, !field.IsReadOnly, field.IsRequired, IsPositional: false));
            }
            else
            {
                return null;
            }
        }

        return members.ToArray();
    }

    /// <summary>Which parameter a constructor of the author's stores in which member; null when it does anything else.</summary>
    private static Dictionary<string, string>? StoresOf(IMethodSymbol constructor)
    {
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ConstructorDeclarationSyntax { Initializer: null } syntax)
        {
            return null;
        }

        HashSet<string> parameters = [.. constructor.Parameters.Where(p => p.RefKind is RefKind.None or RefKind.In).Select(p => p.Name)];
        var stores = new Dictionary<string, string>();
        IEnumerable<ExpressionSyntax?> expressions = syntax.ExpressionBody is { } arrow ? [arrow.Expression] : syntax.Body?.Statements.Select(s => (s as ExpressionStatementSyntax)?.Expression) ?? [null];
        foreach (ExpressionSyntax? expression in expressions)
        {
            if (expression is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment)
            {
                return null;
            }

            ExpressionSyntax[] left = Parts(assignment.Left), right = Parts(assignment.Right);
            if (left.Length != right.Length || !left.Zip(right, (l, r) => Store(l, r)).All(stored => stored))
            {
                return null;
            }
        }

        return stores;

        bool Store(ExpressionSyntax member, ExpressionSyntax value)
        {
            string? name = member switch
            {
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
                IdentifierNameSyntax plain when !parameters.Contains(plain.Identifier.ValueText) => plain.Identifier.ValueText,
                _ => null,
            };
            if (name is null || value is not IdentifierNameSyntax { Identifier.ValueText: var parameter } || !parameters.Contains(parameter) || stores.ContainsKey(parameter))
            {
                return false;
            }

            stores.Add(parameter, name);
            return true;
        }
    }

    private static ExpressionSyntax[] Parts(ExpressionSyntax expression) =>
        expression is TupleExpressionSyntax tuple ? tuple.Arguments.Select(a => a.Expression).ToArray() : [expression];

    private static bool IsRecord(INamedTypeSymbol type) => type.IsRecord || IsCompiledRecord(type);

    // Metadata does not say that a struct is a record, but no author writes a Deconstruct with this attribute. Nor does it
    // say whether a property holds the parameter of its name; that was seen where the struct was compiled, if a specification
    // there has it in its signature.
    private static bool IsCompiledRecord(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.IsEmpty
        && SpecImporter.KnowsStruct(type.ContainingAssembly, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
        && type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(KnownSymbols.IsSynthesized);

    /// <summary>The number of elements of a struct marked [InlineArray]; null for others.</summary>
    public static int? InlineLengthOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(a => a.AttributeClass is { Name: "InlineArrayAttribute", ContainingNamespace.Name: "CompilerServices" })?.ConstructorArguments.FirstOrDefault().Value as int?;

    private static bool HasOverlappingFields(INamedTypeSymbol type)
    {
        const int explicitLayout = 2;
        return type.GetAttributes().Any(a => a.AttributeClass is { Name: "StructLayoutAttribute" } && a.ConstructorArguments.FirstOrDefault().Value is explicitLayout or (short)explicitLayout);
    }

    // In another assembly the link from backing field to property is only in the name.
    private static string? PropertyNameOf(IFieldSymbol field) =>
        field.AssociatedSymbol is IPropertySymbol property ? property.Name
        : field.Name.StartsWith("<", StringComparison.Ordinal) && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? field.Name.Substring(1, field.Name.IndexOf('>') - 1)
            : null;

    // An accessor with a text of its own may do anything with what is stored.
    private static bool IsPlain(IPropertySymbol property) => property.DeclaringSyntaxReferences.All(r => r.GetSyntax() is not PropertyDeclarationSyntax declaration
        || (declaration.ExpressionBody is null && (declaration.AccessorList?.Accessors.All(a => a.Body is null && a.ExpressionBody is null) ?? true)));

    // A property written out by the author may hold something else than the parameter of its name.
    private static bool IsDeclaredByPosition(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.IsEmpty || property.DeclaringSyntaxReferences[0].GetSyntax() is ParameterSyntax;

    private static bool IsPrimary(IMethodSymbol constructor) => constructor.DeclaringSyntaxReferences.IsEmpty
        ? constructor.ContainingType.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(d => KnownSymbols.IsSynthesized(d)
            && d.Parameters.Length == constructor.Parameters.Length && d.Parameters.Zip(constructor.Parameters, (a, b) => a.Name == b.Name).All(same => same))
        : constructor.DeclaringSyntaxReferences[0].GetSyntax() is RecordDeclarationSyntax;

    /// <summary>A field or a property with storage.</summary>
    private sealed record Member(string Name, ITypeSymbol Type, bool IsField, bool IsInitializable, bool IsSettable, bool IsRequired, bool IsPositional);
}
