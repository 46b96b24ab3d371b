using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// Finds what replaces the derivative of a called method's body: custom rules, those in its own type and those in the type of the
/// caller, or the equation that it solves.
/// </summary>
internal sealed class CustomRuleReader(ParseContext context)
{
    private readonly Dictionary<(ISymbol Method, ISymbol Caller), (ExternalMethod? Method, string Malformed)> _found = new();
    private readonly HashSet<ISymbol> _reading = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _opaque = [];

    /// <summary>
    /// The method as one with rules; null when it has none, or (then <paramref name="malformed"/> says why) none that
    /// can be used.
    /// </summary>
    public ExternalMethod? Find(IMethodSymbol method, INamedTypeSymbol caller, out string malformed)
    {
        malformed = "";
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.UserDefinedOperator) || !method.IsStatic)
        {
            return null;
        }

        var key = (method.OriginalDefinition, caller.OriginalDefinition);
        if (!_found.TryGetValue(key, out (ExternalMethod? Method, string Malformed) entry) && ImplicitCheck.Of(method, context.Compilation, context.CancellationToken) is { } solves)
        {
            entry = ReadImplicit(method, solves, made => _found[key] = made);
        }
        else if (!_found.ContainsKey(key))
        {
            IReadOnlyList<(IMethodSymbol Method, bool IsVjp)> rules = RulesOf(method, caller.OriginalDefinition, out string problem);
            entry = _found[key] = (null, problem);
            if (rules.Count > 0)
            {
                entry = _found[key] = (Read(method, rules, made => _found[key] = (made, "")), "");
            }
        }

        malformed = entry.Malformed;
        return entry.Method;
    }

    // The equation may call the method itself, which is found when methods are linked; so the method is published first.
    private (ExternalMethod? Method, string Malformed) ReadImplicit(IMethodSymbol solver, ImplicitCheck check, Action<(ExternalMethod?, string)> publish)
    {
        (ExternalMethod?, string) Publish(ExternalMethod? made, string malformed)
        {
            publish((made, malformed));
            return (made, malformed);
        }

        // Another assembly's equation may be hidden; the specification of the method says all.
        if (!IsOurs(solver) && KnownSymbols.IsDifferentiable(solver))
        {
            return Publish(null, "");
        }

        string unknown = $"the equation that it solves is not known outside of '{solver.ContainingAssembly.Name}'; mark it [Differentiable(DerivativeModes.None)] there";
        if (check.Equation is not { } equation)
        {
            return Publish(null, IsOurs(solver) ? check.Problem!.Message : unknown);
        }

        string key = IsSpecified(equation) ? KnownSymbols.KeyOf(equation) : context.Helpers.KeyOf(equation);
        (ExternalMethod?, string) made = Publish(AsExternal(solver, []) with { Implicit = new ImplicitRule(check.IsFixedPoint, key, check.Arguments) { Linear = RequireLinear(check) } }, "");
        var sink = new DiagnosticSink();
        if (context.Helpers.IsInProgress(key, out _) || context.Helpers.IsDone(key) || (IsSpecified(equation) && IsOurs(equation)))
        {
            return made;
        }

        if (!IsOurs(equation))
        {
            return context.Specs.Require(key, equation.ContainingAssembly, out _) ? made : Publish(null, unknown);
        }

        if (context.Helpers.Parse(equation, key, sink) is { } spec)
        {
            context.Helpers.Add(spec);
            return made;
        }

        return Publish(null, $"'{equation.Name}', the equation that it solves, cannot be differentiated: {sink.Items.First(d => Descriptors.Get(d.Id).DefaultSeverity == DiagnosticSeverity.Error).Message}");
    }

    /// <summary>A system is solved by the runtime library.</summary>
    private EquatableArray<string> RequireLinear(ImplicitCheck check)
    {
        if (!check.IsSystem || context.Compilation.GetTypeByMetadataName("DiffCompile.Mathematics.Linear") is not { } linear)
        {
            return [];
        }

        string[] keys = new[] { "LuFactorize", "LuSolve", "LuSolveTransposed" }.Select(name => KnownSymbols.KeyOf(linear.GetMembers(name).OfType<IMethodSymbol>().Single())).ToArray();
        foreach (string key in keys)
        {
            context.Specs.Require(key, linear.ContainingAssembly, out _);
        }

        return keys.ToEquatableArray();
    }

    private IReadOnlyList<(IMethodSymbol Method, bool IsVjp)> RulesOf(IMethodSymbol method, INamedTypeSymbol caller, out string problem)
    {
        problem = "";
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

            DiagnosticInfo? found = check.Problem
                ?? (rules.FirstOrDefault(r => r.IsVjp == check.IsVjp).Method is { } other ? RuleCheck.Twice(candidate, other, method, check.IsVjp) : null);
            if (found is not null)
            {
                problem = found.Message;
                return [];
            }

            rules.Add((candidate, check.IsVjp));
        }

        return rules;
    }

    // A rule may call the method whose rule it is. So the bodies are read as if all of them could be, and once more where
    // one could not.
    private ExternalMethod Read(IMethodSymbol method, IReadOnlyList<(IMethodSymbol Method, bool IsVjp)> rules, Action<ExternalMethod> publish)
    {
        while (true)
        {
            int before = context.Helpers.Specs.Count;
            int opaque = _opaque.Count;
            ExternalMethod target = AsExternal(method, []);
            ExternalMethod external = target with
            {
                Rules = rules.Select(r => new CustomRule(r.IsVjp, r.IsVjp ? WithSums(AsRule(r.Method), target) : AsRule(r.Method), ExpectedKey(r.Method))).ToEquatableArray(),
            };
            publish(external);
            foreach ((IMethodSymbol rule, _) in rules)
            {
                ParseBody(rule);
            }

            if (_opaque.Count == opaque)
            {
                return external;
            }

            context.Helpers.RemoveAfter(before);
            _found.Clear();
        }
    }

    // Rules can be rules of rules, which gives second derivatives where a body is opaque.
    private ExternalMethod AsRule(IMethodSymbol rule)
    {
        if (!_reading.Add(rule))
        {
            return AsExternal(rule, []);
        }

        ExternalMethod external = Find(rule, rule.ContainingType, out _) ?? AsExternal(rule, []);
        _reading.Remove(rule);
        return external;
    }

    private static ExternalMethod AsExternal(IMethodSymbol method, IEnumerable<CustomRule> rules) => new(
        KnownSymbols.FullName(method),
        method.Parameters.Select(AsParameter).ToEquatableArray(),
        method.ReturnsVoid ? null : ShapeReader.Read(method.ReturnType, out _),
        rules.ToEquatableArray()) { Reach = Reach.Of(method) };

    private static ShapeParameter AsParameter(IParameterSymbol p) =>
        new(p.Name, ShapeReader.Read(p.Type, out _)!, SignatureParser.ModeOf(p) ?? ParameterMode.Value, KnownSymbols.Has(p, "NoGradientAttribute"))
        {
            IsScratch = KnownSymbols.Has(p, "ScratchAttribute"),
        };

    /// <summary>Notes which cotangents the pullback of <paramref name="target"/> only adds to: those of what the method only reads.</summary>
    private static ExternalMethod WithSums(ExternalMethod pullback, ExternalMethod target)
    {
        ShapeParameter[] spans = target.Parameters.Where(p => p.IsActive && p.Shape is ScalarShape { Type.IsBuffer: true }).ToArray();
        int first = pullback.Parameters.Count - spans.Length;
        return pullback with
        {
            Parameters = pullback.Parameters.Select((p, i) => i < first ? p : p with { IsAddedTo = spans[i - first].Shape is ScalarShape { Type.IsWritable: false } }).ToEquatableArray(),
        };
    }

    /// <summary>Key of the specification of a rule's own body; empty when it is not differentiable code.</summary>
    private string ExpectedKey(IMethodSymbol rule)
    {
        string key = IsSpecified(rule) ? KnownSymbols.KeyOf(rule) : context.Helpers.KeyOf(rule);
        return _opaque.Contains(key) ? "" : key;
    }

    private void ParseBody(IMethodSymbol rule)
    {
        string key = ExpectedKey(rule);
        if (key.Length == 0 || context.Helpers.IsInProgress(key, out _) || context.Helpers.IsDone(key) || (IsSpecified(rule) && IsOurs(rule)))
        {
            return;
        }

        if (!IsOurs(rule))
        {
            if (!context.Specs.Require(key, rule.ContainingAssembly, out _))
            {
                _opaque.Add(key);
            }
        }
        else if (context.Helpers.Parse(rule, key, new DiagnosticSink()) is { } spec)
        {
            context.Helpers.Add(spec);
        }
        else
        {
            _opaque.Add(key);
        }
    }

    private bool IsOurs(IMethodSymbol rule) => SymbolEqualityComparer.Default.Equals(rule.ContainingAssembly, context.Compilation.Assembly);

    private bool IsSpecified(IMethodSymbol rule) => !IsOurs(rule) || KnownSymbols.IsDifferentiable(rule);

    // Most assemblies know nothing of rules; their attributes need not be decoded.
    private bool CanHoldRules(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, context.Compilation.Assembly)
        || type.ContainingAssembly is { } assembly
            && assembly.Modules.Any(m => m.ReferencedAssemblies.Any(a => a.Name.StartsWith("DiffCompile.Runtime", StringComparison.Ordinal)));
}
