using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>
/// The Jacobian of a method that takes arrays or spans and returns several numbers: one pullback for each row, whose twins are
/// the parts of that row.
/// </summary>
internal static class BufferJacobian
{
    /// <summary>
    /// Does the method leave its buffers as they are? Every row runs it once more. Scratch buffers carry nothing from one run
    /// to the next.
    /// </summary>
    public static bool CanRepeat(FunctionSpec spec, IrFunction body)
    {
        InputLeaf[] leaves = spec.Inputs.ToArray();
        var roots = new BufferRoots(body);
        HashSet<int> kept = [.. Enumerable.Range(0, leaves.Length).Where(i => body.Inputs[i].Type.IsBuffer && !leaves[i].Parameter.IsScratch).Select(i => body.Inputs[i].Id)];
        return !body.Body.AllEquations().Any(e => e is MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } write && kept.Contains(roots.Of(write.Buffer)));
    }

    /// <summary>Are there rows at all, and is everything of one floating type?</summary>
    public static bool IsPossible(FunctionSpec spec)
    {
        ScalarKind[] kinds = spec.Inputs.Where(i => i.IsActive && !i.Parameter.IsScratch).Select(i => i.Leaf.Type.Scalar)
            .Concat(spec.Body.Outputs.Where(o => o.Type.IsFloat).Select(o => o.Type.Scalar)).Distinct().ToArray();
        return kinds.Length == 1 && spec.Body.Outputs.Any(o => o.Type.IsFloat);
    }

    /// <param name="name">Name of the program.</param>
    /// <param name="body">The method.</param>
    /// <param name="columns">Inputs that are differentiated.</param>
    /// <param name="pullback">Inputs, cotangents of the floating outputs, twins of buffers → outputs, cotangents of scalars.</param>
    public static IrFunction Create(string name, IrFunction body, IReadOnlyList<int> columns, IrFunction pullback)
    {
        var builder = new IrBuilder(pullback.LastId());
        Value[] rows = body.Outputs.Where(o => o.Type.IsFloat).ToArray();
        Value jacobian = builder.NewValue(rows[0].Type with { Container = ContainerKind.Span }, "jacobian");
        Value[] lengths = columns.Select(i => Length(body.Inputs[i], builder)).ToArray();
        Value[] starts = new Value[columns.Count];
        Value count = Literals.Int32(0);
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = count;
            count = Sum(count, lengths[i], builder);
        }

        CheckLength(jacobian, count, rows.Length, builder);
        builder.Add(new ClearEquation(jacobian));
        Value[] values = [];
        Value rowStart = Literals.Int32(0);
        for (int row = 0; row < rows.Length; row++)
        {
            IEnumerable<Value> seeds = rows.Select((r, i) => Literals.Float(r.Type, i == row ? 1.0 : 0.0));
            var twins = new List<Value>();
            for (int i = 0; i < starts.Length; i++)
            {
                if (body.Inputs[columns[i]].Type.IsBuffer)
                {
                    Value twin = builder.NewValue(jacobian.Type, body.Inputs[columns[i]].Name + "Bar");
                    builder.Add(new MemoryEquation([twin], MemoryOp.Slice, [jacobian, Sum(rowStart, starts[i], builder), lengths[i]], IsPrimal: false));
                    twins.Add(twin);
                }
            }

            Value[] results = Inline.Paste(pullback, body.Inputs.Concat(seeds).Concat(twins).ToArray(), builder);
            values = row == 0 ? results.Take(body.Outputs.Count).ToArray() : values;
            int next = body.Outputs.Count;
            for (int i = 0; i < starts.Length; i++)
            {
                if (body.Inputs[columns[i]].Type.IsScalar)
                {
                    builder.Add(new MemoryEquation([], MemoryOp.Store, [jacobian, Sum(rowStart, starts[i], builder), results[next++]], IsPrimal: false));
                }
            }

            rowStart = Sum(rowStart, count, builder);
        }

        return builder.Finish(name, body.Inputs.Append(jacobian), values);
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
