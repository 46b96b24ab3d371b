using System.Globalization;
using System.Text;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Specs;

/// <summary>Reads what <see cref="SpecWriter"/> wrote.</summary>
internal sealed class SpecReader(string text)
{
    private readonly Dictionary<int, Value> _values = new();
    private int _position;

    public FunctionSpec Spec() => new(
        String(),
        new ContainerSpec(String(), List(() => new TypeDeclarationSpec(String(), String()))),
        String(), String(), String(),
        List(Parameter),
        OptionalShape(),
        (int)Number(),
        (Kinks)Number(),
        Function(),
        String());

    private ParameterSpec Parameter()
    {
        string name = String();
        Shape shape = Shape();
        var mode = (ParameterMode)Number();
        long flags = Number();
        DomainSpec? domain = Number() == 1 ? new DomainSpec(BitConverter.Int64BitsToDouble(Number()), BitConverter.Int64BitsToDouble(Number())) : null;
        return new ParameterSpec(name, shape, mode, (flags & 1) != 0, domain) { IsScratch = (flags & 2) != 0 };
    }

    private Shape? OptionalShape()
    {
        if (Peek() == "void")
        {
            Word();
            return null;
        }

        return Shape();
    }

    private Shape Shape() => Word() switch
    {
        "scalar" => new ScalarShape(Type(), String()),
        "struct" => StructShape(String(), List(Member), Number()),
        "inline" => new InlineArrayShape(String(), Shape(), (int)Number()),
        "buffer" => new BufferShape(Shape(), (ContainerKind)Number(), (int)Number()),
        "tuple" => new TupleShape(List(Member)),
        string other => throw new FormatException("'" + other + "' is no shape."),
    };

    private static StructShape StructShape(string name, EquatableArray<NamedShape> members, long flags) => new(name, members, (flags & 1) != 0, (MemberChange)(flags >> 1));

    private NamedShape Member() => new(String(), Shape());

    private IrFunction Function() => new(String(), List(Definition), Region());

    private Region Region() => new(List(Definition), List(Equation), List(Use));

    private Equation Equation()
    {
        string kind = Word();
        switch (kind)
        {
            case "if":
                return new IfEquation(List(Definition), Use(), Region(), Region());
            case "loop":
                return new LoopEquation(List(Definition), List(Use), Region(), Region()) { Checkpoints = (int)Number() };
            case "call":
                return new CallEquation(List(Definition), new FunctionReference(String(), List(Step)), List(Use));
            case "external":
                return new ExternalCallEquation(List(Definition), Method(), List(Use));
            case "memory":
                return new MemoryEquation(List(Definition), Word(), List(Use), Number() == 1) { Slot = (int)Number() };
            case "throw":
                return new ThrowEquation(String()) { Reach = String() };
            case "stage":
                return new StageEquation(String());
            default:
                Value result = Definition();
                EquatableArray<Value> arguments = List(Use);
                int flags = (int)Number();
                return new PrimitiveEquation(result, kind, arguments, (flags & 1) == 1, null, (Kinks)(flags >> 1));
        }
    }

    private TransformStep Step() => new((TransformKind)Number(), List(() => (int)Number()));

    private ExternalMethod Method()
    {
        string name = String();
        string reach = String();
        return new ExternalMethod(
            name,
            List(MethodParameter),
            OptionalShape(),
            List(() => new CustomRule(Number() == 1, Method(), String())))
        {
            Reach = reach,
            Implicit = Number() == 0 ? null : new ImplicitRule(Number() == 1, String(), List(() => (int)Number())) { Linear = List(String) },
        };
    }

    private ShapeParameter MethodParameter()
    {
        string name = String();
        Shape shape = Shape();
        var mode = (ParameterMode)Number();
        long flags = Number();
        return new ShapeParameter(name, shape, mode, (flags & 1) != 0) { IsScratch = (flags & 2) != 0, IsAddedTo = (flags & 4) != 0 };
    }

    private Value Definition()
    {
        var value = new Value((int)Number(), Type(), String());
        _values[value.Id] = value;
        return value;
    }

    private Value Use()
    {
        if (Peek() == "lit")
        {
            Word();
            return new Value(0, Type(), "", new Literal(Number(), String()));
        }

        return _values[(int)Number()];
    }

    private IrType Type()
    {
        int code = (int)Number();
        return new IrType((ScalarKind)(code >> 4), (ContainerKind)(code & 7), (code & 8) != 0 ? new ItemPart(Shape(), String(), String()) : null);
    }

    private EquatableArray<T> List<T>(Func<T> read)
        where T : IEquatable<T>
    {
        var items = new T[(int)Number()];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = read();
        }

        return items.ToEquatableArray();
    }

    private long Number() => long.Parse(Word(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private string Peek()
    {
        int position = _position;
        string word = Word();
        _position = position;
        return word;
    }

    private string Word()
    {
        int end = text.IndexOf(' ', _position);
        string word = end < 0 ? text.Substring(_position) : text.Substring(_position, end - _position);
        _position = end < 0 ? text.Length : end + 1;
        return word.Length > 0 ? word : throw new FormatException("The specification ends too early.");
    }

    private string String()
    {
        if (_position >= text.Length || text[_position] != '"')
        {
            throw new FormatException("A string was expected at position " + _position.ToString(CultureInfo.InvariantCulture.NumberFormat) + ".");
        }

        var result = new StringBuilder();
        int i = _position + 1;
        for (; text[i] != '"'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
                result.Append(text[i] == 'n' ? '\n' : text[i]);
            }
            else
            {
                result.Append(text[i]);
            }
        }

        _position = Math.Min(i + 2, text.Length);
        return result.ToString();
    }
}
