using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// The functions of one unit: the declared ones by key, and those derived from them, made when first asked for.
/// </summary>
internal sealed class FunctionLibrary
{
    private readonly Dictionary<string, FunctionSpec> _specs;
    private readonly Dictionary<string, bool> _isRecursive = new();
    private readonly Dictionary<string, IrFunction> _takenIn = new();
    private readonly Dictionary<string, IrFunction> _bodies = new();
    private readonly Dictionary<FunctionReference, IrFunction> _derived = new();
    private readonly Dictionary<(FunctionReference, TransformStep), SplitPair> _pairs = new();
    private readonly Dictionary<(FunctionReference, EquatableArray<int>), FunctionFlow> _flows = new();
    private readonly Dictionary<(FunctionReference, EquatableArray<int>), FunctionFlow> _assumed = new();

    public FunctionLibrary(IEnumerable<FunctionSpec> specs, bool optimize)
    {
        _specs = specs.GroupBy(s => s.Key).ToDictionary(g => g.Key, g => g.First());
        Optimize = optimize;
    }

    /// <summary>Are the optional passes on?</summary>
    public bool Optimize { get; }

    public FunctionSpec Spec(string key) =>
        _specs.TryGetValue(key, out FunctionSpec? spec) ? spec : throw new InvalidOperationException("No specification of " + key + ".");

    /// <summary>Does the function call itself? It stays a call, as do its derivatives.</summary>
    public bool IsRecursive(string key)
    {
        if (!_isRecursive.TryGetValue(key, out bool isRecursive))
        {
            isRecursive = Spec(key).Body.Body.AllEquations().Any(e => e is CallEquation call && call.Callee.Key == key);
            _isRecursive.Add(key, isRecursive);
        }

        return isRecursive;
    }

    public bool Contains(string key) => _specs.ContainsKey(key);

    /// <summary>
    /// The body of a declared function, its small callees inlined, and nothing else: it is right for callers that hand the
    /// same memory to two parameters as well.
    /// </summary>
    public IrFunction TakenIn(string key)
    {
        if (!_takenIn.TryGetValue(key, out IrFunction? body))
        {
            body = Pipeline.TakeIn(Spec(key), this);
            _takenIn.Add(key, body);
        }

        return body;
    }

    /// <summary>The body of a declared function, its small callees inlined, as it is differentiated.</summary>
    public IrFunction Body(string key)
    {
        if (!_bodies.TryGetValue(key, out IrFunction? body))
        {
            body = Pipeline.Prepare(TakenIn(key), this);
            _bodies.Add(key, body);
        }

        return body;
    }

    /// <summary>A declared or derived function.</summary>
    public IrFunction Resolve(FunctionReference reference)
    {
        if (reference.Transforms.IsEmpty)
        {
            return Body(reference.Key);
        }

        if (!_derived.TryGetValue(reference, out IrFunction? function))
        {
            TransformStep last = reference.Transforms[reference.Transforms.Count - 1];
            FunctionReference before = Before(reference);
            function = last.Kind switch
            {
                TransformKind.Jvp => Pipeline.Finish(Jvp.Transform(Resolve(before), last.Active, NoDomain, this), this),
                TransformKind.Vjp => Pipeline.Finish(Vjp.Transform(Resolve(before), last.Active, NoDomain, this).CotangentsOnly, this),
                TransformKind.Gradient => Pipeline.Finish(Vjp.Transform(Resolve(before), last.Active, NoDomain, this, unitSeed: true).CotangentsOnly, this),
                TransformKind.AugmentedForward => Pair(before, last).Forward,
                TransformKind.Reverse => Pair(before, last).Reverse,
                _ => throw new InvalidOperationException("A member call is resolved when it is inlined, not as " + last + "."),
            };
            _derived.Add(reference, function);
        }

        return function;
    }

    /// <summary>The split pair of a function for the given active inputs.</summary>
    public SplitPair Pair(FunctionReference function, TransformStep step)
    {
        TransformStep key = step with { Kind = TransformKind.Vjp };
        if (!_pairs.TryGetValue((function, key), out SplitPair? pair))
        {
            pair = SplitPair.Create(Resolve(function), step.Active, this, onStack: IsRecursive(function.Key));
            _pairs.Add((function, key), pair);
        }

        return pair;
    }

    /// <summary>What becomes of the given inputs in a function.</summary>
    public FunctionFlow Flow(FunctionReference function, EquatableArray<int> active)
    {
        if (!_flows.TryGetValue((function, active), out FunctionFlow? flow))
        {
            flow = IsRecursive(function.Key) ? RecursiveFlow(function, active) : FunctionFlow.Of(Resolve(function), active, this);
            if (_assumed.Count == 0)
            {
                _flows.Add((function, active), flow);
            }
        }

        return flow;
    }

    // The least flow that is its own consequence: inside, nothing varies until it has been seen to.
    private FunctionFlow RecursiveFlow(FunctionReference function, EquatableArray<int> active)
    {
        if (_assumed.TryGetValue((function, active), out FunctionFlow? assumed))
        {
            return assumed;
        }

        IrFunction body = Resolve(function);
        FunctionFlow flow = FunctionFlow.None(body);
        for (bool isStable = false; !isStable;)
        {
            _assumed[(function, active)] = flow;
            FunctionFlow next = FunctionFlow.Of(body, active, this);
            isStable = next.Equals(flow);
            flow = next;
        }

        _assumed.Remove((function, active));
        return flow;
    }

    private static FunctionReference Before(FunctionReference reference) =>
        new(reference.Key, reference.Transforms.Take(reference.Transforms.Count - 1).ToEquatableArray());

    private static Rules.Interval? NoDomain(int input) => null;
}
