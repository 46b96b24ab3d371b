using DiffCompile.Objectives.AdBench;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.TestKit;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

public sealed class GaussianMixtureTests
{
    private const string Small = "data/adbench/gmm/test.txt";
    private const string Larger = "data/adbench/gmm/1k_d2_K5.txt";

    [SharedDataFact(Small, Expected.File)]
    public void Value_in_adbenchs_form() =>
        Value(Read(Small), corrected: false).ShouldAgree(Expected.Number("GMM.CheckObjectiveCalculation", "Objective"), 1e-14);

    [SharedDataFact(Small)]
    public void Value_in_the_corrected_form() => Value(Read(Small), corrected: true).ShouldAgree(-20.0673605466583, 1e-14);

    [SharedDataFact(Small, Expected.File)]
    public void Gradient_by_hand_in_adbenchs_form()
    {
        GaussianMixtureInput input = Read(Small);
        double[] gradient = Gradient(input, corrected: false, out double value);
        gradient.ShouldAgree(Expected.Numbers("GMM.CheckJacobianCalculation", "correct_gradient"), 1e-12);
        value.ShouldAgree(Value(input, corrected: false), 1e-14);
    }

    [SharedDataTheory(Small, Larger)]
    [InlineData(Small, false)]
    [InlineData(Small, true)]
    [InlineData(Larger, false)]
    [InlineData(Larger, true)]
    public void Gradient_by_hand_against_differences(string file, bool corrected)
    {
        GaussianMixtureInput input = Read(file);
        double[] gradient = Gradient(input, corrected, out double value);
        value.ShouldAgree(Value(input, corrected), 1e-13);
        int at = 0;
        foreach (double[] parameters in new[] { input.Alphas, input.Means, input.Icf })
        {
            for (int i = 0; i < parameters.Length; i++, at++)
            {
                gradient[at].ShouldAgree(Agreement.Difference(parameters, i, () => Value(input, corrected)), 1e-8, $"parameter {at}");
            }
        }
    }

    private static GaussianMixtureInput Read(string file) => GaussianMixtureInput.Read(SharedData.PathOf(file));

    private static double[] Gradient(GaussianMixtureInput input, bool corrected, out double value)
    {
        var gradient = new double[input.Alphas.Length + input.Means.Length + input.Icf.Length];
        Array.Fill(gradient, double.NaN);
        var byHand = new GaussianMixtureByHand(input, corrected);
        byHand.ValueAndGradient(gradient);
        value = byHand.ValueAndGradient(gradient);
        return gradient;
    }

    private static double Value(GaussianMixtureInput input, bool corrected)
    {
        int d = input.Dimensions, k = input.Components;
        return GaussianMixture.LogPosterior(
            input.Alphas, input.Means, input.Icf, input.X, d, k, input.Points, input.Gamma, input.Freedom, corrected,
            new double[k * d], new double[k], new double[d], new double[d], new double[k]);
    }
}
