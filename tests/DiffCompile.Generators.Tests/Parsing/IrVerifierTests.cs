using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Each rule of the IR, broken once.</summary>
public class IrVerifierTests
{
    private static readonly Value X = new(1, IrType.Float64, "x");
    private static readonly Value N = new(2, IrType.Int32, "n");
    private static readonly Value B = new(3, IrType.Bool, "b");

    [Fact]
    public void Sound_code_passes() => Verify([Add(4, X, X), If(5, [Add(6, X, D(4))], [D(6)], [], [X])], [D(5)]);

    [Fact]
    public void A_value_is_defined_once() => Fails([Add(4, X, X), Add(4, X, X)], [D(4)], "a second time");

    [Fact]
    public void An_input_is_not_defined_again() => Fails([Add(1, X, X)], [X], "a second time");

    [Fact]
    public void A_value_is_not_used_before_it_is_defined() => Fails([Add(5, D(4), X), Add(4, X, X)], [D(5)], "not visible");

    [Fact]
    public void A_value_of_a_branch_is_not_visible_outside() => Fails([If(5, [Add(6, X, X)], [D(6)], [], [X]), Add(7, D(6), X)], [D(7)], "not visible");

    [Fact]
    public void A_value_of_one_branch_is_not_visible_in_the_other() => Fails([If(5, [Add(6, X, X)], [D(6)], [], [D(6)])], [D(5)], "not visible");

    [Fact]
    public void Branches_yield_as_many_values_as_there_are_results() => Fails([If(5, [], [], [], [X])], [D(5)], "yields");

    [Fact]
    public void Branches_yield_values_of_the_results_types() => Fails([If(5, [], [N], [], [X])], [D(5)], "yields");

    [Fact]
    public void A_condition_is_a_bool() => Fails([new IfEquation([D(5)], X, R([], [X]), R([], [X]))], [D(5)], "no bool");

    [Fact]
    public void Operands_have_the_type_of_the_result() => Fails([Primitive(D(4), Op.Multiply, X, N)], [D(4)], "operands of type double");

    [Fact]
    public void Comparisons_are_of_one_type() => Fails([Primitive(new Value(4, IrType.Bool, ""), Op.Less, X, N)], [], "two types");

    [Fact]
    public void Floats_are_not_checked() => Fails([Primitive(D(4), Op.AddChecked, X, X)], [], "not defined on double");

    [Fact]
    public void Bools_are_not_converted() => Fails([Primitive(D(4), Op.Convert, B)], [], "bool");

    [Fact]
    public void Rows_have_their_number_of_operands() => Fails([Primitive(D(4), "sin", X, X)], [], "operands, the row has 1");

    [Fact]
    public void Every_operation_is_known() => Fails([Primitive(D(4), "sine", X)], [], "no row");

    [Fact]
    public void A_value_has_one_type() => Fails([Primitive(D(4), Op.Negate, new Value(2, IrType.Float64, ""))], [], "it is int");

    [Fact]
    public void External_calls_have_the_arguments_of_the_method() =>
        Fails([new ExternalCallEquation([D(4)], new ExternalMethod("F", [new ShapeParameter("x", new ScalarShape(IrType.Float64))], new ScalarShape(IrType.Float64), []), [X, X])], [], "arguments");

    [Fact]
    public void External_calls_have_the_results_of_the_method() =>
        Fails([new ExternalCallEquation([D(4)], new ExternalMethod("F", [new ShapeParameter("x", new ScalarShape(IrType.Float64))], new ScalarShape(IrType.Int32), []), [X])], [], "results");

    [Fact]
    public void Loops_carry_what_they_return() => Fails([new LoopEquation([D(4)], [N], R([], [B]), R([], [X]))], [], "started with");

    private static Value D(int id) => new(id, IrType.Float64, "");

    private static Region R(IEnumerable<Equation> body, IEnumerable<Value> yields) => new([], body.ToEquatableArray(), yields.ToEquatableArray());

    private static Equation Add(int id, Value a, Value b) => Primitive(D(id), Op.Add, a, b);

    private static Equation Primitive(Value result, string op, params Value[] arguments) => new PrimitiveEquation(result, op, arguments.ToEquatableArray(), true);

    private static Equation If(int id, Equation[] then, Value[] yields, Equation[] otherwise, Value[] otherYields) =>
        new IfEquation([D(id)], B, R(then, yields), R(otherwise, otherYields));

    private static void Verify(Equation[] body, Value[] outputs) => IrVerifier.Verify(new IrFunction("F", [X, N, B], R(body, outputs)));

    private static void Fails(Equation[] body, Value[] outputs, string message) =>
        Should.Throw<InvalidOperationException>(() => Verify(body, outputs)).Message.Split('\n')[0].ShouldContain(message);
}
