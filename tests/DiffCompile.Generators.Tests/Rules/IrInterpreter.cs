using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>
/// Evaluates straight and branching IR, independent of the emitter: operators by C#'s own, rows by calling the method
/// that they are spelled with.
/// </summary>
internal static class IrInterpreter
{
    /// <summary>The outputs for these inputs (double, float, int, long or bool, as the inputs are typed).</summary>
    public static object[] Evaluate(IrFunction function, params object[] inputs)
    {
        Dictionary<int, object> values = function.Inputs.Select((input, i) => (input.Id, inputs[i])).ToDictionary();
        return Run(function.Body, values);
    }

    private static object[] Run(Region region, Dictionary<int, object> values)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation primitive:
                    values[primitive.Result.Id] = Apply(primitive, [.. primitive.Arguments.Select(a => Read(a, values))]);
                    break;
                case IfEquation branch:
                    object[] results = Run((bool)Read(branch.Condition, values) ? branch.Then : branch.Else, values);
                    for (int i = 0; i < results.Length; i++)
                    {
                        values[branch.Results[i].Id] = results[i];
                    }

                    break;
                default:
                    throw new NotSupportedException(equation.GetType().Name);
            }
        }

        return [.. region.Yields.Select(y => Read(y, values))];
    }

    private static object Read(Value value, Dictionary<int, object> values)
    {
        if (!value.IsConstant)
        {
            return values[value.Id];
        }

        double number = Literals.NumberOf(value);
        return value.Type.Scalar switch
        {
            // The cast keeps the arms from being converted to their common type.
            ScalarKind.Bool => (object)(number != 0.0),
            ScalarKind.Int32 => (int)number,
            ScalarKind.Int64 => (long)number,
            ScalarKind.Float32 => (float)number,
            _ => number,
        };
    }

    private static object Apply(PrimitiveEquation primitive, object[] x) => (primitive.Op, x) switch
    {
        (Op.Add, [double a, double b]) => a + b,
        (Op.Add, [float a, float b]) => a + b,
        (Op.Add, [int a, int b]) => a + b,
        (Op.Subtract, [double a, double b]) => a - b,
        (Op.Subtract, [float a, float b]) => a - b,
        (Op.Multiply, [double a, double b]) => a * b,
        (Op.Multiply, [float a, float b]) => a * b,
        (Op.Divide, [double a, double b]) => a / b,
        (Op.Divide, [float a, float b]) => a / b,
        (Op.Remainder, [double a, double b]) => a % b,
        (Op.Remainder, [float a, float b]) => a % b,
        (Op.Negate, [double a]) => -a,
        (Op.Negate, [float a]) => -a,
        (Op.Greater, [double a, double b]) => a > b,
        (Op.Greater, [float a, float b]) => a > b,
        (Op.Less, [double a, double b]) => a < b,
        (Op.Less, [float a, float b]) => a < b,
        (Op.Equal, [double a, double b]) => a == b,
        (Op.Equal, [float a, float b]) => a == b,
        (Op.Convert or Op.ConvertChecked, [var a]) => Converted(a, primitive.Result.Type),
        _ => Call(primitive, x),
    };

    private static object Converted(object number, IrType type) => type.Scalar switch
    {
        ScalarKind.Float64 => (object)Convert.ToDouble(number),
        ScalarKind.Float32 => Convert.ToSingle(number),
        _ => throw new NotSupportedException("Conversion to " + type),
    };

    private static object Call(PrimitiveEquation primitive, object[] operands)
    {
        DerivativeRule row = RuleTable.Find(primitive.Op) ?? throw new InvalidOperationException("No row " + primitive.Op);
        return CSharpFunctions.Call(row.SpellingFor(primitive.Result.Type, primitive.Arguments[0].Type), operands);
    }
}
