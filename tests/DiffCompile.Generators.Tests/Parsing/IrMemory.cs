using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Steps on memory as parsed methods have them.</summary>
internal static class IrMemory
{
    public static object[] Run(MemoryEquation step, object[] x)
    {
        switch (step.Op, x)
        {
            case (MemoryOp.Reserve, [int count, ..]):
                return [new Part(new object[count < 0 ? throw new OverflowException() : count], 0, count)];
            case (MemoryOp.View, [Part part, int]):
                Array.Fill(part.Elements, Zero(step.Result.Type.Scalar));
                return [part];
            case (MemoryOp.Length, [Part part]):
                return [part.Length];
            case (MemoryOp.Load, [Part part, int index]):
                return [part.Elements[part.At(index)]];
            case (MemoryOp.Store, [Part part, int index, var element]):
                part.Elements[part.At(index)] = element;
                return [];
            case (MemoryOp.Slice, [Part part, int start, int length]):
                ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)part.Length);
                ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(part.Length - start));
                return [part with { Start = part.Start + start, Length = length }];
            case (MemoryOp.Constant or MemoryOp.Distinct, _):
                return [];
            default:
                throw new NotSupportedException(step.Op);
        }
    }

    private static object Zero(ScalarKind kind) => kind switch
    {
        ScalarKind.Bool => (object)false,
        ScalarKind.Int32 => 0,
        ScalarKind.Int64 => 0L,
        ScalarKind.Float32 => 0f,
        _ => 0.0,
    };

    private sealed record Part(object[] Elements, int Start, int Length)
    {
        public int At(int index) => (uint)index < (uint)Length ? Start + index : throw new IndexOutOfRangeException();
    }
}
