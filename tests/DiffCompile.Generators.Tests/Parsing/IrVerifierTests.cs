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

    [Fact]
    public void Sound_steps_on_memory_pass() => Verify(
        [
            Step([Long(5)], MemoryOp.Reserve, N, N),
            Step([Span(6)], MemoryOp.View, Long(5), N),
            Step([Span(7)], MemoryOp.Slice, Span(6), N, N),
            Step([Int(8)], MemoryOp.Length, Span(7)),
            Step([], MemoryOp.Store, Span(7), Int(8), X),
            Step([], MemoryOp.Accumulate, Span(6), N, X),
            Step([D(9)], MemoryOp.Load, Span(7), N),
            Step([], MemoryOp.Distinct, Span(7), Span(6)),
            Step([], MemoryOp.Constant, Span(6)),
            Step([], MemoryOp.Push, X, N) with { Slot = 20 },
            Step([D(10), Int(11)], MemoryOp.Pop) with { Slot = 20 },
        ],
        [D(9), D(10)]);

    [Fact]
    public void Elements_are_found_by_an_int() => Fails([.. Own, Step([D(9)], MemoryOp.Load, Span(6), X)], [D(9)], "do not fit");

    [Fact]
    public void Elements_have_the_type_of_the_buffer() => Fails([.. Own, Step([Int(9)], MemoryOp.Load, Span(6), N)], [], "do not fit");

    [Fact]
    public void Only_elements_are_stored() => Fails([.. Own, Step([], MemoryOp.Store, Span(6), N, N)], [], "do not fit");

    [Fact]
    public void Read_only_buffers_are_not_written() => Fails(
        [.. Own, Step([new Value(7, new IrType(ScalarKind.Float64, ContainerKind.ReadOnlySpan), "")], MemoryOp.Slice, Span(6), N, N), Step([], MemoryOp.Store, new Value(7, new IrType(ScalarKind.Float64, ContainerKind.ReadOnlySpan), ""), N, X)],
        [],
        "do not fit");

    [Fact]
    public void Buffers_are_not_pushed() => Fails([.. Own, Step([], MemoryOp.Push, Span(6)) with { Slot = 20 }], [], "do not fit");

    [Fact]
    public void A_push_has_a_slot() => Fails([Step([], MemoryOp.Push, X)], [], "do not fit");

    [Fact]
    public void Steps_on_memory_are_known() => Fails([Step([], "rewind", X)], [], "do not fit");

    [Fact]
    public void A_value_of_a_trip_is_not_visible_after_the_loop() =>
        Fails([new LoopEquation([D(4)], [X], new Region([D(5)], [], [B]), new Region([D(6)], [Add(7, D(6), X)], [D(7)])), Add(8, D(7), X)], [D(8)], "not visible");

    [Fact]
    public void A_test_yields_one_bool() =>
        Fails([new LoopEquation([D(4)], [X], new Region([D(5)], [], [X]), new Region([D(6)], [], [D(6)]))], [D(4)], "bool");

    private static Equation[] Own => [Step([Long(5)], MemoryOp.Reserve, N, N), Step([Span(6)], MemoryOp.View, Long(5), N)];

    private static MemoryEquation Step(Value[] results, string op, params Value[] arguments) => new(results.ToEquatableArray(), op, arguments.ToEquatableArray(), IsPrimal: true);

    private static Value Span(int id) => new(id, new IrType(ScalarKind.Float64, ContainerKind.Span), "");

    private static Value Int(int id) => new(id, IrType.Int32, "");

    private static Value Long(int id) => new(id, IrType.Int64, "");

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
