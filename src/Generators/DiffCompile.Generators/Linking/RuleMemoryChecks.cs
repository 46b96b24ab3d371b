using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Linking;

/// <summary>Memory that is handed to ordinary C# with a rule: what its rule could not be handed, and what loses its derivative.</summary>
internal static class RuleMemoryChecks
{
    public static IEnumerable<LinkDiagnostic> Find(IrFunction body, Activity activity)
    {
        IReadOnlyList<Equation> all = body.Body.AllEquations();
        if (!all.Any(e => e is ExternalCallEquation))
        {
            return [];
        }

        var roots = new BufferRoots(body);
        var tables = new HashSet<int>(all.OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Constant).Select(e => roots.Of(e.Buffer)));
        return all.OfType<ExternalCallEquation>().SelectMany(call => Find(call, all, roots, tables, activity));
    }

    private static IEnumerable<LinkDiagnostic> Find(ExternalCallEquation call, IReadOnlyList<Equation> all, BufferRoots roots, HashSet<int> tables, Activity activity)
    {
        LinkDiagnostic Found(DiagnosticDescriptor descriptor, Value at, params string[] arguments) =>
            new(descriptor.Id, at.Id, "", arguments.Prepend(CustomRules.ShortName(call)).ToEquatableArray());

        (Value Argument, ShapeParameter Parameter)[] buffers = CustomRules.Arguments(call).Where(a => a.Argument.Type.IsBuffer).ToArray();
        foreach ((Value argument, ShapeParameter parameter) in buffers)
        {
            int root = roots.Of(argument);
            if (parameter.Shape is ScalarShape { Type.Container: ContainerKind.Array } && argument.Type.Container != ContainerKind.Array)
            {
                yield return Found(Descriptors.ArrayForRule, argument, parameter.Name);
            }

            if (!CustomRules.IsWritten(parameter))
            {
                continue;
            }

            if (tables.Contains(root))
            {
                yield return new LinkDiagnostic(Descriptors.AssignmentTarget.Id, argument.Id, "", []);
            }

            if (buffers.Where(o => o.Parameter != parameter && roots.Of(o.Argument) == root).Select(o => o.Parameter.Name).FirstOrDefault() is { } other)
            {
                yield return Found(Descriptors.SharedByCall, argument, parameter.Name, other);
            }

            bool isCut = parameter.NoGradient && argument.Type.IsDifferentiable && activity.IsOwn(argument) && CustomRules.ActiveLeaves(call).Any(activity.IsVaried);
            if (isCut && ReadOf(root, all, roots) is { } read)
            {
                yield return Found(Descriptors.ReadWithoutDerivative, read, parameter.Name);
            }
        }
    }

    /// <summary>A value that is read of the memory and goes into anything but a stopped gradient.</summary>
    private static Value? ReadOf(int root, IReadOnlyList<Equation> all, BufferRoots roots)
    {
        foreach (Equation equation in all)
        {
            switch (equation)
            {
                case MemoryEquation { Op: MemoryOp.Load } load when roots.Of(load.Buffer) == root
                    && all.Any(e => e is not PrimitiveEquation { Op: Op.StopGradient } && (e.Operands.Contains(load.Result) || e.Regions.Any(r => r.Yields.Contains(load.Result)))):
                    return load.Result;
                case ExternalCallEquation other when CustomRules.ActiveLeaves(other).FirstOrDefault(a => a.Type.IsBuffer && roots.Of(a) == root) is { } argument:
                    return argument;
            }
        }

        return null;
    }
}
