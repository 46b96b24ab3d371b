using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>The local functions of the bodies that are being lowered, and what they use of their surroundings.</summary>
internal sealed class LocalFunctions
{
    private readonly Dictionary<IMethodSymbol, IBlockOperation> _bodies = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, bool> _captures = new(SymbolEqualityComparer.Default);

    /// <summary>Makes the functions of a body known, whether or not they stand before their calls.</summary>
    public void Add(IOperation body)
    {
        foreach (ILocalFunctionOperation function in body.DescendantsAndSelf().OfType<ILocalFunctionOperation>())
        {
            if ((function.Body ?? function.IgnoredBody) is { } block)
            {
                _bodies[function.Symbol] = block;
            }
        }
    }

    public IBlockOperation? BodyOf(IMethodSymbol function) => _bodies.TryGetValue(function.OriginalDefinition, out IBlockOperation? body) ? body : null;

    /// <summary>Does the function use variables of the method around it, itself or by calling another that does?</summary>
    public bool Captures(IMethodSymbol function)
    {
        function = function.OriginalDefinition;
        if (!_captures.TryGetValue(function, out bool captures))
        {
            captures = Captures(function, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
            _captures.Add(function, captures);
        }

        return captures;
    }

    private bool Captures(IMethodSymbol function, HashSet<ISymbol> seen) =>
        seen.Add(function) && BodyOf(function) is { } body && body.Descendants().Any(o => o switch
        {
            ILocalReferenceOperation l => !l.Local.IsConst && !IsInside(l.Local, function),
            IParameterReferenceOperation p => !IsInside(p.Parameter, function),
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } => Reaches(called, function, seen),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } called } => Reaches(called, function, seen),
            _ => false,
        });

    // What a function inside this one captures of this one is no capture of this one.
    private bool Reaches(IMethodSymbol called, IMethodSymbol function, HashSet<ISymbol> seen) =>
        !IsInside(called, function) && Captures(called.OriginalDefinition, seen);

    private static bool IsInside(ISymbol symbol, IMethodSymbol function)
    {
        for (ISymbol? outer = symbol.ContainingSymbol; outer is not null; outer = outer.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(outer.OriginalDefinition, function))
            {
                return true;
            }
        }

        return false;
    }
}
