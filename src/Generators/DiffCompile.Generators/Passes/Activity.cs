using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Which values vary: depend differentiably on an active input. A value that does not vary has a zero tangent and
/// needs no cotangent, so nothing is emitted for it.
/// </summary>
internal sealed class Activity
{
    private readonly HashSet<int> _varied = new();
    private readonly FunctionLibrary _library;

    public Activity(IrFunction function, IEnumerable<int> activeInputs, FunctionLibrary library)
    {
        _library = library;
        foreach (int index in activeInputs)
        {
            _varied.Add(function.Inputs[index].Id);
        }

        Visit(function.Body);
    }

    public bool IsVaried(Value value) => !value.IsConstant && _varied.Contains(value.Id);

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
                        if (e.Results[i].Type.IsFloat && (IsVaried(e.Then.Yields[i]) || IsVaried(e.Else.Yields[i])))
                        {
                            _varied.Add(e.Results[i].Id);
                        }
                    }

                    break;
                case CallEquation e when VariedArguments(e) is { IsEmpty: false } varied:
                    FunctionFlow flow = _library.Flow(e.Callee, varied);
                    _varied.UnionWith(e.Results.Where((r, i) => r.Type.IsFloat && flow.Varies[i]).Select(r => r.Id));
                    break;
                case ExternalCallEquation when equation.Operands.Any(IsVaried):
                    foreach (Value result in equation.Results.Where(r => r.Type.IsFloat))
                    {
                        _varied.Add(result.Id);
                    }

                    break;
                case LoopEquation:
                    throw new NotSupportedException("Loops are not differentiated yet.");
            }
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
