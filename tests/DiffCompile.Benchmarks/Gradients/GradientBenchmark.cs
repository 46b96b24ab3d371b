using System.Globalization;
using DiffCompile.Model.Halos;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Benchmarks.Gradients;

/// <summary>Generated value-and-gradient against the same written by hand, and against the method alone.</summary>
internal static class GradientBenchmark
{
    private const int Calls = 4096;
    private const int Rounds = 201;
    private static double s_sink;

    public static void Run()
    {
        Console.WriteLine("value and gradient, one thread, ns per call (median of interleaved rounds)");
        Console.WriteLine("function        | method | generated | by hand | generated/by hand | generated/method | bytes | transcendental calls generated, by hand");
        var random = new Random(1);
        double[] u = Enumerable.Range(0, Calls).Select(_ => random.NextDouble()).ToArray();
        double[] v = Enumerable.Range(0, Calls).Select(_ => random.NextDouble()).ToArray();

        Report(
            "MeanCentral",
            "1 erfc + 1 exp, 1 erfc + 1 exp",
            i => Zheng07.MeanCentral(11.0 + (3.0 * u[i]), 12.02, 0.26),
            i =>
            {
                (double value, (double a, double b, double c)) = Zheng07.MeanCentralValueAndGradient(11.0 + (3.0 * u[i]), 12.02, 0.26);
                return value + a + b + c;
            },
            i =>
            {
                (double value, (double a, double b, double c)) = HandWritten.MeanCentral(11.0 + (3.0 * u[i]), 12.02, 0.26);
                return value + a + b + c;
            });
        Report(
            "NFW quantile",
            "1 log + 1 Lambert W, 1 log + 1 Lambert W",
            i => NfwProfile.Quantile(0.01 + (0.98 * u[i]), 4.0 + (10.0 * v[i])),
            i =>
            {
                (double value, (double a, double b)) = NfwProfile.QuantileValueAndGradient(0.01 + (0.98 * u[i]), 4.0 + (10.0 * v[i]));
                return value + a + b;
            },
            i =>
            {
                (double value, (double a, double b)) = HandWritten.NfwQuantile(0.01 + (0.98 * u[i]), 4.0 + (10.0 * v[i]));
                return value + a + b;
            });
        Report(
            "Rational",
            "none",
            i => Models.Rational(u[i], v[i], 0.3),
            i =>
            {
                (double value, (double a, double b, double c)) = Models.RationalValueAndGradient(u[i], v[i], 0.3);
                return value + a + b + c;
            },
            i =>
            {
                (double value, (double a, double b, double c)) = HandWritten.Rational(u[i], v[i], 0.3);
                return value + a + b + c;
            });
        GC.KeepAlive(s_sink);
    }

    private static void Report(string name, string counts, Func<int, double> method, Func<int, double> generated, Func<int, double> byHand)
    {
        for (int i = 0; i < Calls; i++)
        {
            double a = generated(i), b = byHand(i);
            if (Math.Abs(a - b) > 1e-9 * (1.0 + Math.Abs(b)))
            {
                throw new InvalidOperationException($"{name}: the two gradients differ: {a} and {b}");
            }
        }

        // Long enough for the runtime to reach its final code.
        for (int i = 0; i < 60; i++)
        {
            Loop(method);
            Loop(generated);
            Loop(byHand);
            Thread.Sleep(5);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Loop(generated);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        double[] seconds = Timing.Interleaved(Rounds, () => Loop(method), () => Loop(generated), () => Loop(byHand));
        double[] ns = seconds.Select(s => s / Calls * 1e9).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-15} | {ns[0],6:F2} | {ns[1],9:F2} | {ns[2],7:F2} | {ns[1] / ns[2],17:F3} | {ns[1] / ns[0],16:F2} | {bytes,5} | {counts}"));
    }

    private static void Loop(Func<int, double> work)
    {
        double sum = 0.0;
        for (int i = 0; i < Calls; i++)
        {
            sum += work(i);
        }

        s_sink += sum;
    }
}
