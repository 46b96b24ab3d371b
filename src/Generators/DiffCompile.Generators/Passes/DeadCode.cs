using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Removes equations whose results are not used. Operations that may throw stay: the derivative throws when the primal
/// throws.
/// </summary>
internal static class DeadCode
{
    public static IrFunction Run(IrFunction function)
    {
        var live = new HashSet<int>(Ids(function.Outputs));
        return function with { Body = Visit(function.Body, live) };
    }

    private static IEnumerable<int> Ids(IEnumerable<Value> values) => values.Where(v => !v.IsConstant).Select(v => v.Id);

    private static Region Visit(Region region, HashSet<int> live)
    {
        live.UnionWith(Ids(region.Yields));
        var kept = new List<Equation>();
        for (int i = region.Body.Count - 1; i >= 0; i--)
        {
            Equation equation = region.Body[i];
            if (equation is IfEquation branch)
            {
                equation = KeepLiveResults(branch, live);
            }

            bool needed = equation is StageEquation || equation.HasEffect() || equation.Results.Any(r => live.Contains(r.Id));
            if (!needed)
            {
                continue;
            }

            if (equation is IfEquation e)
            {
                equation = e with { Then = Visit(e.Then, live), Else = Visit(e.Else, live) };
            }

            live.UnionWith(Ids(equation.Operands));
            kept.Add(equation);
        }

        kept.Reverse();
        return region with { Body = kept.ToEquatableArray() };
    }

    private static IfEquation KeepLiveResults(IfEquation e, HashSet<int> live)
    {
        int[] keep = Enumerable.Range(0, e.Results.Count).Where(i => live.Contains(e.Results[i].Id)).ToArray();
        return keep.Length == e.Results.Count ? e : new IfEquation(
            keep.Select(i => e.Results[i]).ToEquatableArray(), e.Condition,
            e.Then with { Yields = keep.Select(i => e.Then.Yields[i]).ToEquatableArray() },
            e.Else with { Yields = keep.Select(i => e.Else.Yields[i]).ToEquatableArray() });
    }
}
