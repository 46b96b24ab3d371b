using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Gives every residual a home. A value of one branch that is read outside of it (by the reverse part) becomes a further
/// result of that branch; on the other side it is zero and never read. What a loop that runs backwards reads of the loop that
/// it mirrors is then recomputed or kept on the stack, see <see cref="LoopResiduals"/>.
/// </summary>
internal static class ResidualPlan
{
    // One for each level of nesting, and far more than anyone nests.
    private const int MaximalRounds = 100;

    public static IrFunction Run(IrFunction function, IrBuilder ids)
    {
        var visible = new HashSet<int>(function.Inputs.Select(v => v.Id));

        // What is computed again in a loop may read a value of a branch or loop around it, which then needs a home itself.
        for (int round = 0; ; round++)
        {
            var wanted = new HashSet<int>();
            CollectStray(function.Body, visible, wanted);
            if (wanted.Count == 0)
            {
                return LoopResiduals.WithoutMirrors(function);
            }

            if (round > MaximalRounds)
            {
                throw new InvalidOperationException("Residuals of " + function.Name + " find no home.");
            }

            IrFunction remade = RemadeViews.Run(function, wanted, ids);
            if (!ReferenceEquals(remade, function))
            {
                function = remade;
                continue;
            }

            var homes = new Dictionary<int, List<Value>>();
            Region body = Export(function.Body, wanted, homes, ids);
            function = LoopResiduals.Run(function with { Body = Redirect(body, visible, homes) }, ids);
        }
    }

    /// <summary>Ids of values that are read where they are not in scope.</summary>
    public static void CollectStray(Region region, HashSet<int> visible, HashSet<int> stray)
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
            if (equation is LoopEquation loop)
            {
                body.Add(loop with { Body = Export(loop.Body, wanted, homes, ids) });
                continue;
            }

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
                foreach (Value residual in OutsideLoops(side).SelectMany(q => q.Results).Where(v => wanted.Contains(v.Id)))
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

    /// <summary>The equations of a region and of the branches in it; what a loop makes does not leave it this way.</summary>
    private static IEnumerable<Equation> OutsideLoops(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            yield return equation;
            foreach (Equation inner in equation is IfEquation e ? OutsideLoops(e.Then).Concat(OutsideLoops(e.Else)) : [])
            {
                yield return inner;
            }
        }
    }

    private static Region Redirect(Region region, HashSet<int> visible, Dictionary<int, List<Value>> homes)
    {
        var inside = new HashSet<int>(visible);
        inside.UnionWith(region.Parameters.Select(p => p.Id));
        var body = new List<Equation>();
        foreach (Equation equation in region.Body)
        {
            var rewriter = new Rewriter();
            foreach (Value operand in equation.Operands.Where(v => !v.IsConstant && !inside.Contains(v.Id)))
            {
                rewriter.Replace(operand, HomeInScope(operand, inside, homes));
            }

            body.Add(equation switch
            {
                IfEquation e => new IfEquation(e.Results, rewriter.Map(e.Condition), Redirect(e.Then, inside, homes), Redirect(e.Else, inside, homes)),
                LoopEquation e => e with { Carried = rewriter.Map(e.Carried), Test = Redirect(e.Test, inside, homes), Body = Redirect(e.Body, inside, homes) },
                _ => rewriter.Map(equation),
            });
            inside.UnionWith(equation.Results.Select(r => r.Id));
        }

        var yields = region.Yields.Select(v => v.IsConstant || inside.Contains(v.Id) ? v : HomeInScope(v, inside, homes));
        return new Region(region.Parameters, body.ToEquatableArray(), yields.ToEquatableArray());
    }

    // Outermost in its loop, if it is the value of a loop.
    private static Value HomeInScope(Value value, HashSet<int> inside, Dictionary<int, List<Value>> homes) =>
        !homes.TryGetValue(value.Id, out List<Value>? levels) ? value : levels.Find(h => inside.Contains(h.Id)) ?? levels[levels.Count - 1];
}
