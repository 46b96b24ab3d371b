using System.Reflection;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Specs;
using DiffCompile.Generators.Tests.Rules;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>The author's exception, by the text that the IR keeps of it.</summary>
internal sealed class IrThrownException(string expression) : Exception(expression);

/// <summary>Runs parsed methods, to compare them with the methods themselves.</summary>
internal sealed class IrExecution
{
    private readonly Dictionary<string, FunctionSpec> _specs;
    private readonly Func<string, object?[], object?>? _external;

    /// <param name="results">Parsed methods.</param>
    /// <param name="external">Calls a C# method by its global::-qualified name.</param>
    public IrExecution(IEnumerable<ParseResult> results, Func<string, object?[], object?>? external = null)
    {
        _specs = results.SelectMany(r => r.Helpers.Prepend(r.Spec!)).DistinctBy(s => s.Key).ToDictionary(s => s.Key);
        _external = external;
    }

    public object[] Run(IrFunction function, IReadOnlyList<object> inputs)
    {
        Dictionary<int, object> values = function.Inputs.Select((input, i) => (input.Id, inputs[i])).ToDictionary();
        return Run(function.Body, values);
    }

    private object[] Run(Region region, Dictionary<int, object> values)
    {
        foreach (Equation equation in region.Body)
        {
            object[] results = equation switch
            {
                PrimitiveEquation e => [Apply(e, e.Arguments.Select(a => Read(a, values)).ToArray())],
                IfEquation e => Run((bool)Read(e.Condition, values) ? e.Then : e.Else, values),
                CallEquation e when e.Callee.Transforms.IsEmpty => Run(_specs[e.Callee.Key].Body, e.Arguments.Select(a => Read(a, values)).ToArray()),
                ExternalCallEquation e => [_external!(e.Method.FullName, e.Arguments.Select(a => Read(a, values)).ToArray())!],
                LoopEquation e => Loop(e, values),
                MemoryEquation e => IrMemory.Run(e, e.Arguments.Select(a => Read(a, values)).ToArray()),
                ThrowEquation e => throw new IrThrownException(e.Expression),
                _ => throw new NotSupportedException(equation.ToString()),
            };
            for (int i = 0; i < results.Length; i++)
            {
                values[equation.Results[i].Id] = results[i];
            }
        }

        return region.Yields.Select(y => Read(y, values)).ToArray();
    }

    private object[] Loop(LoopEquation loop, Dictionary<int, object> values)
    {
        object[] carried = loop.Carried.Select(v => Read(v, values)).ToArray();
        while ((bool)Enter(loop.Test)[0])
        {
            carried = Enter(loop.Body);
        }

        return carried;

        object[] Enter(Region region)
        {
            for (int i = 0; i < carried.Length; i++)
            {
                values[region.Parameters[i].Id] = carried[i];
            }

            return Run(region, values);
        }
    }

    private static object Read(Value value, Dictionary<int, object> values) => value.Literal is not { } literal ? values[value.Id] : value.Type.Scalar switch
    {
        ScalarKind.Bool => (object)(literal.Bits != 0),
        ScalarKind.Int32 => (int)literal.Bits,
        ScalarKind.Int64 => literal.Bits,
        ScalarKind.Float32 => BitConverter.Int32BitsToSingle((int)literal.Bits),
        _ => BitConverter.Int64BitsToDouble(literal.Bits),
    };

    private static object Apply(PrimitiveEquation e, object[] x) => (e.Op, x) switch
    {
        (Op.Convert, [var a]) => Converted(a, e.Result.Type),
        (Op.ConvertChecked, [var a]) => ConvertedChecked(a, e.Result.Type),
        (Op.StopGradient, [var a]) => a,
        (_, [double a, double b]) when OnDoubles(e.Op, a, b) is { } r => r,
        (_, [float a, float b]) when OnFloats(e.Op, a, b) is { } r => r,
        (_, [int a, int b]) when OnInts(e.Op, a, b) is { } r => r,
        (_, [long a, long b]) when OnLongs(e.Op, a, b) is { } r => r,
        (_, [bool a, bool b]) => OnBools(e.Op, a, b),
        (Op.ShiftLeft, [long a, int b]) => a << b,
        (Op.ShiftRight, [long a, int b]) => a >> b,
        (Op.ShiftRightUnsigned, [long a, int b]) => a >>> b,
        (Op.Negate, [double a]) => -a,
        (Op.Negate, [float a]) => -a,
        (Op.Negate, [int a]) => unchecked(-a),
        (Op.Negate, [long a]) => unchecked(-a),
        (Op.NegateChecked, [int a]) => checked(-a),
        (Op.NegateChecked, [long a]) => checked(-a),
        (Op.Not, [bool a]) => !a,
        (Op.Not, [int a]) => ~a,
        (Op.Not, [long a]) => ~a,
        _ => CSharpFunctions.Call(RuleTable.Find(e.Op)!.SpellingFor(e.Result.Type, e.Arguments[0].Type), x),
    };

