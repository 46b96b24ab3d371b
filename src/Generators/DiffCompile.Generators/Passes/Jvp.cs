using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Forward mode. Inputs: those of the function, then a tangent for each active one. Outputs: those of the function, then
/// the tangent of each floating output.
/// </summary>
internal sealed class Jvp
{
    private readonly IrBuilder _builder;
    private readonly Activity _activity;
    private readonly LinearStep _step;
    private readonly FunctionLibrary _library;
    private readonly Dictionary<int, Value> _tangents = new();

    private Jvp(IrFunction function, IReadOnlyList<int> active, Func<int, Interval?> domains, FunctionLibrary library)
    {
        _builder = new IrBuilder(function.LastId());
        _activity = new Activity(function, active, library);
        _step = new LinearStep(_builder, new RangeAnalysis(function, domains));
        _library = library;
    }

    /// <param name="function">The function.</param>
    /// <param name="active">Inputs that get tangents.</param>
    /// <param name="domains">Stated range of an input.</param>
    /// <param name="library">The unit's functions.</param>
    /// <param name="written">Buffers that only leave the function: their tangents come last among the inputs.</param>
    public static IrFunction Transform(IrFunction function, IReadOnlyList<int> active, Func<int, Interval?> domains, FunctionLibrary library, IReadOnlyList<int>? written = null) =>
        new Jvp(function, active, domains, library).Run(function, active.Concat(written ?? []).ToArray());

    private IrFunction Run(IrFunction function, IReadOnlyList<int> active)
    {
        var inputs = new List<Value>(function.Inputs);
        foreach (int index in active)
        {
            Value input = function.Inputs[index];
            Value tangent = _builder.NewValue(input.Type.Tangent, input.Name + "Dot");
            _tangents[input.Id] = tangent;
            inputs.Add(tangent);
        }

        Visit(function.Body);
        IEnumerable<Value> tangents = function.Outputs.Where(o => o.Type.IsFloat).Select(o => TangentOf(o) ?? Literals.Zero(o.Type));
        return _builder.Finish(function.Name + "Jvp", inputs, function.Outputs.Concat(tangents));
    }

    private Value? TangentOf(Value value) =>
        !value.IsConstant && _tangents.TryGetValue(value.Id, out Value? tangent) ? tangent : null;

