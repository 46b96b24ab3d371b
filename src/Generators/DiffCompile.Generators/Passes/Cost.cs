using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>What it costs to compute something once more, in additions.</summary>
internal static class Cost
{
    /// <summary>Keeping a number and taking it back costs about as much as this many additions.</summary>
    public const int OfKeeping = 4;

    /// <summary>Never worth it, or not possible.</summary>
    public const int Prohibitive = 1000;

    public static int Of(PrimitiveEquation e)
    {
        if (Op.MayThrow(e.Op, e.Result.Type))
        {
            bool isSafe = e.Op is Op.Divide or Op.Remainder && e.Arguments[1].IsConstant && e.Arguments[1].Literal!.Bits is not (0 or -1);
            return isSafe ? 3 : e.Op is Op.AddChecked or Op.SubtractChecked or Op.MultiplyChecked or Op.NegateChecked ? 1 : Prohibitive;
        }

        // Indices are worked out beside the arithmetic and cost no time of their own.
        if (e.Result.Type.IsInteger && e.Op is Op.Add or Op.Subtract or Op.Multiply)
        {
            return 0;
        }

        return e.Op switch
        {
            Op.Divide or "tanh_slope" => 3,
            Op.Remainder => 8,
            "abs" or "min" or "max" or "fma" or Op.StopGradient or Op.Mul0 => 1,
            "sqrt" => 4,
            var op when RuleTable.Find(op) is { Arity: > 0 } row && row.SpellingFor(e.Result.Type, e.Arguments[0].Type).Length > 0 => Prohibitive,
            _ => 1,
        };
    }
}
