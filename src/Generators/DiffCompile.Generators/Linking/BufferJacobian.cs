using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>
/// The Jacobian of a method that takes arrays or spans and returns several numbers: one reverse part for each row, whose twins
/// are the parts of that row. The numbers of an array of structs lie apart in a row: their twins are memory of their own, which is
/// copied there.
/// </summary>
internal static class BufferJacobian
{
    /// <summary>
    /// Are there rows at all, is everything of one floating type, and does each row find the memory as the first one did? A method
    /// that changes an array handed to it would start its second row from the changed one.
    /// </summary>
    public static bool IsPossible(FunctionSpec spec, FunctionLibrary library)
    {
        InputLeaf[] leaves = spec.Inputs.ToArray();
        ScalarKind[] kinds = leaves.Where(i => i.IsActive && !i.Parameter.IsScratch).Select(i => i.Leaf.Type.Scalar)
            .Concat(spec.Body.Outputs.Where(o => o.Type.IsFloat).Select(o => o.Type.Scalar)).Distinct().ToArray();
        return kinds.Length == 1
            && spec.Body.Outputs.Any(o => o.Type.IsFloat)
            && WrittenInputs.Of(library.Body(spec.Key), library).All(i => leaves[i].Parameter.IsScratch);
    }

    /// <param name="name">Name of the program.</param>
    /// <param name="body">The method.</param>
    /// <param name="columns">Inputs that are differentiated.</param>
    /// <param name="owner">The parameter that an input is a part of.</param>
    /// <param name="rows">Adds the method and its reverse parts, given the twins of each.</param>
    /// <param name="builder">Where to.</param>
    public static IrFunction Create(
        string name, IrFunction body, IReadOnlyList<int> columns, Func<int, ParameterSpec> owner, Func<IrBuilder, Value[][], JacobianRows> rows, IrBuilder builder)
    {
        Value[] outputs = body.Outputs.Where(o => o.Type.IsFloat).ToArray();
        Value jacobian = builder.NewValue(outputs[0].Type with { Container = ContainerKind.Span }, "jacobian");
        (Entries[] entries, Value count) = Place(columns.GroupBy(owner, i => body.Inputs[i]).Select(g => g.ToArray()), builder);
        CheckLength(jacobian, count, outputs.Length, builder);
        builder.Add(new ClearEquation(jacobian));

        (Value[] rowStarts, _) = Starts(outputs.Select(_ => count), builder);
        Value[][] twins = rowStarts.Select(row => entries.Where(e => e.Input.Type.IsBuffer).Select(e => Twin(e, row)).ToArray()).ToArray();
        JacobianRows results = rows(builder, twins);
        for (int row = 0; row < outputs.Length; row++)
        {
            int scalar = 0, buffer = 0;
            foreach (Entries e in entries)
            {
                Value start = Sum(rowStarts[row], e.Start, builder);
                if (e.Input.Type.IsScalar)
                {
                    Buffers.Store(jacobian, start, results.Cotangents[row][scalar++], builder);
                }
                else if (twins[row][buffer++] is var twin && e.Stride > 1)
                {
                    Buffers.ForEach(e.Length, builder, k => Buffers.Store(jacobian, Sum(start, Times(k, e.Stride, builder), builder), Buffers.Load(twin, k, builder), builder));
                }
            }
        }

        return builder.Finish(name, body.Inputs.Append(jacobian), results.Outputs);

        Value Twin(Entries e, Value row)
        {
            if (e.Stride > 1)
            {
                return Buffers.Of(e.Input.Type, e.Length, e.Input.Name + "Bar", builder);
            }

            Value twin = builder.NewValue(jacobian.Type, e.Input.Name + "Bar");
            builder.Add(new MemoryEquation([twin], MemoryOp.Slice, [jacobian, Sum(row, e.Start, builder), e.Length], IsPrimal: false));
            return twin;
        }
    }

    /// <summary>Where in a row the derivatives with respect to one input stand.</summary>
    /// <param name="Input">A scalar or a buffer.</param>
    /// <param name="Start">The first of them.</param>
    /// <param name="Length">Their number.</param>
    /// <param name="Stride">The step from one to the next: the scalars of a struct in an array follow each other.</param>
    private sealed record Entries(Value Input, Value Start, Value Length, int Stride);

    private static (Entries[] Entries, Value Total) Place(IEnumerable<Value[]> parameters, IrBuilder builder)
    {
        var entries = new List<Entries>();
        Value total = Literals.Int32(0);
        foreach (Value[] inputs in parameters)
        {
            Value length = Length(inputs[0], builder);
            int stride = inputs[0].Type.Part is null ? 1 : inputs.Length;
            for (int i = 0; i < inputs.Length; i++)
            {
                entries.Add(new Entries(inputs[i], Sum(total, Literals.Int32(i), builder), length, stride));
            }

            total = Sum(total, inputs[0].Type.IsScalar ? Literals.Int32(inputs.Length) : Times(length, stride, builder), builder);
        }

        return (entries.ToArray(), total);
    }

    // Where each of several parts begins, one behind the other, and how long they are together.
    private static (Value[] Starts, Value Total) Starts(IEnumerable<Value> lengths, IrBuilder builder)
    {
        var starts = new List<Value>();
        Value total = Literals.Int32(0);
        foreach (Value length in lengths)
        {
            starts.Add(total);
            total = Sum(total, length, builder);
        }

        return (starts.ToArray(), total);
    }

    private static Value Length(Value input, IrBuilder builder)
    {
        if (input.Type.IsScalar)
        {
            return Literals.Int32(1);
        }

        Value length = builder.NewValue(IrType.Int32);
        builder.Add(new MemoryEquation([length], MemoryOp.Length, [input], IsPrimal: false));
        return length;
    }

    private static Value Sum(Value a, Value b, IrBuilder builder) =>
        a.IsConstant && a.Literal!.Bits == 0 ? b
        : b.IsConstant && b.Literal!.Bits == 0 ? a
        : a.IsConstant && b.IsConstant ? Literals.Int32((int)(a.Literal!.Bits + b.Literal!.Bits))
        : builder.Primitive(Op.Add, IrType.Int32, a, b);

    private static Value Times(Value a, int factor, IrBuilder builder) =>
        factor == 1 ? a : builder.Primitive(Op.Multiply, IrType.Int32, a, Literals.Int32(factor));

    private static void CheckLength(Value jacobian, Value columns, int rows, IrBuilder builder)
    {
        Value given = Length(jacobian, builder);
        Value wanted = builder.Primitive(Op.Multiply, IrType.Int32, Literals.Int32(rows), columns);
        Value differs = builder.Primitive(Op.NotEqual, IrType.Bool, given, wanted);
        string text = rows.ToString(System.Globalization.CultureInfo.InvariantCulture) + " rows with one column for each number that is differentiated";
        builder.BeginRegion();
        builder.Add(new ThrowEquation($"new global::System.ArgumentException(\"The Jacobian has {text}.\", \"jacobian\")"));
        Region then = builder.EndRegion([]);
        builder.BeginRegion();
        builder.Add(new IfEquation([], differs, then, builder.EndRegion([])));
    }
}

/// <summary>The method and its reverse parts in one program.</summary>
/// <param name="Outputs">What the method returns.</param>
/// <param name="Cotangents">For each floating output the cotangents of the active scalar inputs.</param>
internal sealed record JacobianRows(Value[] Outputs, Value[][] Cotangents);
