using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Integers that a loop changes by the same constant in every trip, so that they can be run backwards.</summary>
internal static class Induction
{
    /// <summary>The step of carried value <paramref name="index"/>; 0 when it is no such integer.</summary>
    public static long StepOf(LoopEquation loop, int index)
    {
        Value parameter = loop.Body.Parameters[index];
        Value next = loop.Body.Yields[index];
        if (!parameter.Type.IsInteger || next.IsConstant)
        {
            return 0;
        }

        PrimitiveEquation? step = loop.Body.Body.OfType<PrimitiveEquation>().FirstOrDefault(e => e.Result == next);
        return step switch
        {
            { Op: Op.Add or Op.AddChecked } when step.Arguments[0] == parameter && step.Arguments[1].IsConstant => step.Arguments[1].Literal!.Bits,
            { Op: Op.Add or Op.AddChecked } when step.Arguments[1] == parameter && step.Arguments[0].IsConstant => step.Arguments[0].Literal!.Bits,
            { Op: Op.Subtract or Op.SubtractChecked } when step.Arguments[0] == parameter && step.Arguments[1].IsConstant => -step.Arguments[1].Literal!.Bits,
            _ => 0,
        };
    }

    /// <summary>The integer <paramref name="number"/> in the type of <paramref name="like"/>.</summary>
    public static Value Constant(Value like, long number) =>
        like.Type == IrType.Int64 ? Literals.Int64(number) : Literals.Int32(unchecked((int)number));
}
