using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Generators.Parsing;

/// <summary>Parses one method marked [Differentiable]. The generator and the analyzer both come here.</summary>
internal static class MethodParser
{
    /// <summary>The method as a specification, or the reasons why it is refused.</summary>
    public static ParseOutcome Parse(IMethodSymbol method, Compilation compilation, CancellationToken ct)
    {
        var sink = new DiagnosticSink();
        DifferentiableRequest request = AttributeReader.ReadRequest(method);
        var context = new ParseContext(compilation, request, ct);

        FunctionSpec? spec = Parse(method, request, context, sink);
        var result = new ParseResult(
            KnownSymbols.KeyOf(method),
            KnownSymbols.DisplayOf(method),
            ContainerReader.Read(method.ContainingType),
            sink.HasErrors ? null : spec,
            sink.HasErrors ? [] : context.Helpers.Specs.ToEquatableArray(),
            sink.Items.ToEquatableArray());
        return new ParseOutcome(result, context.Locations);
    }

    private static FunctionSpec? Parse(IMethodSymbol method, DifferentiableRequest request, ParseContext context, DiagnosticSink sink)
    {
        CancellationToken ct = context.CancellationToken;
        bool hasPlace = DeclarationChecks.CheckPlace(method, sink, ct);
        if (method.MethodKind != MethodKind.Ordinary)
        {
            return null;
        }

        DeclarationChecks.CheckMethod(method, sink, callSite: null, ct);
        bool isPlain = !sink.HasErrors;
        DeclarationChecks.CheckRequest(method, request, sink, ct);
        if (method.TypeArguments.Any(t => t.TypeKind == TypeKind.TypeParameter))
        {
            return null;
        }

        Signature? signature = SignatureParser.Parse(method, sink, callSite: null, ct);
        if (signature is null || !isPlain || !hasPlace)
        {
            return null;
        }

        DeclarationChecks.CheckSignature(method, signature, sink, ct);
        NameClashes.Check(method, request, signature.Outputs.Sum(o => o.Shape.LeafCount) != 1, sink, ct);

        return LowerBody(method, signature, context, sink) is not { } body ? null : new FunctionSpec(
            KnownSymbols.KeyOf(method), ContainerReader.Read(method.ContainingType), method.Name, request.Name ?? method.Name,
            SyntaxFacts.GetText(method.DeclaredAccessibility), signature.Parameters, signature.Result,
            request.Modes, request.Kinks, body, AttributeReader.ReadSummary(method, ct));
    }

    private static IrFunction? LowerBody(IMethodSymbol method, Signature signature, ParseContext context, DiagnosticSink sink)
    {
        var lowerer = new OperationLowerer(context, method.PartialImplementationPart ?? method, signature, sink, isRoot: true);
        string key = KnownSymbols.KeyOf(method);

        // Where the method has a rule, the rule is its derivative, whatever its body does.
        if (context.Helpers.While(key, method.Name, () => context.Rules.Find(method, method.ContainingType, out _)) is { } external)
        {
            return lowerer.LowerAsExternal(method.Name, external);
        }

        if (context.Rules.Find(method, method.ContainingType, out string malformed) is null && malformed.Length > 0)
        {
            sink.Report(Descriptors.RuleMalformed, method.Locations[0], KnownSymbols.DisplayOf(method), malformed);
            return null;
        }

        if (MethodBodies.Find(method, context) is not { } block)
        {
            sink.Report(Descriptors.NoBody, method.Locations[0], KnownSymbols.DisplayOf(method));
            return null;
        }

        return context.Helpers.While(key, method.Name, () => lowerer.Lower(method.Name, block));
    }
}