    private static object? OnDoubles(string op, double a, double b) => op switch
    {
        Op.Add => a + b, Op.Subtract => a - b, Op.Multiply => a * b, Op.Divide => a / b, Op.Remainder => a % b,
        _ => Compare(op, a < b, a <= b, a > b, a >= b, a == b, a != b),
    };

    private static object? OnFloats(string op, float a, float b) => op switch
    {
        Op.Add => a + b, Op.Subtract => a - b, Op.Multiply => a * b, Op.Divide => a / b, Op.Remainder => a % b,
        _ => Compare(op, a < b, a <= b, a > b, a >= b, a == b, a != b),
    };

    private static object? OnInts(string op, int a, int b) => op switch
    {
        Op.Add => unchecked(a + b), Op.Subtract => unchecked(a - b), Op.Multiply => unchecked(a * b), Op.Divide => a / b, Op.Remainder => a % b,
        Op.AddChecked => checked(a + b), Op.SubtractChecked => checked(a - b), Op.MultiplyChecked => checked(a * b),
        Op.And => a & b, Op.Or => a | b, Op.Xor => a ^ b,
        Op.ShiftLeft => a << b, Op.ShiftRight => a >> b, Op.ShiftRightUnsigned => a >>> b,
        _ => Compare(op, a < b, a <= b, a > b, a >= b, a == b, a != b),
    };

    private static object? OnLongs(string op, long a, long b) => op switch
    {
        Op.Add => unchecked(a + b), Op.Subtract => unchecked(a - b), Op.Multiply => unchecked(a * b), Op.Divide => a / b, Op.Remainder => a % b,
        Op.AddChecked => checked(a + b), Op.SubtractChecked => checked(a - b), Op.MultiplyChecked => checked(a * b),
        Op.And => a & b, Op.Or => a | b, Op.Xor => a ^ b,
        _ => Compare(op, a < b, a <= b, a > b, a >= b, a == b, a != b),
    };

    private static object OnBools(string op, bool a, bool b) => op switch
    {
        Op.And => a & b, Op.Or => a | b, Op.Xor => a ^ b, Op.Equal => a == b, Op.NotEqual => a != b,
        _ => throw new NotSupportedException(op),
    };

    private static object? Compare(string op, bool lt, bool le, bool gt, bool ge, bool eq, bool ne) => op switch
    {
        Op.Less => lt, Op.LessOrEqual => le, Op.Greater => gt, Op.GreaterOrEqual => ge, Op.Equal => eq, Op.NotEqual => ne,
        _ => null,
    };

    private static object Converted(object a, IrType type) => (a, type.Scalar) switch
    {
        (double v, ScalarKind.Int32) => unchecked((int)v), (double v, ScalarKind.Int64) => unchecked((long)v), (double v, ScalarKind.Float32) => (float)v,
        (float v, ScalarKind.Int32) => unchecked((int)v), (float v, ScalarKind.Int64) => unchecked((long)v), (float v, ScalarKind.Float64) => (double)v,
        (int v, ScalarKind.Int64) => (long)v, (int v, ScalarKind.Float32) => (float)v, (int v, ScalarKind.Float64) => (object)(double)v,
        (long v, ScalarKind.Int32) => unchecked((int)v), (long v, ScalarKind.Float32) => (float)v, (long v, ScalarKind.Float64) => (double)v,
        _ => throw new NotSupportedException(a.GetType() + " to " + type),
    };

    private static object ConvertedChecked(object a, IrType type) => (a, type.Scalar) switch
    {
        (double v, ScalarKind.Int32) => checked((int)v), (double v, ScalarKind.Int64) => checked((long)v),
        (float v, ScalarKind.Int32) => checked((int)v), (float v, ScalarKind.Int64) => checked((long)v),
        (long v, ScalarKind.Int32) => (object)checked((int)v),
        _ => throw new NotSupportedException(a.GetType() + " to " + type),
    };
}
