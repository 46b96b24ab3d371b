using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.Generators;
using DiffCompile.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DiffCompile.TestKit;

/// <summary>Runs the generator and the analyzer on C# text, in memory, and loads the result.</summary>
public static class GeneratorHarness
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> Platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is string name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "MathNet.Numerics.dll" or "DiffCompile.Runtime.dll"))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    /// <summary>A compilation of the texts, with nullable on and every warning an error.</summary>
    public static CSharpCompilation Compilation(IEnumerable<string> sources, string name = "Consumer", IEnumerable<MetadataReference>? references = null, bool checkOverflow = false) =>
        CSharpCompilation.Create(
            name,
            sources.Select((text, i) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"Source{i}.cs", System.Text.Encoding.UTF8)),
            Platform.AddRange(references ?? []),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: checkOverflow,
                nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, generalDiagnosticOption: ReportDiagnostic.Error,
                // Test sources themselves need no documentation, and may be written in any style.
                specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic> { ["CS1591"] = ReportDiagnostic.Suppress, ["CS8019"] = ReportDiagnostic.Suppress }));

    /// <summary>A driver with the generator, tracking its steps.</summary>
    public static GeneratorDriver Driver(bool optimize = true) => CSharpGeneratorDriver.Create(
        [new DifferentiableGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new Options(optimize),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>A driver with another build of the generator, tracking nothing.</summary>
    public static GeneratorDriver Driver(IIncrementalGenerator generator, bool optimize = true) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ParseOptions, optionsProvider: new Options(optimize));

    /// <summary>The driver with optimisations on or off; what does not depend on them is not done again.</summary>
    public static GeneratorDriver Optimizing(GeneratorDriver driver, bool optimize) => driver.WithUpdatedAnalyzerConfigOptions(new Options(optimize));

    /// <summary>Generates; asserts that a second run and a run after an unrelated edit redo nothing.</summary>
    public static GeneratedCompilation Generate(CSharpCompilation compilation, bool optimize = true)
    {
        GeneratorDriver driver = Driver(optimize).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> diagnostics);
        Caching.Check(driver, compilation);
        GeneratorDriverRunResult result = driver.GetRunResult();
        return new GeneratedCompilation((CSharpCompilation)updated, result.Results[0].GeneratedSources.ToImmutableSortedDictionary(s => s.HintName, s => s.SourceText.ToString()), diagnostics);
    }

    public static GeneratedCompilation Generate(params string[] sources) => Generate(Compilation(sources));

    /// <summary>What the analyzer reports, in order of position.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation)
    {
        CSharpCompilation updated = Generate(compilation).Compilation;
        ImmutableArray<Diagnostic> found = await updated
            .WithOptions(updated.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .WithAnalyzers([new DifferentiableAnalyzer(), new CustomRuleAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
        return found.OrderBy(d => d.Location.SourceSpan.Start).ToImmutableArray();
    }

    private sealed class Options(bool optimize) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(optimize);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(bool optimize) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.DiffCompile_Optimize" ? (optimize ? "true" : "false") : null;
            return value is not null;
        }
    }
}

/// <summary>A compilation with its generated files.</summary>
public sealed record GeneratedCompilation(CSharpCompilation Compilation, ImmutableSortedDictionary<string, string> Files, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Compiles and loads it into a context that can be collected.</summary>
    /// <exception cref="InvalidOperationException">There is an error or a warning; the message lists all of them.</exception>
    public Assembly Load(AssemblyLoadContext? context = null)
    {
        context ??= new AssemblyLoadContext(null, isCollectible: true);
        return context.LoadFromStream(Emit());
    }

    /// <summary>The assembly's bytes.</summary>
    public MemoryStream Emit()
    {
        var stream = new MemoryStream();
        var result = Compilation.Emit(stream);
        if (!result.Success)
        {
            string errors = string.Join("\n", result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(20));
            throw new InvalidOperationException("The generated code does not compile:\n" + errors + "\n" + string.Join("\n", Files.Where(f => result.Diagnostics.Any(d => d.Location.SourceTree?.FilePath.EndsWith(f.Key, StringComparison.Ordinal) == true)).Take(3).Select(f => f.Value)));
        }

        stream.Position = 0;
        return stream;
    }
}
