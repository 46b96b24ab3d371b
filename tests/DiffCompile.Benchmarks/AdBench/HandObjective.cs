using DiffCompile.Objectives.AdBench;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>
/// Residuals of hand tracking, three per point, and their Jacobian, row-major: 26 columns of the pose, of the complicated
/// form after two columns for the point's own coordinates.
/// </summary>
internal sealed class HandObjective : Objective
{
    private readonly HandInput _input;
    private readonly double[] _angles;
    private readonly double[] _absolutes;
    private readonly double[] _transforms;

    public HandObjective(AdBenchOptions options)
    {
        _input = HandInput.Read(options.Input, HandModel.Read(options.Model), options.Complicated);
        _angles = new double[3 * _input.Model.Bones];
        _absolutes = new double[HandTracking.TransformSize * _input.Model.Bones];
        _transforms = new double[HandTracking.TransformSize * _input.Model.Bones];
        HandWritten = new ByHand(_input);
    }

    public override int ValueSize => _input.Points.Length;

    public override int DerivativeSize => ValueSize * (_input.Complicated ? HandTracking.PoseSize + 2 : HandTracking.PoseSize);

    public override string Layout => _input.Complicated
        ? "Jacobian [residual, 28]: the point's two coordinates, then the pose"
        : "Jacobian [residual, 26]: the pose";

    // 15 bends, 5 spreads and the turn of the whole hand.
    public override string HandWrittenCalls => "1 sqrt, 21 sin with cos";

    public override IDerivative? Generated => new FromGenerator(this);

    public override IDerivative HandWritten { get; }

    public override void Primal(Span<double> value)
    {
        HandModel m = _input.Model;
        if (_input.Complicated)
        {
            HandTracking.Complicated(
                _input.Barycentric, _input.Pose, m.Parents, m.BaseRelatives, m.InverseBaseAbsolutes, m.BasePositions, m.InfluenceStart,
                m.InfluenceBones, m.InfluenceWeights, _input.Vertices, _input.Points, _angles, _absolutes, _transforms, value);
        }
        else
        {
            HandTracking.Simple(
                _input.Pose, m.Parents, m.BaseRelatives, m.InverseBaseAbsolutes, m.BasePositions, m.InfluenceStart,
                m.InfluenceBones, m.InfluenceWeights, _input.Vertices, _input.Points, _angles, _absolutes, _transforms, value);
        }
    }

    // The simple form has one sweep for all columns. The complicated one has two columns for all points together, which are no columns
    // of the method: one sweep for each column; a column of the point's coordinates is the same sweep for all points at once.
    private sealed class FromGenerator(HandObjective o) : IDerivative
    {
        private readonly DerivativeWorkspace _workspace = new();
        private readonly double[] _poseDot = new double[HandTracking.PoseSize];
        private readonly double[] _pointDot = new double[o._input.Barycentric.Length];
        private readonly double[] _residualsDot = new double[o._input.Points.Length];

        public void Evaluate(Span<double> value, Span<double> derivative)
        {
            if (!o._input.Complicated)
            {
                HandModel m = o._input.Model;
                HandTracking.SimpleJacobian(
                    o._input.Pose, m.Parents, m.BaseRelatives, m.InverseBaseAbsolutes, m.BasePositions, m.InfluenceStart,
                    m.InfluenceBones, m.InfluenceWeights, o._input.Vertices, o._input.Points, o._angles, o._absolutes, o._transforms, value,
                    derivative, _workspace);
                return;
            }

            const int coordinates = 2;
            const int columns = coordinates + HandTracking.PoseSize;
            for (int column = 0; column < columns; column++)
            {
                Array.Clear(_poseDot);
                for (int i = 0; i < _pointDot.Length; i++)
                {
                    _pointDot[i] = i % 2 == column ? 1.0 : 0.0;
                }

                if (column >= coordinates)
                {
                    _poseDot[column - coordinates] = 1.0;
                }

                Sweep(value);
                for (int row = 0; row < _residualsDot.Length; row++)
                {
                    derivative[row * columns + column] = _residualsDot[row];
                }
            }
        }

        private void Sweep(Span<double> value)
        {
            HandInput input = o._input;
            HandModel m = input.Model;
            HandTracking.ComplicatedJvp(
                input.Barycentric, input.Pose, m.Parents, m.BaseRelatives, m.InverseBaseAbsolutes, m.BasePositions, m.InfluenceStart,
                m.InfluenceBones, m.InfluenceWeights, input.Vertices, input.Points, o._angles, o._absolutes, o._transforms, value,
                _pointDot, _poseDot, _residualsDot, _workspace);
        }
    }

    private sealed class ByHand(HandInput input) : IDerivative
    {
        private readonly HandTrackingByHand _derivative = new(input);

        public void Evaluate(Span<double> value, Span<double> derivative) => _derivative.Jacobian(value, derivative);
    }
}
