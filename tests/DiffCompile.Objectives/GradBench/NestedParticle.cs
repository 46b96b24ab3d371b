namespace DiffCompile.Objectives.GradBench;

/// <summary>
/// <see cref="Particle"/> as it is meant: the force is the derivative of the potential, by reverse mode or by forward mode,
/// inside a function that is differentiated itself (Pearlmutter and Siskind 2008).
/// </summary>
public static partial class NestedParticle
{
    /// <summary>1/|r − (10, 10 − w)| + 1/|r − (10, 0)|.</summary>
    /// <param name="x">Place of the particle.</param>
    /// <param name="y">Place of the particle.</param>
    /// <param name="w">Control parameter.</param>
    [Differentiable]
    public static double Potential(double x, double y, double w)
    {
        double toFirst = (x - 10.0) * (x - 10.0) + (y - (10.0 - w)) * (y - (10.0 - w));
        double toSecond = (x - 10.0) * (x - 10.0) + y * y;
        return 1.0 / Math.Sqrt(toFirst) + 1.0 / Math.Sqrt(toSecond);
    }

    /// <summary>Square of the place where the particle crosses the first axis; the force by the gradient of the potential.</summary>
    /// <param name="w">Control parameter.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double MissByGradient(double w)
    {
        double x = 0.0, y = 8.0, speedX = 0.75, speedY = 0.0;
        while (true)
        {
            (double slopeX, double slopeY, _) = PotentialGradient(x, y, w);
            (double nextX, double nextY) = (x + Step * speedX, y + Step * speedY);
            if (nextY <= 0.0)
            {
                double crossing = x - y / speedY * speedX;
                return crossing * crossing;
            }

            (x, y) = (nextX, nextY);
            speedX -= Step * slopeX;
            speedY -= Step * slopeY;
        }
    }

    /// <summary>The same; the force by two directional derivatives of the potential.</summary>
    /// <param name="w">Control parameter.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double MissByTangents(double w)
    {
        double x = 0.0, y = 8.0, speedX = 0.75, speedY = 0.0;
        while (true)
        {
            double slopeX = PotentialJvp(x, y, w, 1.0, 0.0, 0.0).Tangent;
            double slopeY = PotentialJvp(x, y, w, 0.0, 1.0, 0.0).Tangent;
            (double nextX, double nextY) = (x + Step * speedX, y + Step * speedY);
            if (nextY <= 0.0)
            {
                double crossing = x - y / speedY * speedX;
                return crossing * crossing;
            }

            (x, y) = (nextX, nextY);
            speedX -= Step * slopeX;
            speedY -= Step * slopeY;
        }
    }

    private const double Step = 0.1;
}
