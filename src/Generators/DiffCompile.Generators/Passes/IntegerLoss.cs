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
        return function.Outputs
            .Where(o => !o.IsConstant && o.Type.IsFloat)
            .Select(o => origins.TryGetValue(o.Id, out Value? origin) ? origin : null)
            .FirstOrDefault(o => o is not null);
    }

    /// <summary>For each value that holds information from a lost derivative, the conversion or call that lost it.</summary>
    public static Dictionary<int, Value> Origins(IrFunction function, Activity activity, FunctionLibrary library)
    {
        var origins = new Dictionary<int, Value>();
        Collect(function.Body, activity, library, origins);
        return origins;
    }

    private static void Collect(Region region, Activity activity, FunctionLibrary library, Dictionary<int, Value> origins)
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
                    Collect(e.Then, activity, library, origins);
                    Collect(e.Else, activity, library, origins);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        if (OriginOf([e.Then.Yields[i], e.Else.Yields[i]], origins) is { } either)
                        {
                            origins[e.Results[i].Id] = either;
                        }
                    }

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
