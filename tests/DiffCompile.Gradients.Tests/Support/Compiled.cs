using System.Globalization;
using System.Reflection;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Gradients.Tests.Support;

/// <summary>Members of a partial class C, or whole files, compiled in memory with their derivatives.</summary>
internal static class Compiled
{
    private const string Usings = "global using System;\nglobal using DiffCompile;\nglobal using DiffCompile.Mathematics;\n";

    /// <summary>A compilation of the class C with these members, behind whatever types it needs.</summary>
    public static CSharpCompilation Source(string members, string types = "", bool checkOverflow = false, IEnumerable<MetadataReference>? references = null, string name = "Consumer") =>
        Files([$"{types}\npublic static partial class C\n{{\n{members}\n}}\n"], checkOverflow, references, name);

    public static CSharpCompilation Files(IEnumerable<string> files, bool checkOverflow = false, IEnumerable<MetadataReference>? references = null, string name = "Consumer") =>
        GeneratorHarness.Compilation(files.Prepend(Usings), name, references, checkOverflow);

    public static Assembly Load(string members, string types = "", bool optimize = true, bool checkOverflow = false) =>
        GeneratorHarness.Generate(Source(members, types, checkOverflow), optimize).Load();

    /// <summary>The method and its members, called with flat lists of numbers.</summary>
    public static DifferentiableMethod Method(Assembly assembly, string name, string type = "C") =>
        new(assembly.GetType(type, throwOnError: true)!.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new MissingMethodException(type, name));

    /// <summary>Calls a static method of C; exceptions come out as they are.</summary>
    public static object? Call(Assembly assembly, string name, params object?[] arguments)
    {
        MethodInfo method = assembly.GetType("C", throwOnError: true)!.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new MissingMethodException("C", name);
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture);
    }

    /// <summary>Ids of what the analyzer reports.</summary>
    public static async Task<string[]> DiagnosticsAsync(CSharpCompilation compilation) =>
        (await GeneratorHarness.AnalyzeAsync(compilation)).Select(d => d.Id).ToArray();

    /// <summary>What an action throws; null if nothing.</summary>
    public static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
