using System.Diagnostics;
using System.Globalization;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>Runs one ADBench objective on one input: value, derivative, and times beside the derivative written by hand.</summary>
internal static class AdBenchCommand
{
    // A timed sample takes at least this long, so that the clock's grain and its cost do not count.
    private const double SampleMs = 2.0;
    private const double WarmUpMs = 600.0;

    /// <returns>0; 1 where there is no generated derivative, or it differs from the one by hand; 2 for a wrong call or input.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        AdBenchOptions options;
        Objective objective;
        try
        {
            options = AdBenchOptions.Parse(arguments);
            objective = Objective.Read(options);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(AdBenchOptions.Usage);
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        if (objective.Generated is null && !options.HandWritten)
        {
            Console.Error.WriteLine($"There is no generated derivative of {options.Objective} yet; --hand-written runs the one written by hand.");
            return 1;
        }

        if (!options.HandWritten && !Agree(objective))
        {
            return 1;
        }

        AdBenchReport report = Measure(options, objective);
        report.Print(Console.Out);
        return options.Json is { } file ? Save(report, file) : 0;
    }

    private static int Save(AdBenchReport report, string file)
    {
        try
        {
            report.Save(file);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotFiniteNumberException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static AdBenchReport Measure(AdBenchOptions options, Objective objective)
    {
        var value = new double[objective.ValueSize];
        var derivative = new double[objective.DerivativeSize];
        IDerivative reported = options.HandWritten ? objective.HandWritten : objective.Generated!;
        var work = new List<Action> { () => objective.Primal(value), () => objective.HandWritten.Evaluate(value, derivative) };
        if (!options.HandWritten)
        {
            work.Add(() => reported.Evaluate(value, derivative));
            if (objective.HessianVectorProduct is { } product)
            {
                work.Add(product);
            }
        }

        int[] calls = work.Select(WarmUp).ToArray();
        double[] ms = Timing.Interleaved(options.Repeat, work.Select((w, i) => Repeated(w, calls[i])).ToArray())
            .Select((seconds, i) => 1e3 * seconds.Min() / calls[i])
            .ToArray();

        long before = GC.GetAllocatedBytesForCurrentThread();
        reported.Evaluate(value, derivative);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        objective.Primal(value);
        return new AdBenchReport
        {
            Objective = options.Objective,
            Input = options.Input,
            Value = value,
            Derivative = derivative,
            Structure = objective.Structure,
            Layout = objective.Layout,
            HandWrittenCalls = objective.HandWrittenCalls,
            DerivativeSource = options.HandWritten ? "by hand" : "generated",
            PrimalMs = ms[0],
            DerivativeMs = options.HandWritten ? null : ms[2],
            HandWrittenMs = ms[1],
            HessianVectorMs = ms.Length > 3 ? ms[3] : null,
            BytesAllocated = bytes,
        };
    }

    /// <summary>Calls until the runtime has its final code, and returns how many calls make one sample.</summary>
    private static int WarmUp(Action work)
    {
        var watch = Stopwatch.StartNew();
        int count = 0;
        while (watch.Elapsed.TotalMilliseconds < WarmUpMs || count < 60)
        {
            work();
            if (++count % 30 == 0)
            {
                // The compiler works in the background.
                Thread.Sleep(20);
            }
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 5; i++)
        {
            work();
        }

        return (int)Math.Clamp(5.0 * SampleMs / Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1.0, 1e6);
    }

    private static Action Repeated(Action work, int calls) => () =>
    {
        for (int i = 0; i < calls; i++)
        {
            work();
        }
    };

    /// <summary>Whether the generated derivative and the one by hand are the same, by ADBench's measure.</summary>
    private static bool Agree(Objective objective)
    {
        var value = new double[objective.ValueSize];
        var generated = new double[objective.DerivativeSize];
        var byHand = new double[objective.DerivativeSize];
        objective.Generated!.Evaluate(value, generated);
        objective.HandWritten.Evaluate(value, byHand);
        for (int i = 0; i < byHand.Length; i++)
        {
            double x = generated[i], y = byHand[i];
            if (!(Math.Abs(x - y) / Math.Max(1.0, Math.Abs(x) + Math.Abs(y)) < 1e-8))
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"Number {i} of the derivative is {x:G17} as generated and {y:G17} by hand."));
                return false;
            }
        }

        return true;
    }
}
