using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Mutation;

/// <summary>The snapshot tests: for each construct the text that was approved.</summary>
internal sealed class ApprovedTexts
{
    private const string Folder = "tests/DiffCompile.Generators.Tests/Snapshots";
    private const string Head = "using System;\nusing DiffCompile;\nusing DiffCompile.Mathematics;\n\nnamespace Snapshots;\n\n";

    private readonly List<(string Name, CSharpCompilation Compilation, string Approved, GeneratorDriver Ready)> _constructs = [];

    /// <param name="constructs">Name and source of each.</param>
    /// <param name="generator">The unmutated generator.</param>
    /// <param name="ids">One more than the largest id of a mutation.</param>
    public ApprovedTexts(IEnumerable<(string Name, string Source)> constructs, LoadedGenerator generator, int ids)
    {
        generator.Restart(long.MaxValue);
        Reached = generator.Record(ids, () =>
        {
            foreach ((string name, string source) in constructs)
            {
                CSharpCompilation compilation = GeneratorHarness.Compilation([Head + source]);
                string approved = File.ReadAllText(Path.Combine(Repository.Root, Folder, $"ConstructTests.Text.{name}.verified.cs"));
                GeneratorDriver driver = GeneratorHarness.Driver(generator.Create(), optimize: false).RunGenerators(compilation);
                _constructs.Add((name, compilation, approved, driver));
                if (Text(GeneratorHarness.Optimizing(driver, optimize: true), compilation) != approved)
                {
                    throw new InvalidOperationException($"The text of {name} is not the approved one; mend the snapshot tests first.");
                }
            }
        });
    }

    public HashSet<int> Reached { get; }

    /// <summary>The first construct whose text is not the approved one; null if all are.</summary>
    public string? FirstDifference(LoadedGenerator generator, bool withParse)
    {
        foreach ((string name, CSharpCompilation compilation, string approved, GeneratorDriver ready) in _constructs)
        {
            GeneratorDriver driver = withParse ? GeneratorHarness.Driver(generator.Create(), optimize: true) : GeneratorHarness.Optimizing(ready, optimize: true);
            if (Text(driver, compilation) != approved)
            {
                return name;
            }
        }

        return null;
    }

    private static string? Text(GeneratorDriver driver, CSharpCompilation compilation) => driver.RunGenerators(compilation).GetRunResult().Results[0] is { Exception: null } result
        ? result.GeneratedSources.FirstOrDefault(s => s.HintName.StartsWith("Snapshots.Sample.F.", StringComparison.Ordinal) && !s.HintName.EndsWith(".spec.g.cs", StringComparison.Ordinal)).SourceText?.ToString()
        : null;
}