    private void Visit(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e:
                    _builder.Add(e);
                    Primitive(e);
                    break;
                case IfEquation e:
                    Branch(e);
                    break;
                case CallEquation e:
                    Call(e);
                    break;
                case ExternalCallEquation e:
                    _builder.Add(e);
                    if (CustomRules.ActiveLeaves(e).Any(_activity.IsVaried))
                    {
                        IReadOnlyList<Value> tangents = CustomRules.Jvp(e, TangentOrSpare, _builder, _library);
                        SetTangents(e.Results.Where(r => r.Type.IsFloat), tangents);
                    }

                    break;
                case LoopEquation e:
                    Loop(e);
                    break;
                case MemoryEquation e:
                    Memory(e);
                    break;
                case ClearEquation e:
                    _builder.Add(e);
                    if (TangentOf(e.Buffer) is { } cleared)
                    {
                        _builder.Add(new ClearEquation(cleared));
                    }

                    break;
                default:
                    _builder.Add(equation);
                    break;
            }
        }
    }

    // Memory of one's own that does not vary has tangents that are zero.
    private Value? TangentOrSpare(Value value) =>
        TangentOf(value) ?? (value.Type.IsBuffer && _activity.IsOwn(value) ? Buffers.Like(value, DotName(value), _builder) : null);

    private void Primitive(PrimitiveEquation e)
    {
        if (!_activity.IsVaried(e.Result))
        {
            return;
        }

        Value? sum = null;
        string name = e.Result.Name.Length == 0 ? "" : e.Result.Name + "Dot";
        for (int i = 0; i < e.Arguments.Count; i++)
        {
            if (TangentOf(e.Arguments[i]) is { } tangent && LinearStep.HasPartial(e, i))
            {
                sum = _step.Accumulate(sum, tangent, e, i, e.Result.Type, name);
            }
        }

        if (sum is not null)
        {
            _tangents[e.Result.Id] = sum;
        }
    }

    private void Branch(IfEquation e)
    {
        _builder.BeginRegion();
        Visit(e.Then);
        Region then = _builder.EndRegion(e.Then.Yields);
        _builder.BeginRegion();
        Visit(e.Else);
        Region otherwise = _builder.EndRegion(e.Else.Yields);

        var results = new List<Value>(e.Results);
        var thenYields = new List<Value>(e.Then.Yields);
        var elseYields = new List<Value>(e.Else.Yields);
        for (int i = 0; i < e.Results.Count; i++)
        {
            Value result = e.Results[i];
            if (!_activity.IsVaried(result))
            {
                continue;
            }

            Value tangent = _builder.NewValue(result.Type, result.Name.Length == 0 ? "" : result.Name + "Dot");
            _tangents[result.Id] = tangent;
            results.Add(tangent);
            thenYields.Add(TangentOf(e.Then.Yields[i]) ?? Literals.Zero(result.Type));
            elseYields.Add(TangentOf(e.Else.Yields[i]) ?? Literals.Zero(result.Type));
        }

        _builder.Add(new IfEquation(
            results.ToEquatableArray(), e.Condition,
            then with { Yields = thenYields.ToEquatableArray() },
            otherwise with { Yields = elseYields.ToEquatableArray() }));
    }

    private void Loop(LoopEquation e)
    {
        int[] varied = Enumerable.Range(0, e.Results.Count).Where(i => _activity.IsVaried(e.Results[i])).ToArray();
        Value[] testDots = varied.Select(i => Dot(e.Test.Parameters[i])).ToArray();
        Value[] bodyDots = varied.Select(i => Dot(e.Body.Parameters[i])).ToArray();
        Value[] start = varied.Select(i => TangentOf(e.Carried[i]) ?? Literals.Zero(e.Carried[i].Type)).ToArray();
        SetTangents(varied.Select(i => e.Body.Parameters[i]), bodyDots);

        _builder.BeginRegion();
        Visit(e.Body);
        IEnumerable<Value> next = varied.Select(i => TangentOf(e.Body.Yields[i]) ?? Literals.Zero(e.Body.Yields[i].Type));
        Region body = _builder.EndRegion(e.Body.Yields.Concat(next), e.Body.Parameters.Concat(bodyDots));
        Value[] results = varied.Select(i => Dot(e.Results[i])).ToArray();
        SetTangents(varied.Select(i => e.Results[i]), results);
        _builder.Add(e with
        {
            Results = e.Results.Concat(results).ToEquatableArray(),
            Carried = e.Carried.Concat(start).ToEquatableArray(),
            Test = e.Test with { Parameters = e.Test.Parameters.Concat(testDots).ToEquatableArray() },
            Body = body,
        });
    }

    private Value Dot(Value value) => _builder.NewValue(value.Type, DotName(value));

    private static string DotName(Value value) => value.Name.Length == 0 ? "" : value.Name + "Dot";

    // Memory that varies has a twin of tangents, which the same operations go through.
    private void Memory(MemoryEquation e)
    {
        bool isVaried = e.Arguments.Count > 0 && _activity.IsVaried(e.Arguments[0]);
        switch (e.Op)
        {
            case MemoryOp.Constant or MemoryOp.Distinct:
                break;
            case MemoryOp.Push:
                _builder.Add(e with { Arguments = e.Arguments.Concat(e.Arguments.Where(_activity.IsVaried).Select(a => TangentOf(a) ?? Zero(a))).ToEquatableArray() });
                break;
            case MemoryOp.Pop:
                Value[] popped = e.Results.Where(_activity.IsVaried).ToArray();
                Value[] dots = popped.Select(Dot).ToArray();
                SetTangents(popped, dots);
                _builder.Add(e with { Results = e.Results.Concat(dots).ToEquatableArray() });
                break;
            case MemoryOp.Reserve when _activity.IsVaried(e.Result):
            case MemoryOp.Load or MemoryOp.Slice or MemoryOp.View when isVaried:
                _builder.Add(e);
                Value twin = e.Op == MemoryOp.Load ? Dot(e.Result) : _builder.NewValue(e.Op == MemoryOp.Slice ? TangentOf(e.Buffer)!.Type.Sliced : e.Result.Type, DotName(e.Result));
                _tangents[e.Result.Id] = twin;
                IEnumerable<Value> arguments = e.Op == MemoryOp.Reserve ? e.Arguments : e.Arguments.Skip(1).Prepend(TangentOf(e.Arguments[0])!);
                _builder.Add(new MemoryEquation([twin], e.Op, arguments.ToEquatableArray(), IsPrimal: false) { IsFilled = e.IsFilled });
                break;
            case MemoryOp.Store or MemoryOp.Accumulate when isVaried:
                _builder.Add(e);
                if (e.Op == MemoryOp.Store || TangentOf(e.Arguments[2]) is not null)
                {
                    Value amount = TangentOf(e.Arguments[2]) ?? Zero(e.Arguments[2]);
                    _builder.Add(new MemoryEquation([], e.Op, [TangentOf(e.Buffer)!, e.Index, amount], IsPrimal: false));
                }

                break;
            default:
                _builder.Add(e);
                break;
        }
    }

    private static Value Zero(Value like) => like.Type.IsFloat ? Literals.Zero(like.Type) : throw new InvalidOperationException(like + " has no tangent.");

    private void Call(CallEquation e)
    {
        int[] active = Enumerable.Range(0, e.Arguments.Count).Where(i => _activity.IsVaried(e.Arguments[i])).ToArray();
        if (active.Length == 0)
        {
            _builder.Add(e);
            return;
        }

        var arguments = e.Arguments.Concat(active.Select(i => TangentOf(e.Arguments[i]) ?? Literals.Zero(e.Arguments[i].Type)));
        Value[] floats = e.Results.Where(r => r.Type.IsFloat).ToArray();
        Value[] tangents = floats.Select(r => _builder.NewValue(r.Type, r.Name.Length == 0 ? "" : r.Name + "Dot")).ToArray();
        _builder.Add(new CallEquation(
            e.Results.Concat(tangents).ToEquatableArray(),
            e.Callee.Then(new TransformStep(TransformKind.Jvp, active.ToEquatableArray())),
            arguments.ToEquatableArray()));
        foreach ((Value result, Value tangent) in floats.Zip(tangents, (r, t) => (r, t)).Where(p => _activity.IsVaried(p.r)))
        {
            _tangents[result.Id] = tangent;
        }
    }

    private void SetTangents(IEnumerable<Value> values, IEnumerable<Value> tangents)
    {
        foreach ((Value value, Value tangent) in values.Zip(tangents, (v, t) => (v, t)))
        {
            _tangents[value.Id] = tangent;
        }
    }
}
