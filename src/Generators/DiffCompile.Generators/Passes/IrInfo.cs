using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Questions that several passes ask of IR. They are asked often, hence loops instead of queries.</summary>
internal static class IrInfo
{
    /// <summary>All equations, those of nested regions after the equation that holds them.</summary>
    public static IReadOnlyList<Equation> AllEquations(this Region region)
    {
        var all = new List<Equation>(region.Body.Count);
        Collect(region, all);
        return all;
    }

    /// <summary>The largest value id in use.</summary>
    public static int LastId(this IrFunction function)
    {
        int last = 0;
        foreach (Value input in function.Inputs)
        {
            last = Math.Max(last, input.Id);
        }

        return LastId(function.Body, last);
    }

    /// <summary>Values that the equation reads, those read inside its regions included.</summary>
    public static IReadOnlyList<Value> AllOperands(this Equation equation)
    {
        if (equation is not (IfEquation or LoopEquation))
        {
            return equation.Operands;
        }

        var all = new List<Value>();
        Collect(equation, all);
        return all;
    }

    /// <summary>Does it do something besides computing its results?</summary>
    public static bool HasEffect(this Equation equation) => equation switch
    {
        PrimitiveEquation e => Op.MayThrow(e.Op, e.Result.Type),
        MemoryEquation e => MemoryOp.Writes(e.Op) || MemoryOp.IsClaim(e.Op) || (e.IsPrimal && e.Op is MemoryOp.Load or MemoryOp.Slice or MemoryOp.Within),
        ThrowEquation or ClearEquation or FiniteCheckEquation => true,
        ExternalCallEquation => true,
        StageEquation => false,
        CallEquation => true,
        _ => AnyHasEffect(equation),
    };

    /// <summary>Number of equations that compute something.</summary>
    public static int Size(this IrFunction function) => Size(function.Body);

    private static int Size(Region region)
    {
        int size = 0;
        foreach (Equation equation in region.Body)
        {
            size += equation is StageEquation ? 0 : 1;
            foreach (Region nested in equation.Regions)
            {
                size += Size(nested);
            }
        }

        return size;
    }

    private static int LastId(Region region, int last)
    {
        foreach (Value parameter in region.Parameters)
        {
            last = Math.Max(last, parameter.Id);
        }

        foreach (Equation equation in region.Body)
        {
            foreach (Value result in equation.Results)
            {
                last = Math.Max(last, result.Id);
            }

            last = Math.Max(last, equation switch
            {
                MemoryEquation e => e.Slot,
                LoopEquation e => Math.Abs(e.Mirror),
                _ => 0,
            });
            foreach (Region nested in equation.Regions)
            {
                last = LastId(nested, last);
            }
        }

        return last;
    }

    private static bool AnyHasEffect(Equation equation)
    {
        foreach (Region region in equation.Regions)
        {
            foreach (Equation inner in region.Body)
            {
                if (inner.HasEffect())
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Collect(Region region, List<Equation> all)
    {
        foreach (Equation equation in region.Body)
        {
            all.Add(equation);
            foreach (Region nested in equation.Regions)
            {
                Collect(nested, all);
            }
        }
    }

    private static void Collect(Equation equation, List<Value> all)
    {
        foreach (Value operand in equation.Operands)
        {
            all.Add(operand);
        }

        foreach (Region region in equation.Regions)
        {
            foreach (Equation inner in region.Body)
            {
                Collect(inner, all);
            }

            foreach (Value yield in region.Yields)
            {
                all.Add(yield);
            }
        }
    }
}
