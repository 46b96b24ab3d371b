using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Passes;

/// <summary>What the algebraic identities make of operations that derivative passes add; those of the author stay.</summary>
public sealed class SimplifyTests
{
    private delegate Value Expression(Terms t, Value x, Value y);

    private static readonly Dictionary<string, (Expression Text, string Expected)> All = new()
    {
        ["0 + x"] = ((t, x, y) => t.Add(t[0], x), "x"),
        ["x + 0"] = ((t, x, y) => t.Add(x, t[0]), "x"),
        ["2 + 3"] = ((t, x, y) => t.Add(t[2], t[3]), "5.0"),
        ["x + x"] = ((t, x, y) => t.Add(x, x), "mul 2.0 x"),
        ["x + (-y)"] = ((t, x, y) => t.Add(x, t.Negate(y)), "sub x y"),
        ["(-x) + y"] = ((t, x, y) => t.Add(t.Negate(x), y), "sub y x"),
        ["x + y"] = ((t, x, y) => t.Add(x, y), "add x y"),
        ["x - 0"] = ((t, x, y) => t.Subtract(x, t[0]), "x"),
        ["0 - x"] = ((t, x, y) => t.Subtract(t[0], x), "neg x"),
        ["2 - 3"] = ((t, x, y) => t.Subtract(t[2], t[3]), "-1.0"),
        ["x - (-y)"] = ((t, x, y) => t.Subtract(x, t.Negate(y)), "add x y"),
        ["0 x"] = ((t, x, y) => t.Multiply(t[0], x), "0.0"),
        ["x 0"] = ((t, x, y) => t.Multiply(x, t[0]), "0.0"),
        ["1 x"] = ((t, x, y) => t.Multiply(t[1], x), "x"),
        ["x 1"] = ((t, x, y) => t.Multiply(x, t[1]), "x"),
        ["2 3"] = ((t, x, y) => t.Multiply(t[2], t[3]), "6.0"),
        ["-1 x"] = ((t, x, y) => t.Multiply(t[-1], x), "neg x"),
        ["x -1"] = ((t, x, y) => t.Multiply(x, t[-1]), "neg x"),
        ["x 2"] = ((t, x, y) => t.Multiply(x, t[2]), "mul 2.0 x"),
        ["2 (3 x)"] = ((t, x, y) => t.Multiply(t[2], t.Multiply(t[3], x)), "mul 6.0 x"),
        ["2 (-x)"] = ((t, x, y) => t.Multiply(t[2], t.Negate(x)), "mul -2.0 x"),
        ["x / 1"] = ((t, x, y) => t.Divide(x, t[1]), "x"),
        ["1 / x"] = ((t, x, y) => t.Divide(t[1], x), "div 1.0 x"),
        ["0 / x, which may be NaN"] = ((t, x, y) => t.Divide(t[0], x), "div 0.0 x"),
        ["3 / 2"] = ((t, x, y) => t.Divide(t[3], t[2]), "1.5"),
        ["-(-x)"] = ((t, x, y) => t.Negate(t.Negate(x)), "x"),
        ["-2"] = ((t, x, y) => t.Negate(t[2]), "-2.0"),
        ["Mul0(0, y)"] = ((t, x, y) => t.Mul0(t[0], y, x), "0.0"),
        ["Mul0(1, y)"] = ((t, x, y) => t.Mul0(t[1], y, x), "y"),
        ["Mul0(2, y)"] = ((t, x, y) => t.Mul0(t[2], y, x), "mul 2.0 y"),
        ["Mul0(x, 2)"] = ((t, x, y) => t.Mul0(x, t[2], y), "mul 2.0 x"),
        ["Mul0(x, ∞)"] = ((t, x, y) => t.Mul0(x, t[double.PositiveInfinity], y), "mul0 x double.PositiveInfinity y"),
        ["Mul0(x, y)"] = ((t, x, y) => t.Mul0(x, y, y), "mul0 x y y"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivative_code_becomes_shorter(string name) => Simplified(All[name].Text, isPrimal: false).ShouldBe(All[name].Expected);

    [Fact]
    public void The_authors_code_stays() => Simplified((t, x, y) => t.Add(x, t[0]), isPrimal: true).ShouldBe("add x 0.0");

    /// <summary>The operation that is left over, or the value.</summary>
    private static string Simplified(Expression text, bool isPrimal)
    {
        var builder = new IrBuilder { IsPrimal = isPrimal };
        Value x = builder.NewValue(IrType.Float64, "x"), y = builder.NewValue(IrType.Float64, "y");
        IrFunction function = DeadCode.Run(Simplify.Run(builder.Finish("f", [x, y], [text(new Terms(builder), x, y)])));
        return function.Body.Body.Count == 0 ? Show(function.Outputs[0])
            : function.Body.Body.Single() is PrimitiveEquation e ? string.Join(" ", e.Arguments.Select(Show).Prepend(e.Op))
            : "";
    }

    private static string Show(Value value) => value.Literal?.Text ?? value.Name;

    private sealed class Terms(IrBuilder builder)
    {
        public Value this[double number] => Literals.Double(number);

        public Value Add(Value a, Value b) => builder.Primitive(Op.Add, IrType.Float64, a, b);

        public Value Subtract(Value a, Value b) => builder.Primitive(Op.Subtract, IrType.Float64, a, b);

        public Value Multiply(Value a, Value b) => builder.Primitive(Op.Multiply, IrType.Float64, a, b);

        public Value Divide(Value a, Value b) => builder.Primitive(Op.Divide, IrType.Float64, a, b);

        public Value Negate(Value a) => builder.Primitive(Op.Negate, IrType.Float64, a);

        public Value Mul0(Value a, Value b, Value at) => builder.Primitive(Op.Mul0, IrType.Float64, a, b, at);
    }
}
