namespace DiffCompile.Objectives.GradBench;

/// <summary>Cost of k-means clustering (Lloyd 1982; GradBench's <c>kmeans</c>).</summary>
public static partial class KMeans
{
    /// <summary>Sum over the points of the squared distance to the nearest centroid.</summary>
    /// <param name="centroids">Centroids, [centroid, dimension].</param>
    /// <param name="points">Points, [point, dimension].</param>
    /// <param name="dimensions">Number of dimensions, at least 1.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Cost(ReadOnlySpan<double> centroids, [NoGradient] ReadOnlySpan<double> points, int dimensions)
    {
        double cost = 0.0;
        for (int p = 0; p < points.Length; p += dimensions)
        {
            double nearest = double.PositiveInfinity;
            for (int c = 0; c < centroids.Length; c += dimensions)
            {
                double square = 0.0;
                for (int i = 0; i < dimensions; i++)
                {
                    double difference = points[p + i] - centroids[c + i];
                    square += difference * difference;
                }

                if (square < nearest)
                {
                    nearest = square;
                }
            }

            cost += nearest;
        }

        return cost;
    }
}
