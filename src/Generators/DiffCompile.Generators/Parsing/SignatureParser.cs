using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>Parameters and result of a method as shapes.</summary>
internal sealed record Signature(EquatableArray<ParameterSpec> Parameters, Shape? Result)
{
    /// <summary>The struct that an instance method belongs to, which is its first input; null for static methods.</summary>
    public Shape? Receiver { get; init; }

    public IEnumerable<ShapeParameter> ShapeParameters => Parameters.Select(p => new ShapeParameter(p.Name, p.Shape, p.Mode));

    /// <summary>All outputs: the result, then the out parameters.</summary>
    public IEnumerable<NamedShape> Outputs =>
        (Result is null ? [] : new[] { new NamedShape("", Result) })
        .Concat(Parameters.Where(p => p.Mode == ParameterMode.Out).Select(p => new NamedShape(p.Name, p.Shape)));
}

/// <summary>Reads the signature of a method.</summary>
internal static class SignatureParser
{
    /// <summary>
    /// Null when a parameter or the result is not accepted. Reported at the type in the declaration, or at
    /// <paramref name="callSite"/> for a method that is only called.
    /// </summary>
    public static Signature? Parse(IMethodSymbol method, DiagnosticSink sink, Location? callSite, CancellationToken ct)
    {
        bool accepted = true;
        List<ParameterSpec> parameters = [];
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            SyntaxNode? syntax = parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(ct);
            Location TypeLocation() => callSite ?? ((syntax as ParameterSyntax)?.Type ?? syntax)?.GetLocation() ?? Location.None;

            if (ModeOf(parameter) is not { } mode)
            {
                SyntaxToken? keyword = (syntax as ParameterSyntax)?.Modifiers.FirstOrDefault(m => m.IsKind(SyntaxKind.RefKeyword) || m.IsKind(SyntaxKind.ParamsKeyword));
                sink.Report(
                    parameter.IsParams ? Descriptors.ParamsParameter : Descriptors.RefParameter,
                    callSite ?? keyword?.GetLocation() ?? TypeLocation(), parameter.Name, KnownSymbols.DisplayOf(method));
                accepted = false;
            }
            else if (Accept(parameter.Type, "Parameter '" + parameter.Name + "'", TypeLocation, sink) is { } shape)
            {
                // Members take and fill arrays; they are no part of a struct, and nobody hands them out.
                bool isPart = shape is not (ScalarShape or BufferShape) && KnownSymbols.IsDifferentiable(method);
                if ((isPart || mode == ParameterMode.Out) && shape.Leaves.Any(l => l.Type.IsBuffer))
                {
                    sink.Report(Descriptors.TypeArray, TypeLocation(), "Parameter '" + parameter.Name + "'", KnownSymbols.Spell(parameter.Type));
                    accepted = false;
                }

                parameters.Add(new ParameterSpec(
                    parameter.Name, shape, mode, KnownSymbols.Has(parameter, "NoGradientAttribute"), AttributeReader.ReadDomain(parameter))
                {
                    IsScratch = KnownSymbols.Has(parameter, "ScratchAttribute") && shape is ScalarShape or BufferShape && shape.Leaves.Any(l => l.Type.IsWritable && l.Type.IsDifferentiable),
                });
            }
            else
            {
                accepted = false;
            }
        }

        accepted &= AcceptResult(method, method.ReturnType, sink, callSite, ct, out Shape? result);
        return accepted ? new Signature(parameters.ToEquatableArray(), result) { Receiver = ReceiverOf(method) } : null;
    }

    /// <summary>Is the signature of a function that is written out at its call accepted? Its parameters may be by reference and delegates.</summary>
    public static bool AcceptInlined(IMethodSymbol method, TypeArguments types, DiagnosticSink sink, out Shape? result, CancellationToken ct)
    {
        bool accepted = true;
        foreach (IParameterSymbol parameter in method.Parameters.Where(p => p.Type.TypeKind != TypeKind.Delegate))
        {
            SyntaxNode? syntax = parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(ct);
            accepted &= Accept(types.Close(parameter.Type), "Parameter '" + parameter.Name + "'", () => ((syntax as ParameterSyntax)?.Type ?? syntax)?.GetLocation() ?? Location.None, sink) is not null;
        }

        return accepted & AcceptResult(method, types.Close(method.ReturnType), sink, callSite: null, ct, out result);
    }

    private static bool AcceptResult(IMethodSymbol method, ITypeSymbol type, DiagnosticSink sink, Location? callSite, CancellationToken ct, out Shape? result)
    {
        result = null;
        if (method.ReturnsVoid)
        {
            return true;
        }

        Location ResultLocation() => callSite ?? ReturnType(method, ct)?.GetLocation()
            ?? (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(ct) is { } syntax ? Anchors.Of(syntax) : Location.None);
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            sink.Report(Descriptors.RefReturn, ResultLocation(), KnownSymbols.DisplayOf(method));
            return false;
        }

        result = Accept(type, "The result", ResultLocation, sink);
        if (result is not null && result.Leaves.Any(l => l.Type.IsBuffer))
        {
            sink.Report(Descriptors.TypeArray, ResultLocation(), "The result", KnownSymbols.Spell(type));
            return false;
        }

        return result is not null;
    }

    /// <summary>The shape of 'this' for methods and properties of structs that are taken apart into their members; null for others.</summary>
    public static Shape? ReceiverOf(IMethodSymbol method) =>
        method is { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.ExplicitInterfaceImplementation, ContainingType: { TypeKind: TypeKind.Struct } type } && ShapeReader.Read(type, out _) is StructShape shape
            ? shape
            : null;

    public static ParameterMode? ModeOf(IParameterSymbol parameter) => parameter switch
    {
        { IsParams: true } => null,
        { RefKind: RefKind.None } => ParameterMode.Value,
        { RefKind: RefKind.In } => ParameterMode.In,
        { RefKind: RefKind.Out } => ParameterMode.Out,
        _ => null,
    };

    private static TypeSyntax? ReturnType(IMethodSymbol method, CancellationToken ct) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(ct) switch
        {
            MethodDeclarationSyntax m => m.ReturnType,
            LocalFunctionStatementSyntax f => f.ReturnType,
            OperatorDeclarationSyntax o => o.ReturnType,
            ConversionOperatorDeclarationSyntax c => c.Type,
            ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax p } => p.Type,
            AccessorDeclarationSyntax { Parent.Parent: BasePropertyDeclarationSyntax p } => p.Type,
            _ => null,
        };

    private static Shape? Accept(ITypeSymbol type, string subject, Func<Location> location, DiagnosticSink sink)
    {
        Shape? shape = ShapeReader.Read(type, out TypeProblem problem);
        if (shape is null && ShapeReader.ElementOf(type) is { } element && ShapeReader.Read(element, out TypeProblem inside) is null && inside is TypeProblem.NotReadonlyRecord or TypeProblem.NotPositional)
        {
            sink.Report(Descriptors.OfSignature(inside), location(), "An element of " + char.ToLowerInvariant(subject[0]) + subject.Substring(1), KnownSymbols.Spell(element));
        }
        else if (shape is null)
        {
            sink.Report(Descriptors.OfSignature(problem), location(), subject, KnownSymbols.Spell(type));
        }

        return shape;
    }
}
