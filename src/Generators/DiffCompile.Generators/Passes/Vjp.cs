using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Reverse mode. The result first runs the function as it stands and then its equations backwards, each adding
/// cotangent · partial to the cotangents of its operands. The backward part may read values of branches that are
/// not in scope there; <see cref="MergeBranches"/> and <see cref="ResidualPlan"/> put that right.
/// </summary>
internal sealed partial class Vjp
{
    private readonly IrBuilder _builder;
    private readonly Activity _activity;
    private readonly LinearStep _step;
    private readonly FunctionLibrary _library;
    private readonly Dictionary<int, Value> _twins = new();
    private readonly Dictionary<int, int> _slots = new();
    private readonly Dictionary<CallEquation, SplitCall> _splits = new();
    private Dictionary<int, Value> _cotangents = new();
    private readonly IrFunction _function;
    private bool _diagnose;
    private bool _keeps;

    private Vjp(IrFunction function, IReadOnlyList<int> active, Func<int, Interval?> domains, FunctionLibrary library)
    {
        _function = function;
        _builder = new IrBuilder(function.LastId());
        _activity = new Activity(function, active, library);
        _step = new LinearStep(_builder, new RangeAnalysis(function, domains));
        _library = library;
        _reloads = new Reloads(function);
        _views = LoopTrip.ViewsOf(function);
    }

    /// <summary>
    /// Inputs: those of the function, a cotangent for each floating output, a twin for each active span input.
    /// Outputs: those of the function, then the cotangent of each active scalar input.
    /// </summary>
    /// <param name="diagnose">Stop at the first value or cotangent that is not finite.</param>
    /// <param name="keeps">Does a recursion keep its residuals on the stack? Then the result cannot be differentiated again.</param>
    /// <param name="unitSeed">The only output's cotangent is the constant 1 instead of an input, and twins are cleared first.</param>
    public static VjpResult Transform(
        IrFunction function, IReadOnlyList<int> active, Func<int, Interval?> domains, FunctionLibrary library, bool unitSeed = false, bool diagnose = false, bool keeps = false)
    {
        // A loop with checkpoints runs its trips several times, which the stack of a recursion does not.
        bool repeats = function.Body.AllEquations().Any(e => e is LoopEquation { Checkpoints: not 0 });
        return new Vjp(diagnose ? function : Segments.Run(function), active, domains, library) { _diagnose = diagnose, _keeps = keeps && !repeats }.Run(active, unitSeed);
    }

    /// <summary>
    /// The primal once, then one reverse part for each floating output, whose cotangent is 1 there and 0 elsewhere.
    /// Inputs: those of the function, then for each row a twin for each active span input. Outputs: those of the function, then for
    /// each row the cotangent of each active scalar input.
    /// </summary>
    public static IrFunction Rows(IrFunction function, IReadOnlyList<int> active, Func<int, Interval?> domains, FunctionLibrary library) =>
        new Vjp(function, active, domains, library).RunRows(function, active);

    /// <summary>Can its reverse part run several times? What a loop keeps, or memory of its own, can be taken back once only.</summary>
    public static bool HasRows(IrFunction function) => function.Body.AllEquations().All(e =>
        e is not (LoopEquation or ClearEquation or MemoryEquation { Op: not (MemoryOp.Load or MemoryOp.Length) }));

    private VjpResult Run(IReadOnlyList<int> active, bool unitSeed)
    {
        IrFunction function = _function;
        var inputs = new List<Value>(function.Inputs);
        var cotangentInputs = new List<Value>();
        foreach (Value output in function.Outputs.Where(o => o.Type.IsFloat))
        {
            Value seed = unitSeed ? Literals.Float(output.Type, 1.0) : _builder.NewValue(output.Type, SeedName(function, output));
            if (!unitSeed)
            {
                cotangentInputs.Add(seed);
            }

            Accumulate(output, seed);
        }

        foreach (Value twin in InputTwins(function, active))
        {
            cotangentInputs.Add(twin);
            if (unitSeed)
            {
                _builder.Add(new ClearEquation(twin));
            }
        }

        _builder.Add(new StageEquation("primal"));
        Forward(function.Body);
        _builder.Add(new StageEquation("reverse"));
        Reverse(function.Body);

        IrFunction whole = _builder.Finish(function.Name + "Vjp", inputs.Concat(cotangentInputs), function.Outputs.Concat(InputCotangents(function, active)));
        return new VjpResult(whole, function.Inputs.Count, function.Outputs.Count);
    }

