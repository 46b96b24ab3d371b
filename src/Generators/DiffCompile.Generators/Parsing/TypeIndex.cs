using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// What is asked of a type for each of its methods, gathered once: with many methods in a type the parse would
/// otherwise grow with their square. Entries die with their compilation.
/// </summary>
internal sealed class TypeIndex
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, TypeIndex> Indices = new();
    private readonly Dictionary<string, int> _differentiable = new();

    private TypeIndex(INamedTypeSymbol type)
    {
        List<IMethodSymbol> rules = [];
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            foreach (AttributeData attribute in method.GetAttributes())
            {
                if (KnownSymbols.IsOurs(attribute.AttributeClass, "DerivativeOfAttribute"))
                {
                    rules.Add(method);
                }
                else if (KnownSymbols.IsOurs(attribute.AttributeClass, "DifferentiableAttribute"))
                {
                    string name = AttributeReader.ReadRequest(method).Name ?? method.Name;
                    _differentiable[name] = CountOf(name) + 1;
                }
            }
        }

        Rules = rules;
    }

    /// <summary>Methods marked [DerivativeOf].</summary>
    public IReadOnlyList<IMethodSymbol> Rules { get; }

    public static TypeIndex Of(INamedTypeSymbol type) => Indices.GetValue(type, t => new TypeIndex(t));

    /// <summary>How many differentiable methods have this base name for their members?</summary>
    public int CountOf(string memberName) => _differentiable.TryGetValue(memberName, out int count) ? count : 0;
}
