using System.Runtime.CompilerServices;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Reads the chain of types around a method.</summary>
internal static class ContainerReader
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, ContainerSpec> Known = new();

    /// <summary>Read once for all methods of a type; entries die with their compilation.</summary>
    public static ContainerSpec Read(INamedTypeSymbol? type) => type is null ? Create(null) : Known.GetValue(type, Create);

    private static ContainerSpec Create(INamedTypeSymbol? type)
    {
        List<TypeDeclarationSpec> chain = [];
        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType)
        {
            chain.Insert(0, new TypeDeclarationSpec(Keywords(t), Name(t)));
        }

        string space = type?.ContainingNamespace is { IsGlobalNamespace: false } n ? n.ToDisplayString() : "";
        return new ContainerSpec(space, chain.ToEquatableArray()) { Shadowed = Emit.TypeNames.Shortenable.Where(name => IsShadowed(name, type)).ToEquatableArray() };
    }

    /// <summary>Does the simple name mean something of the author's inside the type?</summary>
    private static bool IsShadowed(string name, INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            for (INamedTypeSymbol? t = outer; t is not null; t = t.BaseType)
            {
                if (t.Name == name || !t.GetMembers(name).IsEmpty || t.TypeParameters.Any(p => p.Name == name))
                {
                    return true;
                }
            }
        }

        // Names of an enclosing namespace win over using directives inside the innermost one only if they are in that one;
        // the outer ones are counted as well, to be on the safe side.
        for (INamespaceSymbol? space = type?.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            bool isOurs = space.IsGlobalNamespace || space.ToDisplayString() is "DiffCompile" or "DiffCompile.Mathematics" or "System";
            if (!isOurs && space.GetMembers(name).Any())
            {
                return true;
            }
        }

        return false;
    }

    private static string Keywords(INamedTypeSymbol type)
    {
        string kind = type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
            _ => type.IsRecord ? "record" : "class",
        };

        // "readonly" and "ref" of a struct may be left out in further parts, and "partial" must come last.
        return (type.IsStatic ? "static " : "") + "partial " + kind;
    }

    private static string Name(INamedTypeSymbol type) =>
        KnownSymbols.Escape(type.Name)
        + (type.TypeParameters.IsEmpty ? "" : "<" + string.Join(", ", type.TypeParameters.Select(p => Variance(p) + KnownSymbols.Escape(p.Name))) + ">");

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };
}
