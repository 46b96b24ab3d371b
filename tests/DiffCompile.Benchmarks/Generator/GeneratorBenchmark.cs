using System.Diagnostics;
using System.Globalization;
using DiffCompile.Generators;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Benchmarks.Generator;

/// <summary>What the generator adds to a build and to an edit, against plain binding of the same project in the same run.</summary>
internal static class GeneratorBenchmark
{
    public static void Run()
    {
        // The first run of a process compiles the compiler; it is reported, and measured on its own.
        CSharpCompilation first = GeneratorHarness.Compilation(SyntheticConsumer.Sources(200));
        long start = Stopwatch.GetTimestamp();
        Driver().RunGenerators(first);
        Console.WriteLine(Line("cold, 200 methods, first run of the process", Stopwatch.GetElapsedTime(start).TotalMilliseconds));

        double edit200 = Report(200);
        double edit400 = Report(400);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"400 methods / 200 methods, cold: {edit400 / edit200:F2}"));

        Chain(30, twice: false);
        Chain(30, twice: true);
    }

    private static void Chain(int length, bool twice)
    {
        long start = Stopwatch.GetTimestamp();
        GeneratorDriver chain = Driver().RunGenerators(GeneratorHarness.Compilation(["global using System; global using DiffCompile;", SyntheticConsumer.Chain(length, twice)]));
        int bytes = chain.GetRunResult().Results[0].GeneratedSources.Sum(s => s.SourceText.Length);
        Console.WriteLine(Line($"chain of {length} methods, each calling the one before {(twice ? "twice" : "once")}", Stopwatch.GetElapsedTime(start).TotalMilliseconds)
            + string.Create(CultureInfo.InvariantCulture, $", {bytes / 1024} KiB of text"));
    }

    private static double Report(int methods)
    {
        const int rounds = 9;
        var cold = new List<double>();
        var binding = new List<double>();
        var edit = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            cold.Add(Time(() => Fresh(methods), c => Driver().RunGenerators(c)));
            binding.Add(Time(() => Fresh(methods), c => c.GetDiagnostics()));

            CSharpCompilation compilation = Fresh(methods);
            GeneratorDriver driver = Driver().RunGenerators(compilation);
            SyntaxTree unrelated = CSharpSyntaxTree.ParseText("internal static class Edited { }", (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
            edit.Add(Time(() => compilation.AddSyntaxTrees(unrelated), c => driver.RunGenerators(c)));
        }

        double ms = Timing.Median(cold.ToArray()), bind = Timing.Median(binding.ToArray()), after = Timing.Median(edit.ToArray());
        Console.WriteLine(Line($"{methods} methods, cold (warm process)", ms));
        Console.WriteLine(Line($"{methods} methods, plain binding", bind));
        Console.WriteLine(Line($"{methods} methods, after an edit in another file", after) + string.Create(CultureInfo.InvariantCulture, $", {after / bind:F2} of plain binding"));
        return ms;
    }

    // Tracking of steps is for tests; no compiler asks for it.
    private static GeneratorDriver Driver() => GeneratorHarness.Driver(new DifferentiableGenerator());

    private static CSharpCompilation Fresh(int methods) => GeneratorHarness.Compilation(SyntheticConsumer.Sources(methods));

    private static double Time(Func<CSharpCompilation> prepare, Action<CSharpCompilation> work)
    {
        CSharpCompilation compilation = prepare();
        long start = Stopwatch.GetTimestamp();
        work(compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Line(string what, double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{what}: {milliseconds:F0} ms");
}
