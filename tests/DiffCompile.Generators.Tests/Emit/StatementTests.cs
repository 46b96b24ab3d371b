using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>How each form of program reads as statements.</summary>
public class StatementTests
{
    private readonly IrBuilder _b = new();
    private readonly Value _x;
    private readonly Value _y;
    private readonly Value _n;

    public StatementTests()
    {
        _x = _b.NewValue(IrType.Float64, "x");
        _y = _b.NewValue(IrType.Float64, "y");
        _n = _b.NewValue(IrType.Int32, "n");
    }

    [Fact]
    public void A_formula_comes_out_whole()
    {
        Value sum = Double(Op.Add, Double(Op.Multiply, _x, _x), Double("exp", _y));
        Text(Double(Op.Divide, Literals.Double(1.0), sum)).ShouldBe("""
            return 1.0 / (x * x + Math.Exp(y));

            """);
    }

    [Fact]
    public void A_value_read_twice_gets_a_speaking_name()
    {
        Value e = Double("exp", _x);
        Value reciprocal = Double(Op.Divide, Literals.Double(1.0), _y);
        Value square = Double(Op.Multiply, _x, _x);
        Value other = Double(Op.Subtract, _x, _y);
        Value sum = Double(Op.Add, Double(Op.Multiply, e, reciprocal), Double(Op.Multiply, square, other));
        Text(Double(Op.Add, sum, Double(Op.Multiply, Double(Op.Multiply, e, reciprocal), Double(Op.Multiply, square, other)))).ShouldBe("""
            double expX = Math.Exp(x);
            double reciprocalY = 1.0 / y;
            double xSquared = x * x;
            double t1 = x - y;
            return expX * reciprocalY + xSquared * t1 + expX * reciprocalY * (xSquared * t1);

            """);
    }

    [Fact]
    public void The_authors_names_stay_and_later_ones_are_numbered()
    {
        Value u = _b.Named("u", Op.Add, IrType.Float64, _x, _y);
        Value v = _b.Named("u", Op.Multiply, IrType.Float64, u, u);
        Value w = _b.Named("x", Op.Negate, IrType.Float64, v);
        Value k = _b.Named("for", Op.Add, IrType.Float64, w, u);
        Text(Double(Op.Add, k, Double(Op.Add, k, v))).ShouldBe("""
            double u = x + y;
            double u1 = u * u;
            double x1 = -u1;
            double @for = x1 + u;
            return @for + (@for + u1);

            """);
    }

    [Fact]
    public void A_cotangent_is_accumulated_in_one_variable()
    {
        Value first = _b.Named("xBar", Op.Multiply, IrType.Float64, _y, _y);
        Value second = _b.Named("xBar", Op.Add, IrType.Float64, first, Double("exp", _x));
        Value third = _b.Named("xBar", "abs", IrType.Float64, second);
        Text(third).ShouldBe("""
            double xBar = y * y;
            xBar += Math.Exp(x);
            xBar = Math.Abs(xBar);
            return xBar;

            """);
    }

    [Fact]
    public void A_long_line_is_broken_at_its_longest_operand()
    {
        Value sum = _x;
        for (int i = 0; i < 8; i++)
        {
            sum = Double(Op.Add, sum, Double("exp", Double(Op.Multiply, _y, Literals.Double(i + 0.25))));
        }

        string text = Text(sum);
        text.Split('\n').ShouldAllBe(line => line.Length <= 110 - 8);
        text.ShouldBe("""
            double t1 = x + Math.Exp(y * 0.25) + Math.Exp(y * 1.25) + Math.Exp(y * 2.25) + Math.Exp(y * 3.25);
            return t1 + Math.Exp(y * 4.25) + Math.Exp(y * 5.25) + Math.Exp(y * 6.25) + Math.Exp(y * 7.25);

            """);
    }

    [Fact]
    public void Two_short_sides_make_a_conditional_expression()
    {
        Value r = If(Less(_x, _y), () => Double(Op.Add, _x, _y), () => If(Less(_y, Literals.Double(0.0)), () => Literals.Double(1.0), () => _y));
        Text(r).ShouldBe("""
            return x < y ? x + y : y < 0.0 ? 1.0 : y;

            """);
    }

