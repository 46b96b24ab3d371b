using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// What a marked method stands for: itself, or where it has a type parameter for numbers, the method of double and that of
/// float. Each of the two has a specification and members of its own, which are overloads of each other.
/// </summary>
internal static class Instances
{
    public static IReadOnlyList<IMethodSymbol> Of(IMethodSymbol method, Compilation compilation)
    {
        if (!method.IsGenericMethod || !HasNumberParameter(method))
        {
            return [method];
        }

        ITypeSymbol[] numbers = [compilation.GetSpecialType(SpecialType.System_Double), compilation.GetSpecialType(SpecialType.System_Single)];
        IMethodSymbol[] instances = numbers.Select(n => method.Construct(n)).ToArray();
        return instances.Zip(numbers, (m, n) => Satisfies(m, n, compilation)).All(yes => yes) ? instances : [method];
    }

    // Members of both types are told apart by the parameters.
    private static bool HasNumberParameter(IMethodSymbol method) =>
        method.TypeParameters.Length == 1 && method.Parameters.Any(p => p.RefKind != RefKind.Out && Mentions(p.Type, method.TypeParameters[0]));

    private static bool Mentions(ITypeSymbol type, ITypeSymbol parameter) => type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType, parameter),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Any(e => Mentions(e.Type, parameter)),
        INamedTypeSymbol named => named.TypeArguments.Any(a => Mentions(a, parameter)),
        _ => SymbolEqualityComparer.Default.Equals(type, parameter),
    };

    private static bool Satisfies(IMethodSymbol closed, ITypeSymbol number, Compilation compilation)
    {
        ITypeParameterSymbol parameter = closed.TypeParameters[0];
        TypeArguments types = TypeArguments.Of(closed, compilation);
        return !parameter.HasReferenceTypeConstraint
            && parameter.OriginalDefinition.ConstraintTypes.All(c => number.AllInterfaces.Contains(types.Close(c), SymbolEqualityComparer.Default));
    }
}
