namespace DiffCompile.Model.Tests.Support;

/// <summary>First derivatives by central differences, extrapolated to step 0 (Ridders 1982): about 1e-11 relative.</summary>
internal static class FiniteDifference
{
    private const double Shrink = 1.6;
    private const int Levels = 14;

    /// <summary>f′(x); the largest step taken is <paramref name="step"/>, over which f must be smooth.</summary>
    public static double Derivative(Func<double, double> f, double x, double step)
    {
        var table = new double[Levels, Levels];
        double best = double.NaN;
        double bestError = double.PositiveInfinity;
        double h = step;
        for (int i = 0; i < Levels; i++, h /= Shrink)
        {
            double up = x + h;
            double down = x - h;
            table[i, 0] = (f(up) - f(down)) / (up - down);
            double factor = 1.0;
            for (int j = 1; j <= i; j++)
            {
                factor *= Shrink * Shrink;
                table[i, j] = table[i, j - 1] + (table[i, j - 1] - table[i - 1, j - 1]) / (factor - 1.0);
                double error = Math.Max(
                    Math.Abs(table[i, j] - table[i, j - 1]), Math.Abs(table[i, j] - table[i - 1, j - 1]));
                if (error <= bestError)
                {
                    bestError = error;
                    best = table[i, j];
                }
            }
        }

        return best;
    }
}
