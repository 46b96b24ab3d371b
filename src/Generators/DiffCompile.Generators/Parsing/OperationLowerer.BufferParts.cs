using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Parts of arrays and spans, which are the same memory.
internal sealed partial class OperationLowerer
{
    private Term SliceOf(IOperation origin, Term buffer, Value start, Value? length)
    {
        length ??= Emit(origin, Op.Subtract, IrType.Int32, LengthOf(origin, buffer), start);
        Value[] parts = ColumnsOf(buffer).Select(column =>
        {
            Value part = NewValue(column.Type.Sliced, origin);
            _builder.Add(new MemoryEquation([part], MemoryOp.Slice, [column, start, length], IsPrimal: true));
            return part;
        }).ToArray();
        return buffer.Shape is BufferShape shape ? new Term(shape with { Container = parts[0].Type.Container }, parts) : Term.Of(parts[0]);
    }

    private Term LowerRange(IOperation operation, IOperation whole, IRangeOperation range) => LowerRange(operation, Lower(whole), range);

    private Term LowerRange(IOperation operation, Term buffer, IRangeOperation range)
    {
        if (buffer.IsInvalid)
        {
            return buffer;
        }

        Value? start = range.LeftOperand is { } left ? LowerIndex(operation, Unwrapped(left), buffer) : Literals.Int32(0);
        Value? end = range.RightOperand is { } right ? LowerIndex(operation, Unwrapped(right), buffer) : LengthOf(operation, buffer);
        return start is null || end is null ? Term.Invalid
            : SliceOf(operation, buffer, start, IsZero(start) ? end : Emit(operation, Op.Subtract, IrType.Int32, end, start));
    }

    /// <summary>The memory that a buffer is a part of, as far as this method knows, and where in it an index of the buffer lies.</summary>
    private (int Root, Value Start) Origin(IOperation origin, Value buffer, Value start)
    {
        Dictionary<int, MemoryEquation> parts = Parts();
        while (parts.TryGetValue(buffer.Id, out MemoryEquation? part))
        {
            start = Plus(origin, part.Arguments[1], start);
            buffer = part.Buffer;
        }

        return (buffer.Id, start);
    }

    private int RootOf(Value buffer)
    {
        Dictionary<int, MemoryEquation> parts = Parts();
        while (parts.TryGetValue(buffer.Id, out MemoryEquation? part))
        {
            buffer = part.Buffer;
        }

        return buffer.Id;
    }

    private Dictionary<int, MemoryEquation> Parts() => _builder.OpenEquations().OfType<MemoryEquation>()
        .Where(e => e.Op == MemoryOp.Slice).ToDictionary(e => e.Result.Id);
}