    [Fact]
    public void Short_circuits_are_logical_operators()
    {
        Value a = Less(_x, _y);
        Value and = If(a, () => Less(_y, Literals.Double(2.0)), () => Literals.Bool(false));
        Value or = If(and, () => Literals.Bool(true), () => If(Less(_y, _x), () => Literals.Bool(true), () => Less(_x, Literals.Double(3.0))));
        Value neither = If(Less(_x, Literals.Double(-1.0)), () => Literals.Bool(false), () => or);
        Text(If(neither, () => _x, () => _y)).ShouldBe("""
            bool t1 = x < y && y < 2.0 || y < x || x < 3.0;
            return !(x < -1.0) && t1 ? x : y;

            """);
    }

    [Fact]
    public void A_named_value_in_a_side_makes_statements()
    {
        Value c = Less(_x, _y);
        _b.BeginRegion();
        Value u = _b.Named("u", Op.Multiply, IrType.Float64, _x, _x);
        Region then = _b.EndRegion([Double(Op.Add, u, u)]);
        _b.BeginRegion();
        Value v = _b.Named("u", Op.Multiply, IrType.Float64, _y, _y);
        Region otherwise = _b.EndRegion([Double(Op.Multiply, v, v)]);
        Value r = _b.NewValue(IrType.Float64, "r");
        _b.Add(new IfEquation([r], c, then, otherwise));
        Text(Double(Op.Multiply, r, r)).ShouldBe("""
            double r;
            if (x < y)
            {
                double u = x * x;
                r = u + u;
            }
            else
            {
                double u = y * y;
                r = u * u;
            }

            return r * r;

            """);
    }

    [Fact]
    public void A_chain_of_branches_is_else_if_and_empty_sides_are_left_out()
    {
        Value Named(string name, Value factor) => _b.Named(name, Op.Multiply, IrType.Float64, _x, factor);
        Value[] inner = Branch([("a", IrType.Float64)], Less(_y, _x), () => [Named("k", _x)], () => [Named("k", _y)], add: false, out IfEquation nested);
        Value[] outer = Branch([("a", IrType.Float64)], Less(_x, _y), () => [Named("k", Literals.Double(2.0))], () =>
        {
            _b.Add(nested);
            return inner;
        });
        Text(Double(Op.Add, outer[0], outer[0])).ShouldBe("""
            bool yBelowX = y < x;
            double a;
            if (x < y)
            {
                a = x * 2.0;
            }
            else if (yBelowX)
            {
                a = x * x;
            }
            else
            {
                a = x * y;
            }

            return a + a;

            """);
    }

    [Fact]
    public void A_branch_at_the_end_returns_early()
    {
        Value[] results = Branch(
            [("", IrType.Float64), ("", IrType.Float64)], Less(_x, _y),
            () => [_b.Named("k", Op.Multiply, IrType.Float64, _x, _x), Literals.Double(0.0)],
            () => [Double("exp", _y), Double(Op.Add, _y, _y)]);
        Text(results).ShouldBe("""
            if (x < y)
            {
                double k = x * x;
                result = 0.0;
                return k;
            }

            result = y + y;
            return Math.Exp(y);

            """);
    }

    [Fact]
    public void Sides_that_return_and_share_names_stay_blocks()
    {
        Value[] results = Branch(
            [("", IrType.Float64)], Less(_x, _y),
            () => Twice(_b.Named("u", Op.Multiply, IrType.Float64, _x, _x)),
            () => Twice(_b.Named("u", Op.Multiply, IrType.Float64, _y, _y)));
        Text(results).ShouldBe("""
            if (x < y)
            {
                double u = x * x;
                return u + u;
            }
            else
            {
                double u = y * y;
                return u + u;
            }

            """);

        Value[] Twice(Value u) => [Double(Op.Add, u, u)];
    }

