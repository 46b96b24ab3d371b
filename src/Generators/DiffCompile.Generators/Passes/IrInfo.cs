using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Questions that several passes ask of IR.</summary>
internal static class IrInfo
{
    /// <summary>All equations, those of nested regions after the equation that holds them.</summary>
    public static IEnumerable<Equation> AllEquations(this Region region)
    {
        foreach (Equation equation in region.Body)
        {
            yield return equation;
            foreach (Region nested in equation.Regions)
            {
                foreach (Equation inner in nested.AllEquations())
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The largest value id in use.</summary>
    public static int LastId(this IrFunction function)
    {
        int last = function.Inputs.Select(v => v.Id).DefaultIfEmpty(0).Max();
        foreach (Equation equation in function.Body.AllEquations())
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
            foreach (Region region in equation.Regions)
            {
                foreach (Value parameter in region.Parameters)
                {
                    last = Math.Max(last, parameter.Id);
                }
            }
        }

        return last;
    }

    /// <summary>Values that the equation reads, those read inside its regions included.</summary>
    public static IEnumerable<Value> AllOperands(this Equation equation) =>
        equation.Operands.Concat(equation.Regions.SelectMany(r => r.Body.SelectMany(AllOperands).Concat(r.Yields)));

    /// <summary>Does it do something besides computing its results?</summary>
    public static bool HasEffect(this Equation equation) => equation switch
    {
        PrimitiveEquation e => Op.MayThrow(e.Op, e.Result.Type),
        MemoryEquation e => MemoryOp.Writes(e.Op) || (e.IsPrimal && e.Op is MemoryOp.Load or MemoryOp.Slice),
        ThrowEquation or ClearEquation or FiniteCheckEquation => true,
        ExternalCallEquation => true,
        StageEquation => false,
        CallEquation => true,
        _ => equation.Regions.Any(r => r.Body.Any(HasEffect)),
    };

    /// <summary>Number of equations that compute something.</summary>
    public static int Size(this IrFunction function) => function.Body.AllEquations().Count(e => e is not StageEquation);
}
