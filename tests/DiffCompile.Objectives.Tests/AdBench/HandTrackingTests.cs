using DiffCompile.Objectives.AdBench;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.TestKit;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

public sealed class HandTrackingTests
{
    private const string Model = "data/adbench/hand/model";
    private const string Simple = "data/adbench/hand/test.txt";
    private const string Complicated = "data/adbench/hand/hand_complicated.txt";
    private const string Larger = "data/adbench/hand/complicated_small_hand1_t26_c100.txt";

    [SharedDataTheory(Model, Simple, Complicated, Expected.File)]
    [InlineData(Simple, false, "Hand.CheckSimple")]
    [InlineData(Complicated, true, "Hand.CheckComplicated")]
    public void Residuals_and_jacobian_by_hand_are_adbenchs(string file, bool complicated, string test)
    {
        HandInput input = Read(file, complicated);
        double[] expected = Expected.Numbers(test + "ObjectiveCalculation", "correctObjective");
        Residuals(input).ShouldAgree(expected, 1e-12);
        double[] jacobian = Jacobian(input, out double[] residuals);
        residuals.ShouldAgree(expected, 1e-12);
        jacobian.ShouldAgree(Expected.Numbers(test + "JacobianCalculation", "correctJacobian"), 1e-10);
    }

    [SharedDataTheory(Model, Simple, Complicated, Larger)]
    [InlineData(Simple, false)]
    [InlineData(Complicated, true)]
    [InlineData(Larger, true)]
    public void Jacobian_by_hand_against_differences(string file, bool complicated)
    {
        HandInput input = Read(file, complicated);
        double[] jacobian = Jacobian(input, out double[] residuals);
        residuals.ShouldAgree(Residuals(input), 1e-13);
        int columns = jacobian.Length / residuals.Length;
        int own = columns - HandTracking.PoseSize;
        for (int row = 0; row < residuals.Length; row += 11)
        {
            for (int column = 0; column < columns; column++)
            {
                double[] parameters = column < own ? input.Barycentric : input.Pose;
                int index = column < own ? 2 * (row / 3) + column : column - own;
                double slope = Agreement.Difference(parameters, index, () => Residuals(input)[row]);
                jacobian[row * columns + column].ShouldAgree(slope, 1e-10, $"row {row}, column {column}");
            }
        }
    }

    [SharedDataFact(Model, Simple)]
    public void Without_rotation_the_hand_is_only_moved()
    {
        HandInput input = Read(Simple, complicated: false);
        input.Pose.AsSpan(0, 3).Clear();
        double[] before = Residuals(input);
        input.Pose[4] += 0.5;
        double[] after = Residuals(input);
        for (int i = 0; i < before.Length; i++)
        {
            (before[i] - after[i]).ShouldAgree(i % 3 == 1 ? 0.5 : 0.0, 1e-14);
        }

        Jacobian(input, out double[] byHand);
        byHand.ShouldAgree(after, 1e-13);
    }

    private static HandInput Read(string file, bool complicated) =>
        HandInput.Read(SharedData.PathOf(file), HandModel.Read(SharedData.PathOf(Model)), complicated);

    private static double[] Jacobian(HandInput input, out double[] residuals)
    {
        var byHand = new HandTrackingByHand(input);
        residuals = new double[3 * input.PointCount];
        var jacobian = new double[residuals.Length * byHand.Columns];
        Array.Fill(jacobian, double.NaN);
        byHand.Jacobian(residuals, jacobian);
        byHand.Jacobian(residuals, jacobian);
        return jacobian;
    }

    private static double[] Residuals(HandInput input)
    {
        HandModel m = input.Model;
        var residuals = new double[3 * input.PointCount];
        double[] angles = new double[3 * m.Bones], absolutes = new double[12 * m.Bones], transforms = new double[12 * m.Bones];
        if (input.Complicated)
        {
            HandTracking.Complicated(
                input.Barycentric, input.Pose, m.Parents, m.BaseRelatives, m.InverseBaseAbsolutes, m.BasePositions, m.InfluenceStart,
                m.InfluenceBones, m.InfluenceWeights, input.Vertices, input.Points, angles, absolutes, transforms, residuals);
        }
        else
        {
            HandTracking.Simple(
                input.Pose, m.Parents, m.BaseRelatives, m.InverseBaseAbsolutes, m.BasePositions, m.InfluenceStart,
                m.InfluenceBones, m.InfluenceWeights, input.Vertices, input.Points, angles, absolutes, transforms, residuals);
        }

        return residuals;
    }
}
