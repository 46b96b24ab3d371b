using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>Parses what a differentiable method calls without it being marked: helpers, local functions, bodies of rules.</summary>
internal sealed class HelperParser(ParseContext context)
{
    private readonly List<FunctionSpec> _specs = [];
    private readonly List<(string Key, string Name)> _inProgress = [];
    private readonly Dictionary<ISymbol, string> _localKeys = new(SymbolEqualityComparer.Default);

    /// <summary>In the order in which they were finished, so that the list is the same in every run.</summary>
    public IReadOnlyList<FunctionSpec> Specs => _specs;

    public bool IsDone(string key) => _specs.Any(s => s.Key == key);

    public void Add(FunctionSpec spec) => _specs.Add(spec);

    public void RemoveAfter(int count) => _specs.RemoveRange(count, _specs.Count - count);

    /// <summary>Is this method being parsed now, so that a call of it is recursion? <paramref name="path"/> spells the cycle.</summary>
    public bool IsInProgress(string key, out string path)
    {
        // With other type arguments as well: there could be no end of them.
        int first = _inProgress.FindIndex(p => KnownSymbols.IdOf(p.Key) == KnownSymbols.IdOf(key));
        path = first < 0 ? "" : string.Join(" → ", _inProgress.Skip(first).Append(_inProgress[first]).Select(p => p.Name));
        return first >= 0;
    }

    /// <summary>Is it the method whose text is being read, and does it take numbers only? Such recursion is differentiated.</summary>
    public bool IsSelf(IMethodSymbol method, string key) =>
        _inProgress.Count > 0 && _inProgress[_inProgress.Count - 1].Key == key
        && method.Parameters.All(p => ShapeReader.Read(p.Type, out _) is { } shape && !shape.Leaves.Any(l => l.Type.IsBuffer));

    /// <summary>Marks a method as being parsed.</summary>
    public T While<T>(string key, string name, Func<T> parse)
    {
        _inProgress.Add((key, name));
        T result = parse();
        _inProgress.RemoveAt(_inProgress.Count - 1);
        return result;
    }

    /// <summary>The key of a called method once its specification is among the helpers; null when it is refused.</summary>
    public string? Require(IMethodSymbol method, IOperation call, DiagnosticSink sink)
    {
        string key = KeyOf(method);
        if (IsSelf(method, key))
        {
            return key;
        }

        if (IsInProgress(key, out string path))
        {
            sink.Report(Descriptors.DirectRecursion, Anchors.Of(call), KnownSymbols.NameOf(method), path);
            return null;
        }

        if (IsDone(key))
        {
            return key;
        }

        // A local function belongs to the method's own text; of another method the caller is told what is wrong with it.
        bool isLocal = method.MethodKind == MethodKind.LocalFunction;
        DiagnosticSink inner = isLocal ? sink : new DiagnosticSink();
        if (Parse(method, key, inner) is { } spec)
        {
            Add(spec);
            return key;
        }

        if (!isLocal)
        {
            ReportRefused(method, call, inner, sink);
        }

        return null;
    }

    /// <summary>Tells the caller of a method what is wrong with its text.</summary>
    public static void ReportRefused(IMethodSymbol method, IOperation call, DiagnosticSink found, DiagnosticSink sink)
    {
        DiagnosticInfo first = found.Items.First(d => Descriptors.Get(d.Id).DefaultSeverity == DiagnosticSeverity.Error);
        if (first.Id == Descriptors.DirectRecursion.Id)
        {
            sink.Report(Descriptors.DirectRecursion, Anchors.Of(call), first.Arguments.ToArray());
            return;
        }

        string reason = first.Id == Descriptors.HelperRefused.Id ? $"it calls '{first.Arguments[0]}': {first.Arguments[1]}" : first.Message;
        sink.Report(Descriptors.HelperRefused, Anchors.Of(call), KnownSymbols.DisplayOf(method), reason, RuleSignature.Suggest(method, "Change it"));
    }

    /// <summary>Parses a method that has no attribute of its own; null when it is refused.</summary>
    public FunctionSpec? Parse(IMethodSymbol method, string key, DiagnosticSink sink)
    {
        var own = new DiagnosticSink();
        IrFunction? body = null;
        DeclarationChecks.CheckMethod(method, own, callSite: null, context.CancellationToken);
        Signature? signature = own.HasErrors ? null : SignatureParser.Parse(method, own, callSite: null, context.CancellationToken);
        if (signature is not null)
        {
            if (MethodBodies.Find(method, context) is { } block)
            {
                body = While(key, KnownSymbols.NameOf(method), () => new OperationLowerer(context, method, signature, own, isRoot: false).Lower(method.Name, block));
            }
            else
            {
                own.Report(Descriptors.HelperBody, method.Locations.FirstOrDefault() ?? Location.None, KnownSymbols.DisplayOf(method));
            }
        }

        sink.AddRange(own);
        return own.HasErrors || body is null ? null : new FunctionSpec(
            key, ContainerReader.Read(method.ContainingType), method.Name, method.Name, "private",
            [.. ReceiverOf(signature!), .. signature!.Parameters], signature.Result, Requested: 0, context.Kinks, body, "");
    }

    private static IEnumerable<ParameterSpec> ReceiverOf(Signature signature) =>
        signature.Receiver is { } shape ? [new ParameterSpec("self", shape, ParameterMode.In, NoGradient: false, Domain: null)] : [];

    /// <summary>Documentation id with the variant; a local function has no id and is named after its method.</summary>
    public string KeyOf(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.LocalFunction)
        {
            return KnownSymbols.KeyOf(method) + context.Variant;
        }

        if (!_localKeys.TryGetValue(method.OriginalDefinition, out string? key))
        {
            string outer = method.ContainingSymbol is IMethodSymbol m ? KeyOf(m) : method.ContainingSymbol.Name + context.Variant;
            key = outer + "/" + method.Name;
            for (int n = 2; _localKeys.ContainsValue(key); n++)
            {
                key = outer + "/" + method.Name + "#" + n;
            }

            _localKeys.Add(method.OriginalDefinition, key);
        }

        return key;
    }
}
