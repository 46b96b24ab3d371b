using DiffCompile.Objectives.AdBench;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

public sealed class BundleAdjustmentTests
{
    private const string Small = "data/adbench/ba/test.txt";

    [SharedDataFact(Small, Expected.File)]
    public void Residuals_are_adbenchs()
    {
        BundleAdjustmentInput input = BundleAdjustmentInput.Read(SharedData.PathOf(Small));
        input.Weights.Length.ShouldBe(10);
        for (int i = 0; i < input.Weights.Length; i++)
        {
            // The published number is the second of each pair.
            Residual(input, i).Y.ShouldAgree(Expected.Number("BA.CheckObjectiveCalculation", "ReprojErr"), 1e-12);
            BundleAdjustment.WeightResidual(input.Weights[i]).ShouldAgree(Expected.Number("BA.CheckObjectiveCalculation", "WErr"), 1e-14);
        }
    }

    [SharedDataFact(Small, Expected.File)]
    public void Blocks_by_hand_are_adbenchs()
    {
        BundleAdjustmentInput input = BundleAdjustmentInput.Read(SharedData.PathOf(Small));
        double[] expected = Expected.Numbers("BA.CheckJacobianCalculation", "correct_jacobian_vals");
        int blocks = 2 * BundleAdjustmentByHand.Columns;
        for (int i = 0; i < input.Weights.Length; i++)
        {
            Jacobian(input, i).ShouldAgree(expected[(i * blocks)..((i + 1) * blocks)], 1e-12);
        }
    }

    [Fact]
    public void Block_by_hand_against_differences()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] camera = Draw(random, 11), point = Draw(random, 3), weight = Draw(random, 1);
            point[2] += 5.0;
            Check(camera, point, weight, 1e-2, 1e-8);
        }
    }

    [Fact]
    public void Block_by_hand_without_rotation()
    {
        // The objective changes its formula at zero rotation; its slope there is that of a small rotation nearby.
        var random = new Random(8);
        double[] camera = Draw(random, 11), point = Draw(random, 3), weight = Draw(random, 1);
        point[2] += 5.0;
        camera.AsSpan(0, 3).Clear();
        Check(camera, point, weight, 1e-2, 1e-7);
    }

    private static void Check(double[] camera, double[] point, double[] weight, double step, double bound)
    {
        var jacobian = new double[2 * BundleAdjustmentByHand.Columns];
        Array.Fill(jacobian, double.NaN);
        (double x, double y) = BundleAdjustmentByHand.ReprojectionJacobian(camera, point, weight[0], 0.3, -0.4, jacobian);
        (double valueX, double valueY) = BundleAdjustment.Reprojection(camera, point, weight[0], 0.3, -0.4);
        x.ShouldAgree(valueX, 1e-14);
        y.ShouldAgree(valueY, 1e-14);
        int column = 0;
        foreach (double[] parameters in new[] { camera, point, weight })
        {
            for (int i = 0; i < parameters.Length; i++, column++)
            {
                double slopeX = Agreement.Difference(parameters, i, () => BundleAdjustment.Reprojection(camera, point, weight[0], 0.3, -0.4).X, step);
                double slopeY = Agreement.Difference(parameters, i, () => BundleAdjustment.Reprojection(camera, point, weight[0], 0.3, -0.4).Y, step);
                jacobian[column].ShouldAgree(slopeX, bound, $"x, column {column}");
                jacobian[BundleAdjustmentByHand.Columns + column].ShouldAgree(slopeY, bound, $"y, column {column}");
            }
        }
    }

    private static double[] Draw(Random random, int count) => Enumerable.Range(0, count).Select(_ => 2.0 * random.NextDouble() - 1.0).ToArray();

    private static (double X, double Y) Residual(BundleAdjustmentInput input, int i) => BundleAdjustment.Reprojection(
        input.Cameras.AsSpan(11 * input.CameraOf[i], 11), input.Points.AsSpan(3 * input.PointOf[i], 3),
        input.Weights[i], input.Features[2 * i], input.Features[2 * i + 1]);

    private static double[] Jacobian(BundleAdjustmentInput input, int i)
    {
        var jacobian = new double[2 * BundleAdjustmentByHand.Columns];
        BundleAdjustmentByHand.ReprojectionJacobian(
            input.Cameras.AsSpan(11 * input.CameraOf[i], 11), input.Points.AsSpan(3 * input.PointOf[i], 3),
            input.Weights[i], input.Features[2 * i], input.Features[2 * i + 1], jacobian);
        return jacobian;
    }
}
