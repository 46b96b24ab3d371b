using System.Reflection;
using DiffCompile.TestKit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>The rule corpus in every C# spelling, compiled once with optimisations on and once with them off.</summary>
internal static class RowAssemblies
{
    private const string ClassStart = "internal static partial class";
    private static readonly Lazy<GeneratedCompilation> GeneratedOn = new(() => Generate(optimize: true));
    private static readonly Lazy<Assembly> On = new(() => GeneratedOn.Value.Load());
    private static readonly Lazy<Assembly> Off = new(() => Generate(optimize: false).Load());

    /// <summary>Names of the classes, one per family and type of number.</summary>
    public static IEnumerable<string> Classes => RuleCorpus.Files().Select(f => f.Name);

    /// <summary>All files in one: they share the attributes at their head.</summary>
    public static string Source
    {
        get
        {
            RuleCorpusFile[] files = [.. RuleCorpus.Files(allSpellings: true)];
            return string.Join("\n", files.Skip(1).Select(f => f.Source[f.Source.IndexOf(ClassStart, StringComparison.Ordinal)..]).Prepend(files[0].Source));
        }
    }

    public static Assembly Assembly(bool optimize) => (optimize ? On : Off).Value;

    public static IEnumerable<MethodInfo> Methods(string name, bool optimize) =>
        CorpusFunctions.Differentiable(Assembly(optimize)).Where(m => m.DeclaringType!.Name == name);

    /// <summary>The generated files, with optimisations on.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Texts => GeneratedOn.Value.Files;

    private static GeneratedCompilation Generate(bool optimize) => GeneratorHarness.Generate(GeneratorHarness.Compilation([Source]), optimize);
}
