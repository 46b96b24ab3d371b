namespace DiffCompile.Objectives.GradBench;

/// <summary>
/// <see cref="Saddle"/> as it is meant: the second player climbs along the derivative of the payoff, by reverse mode or by
/// forward mode, inside a function that is differentiated itself. Inner and outer derivative use the same variables.
/// </summary>
public static partial class NestedSaddle
{
    /// <summary>What is paid after a number of steps of the second player.</summary>
    /// <param name="x1">First player.</param>
    /// <param name="y1">First player.</param>
    /// <param name="startX">Where the ascent starts.</param>
    /// <param name="startY">Where the ascent starts.</param>
    /// <param name="rate">Length of a step over the slope.</param>
    /// <param name="steps">Number of steps.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double ByGradient(double x1, double y1, double startX, double startY, double rate, int steps)
    {
        double x = startX, y = startY;
        for (int i = 0; i < steps; i++)
        {
            (_, _, double slopeX, double slopeY) = Saddle.PayoffGradient(x1, y1, x, y);
            x += rate * slopeX;
            y += rate * slopeY;
        }

        return Saddle.Payoff(x1, y1, x, y);
    }

    /// <summary>The same, by directional derivatives.</summary>
    /// <param name="x1">First player.</param>
    /// <param name="y1">First player.</param>
    /// <param name="startX">Where the ascent starts.</param>
    /// <param name="startY">Where the ascent starts.</param>
    /// <param name="rate">Length of a step over the slope.</param>
    /// <param name="steps">Number of steps.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double ByTangents(double x1, double y1, double startX, double startY, double rate, int steps)
    {
        double x = startX, y = startY;
        for (int i = 0; i < steps; i++)
        {
            double slopeX = Saddle.PayoffJvp(x1, y1, x, y, 0.0, 0.0, 1.0, 0.0).Tangent;
            double slopeY = Saddle.PayoffJvp(x1, y1, x, y, 0.0, 0.0, 0.0, 1.0).Tangent;
            x += rate * slopeX;
            y += rate * slopeY;
        }

        return Saddle.Payoff(x1, y1, x, y);
    }
}
