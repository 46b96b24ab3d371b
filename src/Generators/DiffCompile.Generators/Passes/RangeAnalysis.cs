using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Ranges of values as far as constants and stated domains tell, to leave out guards that cannot be needed.
/// Everything not known ranges over all numbers.
/// </summary>
internal sealed class RangeAnalysis
{
    private readonly Dictionary<int, Interval> _known = new();

    /// <param name="function">The function.</param>
    /// <param name="domains">Stated range of an input, by index; null where none is stated.</param>
    public RangeAnalysis(IrFunction function, Func<int, Interval?> domains)
    {
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            if (domains(i) is { } interval)
            {
                _known[function.Inputs[i].Id] = interval;
            }
        }

        foreach (PrimitiveEquation equation in function.Body.AllEquations().OfType<PrimitiveEquation>())
        {
            if (equation.Result.Type.IsFloat && Evaluate(equation) is { } interval && !double.IsNaN(interval.Min) && !double.IsNaN(interval.Max))
            {
                _known[equation.Result.Id] = Rounded(interval, equation.Result.Type);
            }
        }
    }

    // What is positive in double precision may underflow in single.
    private static Interval Rounded(Interval interval, IrType type) =>
        type.Scalar == ScalarKind.Float32 ? new Interval((float)interval.Min, (float)interval.Max) : interval;

    public Interval Of(Value value)
    {
        if (value.IsConstant)
        {
            double number = Literals.NumberOf(value);
            return double.IsNaN(number) ? Interval.All : new Interval(number, number);
        }

        return _known.TryGetValue(value.Id, out Interval interval) ? interval : Interval.All;
    }

    private Interval? Evaluate(PrimitiveEquation e)
    {
        Interval x = e.Arguments.Count > 0 ? Of(e.Arguments[0]) : Interval.All;
        Interval y = e.Arguments.Count > 1 ? Of(e.Arguments[1]) : Interval.All;
        return e.Op switch
        {
            Op.Add => new Interval(x.Min + y.Min, x.Max + y.Max),
            Op.Subtract => new Interval(x.Min - y.Max, x.Max - y.Min),
            Op.Negate => new Interval(-x.Max, -x.Min),
            Op.Multiply when e.Arguments[0] == e.Arguments[1] => new Interval(x.Contains(0.0) ? 0.0 : Math.Min(x.Min * x.Min, x.Max * x.Max), Math.Max(x.Min * x.Min, x.Max * x.Max)),
            Op.Multiply when x.Min >= 0.0 && y.Min >= 0.0 => new Interval(x.Min * y.Min, double.PositiveInfinity),
            Op.Convert when e.Arguments[0].Type.IsFloat && e.Result.Type.Scalar == ScalarKind.Float64 => x,
            // exp underflows to 0, so 0 belongs to its range.
            "exp" or "exp2" => new Interval(x.Min > -600.0 ? 1e-308 : 0.0, double.PositiveInfinity),
            "exp10" => new Interval(x.Min > -300.0 ? 1e-308 : 0.0, double.PositiveInfinity),
            "abs" => new Interval(x.Contains(0.0) ? 0.0 : Math.Min(Math.Abs(x.Min), Math.Abs(x.Max)), Math.Max(Math.Abs(x.Min), Math.Abs(x.Max))),
            "sqrt" => x.Min > 0.0 ? new Interval(Math.Sqrt(x.Min), Math.Sqrt(x.Max)) : new Interval(0.0, double.PositiveInfinity),
            "cosh" => new Interval(1.0, double.PositiveInfinity),
            _ => null,
        };
    }
}
