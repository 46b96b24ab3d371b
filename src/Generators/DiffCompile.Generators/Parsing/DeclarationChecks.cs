using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>What is demanded of the declaration of a differentiable method.</summary>
internal static class DeclarationChecks
{
    /// <summary>The bits of DerivativeModes that exist.</summary>
    private const int AllModes = 127;

    /// <summary>Reports whatever keeps members from being generated beside <paramref name="method"/>. False: nothing else need be looked at.</summary>
    public static bool CheckPlace(IMethodSymbol method, DiagnosticSink sink, CancellationToken ct)
    {
        SyntaxNode? syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(ct);
        Location at = syntax is null ? Location.None : Anchors.Of(syntax);
        switch (method.MethodKind)
        {
            case MethodKind.Ordinary:
                break;
            case MethodKind.LocalFunction:
                sink.Report(Descriptors.AttributedLocalFunction, at, method.Name);
                return false;
            default:
                sink.Report(Descriptors.AttributedOtherMember, OtherMemberLocation(syntax) ?? at, KindName(method));
                return false;
        }

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            CheckContainer(type, method, sink, ct);
        }

        return !sink.HasErrors;
    }

    /// <summary>What is demanded of any method whose body is read, attributed or not.</summary>
    public static void CheckMethod(IMethodSymbol method, DiagnosticSink sink, Location? callSite, CancellationToken ct)
    {
        SyntaxNode? syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(ct);
        Location at = callSite ?? (syntax is null ? Location.None : Anchors.Of(syntax));
        string name = KnownSymbols.DisplayOf(method);
        if (!method.IsStatic && method.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction)
            && (KnownSymbols.IsDifferentiable(method) || SignatureParser.ReceiverOf(method) is null))
        {
            sink.Report(Descriptors.InstanceMethod, at, name);
        }

        if (method.IsGenericMethod && method.TypeArguments.Any(t => t.TypeKind == TypeKind.TypeParameter))
        {
            sink.Report(Descriptors.GenericMethod, callSite ?? TypeParameters(syntax)?.GetLocation() ?? at, name);
        }

        if (method.IsAsync)
        {
            sink.Report(Descriptors.AsyncMethod, callSite ?? Modifier(syntax, SyntaxKind.AsyncKeyword) ?? at, name);
        }
        else if (IsIterator(syntax))
        {
            sink.Report(Descriptors.IteratorMethod, at, name);
        }

        if (Modifier(syntax, SyntaxKind.UnsafeKeyword) is { } unsafeKeyword)
        {
            sink.Report(Descriptors.UnsafeMethod, callSite ?? unsafeKeyword, name);
        }
    }

    /// <summary>Is there something to differentiate?</summary>
    public static void CheckSignature(IMethodSymbol method, Signature signature, DiagnosticSink sink, CancellationToken ct)
    {
        Location at = Anchors.Of(method.DeclaringSyntaxReferences[0].GetSyntax(ct));
        string name = KnownSymbols.DisplayOf(method);
        IrType[] written = signature.Parameters.Where(p => !p.IsScratch).SelectMany(p => p.Shape.Leaves).Select(l => l.Type).Where(t => t.IsWritable).ToArray();
        if (!signature.Outputs.Any() && written.Length == 0)
        {
            sink.Report(Descriptors.VoidWithoutOut, at, name);
        }
        else if (signature.Outputs.Any() && !signature.Outputs.Any(o => o.Shape.Leaves.Any(l => l.Type.IsFloat)) && !written.Any(t => t.IsDifferentiable))
        {
            sink.Report(Descriptors.NoFloatingOutput, at, name);
        }

        if (!signature.Parameters.Any(p => p.Mode != ParameterMode.Out && !p.NoGradient && !p.IsScratch && p.Shape.Leaves.Any(l => l.Type.IsDifferentiable)))
        {
            sink.Report(Descriptors.NoDifferentiableInput, at, name);
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (AttributeReader.ReadDomain(parameter) is { } domain && !(domain.Min <= domain.Max))
            {
                sink.Report(
                    Descriptors.InvalidDomain,
                    KnownSymbols.Attribute(parameter, "DomainAttribute")!.ApplicationSyntaxReference?.GetSyntax(ct).GetLocation() ?? at,
                    Literals.FormatDouble(domain.Min), Literals.FormatDouble(domain.Max), parameter.Name);
            }
        }
    }

    /// <summary>Are the arguments of the attribute itself sound?</summary>
    public static void CheckRequest(IMethodSymbol method, DifferentiableRequest request, DiagnosticSink sink, CancellationToken ct)
    {
        AttributeData? attribute = KnownSymbols.Attribute(method, "DifferentiableAttribute");
        Location at = attribute?.ApplicationSyntaxReference?.GetSyntax(ct).GetLocation() ?? Location.None;
        if ((request.Modes & ~AllModes) != 0)
        {
            sink.Report(Descriptors.InvalidModes, ArgumentLocation(attribute, null, ct) ?? at, request.Modes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (request.Name is { } name && (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None))
        {
            sink.Report(Descriptors.InvalidName, ArgumentLocation(attribute, "Name", ct) ?? at, name);
        }
    }

    /// <summary>Where an argument of an attribute stands: the named one, or the first one without a name.</summary>
    public static Location? ArgumentLocation(AttributeData? attribute, string? name, CancellationToken ct) =>
        (attribute?.ApplicationSyntaxReference?.GetSyntax(ct) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression.GetLocation();

    private static void CheckContainer(INamedTypeSymbol type, IMethodSymbol method, DiagnosticSink sink, CancellationToken ct)
    {
        BaseTypeDeclarationSyntax[] parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(ct)).OfType<BaseTypeDeclarationSyntax>().ToArray();
        if (parts.Length == 0 || type.Name.Length == 0)
        {
            // An extension block has no name and no ordinary type declaration.
            sink.Report(Descriptors.MemberNotInCSharp, Anchors.Of(method.DeclaringSyntaxReferences[0].GetSyntax(ct)), method.Name);
            return;
        }

        if (!parts.Any(p => p.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            sink.Report(Descriptors.ContainerNotPartial, parts[0].Identifier.GetLocation(), type.Name, method.Name);
        }

        if (type.IsFileLocal)
        {
            sink.Report(Descriptors.FileLocalContainer, parts[0].Identifier.GetLocation(), type.Name);
        }
    }

    private static bool IsIterator(SyntaxNode? syntax) =>
        syntax?.DescendantNodes(n => n == syntax || n is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).Any(n => n is YieldStatementSyntax) == true;

    private static SyntaxTokenList Modifiers(SyntaxNode? syntax) => syntax switch
    {
        MemberDeclarationSyntax m => m.Modifiers,
        LocalFunctionStatementSyntax f => f.Modifiers,
        _ => default,
    };

    private static Location? Modifier(SyntaxNode? syntax, SyntaxKind kind) =>
        Modifiers(syntax).FirstOrDefault(m => m.IsKind(kind)) is { RawKind: not 0 } token ? token.GetLocation() : null;

    private static TypeParameterListSyntax? TypeParameters(SyntaxNode? syntax) => syntax switch
    {
        MethodDeclarationSyntax m => m.TypeParameterList,
        LocalFunctionStatementSyntax f => f.TypeParameterList,
        _ => null,
    };

    private static Location? OtherMemberLocation(SyntaxNode? syntax) => syntax switch
    {
        OperatorDeclarationSyntax o => o.OperatorToken.GetLocation(),
        ConversionOperatorDeclarationSyntax c => c.Type.GetLocation(),
        AccessorDeclarationSyntax a => a.Keyword.GetLocation(),
        _ => null,
    };

    private static string KindName(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.UserDefinedOperator => "An operator",
        MethodKind.Conversion => "A conversion operator",
        MethodKind.AnonymousFunction => "A lambda",
        MethodKind.PropertyGet or MethodKind.PropertySet => "A property accessor",
        MethodKind.ExplicitInterfaceImplementation => "An explicit interface implementation",
        _ => "This member",
    };
}
