using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Linking;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Writes members under a hostile culture, compiles them with every warning an error, and loads them.</summary>
internal static class EmittedCode
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> Platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is string name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "DiffCompile.Runtime.dll"))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    public static readonly ContainerSpec Container = new("Samples", [new TypeDeclarationSpec("public static partial class", "Occupation")]);

    /// <summary>The author's part of the type, where its documentation stands.</summary>
    public const string DocumentedContainer = """
        namespace Samples;

        /// <summary>Where members go.</summary>
        public static partial class Occupation;
        """;

    /// <summary>The file with the given members of a method, made by the passes.</summary>
    public static string Members(FunctionSpec spec, params MemberKind[] kinds) => UnderForeignCulture(() =>
    {
        var library = new FunctionLibrary([spec], optimize: true);
        var programs = new MemberPrograms(spec, library);
        PlannedMember[] members = kinds.Select(programs.Build).Zip(kinds, (f, k) => new PlannedMember(MemberLayout.Create(spec, k, f), f, k)).ToArray();
        return ContainerEmitter.Emit(spec.Container, members, r => throw new InvalidOperationException(r.ToString()), [spec.MethodName], "Derivatives of " + spec.MethodName);
    });

    /// <summary>The file with one function as a method "F" of the given signature.</summary>
    public static string Function(IrFunction function, Func<FunctionReference, string>? helperName = null, IEnumerable<string>? visibleNames = null) => UnderForeignCulture(() =>
    {
        MemberPlan plan = MemberLayout.Helper("F", function) with { Modifiers = "public static", Documentation = ["<summary>Under test.</summary>"] };
        string text = ContainerEmitter.Emit(Container, [new PlannedMember(plan, function)], helperName ?? (r => r.Key), visibleNames ?? [], "Under test");
        return text;
    });

    /// <summary>Only the statements of that method, without indentation of their block.</summary>
    public static string Statements(IrFunction function, Func<FunctionReference, string>? helperName = null)
    {
        string[] lines = Function(function, helperName).Split('\n');
        int start = Array.FindIndex(lines, l => l.Contains(" F(")) ;
        start = Array.FindIndex(lines, start, l => l == "    {") + 1;
        int end = Array.FindIndex(lines, start, l => l == "    }");
        return string.Concat(lines[start..end].Select(l => (l.Length > 8 ? l[8..] : "") + "\n"));
    }

    public static Type Load(string text, params string[] authorSources) => Load(text, checkOverflow: false, authorSources);

    /// <summary>The container type of the compiled file.</summary>
    public static Type Load(string text, bool checkOverflow, params string[] authorSources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Emitted",
            authorSources.Append(text).Select((t, i) => CSharpSyntaxTree.ParseText(t, ParseOptions, $"File{i}.cs", System.Text.Encoding.UTF8)),
            Platform,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: checkOverflow,
                nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic> { ["CS8019"] = ReportDiagnostic.Suppress }));
        using var stream = new MemoryStream();
        var result = UnderForeignCulture(() => compilation.Emit(stream));
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(20)) + "\n" + text);
        }

        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
        return assembly.GetTypes().First(t => t.Name.StartsWith("Occupation", StringComparison.Ordinal));
    }

    /// <summary>Calls F of a file made by <see cref="Function"/>; out parameters come back in the array.</summary>
    public static object? Call(Type container, string name, params object?[] arguments)
    {
        try
        {
            return container.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, arguments);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    /// <summary>A culture with a decimal comma, a dot between thousands and U+2212 for minus.</summary>
    public static T UnderForeignCulture<T>(Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = culture;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
