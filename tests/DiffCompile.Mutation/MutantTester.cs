using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>The tests saw nothing.</summary>
    Survived,

    /// <summary>No function of the corpus comes past it.</summary>
    NotReached,

    /// <summary>A value or a derivative was wrong, or an expectation failed.</summary>
    WrongNumber,

    /// <summary>A method was refused.</summary>
    Refused,

    /// <summary>A method that must be refused was not, or not with the right reason.</summary>
    NotRefused,

    /// <summary>The generated code does not compile without warnings.</summary>
    DoesNotCompile,

    /// <summary>The generator or the generated code threw.</summary>
    Threw,

    /// <summary>The generator did not come to an end.</summary>
    DidNotEnd,

    /// <summary>All numbers were right, but the text was not what a test states of it.</summary>
    OtherText,

    /// <summary>A unit test of the rules failed.</summary>
    UnitTest,
}

/// <summary>A mutant and what became of it.</summary>
/// <param name="Detail">The first fault, or what is known about a survivor.</param>
internal sealed record Verdict(Mutation Mutation, Fate Fate, string Detail, double Seconds)
{
    public bool IsKilled => Fate is not (Fate.Survived or Fate.NotReached);
}

/// <summary>Switches mutants on, one after the other, and runs the corpus until something is wrong.</summary>
internal sealed class MutantTester : IDisposable
{
    /// <summary>A mutant may take so many times the steps of the unmutated generator.</summary>
    private const int StepFactor = 100;

    /// <summary>So many parts of the corpus are compiled before the approved texts are asked.</summary>
    private const int CompiledBeforeTexts = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly MutatedGenerator _generator;
    private readonly LoadedGenerator _loaded;
    private readonly IReadOnlyList<CorpusGroup> _groups;
    private readonly HashSet<int> _static;
    private readonly UnitTests? _unitTests;
    private readonly ApprovedTexts? _texts;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares all groups.</summary>
    /// <param name="generator">With the mutants in it.</param>
    /// <param name="groups">The corpus.</param>
    /// <param name="withUnitTests">Are approved texts and the unit tests of the rules asked too, where the corpus sees nothing?</param>
    /// <param name="log">Told when all is prepared.</param>
    /// <param name="cancellationToken">Stops between groups and tests.</param>
    public MutantTester(MutatedGenerator generator, IReadOnlyList<CorpusGroup> groups, bool withUnitTests, Action<string> log, CancellationToken cancellationToken)
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
        if (withUnitTests)
        {
            _unitTests = new UnitTests(generator, LoadedGenerator.None);
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

            if (Run(group, output, optimize, output.Files.Keys.ToArray(), stopAtFirst: false) is { } found)
            {
                faults.Add($"{group.Name}, optimisations {(optimize ? "on" : "off")}: {found.Detail}");
            }
        }

        if (_unitTests?.FirstFailure("Rules", cancellationToken) is { } failure)
        {
            faults.Add(failure);
        }

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
            return JudgeNumbers(mutation, loaded) is var numbers && numbers.Fate is not (Fate.Survived or Fate.NotReached) ? numbers
                : JudgeTexts(mutation, loaded) ?? JudgeByUnitTests(mutation) ?? numbers;
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

    private (Fate Fate, string Detail) JudgeNumbers(Mutation mutation, LoadedGenerator loaded)
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
                if (Watched(() => Run(group, output, optimize, differences, stopAtFirst: true)) is { } fault)
                {
                    return fault;
                }

                // Approved texts are quicker to compare than numbers; what changes texts only is seen there.
                if (++compiled == CompiledBeforeTexts && JudgeTexts(mutation, loaded) is { } text)
                {
                    return text;
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

    // The rules have unit tests that need no generated code.
    private (Fate, string)? JudgeByUnitTests(Mutation mutation)
    {
        if (_unitTests is null || !mutation.File.StartsWith("Rules/", StringComparison.Ordinal))
        {
            return null;
        }

        bool isStatic = _static.Contains(mutation.Id);
        UnitTests tests = isStatic ? new UnitTests(_generator, mutation.Id) : _unitTests;
        try
        {
            tests.Generator.Active = mutation.Id;
            return tests.FirstFailure("Rules", _cancellationToken) is { } failure ? (Fate.UnitTest, failure) : null;
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

    // Generated code has no loops of its own today; should one hang, its thread is left behind.
    private static (Fate, string)? Watched(Func<(Fate, string)?> run)
    {
        var task = Task.Run(run);
        return task.Wait(Patience) ? task.Result : (Fate.DidNotEnd, "the generated code");
    }

    private static (Fate Fate, string Detail)? Run(CorpusGroup group, Output output, bool optimize, IReadOnlyList<string> changed, bool stopAtFirst)
    {
        Output baseline = group.Baseline[optimize];
        if (Refusals.Wrong(group, output).FirstOrDefault() is { } wrong)
        {
            return (Fate.NotRefused, wrong);
        }

        if (output.Refused.Except(baseline.Refused).FirstOrDefault() is { } refused)
        {
            return (Fate.Refused, $"{refused}: {output.Files[refused].Trim().Split('\n')[^1].Trim()}");
        }

        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = group.With(output, optimize).Emit(image);
        if (!emitted.Success)
        {
            return (Fate.DoesNotCompile, $"{group.Name}: {emitted.Diagnostics.First(d => d.Severity >= DiagnosticSeverity.Warning)}");
        }

        image.Position = 0;
        var context = new AssemblyLoadContext("corpus", isCollectible: true);
        try
        {
            string[] faults = Faults(group, context.LoadFromStream(image), changed).Take(stopAtFirst ? 1 : int.MaxValue).ToArray();
            return faults.Length > 0 ? (Fate.WrongNumber, string.Join("\n", faults))
                : optimize && CorpusFunctions.TextFaults(context.Assemblies.First(), output.Files).FirstOrDefault() is { } text ? (Fate.OtherText, text)
                : null;
        }
        catch (Exception thrown)
        {
            return (Fate.Threw, $"{group.Name}: {(thrown as TargetInvocationException)?.InnerException?.Message ?? thrown.Message}");
        }
        finally
        {
            context.Unload();
        }
    }

    private static IEnumerable<string> Faults(CorpusGroup group, Assembly assembly, IReadOnlyList<string> changed)
    {
        foreach (MethodInfo expectation in CorpusFunctions.Expectations(assembly))
        {
            if (!(bool)expectation.Invoke(null, [])!)
            {
                yield return $"{CorpusFunctions.FullName(expectation)} does not hold";
            }
        }

        // "Namespace.Type.Member.hash.g.cs"
        HashSet<string> members = changed.Select(c => c.Split('.')[^4]).ToHashSet();
        foreach (MethodInfo method in CorpusFunctions.Checked(assembly))
        {
            string member = method.GetCustomAttribute<DifferentiableAttribute>()!.Name ?? method.Name;
            if (!members.Contains(member))
            {
                continue;
            }

            var f = new DifferentiableMethod(method);
            var random = new Random(20261121);
            foreach ((double[] x, bool smooth) in CorpusFunctions.Points(f, group.RandomPoints, random))
            {
                foreach (string fault in EngineMatrix.Check(f, x, random, smooth))
                {
                    yield return fault;
                }
            }
        }
    }

    public void Dispose()
    {
        _unitTests?.Dispose();
        _loaded.Dispose();
    }
}
