using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Memory that passes reserve in the workspace.</summary>
internal static class Buffers
{
    /// <summary>Cleared memory of the type and length of a buffer.</summary>
    public static Value Like(Value buffer, string name, IrBuilder builder) => Of(buffer.Type, Length(buffer, builder), name, builder);

    /// <summary>Cleared memory.</summary>
    /// <param name="type">A buffer of this element type, or the element type itself.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="name">Its name in the text, or empty.</param>
    /// <param name="builder">Where it is reserved.</param>
    /// <param name="isFilled">Is every element written before it is read, so that nobody has to clear it?</param>
    public static Value Of(IrType type, Value length, string name, IrBuilder builder, bool isFilled = false)
    {
        Value handle = builder.NewValue(IrType.Int64);
        Value view = builder.NewValue(new IrType(type.Scalar, ContainerKind.Span), name);
        builder.Add(new MemoryEquation([handle], MemoryOp.Reserve, [length, Literals.Int32(type.Bytes)], IsPrimal: false) { IsFilled = isFilled });
        builder.Add(new MemoryEquation([view], MemoryOp.View, [handle, length], IsPrimal: false));
        return view;
    }

    /// <summary>Memory that holds what the buffer holds now.</summary>
    public static Value Copy(Value buffer, IrBuilder builder)
    {
        Value length = Length(buffer, builder);
        Value copy = Of(buffer.Type, length, buffer.Name.Length == 0 ? "" : buffer.Name + "Kept", builder, isFilled: true);
        ForEach(length, builder, index => Store(copy, index, Load(buffer, index, builder), builder));
        return copy;
    }

    /// <summary>for (int k = 0; k &lt; count; k++) act(k)</summary>
    public static void ForEach(Value count, IrBuilder builder, Action<Value> act)
    {
        Value inTest = builder.NewValue(IrType.Int32, "k"), inBody = builder.NewValue(IrType.Int32, "k"), after = builder.NewValue(IrType.Int32, "k");
        builder.BeginRegion();
        Value goesOn = builder.Primitive(Op.Less, IrType.Bool, inTest, count);
        Region test = builder.EndRegion([goesOn], [inTest]);
        builder.BeginRegion();
        act(inBody);
        Value next = builder.Primitive(Op.Add, IrType.Int32, inBody, Literals.Int32(1));
        builder.Add(new LoopEquation([after], [Literals.Int32(0)], test, builder.EndRegion([next], [inBody])));
    }

    public static Value Length(Value buffer, IrBuilder builder)
    {
        Value length = builder.NewValue(IrType.Int32);
        builder.Add(new MemoryEquation([length], MemoryOp.Length, [buffer], IsPrimal: false));
        return length;
    }

    public static Value Load(Value buffer, Value index, IrBuilder builder)
    {
        Value element = builder.NewValue(buffer.Type.Element);
        builder.Add(new MemoryEquation([element], MemoryOp.Load, [buffer, index], IsPrimal: false));
        return element;
    }

    public static void Store(Value buffer, Value index, Value element, IrBuilder builder) =>
        builder.Add(new MemoryEquation([], MemoryOp.Store, [buffer, index, element], IsPrimal: false));
}
