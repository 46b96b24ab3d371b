using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>A method marked [DerivativeOf]: whose rule it is, and whether its signature is right.</summary>
internal sealed class RuleCheck
{
    private readonly IReadOnlyList<IMethodSymbol> _group;
    private readonly IMethodSymbol? _target;

    private RuleCheck(IReadOnlyList<IMethodSymbol> group, IMethodSymbol? target, bool isVjp, DiagnosticInfo? problem)
    {
        _group = group;
        _target = target;
        IsVjp = isVjp;
        Problem = problem;
    }

    public bool IsVjp { get; }

    /// <summary>The method whose rule it is; null when there is none that it fits.</summary>
    public IMethodSymbol? Target => _target;

    /// <summary>Null when the rule can be used.</summary>
    public DiagnosticInfo? Problem { get; }

    /// <summary>Does the rule belong to this method? A rule that fits no overload is held against each.</summary>
    public bool IsFor(IMethodSymbol method) => _target is not null
        ? SymbolEqualityComparer.Default.Equals(_target, method.OriginalDefinition)
        : _group.Any(m => SymbolEqualityComparer.Default.Equals(m, method.OriginalDefinition));

    /// <summary>Everything wrong with a rule, for the analyzer to report at the rule itself.</summary>
    public static IReadOnlyList<DiagnosticInfo> Validate(IMethodSymbol rule, Compilation compilation, CancellationToken ct)
    {
        RuleCheck check = Of(rule, compilation, ct);
        if (check.Problem is { } problem)
        {
            return [problem];
        }

        return TypeIndex.Of(rule.ContainingType).Rules
            .TakeWhile(other => !SymbolEqualityComparer.Default.Equals(other, rule))
            .Where(other => Of(other, compilation, ct) is { Problem: null } c && c.IsVjp == check.IsVjp && c.IsFor(check._target!))
            .Take(1)
            .Select(other => Twice(rule, other, check._target!, check.IsVjp))
            .ToArray();
    }

    public static DiagnosticInfo Twice(IMethodSymbol rule, IMethodSymbol other, IMethodSymbol target, bool isVjp) =>
        DiagnosticInfo.Create(Descriptors.RuleTwice, LocationOf(rule), KnownSymbols.DisplayOf(target), isVjp ? "VJP" : "JVP", other.Name + ", " + rule.Name);

