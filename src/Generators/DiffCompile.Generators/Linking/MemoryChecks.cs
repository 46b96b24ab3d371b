using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;


namespace DiffCompile.Generators.Linking;

/// <summary>What a helper does with its buffers is wrong for some arguments only, so that it is told at the call.</summary>
internal static class MemoryChecks
{
    public static IEnumerable<LinkDiagnostic> Find(FunctionSpec spec, FunctionLibrary library)
    {
        IrFunction all = library.TakenIn(spec.Key);
        var roots = new BufferRoots(all);
        if (CopiesInOne(all, roots.Of))
        {
            yield return LinkChecks.Found(Descriptors.OverlappingCopy, Site(spec, library, CopiesInOne));
        }

        if (WritesTable(all, roots.Of))
        {
            yield return LinkChecks.Found(Descriptors.AssignmentTarget, Site(spec, library, WritesTable));
        }
    }

    private static bool CopiesInOne(IrFunction function, Func<Value, int> rootOf) =>
        Memory(function, MemoryOp.Distinct).Any(e => rootOf(e.Arguments[0]) == rootOf(e.Arguments[1]));

    // A table is filled before it is declared constant.
    private static bool WritesTable(IrFunction function, Func<Value, int> rootOf)
    {
        var tables = new HashSet<int>();
        foreach (MemoryEquation e in function.Body.AllEquations().OfType<MemoryEquation>())
        {
            if (e.Op == MemoryOp.Constant)
            {
                tables.Add(rootOf(e.Buffer));
            }
            else if (e.Op == MemoryOp.Store && tables.Contains(rootOf(e.Buffer)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first call of the method's own text with which it goes wrong; null where it is none of them.</summary>
    private static int? Site(FunctionSpec spec, FunctionLibrary library, Func<IrFunction, Func<Value, int>, bool> isWrong)
    {
        var own = new BufferRoots(spec.Body);
        MemoryEquation[] tables = Memory(spec.Body, MemoryOp.Constant).ToArray();
        int index = 0;
        foreach (CallEquation call in spec.Body.Body.AllEquations().OfType<CallEquation>())
        {
            if (call.Callee.Transforms.IsEmpty)
            {
                IrFunction callee = library.TakenIn(call.Callee.Key);
                var inside = new BufferRoots(callee);
                int RootOf(Value buffer)
                {
                    int root = inside.Of(buffer);
                    int parameter = callee.Inputs.ToList().FindIndex(i => i.Id == root);
                    return parameter < 0 ? -root : own.Of(call.Arguments[parameter]);
                }

                // The caller's tables, as far as they were handed over, are tables of the callee.
                Equation[] handed = Enumerable.Range(0, callee.Inputs.Count)
                    .Where(i => callee.Inputs[i].Type.IsBuffer && tables.Any(t => own.Of(t.Buffer) == own.Of(call.Arguments[i])))
                    .Select(i => (Equation)new MemoryEquation([], MemoryOp.Constant, [callee.Inputs[i]], IsPrimal: true))
                    .ToArray();
                IrFunction seen = callee with { Body = callee.Body with { Body = handed.Concat(callee.Body.Body).ToEquatableArray() } };
                if (isWrong(seen, RootOf))
                {
                    return CallSite.Of(index);
                }
            }

            index++;
        }

        return null;
    }

    private static IEnumerable<MemoryEquation> Memory(IrFunction function, string op) => function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == op);
}
