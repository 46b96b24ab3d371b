using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Mutation;

/// <summary>Switches mutants on, one after the other, and runs the corpus until something is wrong.</summary>
internal sealed class MutantTester : IDisposable
{
    /// <summary>A mutant may take so many times the steps of the unmutated generator.</summary>
    private const int StepFactor = 100;

    /// <summary>So many parts of the corpus are compiled before approved texts and unit tests are asked.</summary>
    private const int CompiledBeforeOthers = 4;

    /// <summary>Folders of the generator whose unit tests see what no derivative shows.</summary>
    private static readonly string[] TestedFolders = ["Passes", "Rules", "SelfChecks"];

    private readonly MutatedGenerator _generator;
    private readonly LoadedGenerator _loaded;
    private readonly IReadOnlyList<CorpusGroup> _groups;
    private readonly HashSet<int> _static;
    private readonly UnitTests _unitTests;
    private readonly ApprovedTexts? _texts;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares all groups.</summary>
    /// <param name="generator">With the mutants in it.</param>
    /// <param name="groups">The corpus.</param>
    /// <param name="withTexts">Are the approved texts asked too, where the corpus sees nothing?</param>
    /// <param name="log">Told when all is prepared.</param>
    /// <param name="cancellationToken">Stops between groups and tests.</param>
    public MutantTester(MutatedGenerator generator, IReadOnlyList<CorpusGroup> groups, bool withTexts, Action<string> log, CancellationToken cancellationToken)
    {
        (_generator, _groups) = (generator, groups);
        _loaded = generator.Load();
        _static = _loaded.Record(generator.Ids, _loaded.Initialize);
        foreach (CorpusGroup group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            group.Prepare(_loaded, generator.Ids);
        }

        _cancellationToken = cancellationToken;
        _unitTests = new UnitTests(generator, LoadedGenerator.None);
        if (withTexts)
        {
            _texts = new ApprovedTexts(_unitTests.Constructs(), _loaded, generator.Ids);
        }

        log($"{generator.Mutations.Count} mutants, {groups.Count} corpus groups, {_static.Count} mutants in static initializers");
    }

    /// <summary>With optimisations on first, as users have them.</summary>
    private IEnumerable<(CorpusGroup Group, bool Optimize)> Order => _groups.Select(g => (g, true)).Concat(_groups.Where(g => !g.IsOnlyOptimized).Select(g => (g, false)));

    // The parse asks the rule table for rows and refusals, but runs no pass and builds no partial.
    private static bool IsAfterParse(Mutation mutation) =>
        mutation.File.StartsWith("Passes/", StringComparison.Ordinal)
        || (mutation.File.StartsWith("Rules/", StringComparison.Ordinal) && mutation.File is not ("Rules/RuleTable.cs" or "Rules/NonDifferentiable.cs" or "Rules/Spelling.cs"));

    /// <summary>Everything that is wrong with the generator as it stands; must be empty before mutants mean anything.</summary>
    public IReadOnlyList<string> Baseline(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach ((CorpusGroup group, bool optimize) in Order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Output output = group.Baseline[optimize];
            faults.AddRange(Refusals.Wrong(group, output));
            if (optimize && group.StatedRefusals.Count > 0)
            {
                faults.AddRange(Refusals.Misplaced(group, group.With(output, optimize), _loaded.CreateAnalyzers()));
            }

            if (CorpusCheck.Run(group, output, optimize, output.Files.Keys.ToArray(), stopAtFirst: false) is { } found)
            {
                faults.Add($"{group.Name}, optimisations {(optimize ? "on" : "off")}: {found.Detail}");
            }
        }

        faults.AddRange(TestedFolders.Where(f => _texts is not null && _generator.Mutations.Any(m => m.File.StartsWith(f + "/", StringComparison.Ordinal)))
            .Select(f => _unitTests.FirstFailure(f, cancellationToken)).OfType<string>());
        return faults;
    }

    /// <summary>Line by line, what a mutant changes in the first generated file that it changes.</summary>
    public string TextDifference(Mutation mutation)
    {
        using LoadedGenerator loaded = _generator.Load(mutation.Id);
        foreach ((CorpusGroup group, bool optimize) in Order)
        {
            loaded.Restart((StepFactor * group.Steps[optimize]) + 1_000_000);
            Output output = group.Generate(loaded, optimize, withParse: true);
            if (output.Differences(group.Baseline[optimize]).FirstOrDefault() is { } hint)
            {
                string[] before = group.Baseline[optimize].Files.GetValueOrDefault(hint, "").Split('\n'), after = output.Files.GetValueOrDefault(hint, "").Split('\n');
                return $"{hint}, optimisations {(optimize ? "on" : "off")}:\n" + string.Join("\n", before.Except(after).Select(l => "-" + l).Concat(after.Except(before).Select(l => "+" + l)));
            }
        }

        return "";
    }