    private IrFunction RunRows(IrFunction function, IReadOnlyList<int> active)
    {
        var twins = new List<Value>();
        var cotangents = new List<Value>();
        _builder.Add(new StageEquation("primal"));
        Forward(function.Body);
        foreach (Value output in function.Outputs.Where(o => o.Type.IsFloat))
        {
            _cotangents = new Dictionary<int, Value>();
            twins.AddRange(InputTwins(function, active));
            Accumulate(output, Literals.Float(output.Type, 1.0));
            _builder.Add(new StageEquation("reverse" + (output.Name.Length > 0 ? ", row of " + output.Name : "")));
            Reverse(function.Body);
            cotangents.AddRange(InputCotangents(function, active));
        }

        return _builder.Finish(function.Name + "Rows", function.Inputs.Concat(twins), function.Outputs.Concat(cotangents));
    }

    private List<Value> InputTwins(IrFunction function, IReadOnlyList<int> active)
    {
        var twins = new List<Value>();
        foreach (Value input in active.Select(i => function.Inputs[i]).Where(i => i.Type.IsBuffer))
        {
            Value twin = _builder.NewValue(input.Type with { Container = ContainerKind.Span }, input.Name + "Bar");
            _twins[input.Id] = twin;
            twins.Add(twin);
        }

        return twins;
    }

    private Value[] InputCotangents(IrFunction function, IReadOnlyList<int> active) =>
        active.Select(i => function.Inputs[i]).Where(i => i.Type.IsScalar).Select(i => CotangentOf(i) ?? Literals.Zero(i.Type)).ToArray();

    private static string SeedName(IrFunction function, Value output) =>
        function.Outputs.Count(o => o.Type.IsFloat) == 1 || output.Name.Length == 0 ? "valueBar" : output.Name + "Bar";

    private Value? CotangentOf(Value value) =>
        !value.IsConstant && _cotangents.TryGetValue(value.Id, out Value? cotangent) ? cotangent : null;

    private void Accumulate(Value target, Value contribution)
    {
        if (!_activity.IsVaried(target))
        {
            return;
        }

        _cotangents[target.Id] = CotangentOf(target) is { } sum
            ? _builder.Named(BarName(target), Op.Add, target.Type, sum, contribution)
            : contribution;
    }

    private static string BarName(Value value) => value.Name.Length == 0 ? "" : value.Name + "Bar";

