using System.Reflection;
using DiffCompile.TestKit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>The programs of the rule table, compiled once with optimisations on and once with them off.</summary>
internal static class RowAssemblies
{
    private static readonly Lazy<Assembly> On = new(() => Compile(optimize: true));
    private static readonly Lazy<Assembly> Off = new(() => Compile(optimize: false));

    public static DifferentiableMethod Method(RowProgram program, bool optimize) =>
        new((optimize ? On : Off).Value.GetType("Rows")!.GetMethod(program.Name)!);

    private static Assembly Compile(bool optimize) => GeneratorHarness.Generate(GeneratorHarness.Compilation([RowPrograms.Source()]), optimize).Load();
}
