using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Leaves out what no run of a program reaches: the other side of a branch on a constant, what follows a throw, and values
/// that nobody reads. The C# compiler would warn of each, whether or not the optional passes are on.
/// </summary>
internal static class Trim
{
    public static IrFunction Run(IrFunction function)
    {
        var rewriter = new Rewriter();
        Region body = Visit(function.Body, rewriter);
        return DeadCode.Run(function with { Body = body });
    }

    /// <summary>Does every path through the region throw?</summary>
    public static bool AlwaysThrows(Region region) => region.Body.Any(AlwaysThrows);

    private static bool AlwaysThrows(Equation equation) =>
        equation is ThrowEquation || (equation is IfEquation e && AlwaysThrows(e.Then) && AlwaysThrows(e.Else));

    private static Region Visit(Region region, Rewriter rewriter)
    {
        var kept = new List<Equation>();
        bool throws = Copy(region, rewriter, kept);

        // What a region that throws would have yielded, nobody gets.
        EquatableArray<Value> yields = throws ? region.Yields.Select(y => Literals.Zero(y.Type)).ToEquatableArray() : rewriter.Map(region.Yields);
        return region with { Body = kept.ToEquatableArray(), Yields = yields };
    }

    private static bool Copy(Region region, Rewriter rewriter, List<Equation> kept)
    {
        foreach (Equation equation in region.Body)
        {
            if (equation is LoopEquation loop)
            {
                kept.Add(loop with { Carried = rewriter.Map(loop.Carried), Test = Visit(loop.Test, rewriter), Body = Visit(loop.Body, rewriter) });
            }
            else if (equation is not IfEquation branch)
            {
                kept.Add(rewriter.Map(equation));
            }
            else if (rewriter.Map(branch.Condition) is { IsConstant: true } condition)
            {
                Region taken = condition.Literal!.Bits != 0 ? branch.Then : branch.Else;
                if (Copy(taken, rewriter, kept))
                {
                    return true;
                }

                for (int i = 0; i < branch.Results.Count; i++)
                {
                    rewriter.Replace(branch.Results[i], rewriter.Map(taken.Yields[i]));
                }
            }
            else
            {
                kept.Add(new IfEquation(
                    branch.Results, rewriter.Map(branch.Condition), Visit(branch.Then, rewriter), Visit(branch.Else, rewriter)));
            }

            if (kept.Count > 0 && AlwaysThrows(kept[kept.Count - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
