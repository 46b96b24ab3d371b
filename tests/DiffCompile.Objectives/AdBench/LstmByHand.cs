namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Value and gradient of <see cref="Lstm.Loss"/> written by hand: back propagation through time over what the forward
/// pass kept. Per character, layer and bit 3 exponentials and 2 hyperbolic tangents, and one exponential per output.
/// </summary>
public sealed class LstmByHand
{
    private const int Kept = 7;
    private readonly LstmInput _input;
    private readonly double _offset;
    private readonly double[] _state;
    private readonly double[] _signal;
    private readonly double[] _history;
    private readonly double[] _shares;
    private readonly double[] _stateBar;

    /// <summary>Buffers for one input; its parameters may be changed between calls.</summary>
    /// <param name="input">The input.</param>
    /// <param name="corrected">Whether the outputs are normalised by log Σ exp.</param>
    public LstmByHand(LstmInput input, bool corrected)
    {
        _input = input;
        _offset = corrected ? 0.0 : 2.0;
        int steps = input.Characters - 1, bits = input.Bits;
        _state = new double[input.State.Length];
        _stateBar = new double[input.State.Length];
        _signal = new double[bits];
        _history = new double[steps * input.Layers * bits * Kept];
        _shares = new double[steps * bits];
    }

    /// <summary>Value, and gradient in the order of the file: the layers' parameters, those of input and output.</summary>
    /// <param name="gradient">Overwritten; 8·layers·bits + 3·bits.</param>
    public double ValueAndGradient(Span<double> gradient)
    {
        gradient.Clear();
        Span<double> mainBar = gradient[.._input.Main.Length];
        Span<double> extraBar = gradient.Slice(_input.Main.Length, _input.Extra.Length);
        double value = Forward();
        Backward(mainBar, extraBar);
        return value;
    }

    private double Forward()
    {
        int bits = _input.Bits, layers = _input.Layers, steps = _input.Characters - 1;
        ReadOnlySpan<double> extra = _input.Extra, sequence = _input.Sequence;
        Span<double> signal = _signal;
        _input.State.CopyTo(_state, 0);
        double total = 0.0;
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<double> text = sequence.Slice(t * bits, bits), next = sequence.Slice((t + 1) * bits, bits);
            for (int i = 0; i < bits; i++)
            {
                signal[i] = text[i] * extra[i];
            }

            for (int layer = 0; layer < layers; layer++)
            {
                Step(layer, _history.AsSpan((t * layers + layer) * bits * Kept, bits * Kept));
            }

            Span<double> shares = _shares.AsSpan(t * bits, bits);
            double sum = _offset, gold = 0.0, matched = 0.0;
            for (int i = 0; i < bits; i++)
            {
                double y = signal[i] * extra[bits + i] + extra[2 * bits + i];
                shares[i] = Math.Exp(y);
                sum += shares[i];
                gold += next[i];
                matched += next[i] * y;
            }

            // What Backward needs: the slope of the log likelihood in each output.
            total += matched - gold * Math.Log(sum);
            double scale = gold / sum;
            for (int i = 0; i < bits; i++)
            {
                shares[i] = next[i] - shares[i] * scale;
            }
        }

