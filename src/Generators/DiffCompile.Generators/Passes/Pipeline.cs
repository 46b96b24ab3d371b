using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Passes;

/// <summary>The order of the passes. Each is IR → IR, a file of its own, and can be printed and verified after it ran.</summary>
internal static class Pipeline
{
    /// <summary>Called after every pass with its name and result; tests print and verify here.</summary>
    [ThreadStatic]
    private static Action<string, IrFunction>? s_observer;

    public static Action<string, IrFunction>? Observer
    {
        get => s_observer;
        set => s_observer = value;
    }

    /// <summary>The author's body: conventions noted, small callees taken in.</summary>
    public static IrFunction TakeIn(FunctionSpec spec, FunctionLibrary library) => Pass("inline", Inline.Run(Pass("normalize", Normalize.Run(spec)), library));

    /// <summary>That body, ready to be differentiated.</summary>
    public static IrFunction Prepare(IrFunction body, FunctionLibrary library)
    {
        if (!library.Optimize)
        {
            return body;
        }

        // What the author wrote twice is differentiated once, and a[i] = a[i] + x is one step.
        body = Pass("common subexpressions", CommonSubexpressions.Run(body));
        return body.Body.AllEquations().Any(e => e is MemoryEquation)
            ? Pass("dead code", DeadCode.Run(Pass("shared checks", SharedChecks.Run(Pass("safe reads", SafeReads.Run(Pass("in-place sums", InPlaceSums.Run(body))))))))
            : body;
    }

    /// <summary>A program fresh from reverse or forward mode: in scope, without superfluous work.</summary>
    public static IrFunction Finish(IrFunction function, FunctionLibrary library) =>
        Clean(Legalize(function, library, mergeBranches: library.Optimize), library);

    /// <summary>Puts every residual where the reverse part can read it.</summary>
    public static IrFunction Legalize(IrFunction function, FunctionLibrary library, bool mergeBranches)
    {
        if (mergeBranches)
        {
            function = MergeBranches.Run(function);
        }

        // Before it is decided what is kept: what is read twice is read once, what nobody reads goes.
        if (mergeBranches && function.Body.AllEquations().Any(e => e is LoopEquation { Mirror: not 0 }))
        {
            function = Clean(function, library, isLegal: false);
        }

        // The reverse part of a branch or loop keeps what is costly instead of computing it a second time.
        if (mergeBranches && function.Body.AllEquations().Any(e => e is IfEquation or LoopEquation))
        {
            function = CommonSubexpressions.Run(function, forReverse: true);
        }

        function = Pass("residual plan", ResidualPlan.Run(function, new IrBuilder(function.LastId())));
        return Pass("inline", Inline.Run(function, library));
    }

    /// <summary>Simplification, common subexpressions and dead code, until nothing changes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="library">The unit's functions.</param>
    /// <param name="isLegal">False while the reverse part still reads values out of scope, which nobody shall verify.</param>
    public static IrFunction Clean(IrFunction function, FunctionLibrary library, bool isLegal = true)
    {
        IrFunction Pass(string name, IrFunction after) => isLegal ? Pipeline.Pass(name, after) : after;
        if (!library.Optimize)
        {
            return Pass("dead code", DeadCode.Run(function));
        }

        // A round that removes nothing opens no way for another one.
        const int maximalRounds = 8;
        int size = int.MaxValue;
        for (int round = 0; round < maximalRounds && function.Size() < size; round++)
        {
            size = function.Size();
            function = Pass("simplify", Simplify.Run(function));
            function = Pass("common subexpressions", CommonSubexpressions.Run(function));
            function = Pass("dead code", DeadCode.Run(function));
        }

        return function;
    }

    /// <summary>What is only done to a program that will be written as text, and differentiated no more.</summary>
    public static IrFunction Polish(IrFunction function, FunctionLibrary library)
    {
        if (!library.Optimize)
        {
            return function;
        }

        IrFunction polished = LoopSums.Run(function);
        return ReferenceEquals(polished, function) ? function : Pass("simplify", Simplify.Run(Pass("loop sums", polished)));
    }

    private static IrFunction Pass(string name, IrFunction function)
    {
        s_observer?.Invoke(name, function);
        return function;
    }
}
