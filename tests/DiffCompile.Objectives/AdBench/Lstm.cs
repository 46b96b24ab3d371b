namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Loss of a long short-term memory network of diagonal weights that predicts the next character of a text, each
/// character a row of bits (the LSTM objective of ADBench, after Hochreiter and Schmidhuber 1997).
/// </summary>
public static partial class Lstm
{
    /// <summary>Mean cross entropy of the predicted bits.</summary>
    /// <param name="main">
    /// Parameters of the layers, [layer, 2, 4, bit]: weights, then biases, of forget gate, input gate, output gate and change.
    /// </param>
    /// <param name="extra">Weights of the input, weights of the output and biases of the output, [3, bit].</param>
    /// <param name="initialState">Hidden and cell values before the first character, [layer, 2, bit].</param>
    /// <param name="sequence">The text, [character, bit].</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="characters">Number of characters, at least 2.</param>
    /// <param name="bits">Number of bits of a character.</param>
    /// <param name="corrected">
    /// Whether the outputs are normalised by log Σ exp; ADBench uses log(2 + Σ exp), and its published values hold only so.
    /// </param>
    /// <param name="state">Scratch as large as <paramref name="initialState"/>: the values as the text goes on.</param>
    /// <param name="signal">Scratch of one character: what passes upwards through the layers.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Loss(
        ReadOnlySpan<double> main,
        ReadOnlySpan<double> extra,
        [NoGradient] ReadOnlySpan<double> initialState,
        [NoGradient] ReadOnlySpan<double> sequence,
        int layers,
        int characters,
        int bits,
        bool corrected,
        [Scratch] Span<double> state,
        [Scratch] Span<double> signal)
    {
        initialState.CopyTo(state);
        double offset = corrected ? 0.0 : 2.0;
        double total = 0.0;
        for (int t = 0; t < characters - 1; t++)
        {
            for (int i = 0; i < bits; i++)
            {
                signal[i] = sequence[t * bits + i] * extra[i];
            }

            for (int layer = 0; layer < layers; layer++)
            {
                Step(main, 8 * layer * bits, state, 2 * layer * bits, signal, bits);
            }

            double sum = offset;
            for (int i = 0; i < bits; i++)
            {
                signal[i] = signal[i] * extra[bits + i] + extra[2 * bits + i];
                sum += Math.Exp(signal[i]);
            }

            double logSum = Math.Log(sum);
            for (int i = 0; i < bits; i++)
            {
                total += sequence[(t + 1) * bits + i] * (signal[i] - logSum);
            }
        }

        return -total / (bits * (characters - 1));
    }

    /// <summary>One layer, whose parameters begin at <paramref name="w"/> and whose state begins at <paramref name="s"/>.</summary>
    private static void Step(ReadOnlySpan<double> main, int w, Span<double> state, int s, Span<double> signal, int bits)
    {
        int bias = w + 4 * bits;
        for (int i = 0; i < bits; i++)
        {
            double input = signal[i];
            double hidden = state[s + i];
            double forget = Sigmoid(input * main[w + i] + main[bias + i]);
            double admit = Sigmoid(hidden * main[w + bits + i] + main[bias + bits + i]);
            double emit = Sigmoid(input * main[w + 2 * bits + i] + main[bias + 2 * bits + i]);
            double change = Math.Tanh(hidden * main[w + 3 * bits + i] + main[bias + 3 * bits + i]);
            double cell = state[s + bits + i] * forget + admit * change;
            state[s + bits + i] = cell;
            state[s + i] = emit * Math.Tanh(cell);
            signal[i] = state[s + i];
        }
    }

    private static double Sigmoid(double x) => 1.0 / (1.0 + Math.Exp(-x));
}
