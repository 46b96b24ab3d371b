namespace DiffCompile.Objectives.Classics;

/// <summary>Kepler's equation E − e sin E = M.</summary>
public static partial class Kepler
{
    /// <summary>The eccentric anomaly E, by Newton's method.</summary>
    /// <param name="meanAnomaly">M, radians.</param>
    /// <param name="eccentricity">e, at least 0 and below 1.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double EccentricAnomaly(double meanAnomaly, double eccentricity)
    {
        // From this start Newton's method does not leave the half turn of the root (Danby 1987).
        double anomaly = meanAnomaly + 0.85 * eccentricity * (Math.Sin(meanAnomaly) < 0.0 ? -1.0 : 1.0);
        for (int i = 0; i < 50; i++)
        {
            double residual = anomaly - eccentricity * Math.Sin(anomaly) - meanAnomaly;
            double step = residual / (1.0 - eccentricity * Math.Cos(anomaly));
            anomaly -= step;
            if (Math.Abs(step) < 1e-14 * (1.0 + Math.Abs(anomaly)))
            {
                break;
            }
        }

        return anomaly;
    }
}
