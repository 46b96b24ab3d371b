using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Removes equations whose results are not used. Operations that may throw stay: the derivative throws when the primal
/// throws.
/// </summary>
internal static class DeadCode
{
    public static IrFunction Run(IrFunction function) => function with { Body = Visit(function.Body, []) };

    private static void Use(EquatableArray<Value> values, HashSet<int> live)
    {
        foreach (Value value in values)
        {
            if (!value.IsConstant)
            {
                live.Add(value.Id);
            }
        }
    }

    private static Region Visit(Region region, HashSet<int> live)
    {
        Use(region.Yields, live);
        var kept = new List<Equation>(region.Body.Count);
        for (int i = region.Body.Count - 1; i >= 0; i--)
        {
            Equation equation = region.Body[i];
            if (equation is IfEquation branch)
            {
                equation = KeepLiveResults(branch, live);
            }

            if (equation is not StageEquation && !IsLive(equation, live) && !equation.HasEffect())
            {
                continue;
            }

            if (equation is IfEquation e)
            {
                equation = e with { Then = Visit(e.Then, live), Else = Visit(e.Else, live) };
            }

            Use(equation.Operands, live);
            kept.Add(equation);
        }

        if (kept.Count == region.Body.Count && kept.TrueForAll(e => e is not IfEquation))
        {
            return region;
        }

        kept.Reverse();
        return region with { Body = EquatableArray.Wrap(kept.ToArray()) };
    }

    private static bool IsLive(Equation equation, HashSet<int> live)
    {
        foreach (Value result in equation.Results)
        {
            if (live.Contains(result.Id))
            {
                return true;
            }
        }

        return false;
    }

    private static IfEquation KeepLiveResults(IfEquation e, HashSet<int> live)
    {
        List<Value> results = [], then = [], otherwise = [];
        for (int i = 0; i < e.Results.Count; i++)
        {
            if (live.Contains(e.Results[i].Id))
            {
                results.Add(e.Results[i]);
                then.Add(e.Then.Yields[i]);
                otherwise.Add(e.Else.Yields[i]);
            }
        }

        return results.Count == e.Results.Count ? e : new IfEquation(
            results.ToEquatableArray(), e.Condition,
            e.Then with { Yields = then.ToEquatableArray() },
            e.Else with { Yields = otherwise.ToEquatableArray() });
    }
}
