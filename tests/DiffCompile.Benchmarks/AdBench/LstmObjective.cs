using DiffCompile.Objectives.AdBench;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>Loss of the character network and its gradient.</summary>
internal sealed class LstmObjective : Objective
{
    private readonly LstmInput _input;
    private readonly bool _corrected;
    private readonly double[] _state;
    private readonly double[] _signal;

    public LstmObjective(AdBenchOptions options)
    {
        _input = LstmInput.Read(options.Input);
        _corrected = options.Corrected;
        _state = new double[_input.State.Length];
        _signal = new double[_input.Bits];
        HandWritten = new ByHand(_input, _corrected);
    }

    public override int ValueSize => 1;

    public override int DerivativeSize => _input.Main.Length + _input.Extra.Length;

    public override string Layout => "gradient: parameters of the layers, then of input and output";

    public override string HandWrittenCalls
    {
        get
        {
            int steps = _input.Characters - 1, units = _input.Layers * _input.Bits;
            return $"{steps * (3 * units + _input.Bits)} exp, {steps * 2 * units} tanh, {steps} log";
        }
    }

    public override IDerivative? Generated => new FromGenerator(this);

    public override IDerivative HandWritten { get; }

    public override Action HessianVectorProduct
    {
        get
        {
            var workspace = new DerivativeWorkspace();
            double[] mainDot = [.. _input.Main.Select(x => 0.5 * x)], extraDot = [.. _input.Extra.Select(x => 0.5 * x)];
            double[] main = new double[mainDot.Length], extra = new double[extraDot.Length];
            return () => Lstm.LossHessianVectorProduct(
                _input.Main, _input.Extra, _input.State, _input.Sequence, _input.Layers, _input.Characters, _input.Bits, _corrected,
                _state, _signal, mainDot, extraDot, main, extra, workspace);
        }
    }

    public override void Primal(Span<double> value) => value[0] = Lstm.Loss(
        _input.Main, _input.Extra, _input.State, _input.Sequence, _input.Layers, _input.Characters, _input.Bits, _corrected, _state, _signal);

    private sealed class FromGenerator(LstmObjective o) : IDerivative
    {
        private readonly DerivativeWorkspace _workspace = new();

        public void Evaluate(Span<double> value, Span<double> derivative)
        {
            LstmInput input = o._input;
            int main = input.Main.Length;
            value[0] = Lstm.LossValueAndGradient(
                input.Main, input.Extra, input.State, input.Sequence, input.Layers, input.Characters, input.Bits, o._corrected,
                o._state, o._signal, derivative[..main], derivative[main..], _workspace);
        }
    }

    private sealed class ByHand(LstmInput input, bool corrected) : IDerivative
    {
        private readonly LstmByHand _derivative = new(input, corrected);

        public void Evaluate(Span<double> value, Span<double> derivative) => value[0] = _derivative.ValueAndGradient(derivative);
    }
}
