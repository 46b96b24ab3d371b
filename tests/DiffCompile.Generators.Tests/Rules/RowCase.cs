using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Values of one operand: a range of numbers or of integers.</summary>
internal sealed record Operand(double Min, double Max, bool IsInteger = false)
{
    public static implicit operator Operand((double Min, double Max) range) => new(range.Min, range.Max);

    public double Sample(Random random) => IsInteger
        ? random.Next((int)Min, (int)Max + 1)
        : Min + ((Max - Min) * ((0.98 * random.NextDouble()) + 0.01));
}

/// <summary>
/// A row with ranges of operands where it is smooth. Rows that are given an operand which belongs to the others (a power,
/// a norm, a tie) are tested as the composite that derivatives use.
/// </summary>
internal sealed record RowCase(string Op, Operand[] Operands, Func<Ex[], Ex>? Composite = null)
{
    public override string ToString() => Op + " " + string.Join(" ", Operands.Select(o => $"[{o.Min}, {o.Max}]"));

    /// <summary>The case as a function of float or double operands.</summary>
    public IrFunction Function(IrType type)
    {
        IrBuilder builder = new();
        Value[] inputs = [.. Operands.Select(o => builder.NewValue(o.IsInteger ? IrType.Int32 : type))];
        Ex[] x = [.. inputs.Select(i => new Ex(builder, i))];
        Ex result = Composite?.Invoke(x) ?? x[0].ApplyTo(type, Op, x[1..]);
        return builder.Finish(Op, inputs, [result.Value]);
    }

    public double[] Sample(Random random) => [.. Operands.Select(o => o.Sample(random))];

    /// <summary>Operands as the types of the function want them.</summary>
    public object[] Typed(double[] point, IrType type) =>
        [.. point.Select((x, i) => Operands[i].IsInteger ? (object)(int)x : type == IrType.Float32 ? (object)(float)x : x)];
}
