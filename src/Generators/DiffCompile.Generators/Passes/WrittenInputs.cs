using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Which buffers handed to a function it may change, itself or through what it calls.</summary>
internal static class WrittenInputs
{
    /// <summary>Positions among the function's inputs.</summary>
    public static HashSet<int> Of(IrFunction function, FunctionLibrary library)
    {
        var roots = new BufferRoots(function);
        var written = new HashSet<int>(function.Body.AllEquations().SelectMany(e => Written(e, library)).Select(roots.Of));
        return new HashSet<int>(Enumerable.Range(0, function.Inputs.Count).Where(i => written.Contains(function.Inputs[i].Id)));
    }

    private static IEnumerable<Value> Written(Equation equation, FunctionLibrary library)
    {
        switch (equation)
        {
            case MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e:
                return [e.Buffer];
            case ClearEquation e:
                return [e.Buffer];
            case CallEquation e when e.Operands.Any(o => o.Type.IsBuffer):
                HashSet<int> inner = Of(library.Resolve(e.Callee), library);
                return e.Operands.Where((_, i) => inner.Contains(i));
            case ExternalCallEquation e:
                return CustomRules.Written(e);
            default:
                return [];
        }
    }
}
