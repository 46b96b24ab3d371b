using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>
/// The Jacobian of a method that takes arrays or spans and returns several numbers: one reverse part for each row, whose twins
/// are the parts of that row.
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
    /// <param name="rows">Adds the method and its reverse parts, given the twins of each.</param>
    /// <param name="builder">Where to.</param>
    public static IrFunction Create(string name, IrFunction body, IReadOnlyList<int> columns, Func<IrBuilder, Value[][], JacobianRows> rows, IrBuilder builder)
    {
        Value[] outputs = body.Outputs.Where(o => o.Type.IsFloat).ToArray();
        Value jacobian = builder.NewValue(outputs[0].Type with { Container = ContainerKind.Span }, "jacobian");
        Value[] lengths = columns.Select(i => Length(body.Inputs[i], builder)).ToArray();
        (Value[] starts, Value count) = Starts(lengths, builder);
        CheckLength(jacobian, count, outputs.Length, builder);
        builder.Add(new ClearEquation(jacobian));

        (Value[] rowStarts, _) = Starts(outputs.Select(_ => count), builder);
        JacobianRows results = rows(builder, rowStarts.Select(Twins).ToArray());
        int[] scalars = Enumerable.Range(0, columns.Count).Where(i => body.Inputs[columns[i]].Type.IsScalar).ToArray();
        for (int row = 0; row < outputs.Length; row++)
        {
            foreach ((int column, Value entry) in scalars.Zip(results.Cotangents[row], (column, entry) => (column, entry)))
            {
                builder.Add(new MemoryEquation([], MemoryOp.Store, [jacobian, Sum(rowStarts[row], starts[column], builder), entry], IsPrimal: false));
            }
        }

        return builder.Finish(name, body.Inputs.Append(jacobian), results.Outputs);

        Value[] Twins(Value row) => Enumerable.Range(0, columns.Count).Where(i => body.Inputs[columns[i]].Type.IsBuffer).Select(i =>
        {
            Value twin = builder.NewValue(jacobian.Type, body.Inputs[columns[i]].Name + "Bar");
            builder.Add(new MemoryEquation([twin], MemoryOp.Slice, [jacobian, Sum(row, starts[i], builder), lengths[i]], IsPrimal: false));
            return twin;
        }).ToArray();
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