    public static RuleCheck Of(IMethodSymbol rule, Compilation compilation, CancellationToken ct)
    {
        AttributeData attribute = KnownSymbols.Attribute(rule, "DerivativeOfAttribute")!;
        bool isVjp = KnownSymbols.Argument(attribute, 1) is not (int and not 0);
        string name = KnownSymbols.Argument(attribute, 0) as string ?? "";
        IMethodSymbol[] group = GroupOf(attribute, name, rule, compilation, ct);

        RuleCheck Wrong(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
            new(group, group.Length == 1 ? group[0] : null, isVjp, DiagnosticInfo.Create(descriptor, location, arguments));

        Location at = LocationOf(rule);
        if (group.Length == 0)
        {
            bool ofItself = name == rule.Name;
            return ofItself
                ? Wrong(Descriptors.RuleOfItself, at, rule.Name)
                : Wrong(Descriptors.RuleTargetNotFound, DeclarationChecks.ArgumentLocation(attribute, null, ct) ?? at, name);
        }

        if (!rule.IsStatic)
        {
            return Wrong(Descriptors.RuleNotStatic, at, rule.Name);
        }

        if (rule.IsGenericMethod)
        {
            return Wrong(Descriptors.RuleGeneric, at, rule.Name);
        }

        if (rule.Parameters.FirstOrDefault(p => SignatureParser.ModeOf(p) is not (ParameterMode.Value or ParameterMode.In)) is { } changed)
        {
            return Wrong(Descriptors.RuleParameterMode, LocationOf(changed), changed.Name);
        }

        // Of several overloads the one that the rule fits, else the one with the longest list of parameters that it starts
        // with: (x, value, valueBar) is a rule of F(x) although it starts like F(x, y).
        IMethodSymbol[] alike = group.Where(m => StartsWith(rule, m)).OrderByDescending(m => m.Parameters.Length).ToArray();
        IMethodSymbol target = alike.FirstOrDefault(m => RuleSignature.For(m, isVjp, out _) is { } signature && Compare(rule, signature) is null)
            ?? alike.FirstOrDefault() ?? group[0];
        if (RuleSignature.For(target, isVjp, out string reason) is not { } expected)
        {
            return Wrong(Descriptors.RuleTargetSignature, DeclarationChecks.ArgumentLocation(attribute, null, ct) ?? at, KnownSymbols.DisplayOf(target), reason);
        }

        if (KnownSymbols.Has(target, "CheckpointAttribute"))
        {
            return Wrong(
                Descriptors.RuleTargetSignature, DeclarationChecks.ArgumentLocation(attribute, null, ct) ?? at, KnownSymbols.DisplayOf(target),
                "it is marked [Checkpoint], which would do nothing: with a rule its loops never run backwards. Remove one of the two");
        }

        return new RuleCheck(group, group.Length == 1 || StartsWith(rule, target) ? target.OriginalDefinition : null, isVjp, Compare(rule, expected));
    }

    private static DiagnosticInfo? Compare(IMethodSymbol rule, RuleSignature expected)
    {
        string text = expected.Spell(rule.Name);
        if (rule.Parameters.Length != expected.Parameters.Count)
        {
            return DiagnosticInfo.Create(
                Descriptors.RuleParameterCount, LocationOf(rule), rule.Name, Number(rule.Parameters.Length), Number(expected.Parameters.Count), text);
        }

        for (int i = 0; i < rule.Parameters.Length; i++)
        {
            IParameterSymbol parameter = rule.Parameters[i];
            if (ShapeReader.Read(parameter.Type, out _) is not { } shape || !ShapeReader.SameStructure(shape, expected.Parameters[i].Shape))
            {
                return DiagnosticInfo.Create(
                    Descriptors.RuleParameterType, LocationOf(parameter), parameter.Name, RuleSignature.Spell(expected.Parameters[i].Shape), text);
            }
        }

        Shape? result = rule.ReturnsVoid ? null : ShapeReader.Read(rule.ReturnType, out _);
        bool resultFits = expected.Result is null ? rule.ReturnsVoid : result is not null && ShapeReader.SameStructure(result, expected.Result);
        return resultFits ? null : DiagnosticInfo.Create(Descriptors.RuleResult, ResultLocation(rule), rule.Name, RuleSignature.Spell(expected.Result), text);
    }

    // nameof(F) may name a method of another type; a plain string one of the same type.
    public static IMethodSymbol[] GroupOf(AttributeData attribute, string name, IMethodSymbol rule, Compilation compilation, CancellationToken ct)
    {
        IEnumerable<ISymbol> symbols = rule.ContainingType.GetMembers(name);
        if (attribute.ApplicationSyntaxReference?.GetSyntax(ct) is AttributeSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } syntax
            && arguments[0].Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } operands }
            && operands[0].Expression is MemberAccessExpressionSyntax named)
        {
            symbols = compilation.GetSemanticModel(syntax.SyntaxTree).GetMemberGroup(named, ct);
        }

        return symbols.OfType<IMethodSymbol>()
            .Where(m => !SymbolEqualityComparer.Default.Equals(m, rule) && m.MethodKind == MethodKind.Ordinary)
            .Select(m => m.OriginalDefinition).ToArray();
    }

    private static bool StartsWith(IMethodSymbol rule, IMethodSymbol target) =>
        rule.Parameters.Length >= target.Parameters.Length
        && target.Parameters.Zip(rule.Parameters, (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(same => same);

    private static Location LocationOf(ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    private static Location ResultLocation(IMethodSymbol rule) =>
        (rule.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? LocationOf(rule);

    private static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
