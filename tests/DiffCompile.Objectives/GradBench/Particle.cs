namespace DiffCompile.Objectives.GradBench;

/// <summary>
/// A charged particle flies past two fixed charges, one of which is placed by a control parameter (Pearlmutter and Siskind
/// 2008, "Using programming language theory to make automatic differentiation sound and efficient"; GradBench's
/// <c>particle</c>).
/// </summary>
public static partial class Particle
{
    /// <summary>
    /// Square of the place where the particle crosses the first axis, by Euler's method with time step 0.1 and a straight
    /// line in the last step.
    /// </summary>
    /// <param name="w">Control parameter: the charges are at (10, 10 − w) and (10, 0).</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double MissSquared(double w)
    {
        const double step = 0.1;
        double x = 0.0;
        double y = 8.0;
        double speedX = 0.75;
        double speedY = 0.0;
        while (true)
        {
            (double forceX, double forceY) = Force(x, y, w);
            double nextX = x + step * speedX;
            double nextY = y + step * speedY;
            if (nextY <= 0.0)
            {
                double rest = -y / speedY;
                double crossing = x + rest * speedX;
                return crossing * crossing;
            }

            x = nextX;
            y = nextY;
            speedX += step * forceX;
            speedY += step * forceY;
        }
    }

    /// <summary>Minus the gradient of the potential 1/|r − (10, 10 − w)| + 1/|r − (10, 0)|.</summary>
    private static (double X, double Y) Force(double x, double y, double w)
    {
        (double ax, double ay) = Repulsion(x - 10.0, y - (10.0 - w));
        (double bx, double by) = Repulsion(x - 10.0, y);
        return (ax + bx, ay + by);
    }

    private static (double X, double Y) Repulsion(double x, double y)
    {
        double square = x * x + y * y;
        double cube = square * Math.Sqrt(square);
        return (x / cube, y / cube);
    }
}
