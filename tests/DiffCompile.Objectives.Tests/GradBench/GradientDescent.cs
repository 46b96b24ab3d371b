namespace DiffCompile.Objectives.Tests.GradBench;

/// <summary>The descent that GradBench's published results of <c>particle</c> and <c>saddle</c> come from.</summary>
internal static class GradientDescent
{
    /// <summary>Point near a minimum: the step grows twofold after ten successes and is halved after a failure.</summary>
    public static double[] Minimum(Func<double[], double> f, Func<double[], double[]> gradient, double[] start)
    {
        double[] x = start;
        double best = f(x);
        double[] slope = gradient(x);
        double rate = 1e-5;
        int successes = 0;
        while (Norm(slope) > 1e-5)
        {
            if (successes == 10)
            {
                rate *= 2.0;
                successes = 0;
                continue;
            }

            double[] next = x.Zip(slope, (a, s) => a - rate * s).ToArray();
            if (Norm(x.Zip(next, (a, b) => a - b)) <= 1e-5)
            {
                break;
            }

            double value = f(next);
            if (value < best)
            {
                (x, best, slope) = (next, value, gradient(next));
                successes++;
            }
            else
            {
                rate *= 0.5;
                successes = 0;
            }
        }

        return x;
    }

    private static double Norm(IEnumerable<double> v) => Math.Sqrt(v.Sum(a => a * a));
}
