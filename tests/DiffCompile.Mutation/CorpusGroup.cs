using System.Collections.Immutable;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Mutation;

/// <summary>A part of the corpus that is compiled together: small, so that a mutant is soon found out.</summary>
internal sealed class CorpusGroup
{
    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<bool, GeneratorDriver> _ready = [];
    private readonly Dictionary<(string Hint, string Text), SyntaxTree> _trees = [];

    private CorpusGroup(string name, CSharpCompilation compilation, int randomPoints)
    {
        (Name, _compilation, RandomPoints) = (name, compilation, randomPoints);
        StatedRefusals = compilation.SyntaxTrees.SelectMany(t => Refusals.Stated(t.ToString())).ToArray();
    }

    public string Name { get; }

    /// <summary>Rows in single precision differ from those in double in nothing that optimisations touch.</summary>
    public bool IsOnlyOptimized => Name.StartsWith("Rule", StringComparison.Ordinal) && Name.EndsWith("Single", StringComparison.Ordinal);

    /// <summary>Points to draw for each function besides the stated ones.</summary>
    public int RandomPoints { get; }

    public IReadOnlyList<Refusal> StatedRefusals { get; }

    /// <summary>What the unmutated generator writes, with optimisations off and on.</summary>
    public Dictionary<bool, Output> Baseline { get; } = [];

    /// <summary>Mutations that generation comes past, with optimisations off and on.</summary>
    public Dictionary<bool, HashSet<int>> Reached { get; } = [];

    public Dictionary<bool, long> Steps { get; } = [];

    /// <summary>
    /// The rule corpus, one group per family, then the corpus files, each with the files that it uses. In this order most
    /// mutants die early: the rule groups are small.
    /// </summary>
    /// <param name="isWanted">Chooses groups by name.</param>
    public static IReadOnlyList<CorpusGroup> All(Func<string, bool> isWanted)
    {
        var groups = new List<CorpusGroup>();
        foreach (RuleCorpusFile file in RuleCorpus.Files().Where(f => isWanted("Rule" + f.Name)))
        {
            groups.Add(new CorpusGroup("Rule" + file.Name, GeneratorHarness.Compilation([file.Source]), randomPoints: 0));
        }

        const string usings = "global using System;";
        IReadOnlyList<(string Name, string Text)> files = Repository.CorpusFiles();
        CSharpCompilation whole = GeneratorHarness.Compilation(files.Select(f => f.Text).Append(usings));
        foreach ((int index, HashSet<int> needed) in files.Select((f, i) => (i, Needed(whole, files.Count, i))))
        {
            if (isWanted("Corpus" + files[index].Name) && files[index].Text.Contains("[Differentiable", StringComparison.Ordinal))
            {
                groups.Add(new CorpusGroup("Corpus" + files[index].Name, GeneratorHarness.Compilation(needed.Order().Select(i => files[i].Text).Append(usings)), randomPoints: 2));
            }
        }

        return groups.OrderBy(g => g._compilation.SyntaxTrees.Sum(t => t.Length)).ToArray();
    }

    /// <summary>
    /// Runs the generator. Where the parse cannot be affected by what is switched on, it is taken from an earlier run.
    /// </summary>
    public Output Generate(LoadedGenerator generator, bool optimize, bool withParse)
    {
        GeneratorDriver driver = withParse
            ? GeneratorHarness.Driver(generator.Create(), optimize)
            : GeneratorHarness.Optimizing(_ready[!optimize], optimize);
        return Read(driver.RunGenerators(_compilation));
    }

    /// <summary>Runs the unmutated generator, and remembers what it writes and which mutations it comes past.</summary>
    public void Prepare(LoadedGenerator generator, int ids)
    {
        foreach (bool optimize in new[] { false, true })
        {
            GeneratorDriver driver = GeneratorHarness.Driver(generator.Create(), optimize);
            generator.Restart(long.MaxValue);
            Reached[optimize] = generator.Record(ids, () => driver = driver.RunGenerators(_compilation));
            Steps[optimize] = generator.Steps;
            _ready[optimize] = driver;
            Baseline[optimize] = Read(driver);
            if (Baseline[optimize].Failure is { } failure)
            {
                throw new InvalidOperationException($"The generator as it stands fails on {Name}: {failure}");
            }
        }
    }

    /// <summary>The corpus with generated files; trees that were parsed before are used again.</summary>
    public CSharpCompilation With(Output output, bool optimize)
    {
        bool Known(KeyValuePair<string, string> f) => Baseline[optimize].Files.TryGetValue(f.Key, out string? text) && text == f.Value;
        return _compilation.AddSyntaxTrees(output.Files.Select(f => Known(f) ? _trees.TryGetValue((f.Key, f.Value), out SyntaxTree? tree) ? tree : _trees[(f.Key, f.Value)] = Parse(f) : Parse(f)));
    }

    private SyntaxTree Parse(KeyValuePair<string, string> file) =>
        CSharpSyntaxTree.ParseText(file.Value, (CSharpParseOptions)_compilation.SyntaxTrees[0].Options, file.Key, System.Text.Encoding.UTF8);

    private static Output Read(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        return result.Exception is { } exception
            ? new Output(ImmutableSortedDictionary<string, string>.Empty, exception.GetType().Name + ": " + exception.Message)
            : new Output(result.GeneratedSources.ToImmutableSortedDictionary(s => s.HintName, s => s.SourceText.ToString(), StringComparer.Ordinal), null);
    }

    /// <summary>A file and all files that declare what it names, directly or not.</summary>
    private static HashSet<int> Needed(CSharpCompilation whole, int count, int start)
    {
        var needed = new HashSet<int>();
        var open = new Stack<int>([start]);
        while (open.TryPop(out int index))
        {
            if (!needed.Add(index))
            {
                continue;
            }

            SyntaxTree tree = whole.SyntaxTrees[index];
            SemanticModel model = whole.GetSemanticModel(tree);
            foreach (SyntaxTree used in tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.SimpleNameSyntax>()
                .Select(n => model.GetSymbolInfo(n)).SelectMany(s => s.Symbol is { } one ? [one] : s.CandidateSymbols)
                .Where(s => s is not INamespaceSymbol)
                .SelectMany(s => s.DeclaringSyntaxReferences.Concat(s.ContainingType?.DeclaringSyntaxReferences ?? []))
                .Select(r => r.SyntaxTree).Distinct())
            {
                int at = whole.SyntaxTrees.IndexOf(used);
                if (at >= 0 && at < count)
                {
                    open.Push(at);
                }
            }
        }

        return needed;
    }
}

/// <summary>The generated files, or why there are none.</summary>
internal sealed record Output(ImmutableSortedDictionary<string, string> Files, string? Failure)
{
    /// <summary>Names of the files that differ between two runs.</summary>
    public IReadOnlyList<string> Differences(Output other) => Files.Keys.Union(other.Files.Keys)
        .Where(k => Files.GetValueOrDefault(k) != other.Files.GetValueOrDefault(k)).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Methods that were refused: their file holds the reasons and nothing else.</summary>
    public ImmutableSortedSet<string> Refused => Files.Where(f => !f.Value.Contains('{', StringComparison.Ordinal)).Select(f => f.Key).ToImmutableSortedSet(StringComparer.Ordinal);
}