    // The author's code, only with calls that vary replaced by the first half of a split pair.
    private void Forward(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case IfEquation e:
                    _builder.BeginRegion();
                    Forward(e.Then);
                    Region then = _builder.EndRegion(e.Then.Yields);
                    _builder.BeginRegion();
                    Forward(e.Else);
                    _builder.Add(new IfEquation(e.Results, e.Condition, then, _builder.EndRegion(e.Else.Yields)));
                    break;
                case CallEquation e when e.Operands.Any(_activity.IsVaried):
                    SplitCall split = SplitCall.Create(e, _activity, _library, _keeps);
                    _splits[e] = split;
                    _builder.Add(split.Forward(_builder));
                    break;
                case LoopEquation e:
                    ForwardLoop(e);
                    break;
                case MemoryEquation e:
                    ForwardMemory(e);
                    break;
                case ExternalCallEquation e:
                    ForwardExternal(e);
                    break;
                default:
                    _builder.Add(equation);
                    if (equation is PrimitiveEquation { Result.Type.IsFloat: true } p)
                    {
                        Check(p.Result, "value", p.Source);
                    }

                    break;
            }
        }
    }

    // Only in the diagnosing member; the source is only known there.
    private void Check(Value value, string quantity, SourceNote? source)
    {
        if (_diagnose && source is not null && !value.IsConstant)
        {
            _builder.Add(new FiniteCheckEquation(value, quantity, source));
        }
    }

    private void Reverse(Region region)
    {
        for (int i = region.Body.Count - 1; i >= 0; i--)
        {
            switch (region.Body[i])
            {
                case PrimitiveEquation e when CotangentOf(e.Result) is { } cotangent:
                    Primitive(e, cotangent);
                    break;
                case IfEquation e when e.Results.Any(r => CotangentOf(r) is not null) || _activity.HasVariedEffect(e):
                    Branch(e);
                    break;
                case LoopEquation e when e.Results.Any(r => CotangentOf(r) is not null) || _activity.HasVariedEffect(e):
                    ReverseLoop(e);
                    break;
                case MemoryEquation { Op: MemoryOp.Store } e:
                    MemoryEquation[] together = StoresUpTo(region, i);
                    ReverseStores(together);
                    i -= together.Length - 1;
                    break;
                case MemoryEquation e:
                    ReverseMemory(e);
                    break;
                case ClearEquation e when _activity.IsVaried(e.Buffer):
                    _builder.Add(new ClearEquation(TwinOf(e.Buffer)));
                    break;
                case CallEquation e when _splits.TryGetValue(e, out SplitCall? split) && (split.MustReverse || e.Results.Any(r => CotangentOf(r) is not null)):
                    foreach ((Value operand, Value contribution) in split.Reverse(_builder, CotangentOf))
                    {
                        Accumulate(operand, contribution);
                    }

                    break;
                case ExternalCallEquation e when CustomRules.ActiveLeaves(e).Any(_activity.IsVaried) && (e.Results.Any(r => CotangentOf(r) is not null) || _activity.HasVariedEffect(e)):
                    ReverseExternal(e);
                    break;
            }
        }
    }

    private void Primitive(PrimitiveEquation e, Value cotangent)
    {
        _builder.Source = e.Source;
        for (int i = 0; i < e.Arguments.Count; i++)
        {
            Value operand = e.Arguments[i];
            if (_activity.IsVaried(operand) && LinearStep.HasPartial(e, i))
            {
                Value sum = _step.Accumulate(CotangentOf(operand), cotangent, e, i, operand.Type, BarName(operand));
                _cotangents[operand.Id] = sum;
                Check(sum, "cotangent", e.Source);
            }
        }
    }

    private void Branch(IfEquation e)
    {
        Dictionary<int, Value> outer = _cotangents;
        (Dictionary<int, Value> afterThen, Region then) = Side(e, e.Then, outer);
        (Dictionary<int, Value> afterElse, Region otherwise) = Side(e, e.Else, outer);

        // Cotangents that either side changed become results; the other side passes on what was there before.
        HashSet<int> local = new(DefinedIn(e.Then).Concat(DefinedIn(e.Else)).Concat(e.Results).Select(v => v.Id));
        int[] changed = afterThen.Keys.Union(afterElse.Keys)
            .Where(id => !local.Contains(id) && (Lookup(afterThen, id) != Lookup(outer, id) || Lookup(afterElse, id) != Lookup(outer, id)))
            .OrderBy(id => id).ToArray();

        _cotangents = new Dictionary<int, Value>(outer);
        var results = new List<Value>();
        var thenYields = new List<Value>();
        var elseYields = new List<Value>();
        foreach (int id in changed)
        {
            Value sample = (Lookup(afterThen, id) ?? Lookup(afterElse, id))!;
            Value result = _builder.NewValue(sample.Type, Names(e, id));
            results.Add(result);
            thenYields.Add(Lookup(afterThen, id) ?? Literals.Zero(sample.Type));
            elseYields.Add(Lookup(afterElse, id) ?? Literals.Zero(sample.Type));
            _cotangents[id] = result;
        }

        _builder.Add(new IfEquation(
            results.ToEquatableArray(), e.Condition,
            then with { Yields = thenYields.ToEquatableArray() },
            otherwise with { Yields = elseYields.ToEquatableArray() }));
    }

    private (Dictionary<int, Value> After, Region Region) Side(IfEquation e, Region side, Dictionary<int, Value> outer)
    {
        _cotangents = new Dictionary<int, Value>(outer);
        _builder.BeginRegion();
        for (int i = 0; i < e.Results.Count; i++)
        {
            if (Lookup(outer, e.Results[i].Id) is { } cotangent)
            {
                Accumulate(side.Yields[i], cotangent);
            }
        }

        Reverse(side);
        return (_cotangents, _builder.EndRegion([]));
    }

    private static Value? Lookup(Dictionary<int, Value> map, int id) => map.TryGetValue(id, out Value? value) ? value : null;

    private static IEnumerable<Value> DefinedIn(Region region) =>
        region.AllEquations().SelectMany(q => q.Results.Concat(q.Regions.SelectMany(r => r.Parameters)));

    private static string Names(IfEquation e, int id)
    {
        foreach (Value value in e.AllOperands())
        {
            if (value.Id == id && !value.IsConstant)
            {
                return BarName(value);
            }
        }

        return "";
    }
}

/// <summary>The combined forward and reverse program.</summary>
/// <param name="Function">All of it; outputs are the primal outputs, then the input cotangents.</param>
/// <param name="PrimalInputs">How many leading inputs are primal.</param>
/// <param name="PrimalOutputs">How many leading outputs are primal.</param>
internal sealed record VjpResult(IrFunction Function, int PrimalInputs, int PrimalOutputs)
{
    /// <summary>Only the input cotangents are returned.</summary>
    public IrFunction CotangentsOnly => Function with { Body = Function.Body with { Yields = Function.Outputs.Skip(PrimalOutputs).ToEquatableArray() } };
}
