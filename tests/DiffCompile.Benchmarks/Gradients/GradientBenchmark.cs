using System.Globalization;
using System.Runtime.CompilerServices;

namespace DiffCompile.Benchmarks.Gradients;

/// <summary>Generated value-and-gradient against the same written by hand, and against the method alone.</summary>
internal static class GradientBenchmark
{
    private const int Calls = 4096;
    private const int Rounds = 1001;
    private static readonly double[] U = Numbers(1);
    private static readonly double[] V = Numbers(2);
    private static double s_sink;

    public static void Run()
    {
        Console.WriteLine("value and gradient, one thread, ns per call: the best of interleaved rounds, and the ratio of medians beside");
        Console.WriteLine("function        | method | generated | by hand | generated/by hand | of medians | generated/method | bytes | transcendental calls generated, by hand");
        Report<MeanCentralMethod, MeanCentralGenerated, MeanCentralByHand>("MeanCentral", "1 erfc + 1 exp, 1 erfc + 1 exp");
        Report<NfwQuantileMethod, NfwQuantileGenerated, NfwQuantileByHand>("NFW quantile", "1 log + 1 Lambert W, 1 log + 1 Lambert W");
        Report<RationalMethod, RationalGenerated, RationalByHand>("Rational", "none");
        GC.KeepAlive(s_sink);
    }

    private static void Report<TMethod, TGenerated, TByHand>(string name, string counts)
        where TMethod : struct, IVariant
        where TGenerated : struct, IVariant
        where TByHand : struct, IVariant
    {
        for (int i = 0; i < Calls; i++)
        {
            double a = TGenerated.Call(U[i], V[i]), b = TByHand.Call(U[i], V[i]);
            if (!(Math.Abs(a - b) <= 1e-9 * (1.0 + Math.Abs(b))))
            {
                throw new InvalidOperationException($"{name}: the two gradients differ: {a} and {b}");
            }
        }

        // Long enough for the runtime to reach its final code.
        for (int i = 0; i < 100; i++)
        {
            Loop<TMethod>();
            Loop<TGenerated>();
            Loop<TByHand>();
            Thread.Sleep(5);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Loop<TGenerated>();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        double[][] ns = Timing.Interleaved(Rounds, Loop<TMethod>, Loop<TGenerated>, Loop<TByHand>)
            .Select(seconds => seconds.Select(s => s / Calls * 1e9).ToArray()).ToArray();
        double[] best = ns.Select(n => n.Min()).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-15} | {best[0],6:F2} | {best[1],9:F2} | {best[2],7:F2} | {best[1] / best[2],17:F3} | {Timing.Median(ns[1]) / Timing.Median(ns[2]),10:F3} | {best[1] / best[0],16:F2} | {bytes,5} | {counts}"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Loop<TVariant>()
        where TVariant : struct, IVariant
    {
        double sum = 0.0;
        for (int i = 0; i < Calls; i++)
        {
            sum += TVariant.Call(U[i], V[i]);
        }

        s_sink += sum;
    }

    private static double[] Numbers(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Calls).Select(_ => random.NextDouble()).ToArray();
    }
}