    [Fact]
    public void A_side_that_leaves_a_variable_as_it_is_writes_nothing()
    {
        Value a = _b.Named("a", Op.Add, IrType.Float64, _x, _y);
        Value b = _b.Named("b", Op.Subtract, IrType.Float64, _x, _y);
        Value[] changed = Branch(
            [("a", IrType.Float64), ("b", IrType.Float64)], Less(_x, _y),
            () => [_b.Named("a", Op.Multiply, IrType.Float64, a, _y), Literals.Double(1.0)],
            () => [a, b]);
        Text(Double(Op.Divide, changed[0], changed[1])).ShouldBe("""
            double a = x + y;
            double b = x - y;
            if (x < y)
            {
                a *= y;
                b = 1.0;
            }

            return a / b;

            """);
    }

    [Fact]
    public void Exchanged_variables_are_not_overwritten_too_early()
    {
        Value a = _b.Named("a", Op.Add, IrType.Float64, _x, _y);
        Value b = _b.Named("b", Op.Subtract, IrType.Float64, _x, _y);
        Value[] changed = Branch([("a", IrType.Float64), ("b", IrType.Float64)], Less(_x, _y), () => [b, a], () => [a, b]);
        Text(Double(Op.Divide, changed[0], changed[1])).ShouldBe("""
            double a = x + y;
            double b = x - y;
            double a1;
            double b1;
            if (x < y)
            {
                a1 = b;
                b1 = a;
            }
            else
            {
                a1 = a;
                b1 = b;
            }

            return a1 / b1;

            """);
    }

    [Fact]
    public void A_side_that_throws_is_a_guard()
    {
        Value[] r = Branch([("", IrType.Float64)], Less(_x, Literals.Double(0.0)), () => Throw("x"), () => [Double("sqrt", _x)]);
        Value[] s = Branch([("", IrType.Float64)], Less(_y, Literals.Double(1.0)), () => [Double(Op.Add, r[0], _y)], () => Throw("y"));
        Text(s[0]).ShouldBe("""
            if (x < 0.0)
            {
                throw new ArgumentException("x");
            }

            double sqrtX = Math.Sqrt(x);
            if (!(y < 1.0))
            {
                throw new ArgumentException("y");
            }

            return sqrtX + y;

            """);
    }

    [Fact]
    public void What_can_throw_keeps_its_order()
    {
        Value quotient = Int(Op.Divide, Literals.Int32(7), _n);
        Value sum = Int(Op.AddChecked, _n, Literals.Int32(1));
        Text(Int(Op.Add, sum, quotient)).ShouldBe("""
            int t1 = 7 / n;
            return unchecked(checked(n + 1) + t1);

            """);
    }

    [Fact]
    public void What_the_compiler_would_refuse_among_constants_throws_at_run_time()
    {
        Value sum = Int(Op.AddChecked, Literals.Int32(int.MaxValue), Literals.Int32(1));
        Value quotient = Int(Op.Divide, _n, Literals.Int32(0));
        string text = EmittedCode.Function(_b.Finish("F", [_x, _y, _n], [sum, quotient]));
        text.ShouldContain("""
                    int constant = 2147483647;
                    int t1 = checked(constant + 1);
            """);
        Type type = EmittedCode.Load(text, EmittedCode.DocumentedContainer);
        Should.Throw<OverflowException>(() => EmittedCode.Call(type, "F", 1.0, 2.0, 3, null));
    }

    [Fact]
    public void Overflow_behaviour_is_written_out()
    {
        Value wrapped = Int(Op.Multiply, Int(Op.Add, _n, Literals.Int32(1)), Int(Op.Negate, _n));
        Value chosen = Int(Op.Divide, wrapped, Int(Op.SubtractChecked, Int(Op.Add, _n, _n), Literals.Int32(3)));
        Value number = _b.Primitive(Op.Convert, IrType.Float64, chosen);
        Value back = _b.Primitive(Op.Convert, IrType.Int64, Double(Op.Add, number, _x));
        Text(back).ShouldBe("""
            return unchecked((long)((double)(unchecked((n + 1) * -n) / checked(unchecked(n + n) - 3)) + x));

            """);
    }

