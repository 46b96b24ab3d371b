using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>What a caller has to know of a function that stays a call, for given varying inputs.</summary>
/// <param name="Varies">For each output: does it depend differentiably on them?</param>
/// <param name="Lost">For each output: does it hold what a conversion to an integer has cut off from them?</param>
internal sealed record FunctionFlow(bool[] Varies, bool[] Lost)
{
    public static FunctionFlow Of(IrFunction function, IEnumerable<int> active, FunctionLibrary library)
    {
        var activity = new Activity(function, active, library);
        Dictionary<int, Value> origins = IntegerLoss.Origins(function, activity, library);
        return new FunctionFlow(
            function.Outputs.Select(activity.IsVaried).ToArray(),
            function.Outputs.Select(o => !o.IsConstant && origins.ContainsKey(o.Id)).ToArray());
    }
}
