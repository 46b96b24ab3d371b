using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// What the type parameters of a generic method stand for while its text is lowered. The operation tree of a method is that of
/// its definition, so every type and every member in it is closed when it is looked at.
/// </summary>
internal sealed class TypeArguments
{
    private readonly Compilation _compilation;
    private readonly Dictionary<ISymbol, ITypeSymbol> _types = new(SymbolEqualityComparer.Default);

    private TypeArguments(Compilation compilation) => _compilation = compilation;

    /// <summary>Those of a method and of the types around it, as far as they are no type parameters themselves.</summary>
    public static TypeArguments Of(IMethodSymbol method, Compilation compilation, TypeArguments? outer = null)
    {
        var arguments = new TypeArguments(compilation);
        if (outer is not null)
        {
            foreach (KeyValuePair<ISymbol, ITypeSymbol> known in outer._types)
            {
                arguments._types[known.Key] = known.Value;
            }
        }

        arguments.Add(method.OriginalDefinition.TypeParameters, method.TypeArguments);
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            arguments.Add(type.OriginalDefinition.TypeParameters, type.TypeArguments);
        }

        return arguments;
    }

    /// <summary>Those of a type and of the types around it.</summary>
    public static TypeArguments Of(INamedTypeSymbol? type, Compilation compilation)
    {
        var arguments = new TypeArguments(compilation);
        for (; type is not null; type = type.ContainingType)
        {
            arguments.Add(type.OriginalDefinition.TypeParameters, type.TypeArguments);
        }

        return arguments;
    }

    public bool IsEmpty => _types.Count == 0;

    public ITypeSymbol Close(ITypeSymbol type)
    {
        if (IsEmpty)
        {
            return type;
        }

        switch (type)
        {
            case ITypeParameterSymbol parameter:
                return _types.TryGetValue(parameter.OriginalDefinition, out ITypeSymbol? closed) ? closed : type;
            case IArrayTypeSymbol array:
                return _compilation.CreateArrayTypeSymbol(Close(array.ElementType), array.Rank);
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return _compilation.CreateTupleTypeSymbol(
                    [.. tuple.TupleElements.Select(e => Close(e.Type))], [.. tuple.TupleElements.Select(e => e.IsExplicitlyNamedTupleElement ? e.Name : null)]);
            case INamedTypeSymbol named:
                return Close(named);
            default:
                return type;
        }
    }

    /// <summary>The same method with closed types.</summary>
    public IMethodSymbol Close(IMethodSymbol method)
    {
        if (IsEmpty || method.MethodKind is MethodKind.AnonymousFunction or MethodKind.DelegateInvoke)
        {
            return method;
        }

        if (method.MethodKind != MethodKind.LocalFunction && method.ContainingType is { IsGenericType: true } type)
        {
            method = Member(type, method) is { } member ? member.IsGenericMethod ? member.Construct([.. method.TypeArguments]) : member : method;
        }

        return method.IsGenericMethod ? method.ConstructedFrom.Construct([.. method.TypeArguments.Select(Close)]) : method;
    }

    public IPropertySymbol Close(IPropertySymbol property) =>
        !IsEmpty && property.ContainingType is { IsGenericType: true } type ? Member(type, property) ?? property : property;

    private T? Member<T>(INamedTypeSymbol type, T member)
        where T : class, ISymbol =>
        Close(type).GetMembers(member.Name).OfType<T>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member.OriginalDefinition));

    private INamedTypeSymbol Close(INamedTypeSymbol type)
    {
        if (!type.IsGenericType)
        {
            return type;
        }

        // A type inside a generic one is generic too, without arguments of its own.
        INamedTypeSymbol definition = type.ContainingType is { IsGenericType: true } outer
            ? Close(outer).GetTypeMembers(type.Name, type.Arity).Single()
            : type.OriginalDefinition;
        return type.Arity == 0 ? definition : definition.Construct([.. type.TypeArguments.Select(Close)]);
    }

    private void Add(IEnumerable<ITypeParameterSymbol> parameters, IEnumerable<ITypeSymbol> arguments)
    {
        foreach ((ITypeParameterSymbol parameter, ITypeSymbol argument) in parameters.Zip(arguments, (p, a) => (p, a)))
        {
            if (argument.TypeKind != TypeKind.TypeParameter)
            {
                _types[parameter] = argument;
            }
        }
    }
}
