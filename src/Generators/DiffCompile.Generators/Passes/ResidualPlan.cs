using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Gives every residual a home. A value of one branch that is read outside of it (by the reverse part) becomes a further
/// result of that branch; on the other side it is zero and never read.
/// </summary>
internal static class ResidualPlan
{
    public static IrFunction Run(IrFunction function, IrBuilder ids)
    {
        var visible = new HashSet<int>(function.Inputs.Select(v => v.Id));
        var wanted = new HashSet<int>();
        CollectStray(function.Body, visible, wanted);
        if (wanted.Count == 0)
        {
            return function;
        }

        var homes = new Dictionary<int, List<Value>>();
        Region body = Export(function.Body, wanted, homes, ids);
        return function with { Body = Redirect(body, new HashSet<int>(function.Inputs.Select(v => v.Id)), homes) };
    }

    /// <summary>Ids of values that are read where they are not in scope.</summary>
    private static void CollectStray(Region region, HashSet<int> visible, HashSet<int> stray)
    {
        var inside = new HashSet<int>(visible);
        inside.UnionWith(region.Parameters.Select(p => p.Id));
        foreach (Equation equation in region.Body)
        {
            AddStray(equation.Operands, inside, stray);
            foreach (Region nested in equation.Regions)
            {
                CollectStray(nested, inside, stray);
            }

            foreach (Value result in equation.Results)
            {
                inside.Add(result.Id);
            }
        }

        AddStray(region.Yields, inside, stray);
    }

    private static void AddStray(EquatableArray<Value> values, HashSet<int> inside, HashSet<int> stray)
    {
        foreach (Value value in values)
        {
            if (!value.IsConstant && !inside.Contains(value.Id))
            {
                stray.Add(value.Id);
            }
        }
    }

    // Adds wanted values as results, from the innermost branch outwards: one home per level that a value crosses.
    private static Region Export(Region region, HashSet<int> wanted, Dictionary<int, List<Value>> homes, IrBuilder ids)
    {
        var body = new List<Equation>();
        foreach (Equation equation in region.Body)
        {
            if (equation is not IfEquation e)
            {
                body.Add(equation);
                continue;
            }

            Region then = Export(e.Then, wanted, homes, ids);
            Region otherwise = Export(e.Else, wanted, homes, ids);
            var results = new List<Value>(e.Results);
            var thenYields = new List<Value>(then.Yields);
            var elseYields = new List<Value>(otherwise.Yields);
            foreach ((Region side, bool isThen) in new[] { (e.Then, true), (e.Else, false) })
            {
                foreach (Value residual in side.AllEquations().SelectMany(q => q.Results).Where(v => wanted.Contains(v.Id)))
                {
                    if (!homes.TryGetValue(residual.Id, out List<Value>? levels))
                    {
                        levels = [residual];
                        homes.Add(residual.Id, levels);
                    }

                    Value inner = levels[levels.Count - 1];
                    int known = (isThen ? thenYields : elseYields).IndexOf(inner);
                    if (known >= 0)
                    {
                        // It is a result already; the reverse part reads it only where this side was taken.
                        levels.Add(results[known]);
                        continue;
                    }

                    Value home = ids.NewValue(residual.Type, residual.Name);
                    levels.Add(home);
                    results.Add(home);
                    thenYields.Add(isThen ? inner : Literals.Zero(residual.Type));
                    elseYields.Add(isThen ? Literals.Zero(residual.Type) : inner);
                }
            }

            body.Add(new IfEquation(
                results.ToEquatableArray(), e.Condition,
                then with { Yields = thenYields.ToEquatableArray() },
                otherwise with { Yields = elseYields.ToEquatableArray() }));
        }

        return region with { Body = body.ToEquatableArray() };
    }

    private static Region Redirect(Region region, HashSet<int> visible, Dictionary<int, List<Value>> homes)
    {
        var inside = new HashSet<int>(visible);
        var body = new List<Equation>();
        foreach (Equation equation in region.Body)
        {
            var rewriter = new Rewriter();
            foreach (Value operand in equation.Operands.Where(v => !v.IsConstant && !inside.Contains(v.Id)))
            {
                rewriter.Replace(operand, HomeInScope(operand, inside, homes));
            }

            body.Add(equation is IfEquation e
                ? new IfEquation(e.Results, rewriter.Map(e.Condition), Redirect(e.Then, inside, homes), Redirect(e.Else, inside, homes))
                : rewriter.Map(equation));
            inside.UnionWith(equation.Results.Select(r => r.Id));
        }

        var yields = region.Yields.Select(v => v.IsConstant || inside.Contains(v.Id) ? v : HomeInScope(v, inside, homes));
        return new Region(region.Parameters, body.ToEquatableArray(), yields.ToEquatableArray());
    }

    private static Value HomeInScope(Value value, HashSet<int> inside, Dictionary<int, List<Value>> homes) =>
        homes.TryGetValue(value.Id, out List<Value>? levels) && levels.Find(h => inside.Contains(h.Id)) is { } home
            ? home
            : throw new InvalidOperationException("The residual " + value + " has no home in scope.");
}
