using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Turns buffers that a caller would hand over into memory of the workspace.</summary>
internal static class OwnMemory
{
    /// <param name="function">The function.</param>
    /// <param name="inputs">Which of its inputs.</param>
    /// <param name="like">The input that has the length of each.</param>
    public static IrFunction Give(IrFunction function, IReadOnlyCollection<int> inputs, Func<int, Value> like)
    {
        if (inputs.Count == 0)
        {
            return function;
        }

        var ids = new IrBuilder(function.LastId());
        var rewriter = new Rewriter();
        foreach (int index in inputs)
        {
            Value input = function.Inputs[index];
            Value length = ids.NewValue(IrType.Int32), handle = ids.NewValue(IrType.Int64);
            Value buffer = ids.NewValue(new IrType(input.Type.Scalar, ContainerKind.Span), input.Name);
            ids.Add(new MemoryEquation([length], MemoryOp.Length, [like(index)], IsPrimal: false));
            ids.Add(new MemoryEquation([handle], MemoryOp.Reserve, [length, Literals.Int32(input.Type.Bytes)], IsPrimal: false));
            ids.Add(new MemoryEquation([buffer], MemoryOp.View, [handle, length], IsPrimal: false));
            rewriter.Replace(input, buffer);
        }

        foreach (Equation equation in function.Body.Body)
        {
            ids.Add(rewriter.Map(equation));
        }

        return ids.Finish(function.Name, function.Inputs.Where((_, i) => !inputs.Contains(i)), rewriter.Map(function.Outputs));
    }
}
