using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Which values vary: depend differentiably on an active input. A value that does not vary has a zero tangent and
/// needs no cotangent, so nothing is emitted for it. Memory varies as a whole, from the first element that does.
/// </summary>
internal sealed class Activity
{
    private readonly HashSet<int> _varied = new();
    private readonly Dictionary<int, EquatableArray<Value>> _pushed = new();
    private readonly FunctionLibrary _library;
    private readonly BufferRoots _roots;
    private readonly HashSet<int> _inputs;

    public Activity(IrFunction function, IEnumerable<int> activeInputs, FunctionLibrary library)
    {
        _library = library;
        _roots = new BufferRoots(function);
        _inputs = new HashSet<int>(function.Inputs.Select(i => i.Id));
        foreach (int index in activeInputs)
        {
            _varied.Add(function.Inputs[index].Id);
        }

        // What a later trip or a later statement makes varied may be read by an earlier one.
        bool mayFlowBack = function.Body.AllEquations().Any(e => e is LoopEquation or MemoryEquation);
        for (int known = -1; known < _varied.Count;)
        {
            known = mayFlowBack ? _varied.Count : int.MaxValue;
            Visit(function.Body);
        }
    }

    public bool IsVaried(Value value) => !value.IsConstant && (_varied.Contains(value.Id) || _varied.Contains(_roots.Of(value)));

    /// <summary>See <see cref="BufferRoots"/>.</summary>
    public int RootOf(Value buffer) => _roots.Of(buffer);

    /// <summary>Is it memory that the function made itself, so that nobody outside knows of it?</summary>
    public bool IsOwn(Value buffer) => !_inputs.Contains(_roots.Of(buffer));

    /// <summary>Does the equation, or one inside it, change memory that varies or move residuals that do? A recursion may leave some on the stack.</summary>
    public bool HasVariedEffect(Equation equation) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => IsVaried(e.Buffer),
        MemoryEquation { Op: MemoryOp.Push } e => e.Arguments.Any(IsVaried),
        MemoryEquation { Op: MemoryOp.Pop } e => e.Results.Any(IsVaried),
        ClearEquation e => IsVaried(e.Buffer),
        ExternalCallEquation e => CustomRules.Written(e).Any(IsVaried),
        CallEquation e => _library.IsRecursive(e.Callee.Key) && e.Arguments.Any(IsVaried),
        _ => equation.Regions.Any(r => r.Body.Any(HasVariedEffect)),
    };

    /// <summary>Indices of the arguments that vary.</summary>
    public EquatableArray<int> VariedArguments(CallEquation call) =>
        Enumerable.Range(0, call.Arguments.Count).Where(i => IsVaried(call.Arguments[i])).ToEquatableArray();

    private void Visit(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e when e.Result.Type.IsFloat && DependsOnVaried(e):
                    _varied.Add(e.Result.Id);
                    break;
                case IfEquation e:
                    Visit(e.Then);
                    Visit(e.Else);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        Join(e.Results[i], e.Then.Yields[i], e.Else.Yields[i]);
                    }

                    break;
                case LoopEquation e:
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        Join(e.Body.Parameters[i], e.Carried[i], e.Body.Yields[i]);
                        Join(e.Test.Parameters[i], e.Carried[i], e.Body.Yields[i]);
                    }

                    Visit(e.Test);
                    Visit(e.Body);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        Join(e.Results[i], e.Carried[i], e.Body.Yields[i]);
                    }

                    break;
                case CallEquation e when VariedArguments(e) is { IsEmpty: false } varied:
                    FunctionFlow flow = _library.Flow(e.Callee, varied);
                    _varied.UnionWith(e.Results.Where((r, i) => r.Type.IsFloat && flow.Varies[i]).Select(r => r.Id));
                    break;
                case ExternalCallEquation e when CustomRules.ActiveLeaves(e).Any(IsVaried):
                    _varied.UnionWith(e.Results.Where(r => r.Type.IsFloat).Select(r => r.Id));
                    _varied.UnionWith(CustomRules.Written(e).Intersect(CustomRules.ActiveLeaves(e)).Select(_roots.Of));
                    break;
                case MemoryEquation e:
                    Memory(e);
                    break;
            }
        }
    }

    private void Memory(MemoryEquation e)
    {
        switch (e.Op)
        {
            case MemoryOp.Load when e.Result.Type.IsFloat && IsVaried(e.Buffer):
                _varied.Add(e.Result.Id);
                break;
            case MemoryOp.Store or MemoryOp.Accumulate when e.Buffer.Type.IsDifferentiable && IsVaried(e.Arguments[2]):
                _varied.Add(_roots.Of(e.Buffer));
                break;
            case MemoryOp.Push:
                _pushed[e.Slot] = e.Arguments;
                break;
            case MemoryOp.Pop when _pushed.TryGetValue(e.Slot, out EquatableArray<Value> pushed):
                _varied.UnionWith(e.Results.Where((r, i) => r.Type.IsFloat && IsVaried(pushed[i])).Select(r => r.Id));
                break;
        }
    }

    private void Join(Value joined, Value a, Value b)
    {
        if (joined.Type.IsFloat && (IsVaried(a) || IsVaried(b)))
        {
            _varied.Add(joined.Id);
        }
    }

    private bool DependsOnVaried(PrimitiveEquation equation)
    {
        DerivativeRule? row = RuleTable.Find(equation.Op);
        if (row is null)
        {
            return false;
        }

        for (int i = 0; i < equation.Arguments.Count; i++)
        {
            if (row.Partials[i] is not null && IsVaried(equation.Arguments[i]))
            {
                return true;
            }
        }

        return false;
    }
}
