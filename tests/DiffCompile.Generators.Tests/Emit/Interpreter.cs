using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Runs IR equation by equation: the meaning that emitted text has to have.</summary>
internal sealed class Interpreter
{
    private readonly Dictionary<int, object> _values = new();

    public static object[] Run(IrFunction function, params object[] inputs)
    {
        var run = new Interpreter();
        for (int i = 0; i < inputs.Length; i++)
        {
            run._values[function.Inputs[i].Id] = inputs[i];
        }

        return run.Visit(function.Body);
    }

    private object[] Visit(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e:
                    _values[e.Result.Id] = Apply(e.Op, e.Result.Type, e.Arguments.Select(Read).ToArray());
                    break;
                case IfEquation e:
                    object[] yields = Visit((bool)Read(e.Condition) ? e.Then : e.Else);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        _values[e.Results[i].Id] = yields[i];
                    }

                    break;
                case ThrowEquation e:
                    throw new InvalidOperationException(e.Expression.Split('"')[1]);
                case StageEquation:
                    break;
                default:
                    throw new NotSupportedException(equation.ToString());
            }
        }

        return region.Yields.Select(Read).ToArray();
    }

    private object Read(Value value) => !value.IsConstant ? _values[value.Id] : value.Type.Scalar switch
    {
        ScalarKind.Bool => value.Literal!.Bits != 0,
        ScalarKind.Int32 => (int)value.Literal!.Bits,
        ScalarKind.Int64 => value.Literal!.Bits,
        ScalarKind.Float32 => (float)Literals.NumberOf(value),
        _ => Literals.NumberOf(value),
    };

    private static object Apply(string op, IrType result, object[] a) => op switch
    {
        Op.StopGradient => a[0],
        Op.Convert => Convert(result, a[0]),
        Op.ConvertChecked => checked((int)(long)a[0]),
        "exp" => Math.Exp((double)a[0]),
        "abs" => a[0] is double d ? Math.Abs(d) : (object)Math.Abs((int)a[0]),
        "max" => Math.Max((double)a[0], (double)a[1]),
        _ => a[0] switch
        {
            double x => Double(op, x, a.Length > 1 ? (double)a[1] : 0.0),
            float x => Single(op, x, a.Length > 1 ? (float)a[1] : 0f),
            int x => Int(op, x, a.Length > 1 ? (int)a[1] : 0),
            long x => Long(op, x, a.Length > 1 ? (a[1] is int n ? n : (long)a[1]) : 0),
            bool x => Bool(op, x, a.Length > 1 && (bool)a[1]),
            _ => throw new NotSupportedException(op),
        },
    };

    private static object Convert(IrType result, object a) => unchecked(result.Scalar switch
    {
        ScalarKind.Float64 => a switch { float f => f, int i => i, long l => l, _ => (double)a },
        ScalarKind.Float32 => a switch { double d => (float)d, int i => i, _ => (float)a },
        ScalarKind.Int32 => a switch { double d => (int)d, long l => (int)l, _ => (int)a },
        ScalarKind.Int64 => a switch { double d => (long)d, int i => (object)(long)i, _ => (long)a },
        _ => throw new NotSupportedException(),
    });

    private static object Double(string op, double x, double y) => op switch
    {
        Op.Add => x + y, Op.Subtract => x - y, Op.Multiply => x * y, Op.Divide => x / y, Op.Remainder => x % y, Op.Negate => -x,
        Op.Less => x < y, Op.LessOrEqual => x <= y, Op.Greater => x > y, Op.GreaterOrEqual => x >= y, Op.Equal => x == y, Op.NotEqual => x != y,
        _ => throw new NotSupportedException(op),
    };

    private static object Single(string op, float x, float y) => op switch
    {
        Op.Add => x + y, Op.Subtract => x - y, Op.Multiply => x * y, Op.Divide => x / y, Op.Negate => -x,
        _ => throw new NotSupportedException(op),
    };

    private static object Int(string op, int x, int y) => unchecked(op switch
    {
        Op.Add => x + y, Op.Subtract => x - y, Op.Multiply => x * y, Op.Divide => x / y, Op.Remainder => x % y, Op.Negate => -x,
        Op.AddChecked => checked(x + y), Op.SubtractChecked => checked(x - y), Op.MultiplyChecked => checked(x * y), Op.NegateChecked => checked(-x),
        Op.And => x & y, Op.Or => x | y, Op.Xor => x ^ y, Op.Not => ~x,
        Op.ShiftLeft => x << y, Op.ShiftRight => x >> y, Op.ShiftRightUnsigned => x >>> y,
        Op.Less => x < y, Op.LessOrEqual => x <= y, Op.Greater => x > y, Op.GreaterOrEqual => x >= y, Op.Equal => x == y, Op.NotEqual => (object)(x != y),
        _ => throw new NotSupportedException(op),
    });

    private static object Long(string op, long x, long y) => unchecked(op switch
    {
        Op.Add => x + y, Op.Subtract => x - y, Op.Multiply => x * y, Op.Negate => -x,
        Op.ShiftLeft => x << (int)y, Op.ShiftRight => (object)(x >> (int)y),
        _ => throw new NotSupportedException(op),
    });

    private static object Bool(string op, bool x, bool y) => op switch
    {
        Op.And => x & y, Op.Or => x | y, Op.Xor => x ^ y, Op.Not => !x, Op.Equal => x == y, Op.NotEqual => x != y,
        _ => throw new NotSupportedException(op),
    };
}
