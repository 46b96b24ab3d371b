using DiffCompile.Mutation;
using Microsoft.CodeAnalysis;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl-C ends after the mutant in hand and still reports.
    e.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};

try
{
    return Run(Options.Parse(args), cancellation.Token);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before the first mutant.");
    return 3;
}

static int Run(Options options, CancellationToken cancellationToken)
{
    IReadOnlyList<SyntaxTree> trees = Repository.GeneratorTrees();
    // The page of rules is compared with the table by a test of its own.
    IEnumerable<SyntaxTree> mutated = trees.Where(t => options.Folders.Any(f => t.FilePath.StartsWith(f + "/", StringComparison.Ordinal)) && t.FilePath != "Rules/RuleDocumentation.cs");
    IReadOnlyList<Mutation> found = MechanicalMutants.Find(mutated);
    Console.WriteLine($"{found.Count} mutations in {string.Join(", ", options.Folders)}");
    MutatedGenerator generator = Schemata.Build(trees, found, Console.WriteLine, cancellationToken);
    IReadOnlyList<Mutation> selected = options.Select(generator.Mutations);
    if (options.List)
    {
        foreach (Mutation m in selected)
        {
            Console.WriteLine($"{m.Id,5} {m.File}({m.Line}) {m.Key}");
        }

        return 0;
    }

    using var tester = new MutantTester(generator, CorpusGroup.All(_ => true), withTexts: true, Console.WriteLine, cancellationToken);
    IReadOnlyList<string> faults = tester.Baseline(cancellationToken);
    if (faults.Count > 0)
    {
        Console.Error.WriteLine("The generator as it stands fails, so that mutants would say nothing:\n" + string.Join("\n", faults));
        return 1;
    }

    var progress = new Progress(options.Verdicts);
    var verdicts = new List<Verdict>();
    foreach (Mutation mutation in selected)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine($"Stopped after {verdicts.Count} of {selected.Count} mutants.");
            break;
        }

        if (options.Ids.Count > 0)
        {
            Console.WriteLine(mutation.Diff());
            Console.WriteLine(tester.TextDifference(mutation));
        }

        if (progress.Known(mutation) is { } known)
        {
            verdicts.Add(known);
            continue;
        }

        Verdict verdict = tester.Test(mutation);
        verdicts.Add(verdict);
        progress.Add(verdict);
        Console.WriteLine($"{verdicts.Count,4}/{selected.Count} {mutation.Id,5} {verdict.Seconds,5:F1} s {verdict.Fate}{(verdict.IsKilled && options.Ids.Count == 0 ? "" : $" {mutation.Key}, line {mutation.Line}\n      {verdict.Detail}")}");
    }

    var report = new Report(options, generator.Mutations.Count(m => options.Kinds.Contains(m.Operator)), verdicts, Survivors.Read());
    Console.WriteLine(report.Summary);
    if (options.Report)
    {
        string path = Path.Combine(Repository.Root, "docs", "mutation-report.md");
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, report.Markdown());
        File.Move(temporary, path, overwrite: true);
        Console.WriteLine("Written: " + path);
    }

    return report.IsGood ? 0 : 1;
}
