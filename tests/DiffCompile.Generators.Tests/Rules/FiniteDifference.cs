namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Ridders' extrapolated central differences (Advances in Engineering Software 4, 1982, 75).</summary>
internal static class FiniteDifference
{
    private const int Halvings = 14;
    private const double Shrink = 1.5;

    /// <summary>f'(x), reading f within <paramref name="step"/> of x only, and an estimate of the error.</summary>
    public static (double Derivative, double Error) Of(Func<double, double> f, double x, double step)
    {
        double[,] table = new double[Halvings, Halvings];
        (double best, double error) = (double.NaN, double.PositiveInfinity);
        double h = step;
        for (int i = 0; i < Halvings; i++, h /= Shrink)
        {
            // The step that is really taken.
            double above = x + h, below = x - h;
            table[0, i] = (f(above) - f(below)) / (above - below);
            double factor = Shrink * Shrink;
            for (int j = 1; j <= i; j++, factor *= Shrink * Shrink)
            {
                table[j, i] = ((table[j - 1, i] * factor) - table[j - 1, i - 1]) / (factor - 1.0);
                double difference = Math.Max(Math.Abs(table[j, i] - table[j - 1, i]), Math.Abs(table[j, i] - table[j - 1, i - 1]));
                if (difference < error)
                {
                    (best, error) = (table[j, i], difference);
                }
            }
        }

        return (best, error);
    }
}
