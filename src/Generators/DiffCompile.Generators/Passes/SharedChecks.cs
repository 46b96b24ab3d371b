using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>An element that was looked at before with the same index is there: the second look needs no exception of its own.</summary>
internal sealed class SharedChecks
{
    private readonly BufferLengths _lengths;

    private SharedChecks(IrFunction function) => _lengths = new BufferLengths(function);

    public static IrFunction Run(IrFunction function) => function with { Body = new SharedChecks(function).Visit(function.Body, []) };

    private Region Visit(Region region, HashSet<(Value Length, Value Index)> outer)
    {
        var known = new HashSet<(Value, Value)>(outer);
        return region with
        {
            Body = region.Body.Select(equation => equation switch
            {
                MemoryEquation { Op: MemoryOp.Load, IsPrimal: true } e => known.Add((_lengths.Of(e.Buffer), e.Index)) ? e : e with { IsPrimal = false },
                IfEquation e => e with { Then = Visit(e.Then, known), Else = Visit(e.Else, known) },
                LoopEquation e => e with { Test = Visit(e.Test, known), Body = Visit(e.Body, known) },
                _ => equation,
            }).ToEquatableArray(),
        };
    }
}
