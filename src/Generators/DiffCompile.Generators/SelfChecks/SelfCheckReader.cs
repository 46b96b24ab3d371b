using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.SelfChecks;

/// <summary>Reads a method marked [DerivativeOf]. The generator and the analyzer both come here.</summary>
internal static class SelfCheckReader
{
    private static readonly SelfCheckResult Nothing = new(null, null);

    public static SelfCheckResult Read(IMethodSymbol rule, Compilation compilation, CancellationToken ct)
    {
        RuleCheck check = RuleCheck.Of(rule, compilation, ct);
        if (check.Problem is not null || check.Target is not { } target || rule.MethodKind != MethodKind.Ordinary)
        {
            return Nothing;
        }

        if (ContainerProblem(rule.ContainingType, ct) is { } problem)
        {
            return Without(Descriptors.SelfCheckContainer, rule, rule.Name, problem.Type, problem.What);
        }

        if (target.ReturnsVoid)
        {
            return Without(Descriptors.SelfCheckInputs, rule, rule.Name, $"'{target.Name}' has no result but what it writes into spans");
        }

        EquatableArray<ParameterSpec> parameters = target.Parameters.Select(p => new ParameterSpec(
            p.Name, ShapeReader.Read(p.Type, out _)!, ParameterMode.Value, KnownSymbols.Has(p, "NoGradientAttribute"), AttributeReader.ReadDomain(p))).ToEquatableArray();
        if (parameters.FirstOrDefault(p => !CanDraw(p.Shape)) is { } parameter)
        {
            return Without(
                Descriptors.SelfCheckInputs, rule, rule.Name,
                $"random values for parameter '{parameter.Name}' of type '{RuleSignature.Spell(parameter.Shape)}' would have no meaning");
        }

        string memberName = SelfCheckSpec.NameFor(rule.Name);
        if (rule.ContainingType.GetMembers(memberName).Any(m => !NameClashes.IsGenerated(m))
            || TypeIndex.Of(rule.ContainingType).Rules.Count(r => r.Name == rule.Name) > 1)
        {
            return Without(Descriptors.SelfCheckNameTaken, rule, rule.Name, memberName, rule.ContainingType.Name);
        }

        IMethodSymbol? partner = Partner(rule, check, target, compilation, ct);
        return new SelfCheckResult(
            new SelfCheckSpec(
                KnownSymbols.KeyOf(rule), ContainerReader.Read(rule.ContainingType), rule.Name, KnownSymbols.DisplayOf(target), Call(target, rule.ContainingType),
                parameters, ShapeReader.Read(target.ReturnType, out _)!,
                Call(check.IsVjp ? rule : partner, rule.ContainingType), Call(check.IsVjp ? partner : rule, rule.ContainingType)),
            null);
    }

    /// <summary>The rule of the other direction, beside this one.</summary>
    private static IMethodSymbol? Partner(IMethodSymbol rule, RuleCheck check, IMethodSymbol target, Compilation compilation, CancellationToken ct) =>
        TypeIndex.Of(rule.ContainingType).Rules.FirstOrDefault(other =>
            !SymbolEqualityComparer.Default.Equals(other, rule)
            && RuleCheck.Of(other, compilation, ct) is { Problem: null } c && c.IsVjp != check.IsVjp && c.IsFor(target));

    private static (string Type, string What)? ContainerProblem(INamedTypeSymbol container, CancellationToken ct)
    {
        for (INamedTypeSymbol? type = container; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                return (type.Name, "file-local");
            }

            bool isPartial = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(ct)).OfType<TypeDeclarationSyntax>().Any(d => d.Modifiers.Any(SyntaxKind.PartialKeyword));
            if (!isPartial)
            {
                return (type.Name, "not partial");
            }
        }

        return null;
    }

    /// <summary>Scalars, structs and tuples of them, and spans of double to read: their elements can be any numbers.</summary>
    private static bool CanDraw(Shape shape) =>
        shape.Leaves.All(l => l.Type.IsScalar) || shape is ScalarShape { Type: { Container: ContainerKind.ReadOnlySpan, Scalar: ScalarKind.Float64 } };

    // The short name, unless it is one of those that the self-check uses for its own locals.
    private static string Call(IMethodSymbol? method, INamedTypeSymbol from) =>
        method is null ? ""
        : SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, from.OriginalDefinition) && !SelfCheckWriter.Locals.Contains(method.Name)
            ? KnownSymbols.Escape(method.Name)
            : KnownSymbols.FullName(method);

    private static SelfCheckResult Without(DiagnosticDescriptor descriptor, IMethodSymbol rule, params string[] arguments) =>
        new(null, DiagnosticInfo.Create(descriptor, rule.Locations.FirstOrDefault() ?? Location.None, arguments));
}