    public Verdict Test(Mutation mutation)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        (Fate fate, string detail) = Judge(mutation);
        return new Verdict(mutation, fate, detail, watch.Elapsed.TotalSeconds);
    }

    private (Fate Fate, string Detail) Judge(Mutation mutation)
    {
        LoadedGenerator loaded = _static.Contains(mutation.Id) ? _generator.Load(mutation.Id) : _loaded;
        try
        {
            loaded.Active = mutation.Id;
            var others = new Lazy<(Fate, string)?>(() => JudgeTexts(mutation, loaded) ?? JudgeByUnitTests(mutation));
            return JudgeNumbers(mutation, loaded, others) is var numbers && numbers.Fate is not (Fate.Survived or Fate.NotReached) ? numbers : others.Value ?? numbers;
        }
        finally
        {
            loaded.Active = LoadedGenerator.None;
            if (loaded != _loaded)
            {
                loaded.Dispose();
            }
        }
    }

    private (Fate Fate, string Detail) JudgeNumbers(Mutation mutation, LoadedGenerator loaded, Lazy<(Fate, string)?> others)
    {
        bool isFresh = loaded != _loaded;
        var changed = new List<string>();
        bool isReached = false;
        int compiled = 0;
        foreach ((CorpusGroup group, bool optimize) in Order)
        {
            if (!isFresh && !group.Reached[optimize].Contains(mutation.Id))
            {
                continue;
            }

            isReached = true;
            loaded.Restart((StepFactor * group.Steps[optimize]) + 1_000_000);
            Output output = group.Generate(loaded, optimize, withParse: isFresh || !IsAfterParse(mutation));
            if (loaded.IsExhausted)
            {
                return (Fate.DidNotEnd, group.Name);
            }

            if (output.Failure is { } failure)
            {
                return (Fate.Threw, $"{group.Name}: {failure}");
            }

            IReadOnlyList<string> differences = output.Differences(group.Baseline[optimize]);
            if (differences.Count > 0)
            {
                changed.AddRange(differences);
                if (CorpusCheck.Watched(() => CorpusCheck.Run(group, output, optimize, differences, stopAtFirst: true)) is { } fault)
                {
                    return fault;
                }

                // Quicker than the rest of the corpus; what changes texts only is seen there.
                if (_texts is not null && ++compiled == CompiledBeforeOthers && others.Value is { } other)
                {
                    return other;
                }
            }
        }

        if (isReached && Misplaced(mutation, loaded) is { } misplaced)
        {
            return (Fate.NotRefused, misplaced);
        }

        return !isReached ? (Fate.NotReached, "")
            : (Fate.Survived, changed.Count == 0 ? "the same text for the whole corpus" : $"other text, right numbers: {string.Join(", ", changed.Distinct().Take(3))}{(changed.Count > 3 ? " …" : "")}");
    }

    // The place of a report shows in the analyzer only.
    private string? Misplaced(Mutation mutation, LoadedGenerator loaded)
    {
        foreach (CorpusGroup group in _groups.Where(g => g.StatedRefusals.Count > 0 && (loaded != _loaded || g.Reached[true].Contains(mutation.Id))))
        {
            if (Refusals.Misplaced(group, group.With(group.Baseline[true], optimize: true), loaded.CreateAnalyzers()).FirstOrDefault() is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private (Fate, string)? JudgeTexts(Mutation mutation, LoadedGenerator loaded)
    {
        bool isFresh = loaded != _loaded;
        loaded.Restart(long.MaxValue);
        return _texts is not null && (isFresh || _texts.Reached.Contains(mutation.Id)) && _texts.FirstDifference(loaded, withParse: isFresh || !IsAfterParse(mutation)) is { } construct
            ? (Fate.OtherText, "snapshot " + construct)
            : null;
    }

    private (Fate, string)? JudgeByUnitTests(Mutation mutation)
    {
        if (TestedFolders.FirstOrDefault(f => mutation.File.StartsWith(f + "/", StringComparison.Ordinal)) is not { } folder)
        {
            return null;
        }

        bool isStatic = _static.Contains(mutation.Id);
        UnitTests tests = isStatic ? new UnitTests(_generator, mutation.Id) : _unitTests;
        try
        {
            tests.Generator.Active = mutation.Id;
            return tests.FirstFailure(folder, _cancellationToken) is { } failure ? (Fate.UnitTest, failure) : null;
        }
        finally
        {
            tests.Generator.Active = LoadedGenerator.None;
            if (isStatic)
            {
                tests.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _unitTests.Dispose();
        _loaded.Dispose();
    }
}