        return -total / (bits * steps);
    }

    private void Step(int layer, Span<double> history)
    {
        int bits = _input.Bits;
        ReadOnlySpan<double> weight = _input.Main.AsSpan(8 * layer * bits, 4 * bits);
        ReadOnlySpan<double> bias = _input.Main.AsSpan((8 * layer + 4) * bits, 4 * bits);
        Span<double> hidden = _state.AsSpan(2 * layer * bits, bits);
        Span<double> cell = _state.AsSpan((2 * layer + 1) * bits, bits);
        Span<double> signal = _signal.AsSpan(0, bits);
        for (int i = 0; i < signal.Length; i++)
        {
            double h = hidden[i], c = cell[i];
            double forget = Sigmoid(signal[i] * weight[i] + bias[i]);
            double admit = Sigmoid(h * weight[bits + i] + bias[bits + i]);
            double emit = Sigmoid(signal[i] * weight[2 * bits + i] + bias[2 * bits + i]);
            double change = Math.Tanh(h * weight[3 * bits + i] + bias[3 * bits + i]);
            double newCell = c * forget + admit * change;
            double tanh = Math.Tanh(newCell);
            cell[i] = newCell;
            signal[i] = hidden[i] = emit * tanh;

            Span<double> kept = history.Slice(i * Kept, Kept);
            kept[0] = forget;
            kept[1] = admit;
            kept[2] = emit;
            kept[3] = change;
            kept[4] = tanh;
            kept[5] = h;
            kept[6] = c;
        }
    }

    private void Backward(Span<double> mainBar, Span<double> extraBar)
    {
        int bits = _input.Bits, layers = _input.Layers, steps = _input.Characters - 1;
        ReadOnlySpan<double> extra = _input.Extra, sequence = _input.Sequence;
        double scale = -1.0 / (bits * steps);
        Span<double> signalBar = _signal;
        _stateBar.AsSpan().Clear();
        for (int t = steps - 1; t >= 0; t--)
        {
            ReadOnlySpan<double> shares = _shares.AsSpan(t * bits, bits), text = sequence.Slice(t * bits, bits);
            ReadOnlySpan<double> top = _history.AsSpan((t * layers + layers - 1) * bits * Kept, bits * Kept);
            for (int i = 0; i < bits; i++)
            {
                double bar = scale * shares[i];
                extraBar[bits + i] += bar * top[i * Kept + 2] * top[i * Kept + 4];
                extraBar[2 * bits + i] += bar;
                signalBar[i] = bar * extra[bits + i];
            }

            for (int layer = layers - 1; layer >= 0; layer--)
            {
                int at = (t * layers + layer) * bits * Kept;
                ReadOnlySpan<double> below = layer > 0 ? _history.AsSpan(at - bits * Kept, bits * Kept) : default;
                Pull(layer, t, _history.AsSpan(at, bits * Kept), below, mainBar);
            }

            for (int i = 0; i < bits; i++)
            {
                extraBar[i] += signalBar[i] * text[i];
            }
        }
    }

    /// <summary>Turns the signal's cotangent from that of the layer's output to that of its input.</summary>
    private void Pull(int layer, int t, ReadOnlySpan<double> history, ReadOnlySpan<double> below, Span<double> mainBar)
    {
        int bits = _input.Bits;
        ReadOnlySpan<double> weight = _input.Main.AsSpan(8 * layer * bits, 4 * bits);
        Span<double> weightBar = mainBar.Slice(8 * layer * bits, 4 * bits);
        Span<double> biasBar = mainBar.Slice((8 * layer + 4) * bits, 4 * bits);
        Span<double> hiddenBar = _stateBar.AsSpan(2 * layer * bits, bits);
        Span<double> cellBar = _stateBar.AsSpan((2 * layer + 1) * bits, bits);
        Span<double> signalBar = _signal.AsSpan(0, bits);
        ReadOnlySpan<double> text = _input.Sequence.AsSpan(t * bits, bits);
        for (int i = 0; i < signalBar.Length; i++)
        {
            ReadOnlySpan<double> kept = history.Slice(i * Kept, Kept);
            double forget = kept[0], admit = kept[1], emit = kept[2], change = kept[3], tanh = kept[4], hidden = kept[5], cell = kept[6];
            double input = layer > 0 ? below[i * Kept + 2] * below[i * Kept + 4] : text[i] * _input.Extra[i];
            double outBar = signalBar[i] + hiddenBar[i];
            double newCellBar = cellBar[i] + outBar * emit * (1.0 - tanh * tanh);
            double forgetBar = newCellBar * cell * forget * (1.0 - forget);
            double admitBar = newCellBar * change * admit * (1.0 - admit);
            double emitBar = outBar * tanh * emit * (1.0 - emit);
            double changeBar = newCellBar * admit * (1.0 - change * change);
            cellBar[i] = newCellBar * forget;
            weightBar[i] += forgetBar * input;
            weightBar[bits + i] += admitBar * hidden;
            weightBar[2 * bits + i] += emitBar * input;
            weightBar[3 * bits + i] += changeBar * hidden;
            biasBar[i] += forgetBar;
            biasBar[bits + i] += admitBar;
            biasBar[2 * bits + i] += emitBar;
            biasBar[3 * bits + i] += changeBar;
            signalBar[i] = forgetBar * weight[i] + emitBar * weight[2 * bits + i];
            hiddenBar[i] = admitBar * weight[bits + i] + changeBar * weight[3 * bits + i];
        }
    }

    private static double Sigmoid(double x) => 1.0 / (1.0 + Math.Exp(-x));
}
