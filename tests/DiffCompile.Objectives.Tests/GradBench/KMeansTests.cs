using DiffCompile.Objectives.GradBench;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.GradBench;

public sealed class KMeansTests
{
    [Fact]
    public void Cost_of_points_counted_by_hand()
    {
        // Nearest to (0, 0): (1, 0) at 1 and (0, 2) at 4; nearest to (10, 10): (10, 13) at 9.
        KMeans.Cost([0.0, 0.0, 10.0, 10.0], [1.0, 0.0, 0.0, 2.0, 10.0, 13.0], 2).ShouldBe(14.0);
    }

    [Fact]
    public void Centroids_at_the_points_cost_nothing() => KMeans.Cost([3.0, 1.0, 2.0], [1.0, 2.0, 3.0], 1).ShouldBe(0.0);

    [Fact]
    public void One_centroid_at_the_mean_leaves_the_variance()
    {
        double[] points = [1.0, 4.0, 7.0, 12.0];
        double mean = points.Average();
        KMeans.Cost([mean], points, 1).ShouldBe(points.Sum(p => (p - mean) * (p - mean)), 1e-13);
    }
}
