using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Recognises our own attributes and helpers, and names symbols the way that the rest of the compiler does.</summary>
internal static class KnownSymbols
{
    private static readonly SymbolDisplayFormat ContainerName = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .WithGenericsOptions(SymbolDisplayGenericsOptions.None)
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    public static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => IsOurs(a.AttributeClass, name));

    public static bool Has(ISymbol symbol, string name) => Attribute(symbol, name) is not null;

    /// <summary>An argument given by position; null when there are fewer.</summary>
    public static object? Argument(AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[index].Value : null;

    public static bool IsDifferentiable(IMethodSymbol method) => Has(method, "DifferentiableAttribute");

    /// <summary>Is this a type of the runtime library, in the namespace DiffCompile itself?</summary>
    public static bool IsOurs(ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "DiffCompile", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    /// <summary>
    /// Documentation id of a method: its name across files and assemblies. A generic method with closed types has them
    /// behind it, as in "M:C.F``1(``0)&lt;double&gt;".
    /// </summary>
    public static string KeyOf(IMethodSymbol method)
    {
        string id = method.OriginalDefinition.GetDocumentationCommentId() ?? method.ToDisplayString();
        IEnumerable<ITypeSymbol> types = method.TypeArguments;

        // A differentiable method has one text whatever its container is made of.
        for (INamedTypeSymbol? type = method.ContainingType; type is not null && !IsDifferentiable(method); type = type.ContainingType)
        {
            types = types.Concat(type.TypeArguments);
        }

        string[] closed = types.Where(t => t.TypeKind != TypeKind.TypeParameter).Select(t => t.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).ToArray();
        return closed.Length == 0 ? id : id + "<" + string.Join(",", closed) + ">";
    }

    /// <summary>The documentation id in a key.</summary>
    public static string IdOf(string key) => key.Split('<')[0];

    /// <summary>For messages: "Occupation.MeanCentral".</summary>
    public static string DisplayOf(IMethodSymbol method) =>
        method.ContainingType is { } type ? type.Name + "." + NameOf(method) : method.Name;

    /// <summary>The author's name of a method; for an accessor that of its property.</summary>
    public static string NameOf(IMethodSymbol method) => method.AssociatedSymbol is { } property ? property.Name : method.Name;

    /// <summary>"System.Math.Sin": the name under which the rule table knows a method.</summary>
    public static string QualifiedName(IMethodSymbol method) =>
        method.ContainingType is { } type ? type.ToDisplayString(ContainerName) + "." + method.Name : method.Name;

    /// <summary>"global::Namespace.Type.Method", callable from anywhere that sees it.</summary>
    public static string FullName(IMethodSymbol method) =>
        method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + Escape(method.Name);

    /// <summary>Has the compiler made the method, as it does for records? Another assembly tells by an attribute.</summary>
    public static bool IsSynthesized(IMethodSymbol method) =>
        method.IsImplicitlyDeclared || (method.DeclaringSyntaxReferences.IsEmpty && method.GetAttributes().Any(a => a.AttributeClass?.Name == "CompilerGeneratedAttribute"));

    /// <summary>Short C# spelling of a type for messages.</summary>
    public static string Spell(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static string Escape(string identifier) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(identifier) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? identifier : "@" + identifier;
}