    [Fact]
    public void Stages_are_comments_and_empty_ones_vanish()
    {
        _b.Add(new StageEquation("primal"));
        Value u = _b.Named("u", Op.Add, IrType.Float64, _x, _y);
        _b.Add(new StageEquation("nothing\nhere"));
        _b.Add(new StageEquation("reverse\nsweep"));
        Value v = _b.Named("v", Op.Multiply, IrType.Float64, u, u);
        _b.Add(new StageEquation("end"));
        Text(v).ShouldBe("""
            // primal
            double u = x + y;

            // reverse sweep
            double v = u * u;
            return v;

            """);
    }

    [Fact]
    public void What_an_earlier_stage_returns_stays_in_it()
    {
        _b.Add(new StageEquation("primal"));
        Value value = Double(Op.Add, _x, _y);
        _b.Add(new StageEquation("reverse"));
        Value slope = Double(Op.Multiply, _x, _y);
        Text(value, slope).ShouldBe("""
            // primal
            double t1 = x + y;

            // reverse
            result = x * y;
            return t1;

            """);
    }

    [Fact]
    public void Calls_return_one_result_and_hand_out_the_others()
    {
        var reference = new FunctionReference("Part", []);
        Value single = _b.NewValue(IrType.Float64);
        _b.Add(new CallEquation([single], reference, [_x]));
        Value first = _b.NewValue(IrType.Float64, "mean");
        Value unused = _b.NewValue(IrType.Float64);
        Value third = _b.NewValue(IrType.Int32, "count");
        _b.Add(new CallEquation([first, unused, third], reference, [Double(Op.Add, single, _y)]));
        Value sum = Double(Op.Add, first, _b.Primitive(Op.Convert, IrType.Float64, third));
        Text(Double(Op.Multiply, sum, sum)).ShouldBe("""
            double mean = Part(Part(x) + y, out _, out int count);
            double t1 = mean + (double)count;
            return t1 * t1;

            """);
    }

    [Fact]
    public void A_comparison_among_arguments_is_no_type_argument_list()
    {
        var reference = new FunctionReference("Choose", []);
        Value result = _b.NewValue(IrType.Float64);
        Value greater = _b.Primitive(Op.Greater, IrType.Bool, _x, _b.Primitive(Op.Convert, IrType.Float64, _n));
        _b.Add(new CallEquation([result], reference, [Less(_x, _y), greater]));
        Text(result).ShouldBe("""
            return Choose((x < y), x > (double)n);

            """);
    }

    private string Text(params Value[] outputs) =>
        EmittedCode.Statements(_b.Finish("F", [_x, _y, _n], outputs));

    private Value Double(string op, params Value[] arguments) => _b.Primitive(op, IrType.Float64, arguments);

    private Value Int(string op, params Value[] arguments) => _b.Primitive(op, IrType.Int32, arguments);

    private Value Less(Value a, Value b) => _b.Primitive(Op.Less, IrType.Bool, a, b);

    private Value[] Throw(string parameter)
    {
        _b.Add(new ThrowEquation($"new global::System.ArgumentException(\"{parameter}\")"));
        return [Literals.Double(0.0)];
    }

    private Value If(Value condition, Func<Value> then, Func<Value> otherwise)
    {
        _b.BeginRegion();
        Value a = then();
        Region first = _b.EndRegion([a]);
        _b.BeginRegion();
        Region second = _b.EndRegion([otherwise()]);
        Value result = _b.NewValue(a.Type);
        _b.Add(new IfEquation([result], condition, first, second));
        return result;
    }

    private Value[] Branch((string Name, IrType Type)[] results, Value condition, Func<Value[]> then, Func<Value[]> otherwise) =>
        Branch(results, condition, then, otherwise, add: true, out _);

    private Value[] Branch((string Name, IrType Type)[] results, Value condition, Func<Value[]> then, Func<Value[]> otherwise, bool add, out IfEquation equation)
    {
        _b.BeginRegion();
        Region first = _b.EndRegion(then());
        _b.BeginRegion();
        Region second = _b.EndRegion(otherwise());
        Value[] values = results.Select(r => _b.NewValue(r.Type, r.Name)).ToArray();
        equation = new IfEquation(values.ToEquatableArray(), condition, first, second);
        if (add)
        {
            _b.Add(equation);
        }

        return values;
    }
}
