using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>
/// Random programs over double, float, int, long and bool: operations that wrap around, that throw, branches in branches, guards, values
/// with clashing names, values read once, often and never.
/// </summary>
internal sealed class RandomFunctions(int seed)
{
    // Names of parameters, of each other, of library types, of the emitter's own locals, and keywords.
    private static readonly string[] Names = ["u", "v", "x", "t1", "t", "Math", "class", "value", "u1"];

    private static readonly IrType[] Types = [IrType.Float64, IrType.Float64, IrType.Float64, IrType.Float32, IrType.Int32, IrType.Int32, IrType.Int64, IrType.Bool];

    private readonly Random _random = new(seed);
    private readonly IrBuilder _builder = new();
    private List<Value> _scope = [];
    private int _throws;

    public static readonly IrType[] Inputs = [IrType.Float64, IrType.Float64, IrType.Float32, IrType.Int32, IrType.Int32, IrType.Int64, IrType.Bool];

    public IrFunction Next()
    {
        Value[] inputs = Inputs.Zip(["x", "y", "f", "i", "j", "l", "b"], (t, n) => _builder.NewValue(t, n)).ToArray();
        _scope = [.. inputs];
        Steps(_random.Next(2, 14), 0);
        if (_random.Next(3) == 0)
        {
            // A branch at the end, whose results are the outputs.
            Value[] results = Branch(1, _random.Next(1, 3));
            return _builder.Finish("F", inputs, results);
        }

        return _builder.Finish("F", inputs, Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(AnyType(), allowConstant: true)));
    }

    public object[] Arguments() =>
    [
        Number(), Number(), (float)Number(), Integer(), Integer(), (long)Integer() * Integer(), _random.Next(2) == 0,
    ];

    private double Number() => _random.Next(8) switch { 0 => 0.0, 1 => -0.0, 2 => double.NaN, 3 => double.PositiveInfinity, _ => (_random.NextDouble() - 0.5) * 10.0 };

    private int Integer() => _random.Next(6) switch { 0 => 0, 1 => int.MaxValue, 2 => int.MinValue, _ => _random.Next(-9, 10) };

    private void Steps(int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            if (_random.Next(12) == 0)
            {
                _builder.Add(new StageEquation("stage " + i));
            }

            if (depth < 3 && _random.Next(5) == 0)
            {
                Branch(depth + 1, _random.Next(0, 4));
            }
            else
            {
                Primitive(AnyType());
            }
        }
    }

    private Value[] Branch(int depth, int results)
    {
        Value condition = Pick(IrType.Bool, allowConstant: _random.Next(10) == 0);
        IrType[] types = Enumerable.Range(0, results).Select(_ => AnyType()).ToArray();
        bool thenThrows = _random.Next(8) == 0;
        Region then = Side(types, depth, thenThrows);
        Region otherwise = Side(types, depth, !thenThrows && _random.Next(10) == 0);
        Value[] values = types.Select(t => _builder.NewValue(t, AnyName())).ToArray();
        _builder.Add(new IfEquation(values.ToEquatableArray(), condition, then, otherwise));
        _scope.AddRange(values);
        return values;
    }

    private Region Side(IrType[] types, int depth, bool throws)
    {
        List<Value> outer = _scope;
        _scope = [.. outer];
        _builder.BeginRegion();
        Steps(_random.Next(0, depth == 1 ? 6 : 4), depth);
        if (throws)
        {
            _builder.Add(new ThrowEquation($"new global::System.InvalidOperationException(\"throw {_throws++}\")"));
        }

        Region region = _builder.EndRegion(types.Select(t => Pick(t, allowConstant: true)).ToArray());
        _scope = outer;
        return region;
    }

    private void Primitive(IrType type)
    {
        (string op, IrType[] operands) = type.Scalar switch
        {
            ScalarKind.Float64 => FloatOperation(),
            ScalarKind.Float32 => (One(Op.Add, Op.Subtract, Op.Multiply, Op.Divide), [type, type]),
            ScalarKind.Int32 => IntOperation(),
            ScalarKind.Int64 => _random.Next(3) == 0 ? (Op.Convert, [IrType.Int32]) : (One(Op.Add, Op.Subtract, Op.Multiply), [type, type]),
            _ => BoolOperation(),
        };

        // The compiler refuses integer arithmetic on constants alone when it throws; an author could not have written it.
        Value[] arguments = operands.Select((t, i) => Pick(t, allowConstant: i > 0 && op is not (Op.Divide or Op.Remainder))).ToArray();
        _scope.Add(_builder.Named(AnyName(), op, type, arguments));
    }

    private (string, IrType[]) FloatOperation() => _random.Next(10) switch
    {
        0 => (Op.Negate, [IrType.Float64]),
        1 => (One("exp", "abs", Op.StopGradient), [IrType.Float64]),
        2 => ("max", [IrType.Float64, IrType.Float64]),
        3 => (Op.Convert, [One(IrType.Int32, IrType.Float32, IrType.Int64)]),
        _ => (One(Op.Add, Op.Subtract, Op.Multiply, Op.Divide, Op.Remainder), [IrType.Float64, IrType.Float64]),
    };

    private (string, IrType[]) IntOperation() => _random.Next(10) switch
    {
        0 => (One(Op.Negate, Op.NegateChecked, Op.Not, "abs"), [IrType.Int32]),
        1 => (Op.Convert, [One(IrType.Float64, IrType.Int64)]),
        2 => (Op.ConvertChecked, [IrType.Int64]),
        3 => (One(Op.Divide, Op.Remainder), [IrType.Int32, IrType.Int32]),
        4 => (One(Op.ShiftLeft, Op.ShiftRight, Op.ShiftRightUnsigned), [IrType.Int32, IrType.Int32]),
        5 => (One(Op.AddChecked, Op.SubtractChecked, Op.MultiplyChecked), [IrType.Int32, IrType.Int32]),
        6 => (One(Op.And, Op.Or, Op.Xor), [IrType.Int32, IrType.Int32]),
        _ => (One(Op.Add, Op.Subtract, Op.Multiply), [IrType.Int32, IrType.Int32]),
    };

    private (string, IrType[]) BoolOperation()
    {
        IrType type = One(IrType.Float64, IrType.Int32);
        return _random.Next(5) switch
        {
            0 => (Op.Not, [IrType.Bool]),
            1 => (One(Op.And, Op.Or, Op.Xor, Op.Equal), [IrType.Bool, IrType.Bool]),
            _ => (One(Op.Less, Op.LessOrEqual, Op.Greater, Op.GreaterOrEqual, Op.Equal, Op.NotEqual), [type, type]),
        };
    }

    // Mostly recent values, so that formulas grow deep.
    private Value Pick(IrType type, bool allowConstant)
    {
        Value[] candidates = _scope.Where(v => v.Type == type).ToArray();
        if (allowConstant && _random.Next(6) == 0)
        {
            return Constant(type);
        }

        return candidates[_random.Next(2) == 0 ? ^1 : _random.Next(candidates.Length)];
    }

    private Value Constant(IrType type) => type.Scalar switch
    {
        ScalarKind.Bool => Literals.Bool(_random.Next(2) == 0),
        ScalarKind.Int32 => Literals.Int32(One(1, -3, 7, int.MinValue)),
        ScalarKind.Int64 => Literals.Int64(One(2L, -5L, long.MinValue)),
        ScalarKind.Float32 => Literals.Single(One(0.1f, -1e-30f, 3f)),
        _ => Literals.Double(One(0.5, -1.5, 2.0, -0.0, double.NegativeInfinity, 1e-300, 0.1)),
    };

    private IrType AnyType() => One(Types);

    private string AnyName() => _random.Next(3) == 0 ? One(Names) : "";

    private T One<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
