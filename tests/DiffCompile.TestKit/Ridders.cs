namespace DiffCompile.TestKit;

/// <summary>Central differences extrapolated to step zero (Ridders 1982), with an error estimate.</summary>
public static class Ridders
{
    private const int Rows = 10;
    private const double Shrink = 1.4;

    /// <summary>d f(x + t·direction)/dt at t = 0, for each component of f.</summary>
    public static (double[] Derivative, double[] Error) Directional(Func<double[], double[]> f, double[] x, IReadOnlyList<int> active, double[] direction, double step)
    {
        double[] At(double t)
        {
            double[] moved = (double[])x.Clone();
            for (int i = 0; i < active.Count; i++)
            {
                moved[active[i]] += t * direction[i];
            }

            return f(moved);
        }

        int outputs = At(0.0).Length;
        var table = new double[Rows, Rows][];
        double[] best = new double[outputs];
        double[] error = Enumerable.Repeat(double.PositiveInfinity, outputs).ToArray();
        double h = step;
        for (int i = 0; i < Rows; i++, h /= Shrink)
        {
            double[] up = At(h), down = At(-h);
            table[0, i] = up.Zip(down, (a, b) => (a - b) / (2.0 * h)).ToArray();
            double factor = Shrink * Shrink;
            for (int j = 1; j <= i; j++, factor *= Shrink * Shrink)
            {
                double[] finer = table[j - 1, i], coarser = table[j - 1, i - 1];
                table[j, i] = finer.Zip(coarser, (a, b) => (factor * a - b) / (factor - 1.0)).ToArray();
                for (int k = 0; k < outputs; k++)
                {
                    double estimate = Math.Max(Math.Abs(table[j, i][k] - finer[k]), Math.Abs(table[j, i][k] - coarser[k]));
                    if (estimate < error[k])
                    {
                        error[k] = estimate;
                        best[k] = table[j, i][k];
                    }
                }
            }
        }

        return (best, error);
    }
}
