using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Finds a conversion of a varying number to an integer whose result flows back into a floating result. Used only as an
/// index, a bound or a condition, such an integer is harmless.
/// </summary>
internal static class IntegerLoss
{
    /// <summary>The value of the offending conversion, or of the call that holds it; null if there is none.</summary>
    public static Value? Find(IrFunction function, Activity activity, FunctionLibrary library)
    {
        Dictionary<int, Value> origins = Origins(function, activity, library);
        return function.Outputs.Where(o => o.Type.IsFloat)
            .Concat(function.Inputs.Where(i => i.Type.IsWritable && i.Type.IsDifferentiable))
            .Where(o => !o.IsConstant)
            .Select(o => origins.TryGetValue(o.Id, out Value? origin) ? origin : null)
            .FirstOrDefault(o => o is not null);
    }

    /// <summary>For each value that holds information from a lost derivative, the conversion or call that lost it.</summary>
    public static Dictionary<int, Value> Origins(IrFunction function, Activity activity, FunctionLibrary library)
    {
        var origins = new Dictionary<int, Value>();
        var roots = new BufferRoots(function);
        for (int known = -1; known < origins.Count;)
        {
            known = origins.Count;
            Collect(function.Body, activity, library, origins, roots);
        }

        return origins;
    }

    private static void Collect(Region region, Activity activity, FunctionLibrary library, Dictionary<int, Value> origins, BufferRoots roots)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e when e.Op is Op.Convert or Op.ConvertChecked && e.Result.Type.IsInteger && activity.IsVaried(e.Arguments[0]):
                    origins[e.Result.Id] = e.Result;
                    break;
                case PrimitiveEquation e when e.Result.Type.Scalar != ScalarKind.Bool && e.Op != Op.StopGradient:
                    if (OriginOf(e.Arguments, origins) is { } origin)
                    {
                        origins[e.Result.Id] = origin;
                    }

                    break;
                case IfEquation e:
                    Collect(e.Then, activity, library, origins, roots);
                    Collect(e.Else, activity, library, origins, roots);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        if (OriginOf([e.Then.Yields[i], e.Else.Yields[i]], origins) is { } either)
                        {
                            origins[e.Results[i].Id] = either;
                        }
                    }

                    break;
                case LoopEquation e:
                    // What the last trip lost the next one reads.
                    for (int known = -1; known < origins.Count;)
                    {
                        known = origins.Count;
                        for (int i = 0; i < e.Results.Count; i++)
                        {
                            if (OriginOf([e.Carried[i], e.Body.Yields[i]], origins) is { } carried)
                            {
                                origins[e.Test.Parameters[i].Id] = origins[e.Body.Parameters[i].Id] = origins[e.Results[i].Id] = carried;
                            }
                        }

                        Collect(e.Test, activity, library, origins, roots);
                        Collect(e.Body, activity, library, origins, roots);
                    }
                    break;
                case MemoryEquation { Op: MemoryOp.Store } e when OriginOf([e.Arguments[2]], origins) is { } stored:
                    origins[roots.Of(e.Buffer)] = stored;
                    break;
                case MemoryEquation { Op: MemoryOp.Load } e when origins.TryGetValue(roots.Of(e.Buffer), out Value? read):
                    origins[e.Result.Id] = read;
                    break;
                case CallEquation e:
                    FunctionFlow? flow = activity.VariedArguments(e) is { IsEmpty: false } varied ? library.Flow(e.Callee, varied) : null;
                    Value? handedOn = OriginOf(e.Operands, origins);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        if ((flow?.Lost[i] == true ? e.Results[i] : handedOn) is { } lost)
                        {
                            origins[e.Results[i].Id] = lost;
                        }
                    }

                    break;
                case ExternalCallEquation when OriginOf(equation.Operands, origins) is { } passed:
                    foreach (Value result in equation.Results)
                    {
                        origins[result.Id] = passed;
                    }

                    break;
            }
        }
    }

    private static Value? OriginOf(IEnumerable<Value> operands, Dictionary<int, Value> origins) =>
        operands.Where(o => !o.IsConstant).Select(o => origins.TryGetValue(o.Id, out Value? origin) ? origin : null).FirstOrDefault(o => o is not null);
}
