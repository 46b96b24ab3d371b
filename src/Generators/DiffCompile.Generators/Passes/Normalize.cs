using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Passes;

/// <summary>Writes the method's convention at kinks into its operations, so that it travels with them when they are inlined.</summary>
internal static class Normalize
{
    public static IrFunction Run(FunctionSpec spec) =>
        spec.Kinks == Kinks.Symmetric ? spec.Body : spec.Body with { Body = Visit(spec.Body.Body, spec.Kinks) };

    private static Region Visit(Region region, Kinks kinks) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            PrimitiveEquation e => e with { Kinks = kinks },
            IfEquation e => e with { Then = Visit(e.Then, kinks), Else = Visit(e.Else, kinks) },
            LoopEquation e => e with { Test = Visit(e.Test, kinks), Body = Visit(e.Body, kinks) },
            _ => equation,
        }).ToEquatableArray(),
    };
}
