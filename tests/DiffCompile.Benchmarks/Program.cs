using DiffCompile.Benchmarks.AdBench;
using DiffCompile.Benchmarks.Generator;
using DiffCompile.Benchmarks.Gradients;

namespace DiffCompile.Benchmarks;

/// <summary>Speed claims of the project come from here: ratios inside one run, with absolute times beside.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "gradients":
                GradientBenchmark.Run();
                return 0;
            case "generator":
                GeneratorBenchmark.Run();
                return 0;
            case "adbench":
                return AdBenchCommand.Run(args.AsSpan(1));
            default:
                Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/DiffCompile.Benchmarks -- gradients | generator | adbench");
                return 2;
        }
    }
}
