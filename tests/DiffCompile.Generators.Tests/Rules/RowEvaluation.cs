using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Derivatives of small functions of doubles, at one point.</summary>
internal static class RowEvaluation
{
    /// <summary>A function of doubles, written with rows.</summary>
    public static IrFunction Function(int arity, Func<Ex[], Ex> body)
    {
        IrBuilder builder = new();
        Value[] inputs = [.. Enumerable.Range(0, arity).Select(_ => builder.NewValue(IrType.Float64))];
        return builder.Finish("f", inputs, [body([.. inputs.Select(i => new Ex(builder, i))]).Value]);
    }

    /// <summary>A row applied to inputs.</summary>
    public static IrFunction Row(string op, int arity) => Function(arity, x => x[0].Apply(op, x[1..]));

    public static double Value(IrFunction function, params double[] point) => (double)IrInterpreter.Evaluate(function, [.. point.Cast<object>()])[0];

    /// <summary>The derivative in input <paramref name="active"/>, times a seed.</summary>
    public static double First(IrFunction function, int active, double[] point, double seed = 1.0, Kinks kinks = Kinks.Symmetric) =>
        Value(ForwardWalker.Differentiate(function, active, kinks), [.. point, seed]);

    /// <summary>The second derivative in two inputs.</summary>
    public static double Second(IrFunction function, int first, int second, double[] point, Kinks kinks = Kinks.Symmetric) =>
        Value(ForwardWalker.Differentiate(ForwardWalker.Differentiate(function, first, kinks), second, kinks), [.. point, 1.0, 1.0]);

    /// <summary>The partial of a row in one operand as it stands in the table: its factor as a function, and its guard.</summary>
    public static (IrFunction Factor, Partial Partial)? PartialOf(DerivativeRule row, int operand, IReadOnlyList<IrType> operands)
    {
        if (row.Partials[operand] is not { } build)
        {
            return null;
        }

        IrBuilder builder = new();
        Value[] inputs = [.. operands.Select(type => builder.NewValue(type))];
        Ex[] x = [.. inputs.Select(i => new Ex(builder, i))];
        Partial partial = build(new RuleContext(x, x[0].ApplyTo(IrType.Float64, row.Op, x[1..]), Kinks.Symmetric));
        return (builder.Finish(row.Op, inputs, [partial.Factor.Value]), partial);
    }
}
