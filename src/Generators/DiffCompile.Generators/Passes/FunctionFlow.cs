using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>What a caller has to know of a function that stays a call, for given varying inputs.</summary>
/// <param name="Varies">For each output: does it depend differentiably on them?</param>
/// <param name="Lost">For each output: does it hold what a conversion to an integer has cut off from them?</param>
internal sealed record FunctionFlow(EquatableArray<bool> Varies, EquatableArray<bool> Lost)
{
    /// <summary>Nothing varies, nothing is lost.</summary>
    public static FunctionFlow None(IrFunction function) =>
        new(function.Outputs.Select(_ => false).ToEquatableArray(), function.Outputs.Select(_ => false).ToEquatableArray());

    public static FunctionFlow Of(IrFunction function, IEnumerable<int> active, FunctionLibrary library)
    {
        var activity = new Activity(function, active, library);
        Dictionary<int, Value> origins = IntegerLoss.Origins(function, activity, library);
        return new FunctionFlow(
            function.Outputs.Select(activity.IsVaried).ToEquatableArray(),
            function.Outputs.Select(o => !o.IsConstant && origins.ContainsKey(o.Id)).ToEquatableArray());
    }
}
