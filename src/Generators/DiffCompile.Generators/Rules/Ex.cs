using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Rules;

/// <summary>A value being built, with operators, so that a rule reads as the formula that it is.</summary>
internal readonly struct Ex(IrBuilder builder, Value value)
{
    public Value Value { get; } = value;

    public IrType Type => Value.Type;

    public static Ex operator +(Ex a, Ex b) => a.Binary(Op.Add, b);

    public static Ex operator -(Ex a, Ex b) => a.Binary(Op.Subtract, b);

    public static Ex operator *(Ex a, Ex b) => a.Binary(Op.Multiply, b);

    public static Ex operator /(Ex a, Ex b) => a.Binary(Op.Divide, b);

    public static Ex operator +(double a, Ex b) => b.Constant(a) + b;

    public static Ex operator +(Ex a, double b) => a + a.Constant(b);

    public static Ex operator -(double a, Ex b) => b.Constant(a) - b;

    public static Ex operator -(Ex a, double b) => a - a.Constant(b);

    public static Ex operator *(double a, Ex b) => b.Constant(a) * b;

    public static Ex operator /(double a, Ex b) => b.Constant(a) / b;

    public static Ex operator /(Ex a, double b) => a / a.Constant(b);

    public static Ex operator >(Ex a, double b) => a.ApplyTo(IrType.Bool, Op.Greater, a.Constant(b));

    public static Ex operator <(Ex a, double b) => a.ApplyTo(IrType.Bool, Op.Less, a.Constant(b));

    public static Ex operator -(Ex a) => a.Apply(Op.Negate);

    /// <summary>A constant of this value's type.</summary>
    public Ex Constant(double number) => new(builder, Literals.Float(Type, number));

    /// <summary>An int constant: the order of a derivative, a number of halvings.</summary>
    public Ex Integer(int number) => new(builder, Literals.Int32(number));

    /// <summary>Is this value the number <paramref name="number"/>? (A bool.)</summary>
    public Ex IsEqualTo(double number) => ApplyTo(IrType.Bool, Op.Equal, Constant(number));

    /// <summary>This number in the floating type of <paramref name="other"/>.</summary>
    public Ex ConvertedTo(Ex other) => ApplyTo(other.Type, Op.Convert);

    /// <summary>A primitive of this and further operands, with a result of this value's type.</summary>
    public Ex Apply(string op, params Ex[] more) =>
        new(builder, builder.Primitive(op, Type, new[] { Value }.Concat(more.Select(m => m.Value)).ToArray()));

    /// <summary>A comparison or other primitive with a result of type <paramref name="type"/>.</summary>
    public Ex ApplyTo(IrType type, string op, params Ex[] more) =>
        new(builder, builder.Primitive(op, type, new[] { Value }.Concat(more.Select(m => m.Value)).ToArray()));

    /// <summary>condition ? a : b, only the taken side evaluated.</summary>
    public static Ex Select(Ex condition, Func<Ex> whenTrue, Func<Ex> whenFalse) => condition.Branch(whenTrue, whenFalse);

    private Ex Branch(Func<Ex> whenTrue, Func<Ex> whenFalse)
    {
        builder.BeginRegion();
        Value a = whenTrue().Value;
        Region then = builder.EndRegion([a]);
        builder.BeginRegion();
        Value b = whenFalse().Value;
        Region otherwise = builder.EndRegion([b]);
        Value result = builder.NewValue(a.Type);
        builder.Add(new IfEquation([result], Value, then, otherwise));
        return new Ex(builder, result);
    }

    private Ex Binary(string op, Ex other) => new(builder, builder.Primitive(op, Type, Value, other.Value));
}
