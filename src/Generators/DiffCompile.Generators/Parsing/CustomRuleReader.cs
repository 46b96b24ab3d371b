using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Finds the custom rules of a called method: those in its own type and those in the type of the caller.</summary>
internal sealed class CustomRuleReader(ParseContext context)
{
    private readonly Dictionary<(ISymbol Method, ISymbol Caller), (ExternalMethod? Method, string Malformed)> _found = new();
    private readonly HashSet<string> _opaque = [];

    /// <summary>
    /// The method as one with rules; null when it has none, or (then <paramref name="malformed"/> says why) none that
    /// can be used.
    /// </summary>
    public ExternalMethod? Find(IMethodSymbol method, INamedTypeSymbol caller, out string malformed)
    {
        malformed = "";
        IMethodSymbol target = method.OriginalDefinition;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.UserDefinedOperator) || !method.IsStatic)
        {
            return null;
        }

        var key = (target, caller.OriginalDefinition);
        if (!_found.TryGetValue(key, out (ExternalMethod? Method, string Malformed) entry))
        {
            // Stands while the rules are read, in case that one of them is a rule of itself.
            _found[key] = (null, "");
            entry = _found[key] = Read(method, caller.OriginalDefinition);
        }

        malformed = entry.Malformed;
        return entry.Method;
    }

    private (ExternalMethod? Method, string Malformed) Read(IMethodSymbol method, INamedTypeSymbol caller)
    {
        IEnumerable<IMethodSymbol> candidates = CanHoldRules(method.ContainingType) ? TypeIndex.Of(method.ContainingType.OriginalDefinition).Rules : [];
        if (!SymbolEqualityComparer.Default.Equals(caller, method.ContainingType.OriginalDefinition))
        {
            candidates = candidates.Concat(TypeIndex.Of(caller).Rules);
        }

        List<(IMethodSymbol Method, bool IsVjp)> rules = [];
        foreach (IMethodSymbol candidate in candidates)
        {
            RuleCheck check = RuleCheck.Of(candidate, context.Compilation, context.CancellationToken);
            if (!check.IsFor(method))
            {
                continue;
            }

            if (check.Problem is { } problem)
            {
                return (null, problem.Message);
            }

            if (rules.Any(r => r.IsVjp == check.IsVjp))
            {
                return (null, RuleCheck.Twice(candidate, rules.First(r => r.IsVjp == check.IsVjp).Method, method, check.IsVjp).Message);
            }

            rules.Add((candidate, check.IsVjp));
        }

        return rules.Count == 0 ? (null, "") : (AsExternal(method, rules.Select(r => new CustomRule(r.IsVjp, AsRule(r.Method), KeyOf(r.Method)))), "");
    }

    // Rules can be rules of rules, which gives second derivatives where a body is opaque.
    private ExternalMethod AsRule(IMethodSymbol rule) => Find(rule, rule.ContainingType, out _) ?? AsExternal(rule, []);

    private static ExternalMethod AsExternal(IMethodSymbol method, IEnumerable<CustomRule> rules) => new(
        KnownSymbols.FullName(method),
        method.Parameters.Select(p => new ShapeParameter(p.Name, ShapeReader.Read(p.Type, out _)!, SignatureParser.ModeOf(p) ?? ParameterMode.Value)).ToEquatableArray(),
        method.ReturnsVoid ? null : ShapeReader.Read(method.ReturnType, out _),
        rules.ToEquatableArray());

    /// <summary>Key of the specification of a rule's own body; empty when it is not differentiable code.</summary>
    private string KeyOf(IMethodSymbol rule)
    {
        string key = KnownSymbols.KeyOf(rule);
        if (_opaque.Contains(key))
        {
            return "";
        }

        if (context.Helpers.IsInProgress(key, out _) || context.Helpers.IsDone(key))
        {
            return key;
        }

        bool isOurs = SymbolEqualityComparer.Default.Equals(rule.ContainingAssembly, context.Compilation.Assembly);
        if (!isOurs)
        {
            return context.Specs.Require(key, rule.ContainingAssembly, out _) ? key : "";
        }

        if (KnownSymbols.IsDifferentiable(rule))
        {
            return key;
        }

        int before = context.Helpers.Specs.Count;
        if (context.Helpers.Parse(rule, key, new DiagnosticSink()) is { } spec)
        {
            context.Helpers.Add(spec);
            return key;
        }

        // What was parsed meanwhile may refer to the rule as if it could be inlined.
        context.Helpers.RemoveAfter(before);
        _opaque.Add(key);
        foreach (var stale in _found.Where(f => f.Value.Method is { } m && m.Rules.Any(r => r.Key == key)).Select(f => f.Key).ToArray())
        {
            _found.Remove(stale);
        }

        return "";
    }

    // Most assemblies know nothing of rules; their attributes need not be decoded.
    private bool CanHoldRules(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, context.Compilation.Assembly)
        || type.ContainingAssembly is { } assembly
            && assembly.Modules.Any(m => m.ReferencedAssemblies.Any(a => a.Name.StartsWith("DiffCompile.Runtime", StringComparison.Ordinal)));
}
