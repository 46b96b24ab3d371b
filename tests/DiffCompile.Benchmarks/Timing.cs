using System.Diagnostics;

namespace DiffCompile.Benchmarks;

/// <summary>Times several variants of the same work in turn, so that what else the machine does falls on all of them.</summary>
internal static class Timing
{
    /// <summary>Seconds of each call, per variant.</summary>
    /// <param name="rounds">How often each variant is timed.</param>
    /// <param name="variants">The work; each is called a few times first.</param>
    public static double[][] Interleaved(int rounds, params Action[] variants)
    {
        foreach (Action variant in variants)
        {
            for (int i = 0; i < 3; i++)
            {
                variant();
            }
        }

        double[][] seconds = variants.Select(_ => new double[rounds]).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int v = 0; v < variants.Length; v++)
            {
                long start = Stopwatch.GetTimestamp();
                variants[v]();
                seconds[v][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        return seconds;
    }

    public static double Median(double[] values)
    {
        double[] sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
