namespace DiffCompile.Objectives.GradBench;

/// <summary>
/// The game of Pearlmutter and Siskind (2008): one player minimises what the other maximises (GradBench's <c>saddle</c>).
/// </summary>
public static partial class Saddle
{
    /// <summary>What is paid for the two players' points: |p₁|² − |p₂|².</summary>
    /// <param name="x1">First player.</param>
    /// <param name="y1">First player.</param>
    /// <param name="x2">Second player.</param>
    /// <param name="y2">Second player.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Payoff(double x1, double y1, double x2, double y2) => (x1 * x1 + y1 * y1) - (x2 * x2 + y2 * y2);

    /// <summary>The second player's best answer to the first player's point, by gradient ascent.</summary>
    /// <param name="x1">First player.</param>
    /// <param name="y1">First player.</param>
    /// <param name="startX">Where the ascent starts.</param>
    /// <param name="startY">Where the ascent starts.</param>
    /// <returns>What is paid then.</returns>
    /// <remarks>
    /// The step grows twofold after ten successes and is halved after a failure; the ascent ends where the gradient or the
    /// step is at most 1e-5.
    /// </remarks>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double BestPayoff(double x1, double y1, double startX, double startY)
    {
        (double x, double y) = BestAnswer(x1, y1, startX, startY);
        return Payoff(x1, y1, x, y);
    }

    /// <summary>The point of <see cref="BestPayoff"/>.</summary>
    /// <param name="x1">First player.</param>
    /// <param name="y1">First player.</param>
    /// <param name="startX">Where the ascent starts.</param>
    /// <param name="startY">Where the ascent starts.</param>
    public static (double X, double Y) BestAnswer(double x1, double y1, double startX, double startY)
    {
        const double enough = 1e-5;
        double x = startX;
        double y = startY;
        double best = Payoff(x1, y1, x, y);
        double rate = 1e-5;
        int successes = 0;
        while (true)
        {
            double slopeX = -2.0 * x;
            double slopeY = -2.0 * y;
            if (Math.Sqrt(slopeX * slopeX + slopeY * slopeY) <= enough)
            {
                break;
            }

            if (successes == 10)
            {
                rate *= 2.0;
                successes = 0;
                continue;
            }

            double nextX = x + rate * slopeX;
            double nextY = y + rate * slopeY;
            if (Math.Sqrt((nextX - x) * (nextX - x) + (nextY - y) * (nextY - y)) <= enough)
            {
                break;
            }

            double next = Payoff(x1, y1, nextX, nextY);
            if (next > best)
            {
                x = nextX;
                y = nextY;
                best = next;
                successes++;
            }
            else
            {
                rate *= 0.5;
                successes = 0;
            }
        }

        return (x, y);
    }
}
