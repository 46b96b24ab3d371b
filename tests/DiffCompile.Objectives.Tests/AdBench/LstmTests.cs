using DiffCompile.Objectives.AdBench;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.TestKit;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

public sealed class LstmTests
{
    private const string File = "data/adbench/lstm/lstm_l2_c1024.txt";

    [SharedDataFact(File, Expected.File)]
    public void Value_in_adbenchs_form() =>
        Value(Read(), corrected: false).ShouldAgree(Expected.Number("LSTM.CheckObjectiveCalculation", "Objective"), 1e-13);

    [SharedDataFact(File)]
    public void Value_in_the_corrected_form() => Value(Read(), corrected: true).ShouldAgree(0.6505698523135626, 1e-13);

    [SharedDataFact(File, Expected.File)]
    public void Gradient_by_hand_in_adbenchs_form() =>
        Gradient(Read(), corrected: false).ShouldAgree(Expected.Numbers("LSTM.CheckJacobianCalculation", "correct_gradient"), 1e-12);

    [SharedDataTheory(File)]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_by_hand_against_differences(bool corrected)
    {
        LstmInput input = LstmInput.Read(SharedData.PathOf(File), characters: 9);
        double[] gradient = Gradient(input, corrected);
        int at = 0;
        foreach (double[] parameters in new[] { input.Main, input.Extra })
        {
            for (int i = 0; i < parameters.Length; i++, at++)
            {
                gradient[at].ShouldAgree(Agreement.Difference(parameters, i, () => Value(input, corrected)), 1e-10, $"parameter {at}");
            }
        }
    }

    private static LstmInput Read() => LstmInput.Read(SharedData.PathOf(File));

    private static double[] Gradient(LstmInput input, bool corrected)
    {
        var gradient = new double[input.Main.Length + input.Extra.Length];
        Array.Fill(gradient, double.NaN);
        var byHand = new LstmByHand(input, corrected);
        byHand.ValueAndGradient(gradient);
        byHand.ValueAndGradient(gradient).ShouldAgree(Value(input, corrected), 1e-14);
        return gradient;
    }

    private static double Value(LstmInput input, bool corrected) => Lstm.Loss(
        input.Main, input.Extra, input.State, input.Sequence, input.Layers, input.Characters, input.Bits, corrected,
        new double[input.State.Length], new double[input.Bits]);
}
