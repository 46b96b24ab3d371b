using DiffCompile.Objectives.AdBench;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>
/// Residuals of bundle adjustment, two per observation and then one per weight, and their Jacobian in compressed rows of 15
/// and of one value. Columns: cameras, points, weights.
/// </summary>
internal sealed class BundleAdjustmentObjective : Objective
{
    private readonly BundleAdjustmentInput _input;

    public BundleAdjustmentObjective(AdBenchOptions options)
    {
        _input = BundleAdjustmentInput.Read(options.Input);
        HandWritten = new ByHand(_input);
    }

    public override int ValueSize => 3 * Observations;

    public override int DerivativeSize => (2 * BundleAdjustmentByHand.Columns + 1) * Observations;

    public override string Layout => "Jacobian in compressed rows; columns: cameras, points, weights";

    public override string HandWrittenCalls => $"{Observations} sqrt, {Observations} sin with cos";

    public override IDerivative? Generated => new FromGenerator(_input);

    public override IDerivative HandWritten { get; }

    public override (int[] Rows, int[] Columns)? Structure
    {
        get
        {
            var rows = new int[ValueSize + 1];
            var columns = new int[DerivativeSize];
            int at = 0, firstPoint = _input.Cameras.Length, firstWeight = firstPoint + _input.Points.Length;
            for (int row = 0; row < ValueSize; row++)
            {
                bool isReprojection = row < 2 * Observations;
                int observation = isReprojection ? row / 2 : row - 2 * Observations;
                for (int i = 0; isReprojection && i < BundleAdjustment.CameraSize; i++)
                {
                    columns[at++] = BundleAdjustment.CameraSize * _input.CameraOf[observation] + i;
                }

                for (int i = 0; isReprojection && i < 3; i++)
                {
                    columns[at++] = firstPoint + 3 * _input.PointOf[observation] + i;
                }

                columns[at++] = firstWeight + observation;
                rows[row + 1] = at;
            }

            return (rows, columns);
        }
    }

    private int Observations => _input.Weights.Length;

    public override void Primal(Span<double> value)
    {
        for (int i = 0; i < Observations; i++)
        {
            (value[2 * i], value[2 * i + 1]) = BundleAdjustment.Reprojection(
                Camera(_input, i), Point(_input, i), _input.Weights[i], _input.Features[2 * i], _input.Features[2 * i + 1]);
            value[2 * Observations + i] = BundleAdjustment.WeightResidual(_input.Weights[i]);
        }
    }

    private static ReadOnlySpan<double> Camera(BundleAdjustmentInput input, int i) =>
        input.Cameras.AsSpan(BundleAdjustment.CameraSize * input.CameraOf[i], BundleAdjustment.CameraSize);

    private static ReadOnlySpan<double> Point(BundleAdjustmentInput input, int i) => input.Points.AsSpan(3 * input.PointOf[i], 3);

    private sealed class FromGenerator(BundleAdjustmentInput input) : IDerivative
    {
        public void Evaluate(Span<double> value, Span<double> derivative)
        {
            const int block = 2 * BundleAdjustmentByHand.Columns;
            int observations = input.Weights.Length;
            for (int i = 0; i < observations; i++)
            {
                double weight = input.Weights[i];
                (value[2 * i], value[2 * i + 1]) = BundleAdjustment.ReprojectionJacobian(
                    Camera(input, i), Point(input, i), weight, input.Features[2 * i], input.Features[2 * i + 1],
                    derivative.Slice(block * i, block));
                (value[2 * observations + i], derivative[block * observations + i]) = BundleAdjustment.WeightResidualValueAndGradient(weight);
            }
        }
    }

    private sealed class ByHand(BundleAdjustmentInput input) : IDerivative
    {
        public void Evaluate(Span<double> value, Span<double> derivative)
        {
            const int block = 2 * BundleAdjustmentByHand.Columns;
            int observations = input.Weights.Length;
            for (int i = 0; i < observations; i++)
            {
                double weight = input.Weights[i];
                (value[2 * i], value[2 * i + 1]) = BundleAdjustmentByHand.ReprojectionJacobian(
                    Camera(input, i), Point(input, i), weight, input.Features[2 * i], input.Features[2 * i + 1],
                    derivative.Slice(block * i, block));
                value[2 * observations + i] = 1.0 - weight * weight;
                derivative[block * observations + i] = -2.0 * weight;
            }
        }
    }
}
