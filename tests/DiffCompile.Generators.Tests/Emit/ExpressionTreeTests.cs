using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Ir;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Parentheses: enough that every operation stays where it is, and no more.</summary>
public class ExpressionTreeTests
{
    private readonly IrBuilder _b = new();

    [Theory]
    [InlineData("(+ (+ a b) c)", "a + b + c")]
    [InlineData("(+ a (+ b c))", "a + (b + c)")]
    [InlineData("(- a (- b c))", "a - (b - c)")]
    [InlineData("(* a (/ b c))", "a * (b / c)")]
    [InlineData("(/ (* a b) c)", "a * b / c")]
    [InlineData("(* (+ a b) c)", "(a + b) * c")]
    [InlineData("(+ a (* b c))", "a + b * c")]
    [InlineData("(n (n a))", "-(-a)")]
    [InlineData("(- a (n b))", "a - -b")]
    [InlineData("(n (* a b))", "-(a * b)")]
    [InlineData("(* (n a) b)", "-a * b")]
    [InlineData("(n -2)", "-(-2.0)")]
    [InlineData("(- a -2)", "a - -2.0")]
    [InlineData("(* (c (n i)) a)", "(double)unchecked(-i) * a")]
    [InlineData("(* (c (+ i j)) a)", "(double)unchecked(i + j) * a")]
    [InlineData("(+ (+ i j) (* i j))", "unchecked(i + j + i * j)")]
    [InlineData("(/ (+ i j) j)", "unchecked(i + j) / j")]
    [InlineData("(& (< a b) (< b c))", "a < b & b < c")]
    [InlineData("(| (& p q) (! (^ p q)))", "p & q | !(p ^ q)")]
    [InlineData("(== (< a b) p)", "a < b == p")]
    [InlineData("(== p (== p q))", "p == (p == q)")]
    public void Parentheses(string tree, string expected) => Print(Parse(new Queue<string>(Tokens(tree)))).ShouldBe(expected);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Random_trees_keep_every_bit(int seed)
    {
        const int trees = 200;
        var random = new Random(seed);
        var functions = new List<IrFunction>();
        for (int i = 0; i < trees; i++)
        {
            var b = new IrBuilder();
            Value[] inputs = new[] { "x", "y", "i", "j" }.Select((n, k) => b.NewValue(k < 2 ? IrType.Float64 : IrType.Int32, n)).ToArray();
            functions.Add(b.Finish("F", inputs, [Tree(random, b, inputs, depth: 6, IrType.Float64)]));
        }

        string text = EmittedCode.UnderForeignCulture(() => ContainerEmitter.Emit(
            EmittedCode.Container,
            functions.Select((f, i) => new PlannedMember(MemberLayout.Helper("F" + i, f) with { Modifiers = "internal static" }, f)).ToArray(),
            r => r.Key, [], "Random trees"));
        Type type = EmittedCode.Load(text, checkOverflow: true, EmittedCode.DocumentedContainer);
        for (int i = 0; i < trees; i++)
        {
            for (int call = 0; call < 5; call++)
            {
                object[] inputs = [Math.ScaleB(random.NextDouble() - 0.5, random.Next(-40, 40)), random.NextDouble(), random.Next(), random.Next(-9, 9)];
                double expected = (double)Interpreter.Run(functions[i], inputs)[0];
                double actual = (double)EmittedCode.Call(type, "F" + i, inputs)!;
                BitConverter.DoubleToInt64Bits(actual).ShouldBe(BitConverter.DoubleToInt64Bits(expected), $"tree {i} of seed {seed}");
            }
        }
    }

    private static Value Tree(Random random, IrBuilder b, Value[] inputs, int depth, IrType type)
    {
        if (depth == 0 || random.Next(8) == 0)
        {
            bool isConstant = random.Next(3) == 0;
            return type.IsFloat
                ? isConstant ? Literals.Double(Math.ScaleB(random.NextDouble() - 0.5, random.Next(-300, 300))) : inputs[random.Next(2)]
                : inputs[2 + random.Next(2)];
        }

        Value Next(IrType t) => Tree(random, b, inputs, depth - 1, t);
        if (type.IsInteger)
        {
            return random.Next(4) == 0
                ? b.Primitive(Op.Negate, type, Next(type))
                : b.Primitive(new[] { Op.Add, Op.Subtract, Op.Multiply, Op.And, Op.Xor, Op.ShiftLeft, Op.ShiftRight }[random.Next(7)], type, Next(type), Next(type));
        }

        return random.Next(8) switch
        {
            0 => b.Primitive(Op.Negate, type, Next(type)),
            1 => b.Primitive(Op.Convert, type, Next(IrType.Int32)),
            2 => b.Primitive("max", type, Next(type), Next(type)),
            var n => b.Primitive(new[] { Op.Add, Op.Subtract, Op.Multiply, Op.Add, Op.Subtract }[n - 3], type, Next(type), Next(type)),
        };
    }

    private static IEnumerable<string> Tokens(string tree) => tree.Replace("(", "( ").Replace(")", " )").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Value Parse(Queue<string> tokens)
    {
        string token = tokens.Dequeue();
        if (token != "(")
        {
            return token switch
            {
                "a" or "b" or "c" => _b.NewValue(IrType.Float64, token),
                "i" or "j" => _b.NewValue(IrType.Int32, token),
                "p" or "q" => _b.NewValue(IrType.Bool, token),
                _ => Literals.Double(double.Parse(token, System.Globalization.CultureInfo.InvariantCulture)),
            };
        }

        string symbol = tokens.Dequeue();
        var operands = new List<Value>();
        while (tokens.Peek() != ")")
        {
            operands.Add(Parse(tokens));
        }

        tokens.Dequeue();
        (string op, IrType type) = symbol switch
        {
            "+" => (Op.Add, operands[0].Type),
            "-" => (Op.Subtract, operands[0].Type),
            "*" => (Op.Multiply, operands[0].Type),
            "/" => (Op.Divide, operands[0].Type),
            "n" => (Op.Negate, operands[0].Type),
            "c" => (Op.Convert, IrType.Float64),
            "<" => (Op.Less, IrType.Bool),
            "==" => (Op.Equal, IrType.Bool),
            "&" => (Op.And, IrType.Bool),
            "|" => (Op.Or, IrType.Bool),
            "^" => (Op.Xor, IrType.Bool),
            _ => (Op.Not, IrType.Bool),
        };
        return _b.Primitive(op, type, operands.ToArray());
    }

    private string Print(Value root)
    {
        IrFunction function = _b.Finish("F", [], [root]);
        Dictionary<int, PrimitiveEquation> definitions = function.Body.Body.OfType<PrimitiveEquation>().ToDictionary(e => e.Result.Id);
        var printer = new ExpressionPrinter(new TypeNames([], inNamespace: true));
        Fragment Text(Value v) => v.IsConstant ? LiteralText.Of(v)
            : definitions.TryGetValue(v.Id, out PrimitiveEquation? e) ? printer.Print(e, e.Arguments.Select(Text).ToArray())
            : Fragment.Name(v.Name);
        return Text(root).Text;
    }
}
