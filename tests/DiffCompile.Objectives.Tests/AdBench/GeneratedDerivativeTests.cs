using DiffCompile.Objectives.AdBench;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

/// <summary>
/// What the generator wrote for the objectives: against ADBench's published derivatives, and gradient, JVP, VJP and second
/// derivatives against each other.
/// </summary>
public sealed class GeneratedDerivativeTests
{
    private const string Gmm = "data/adbench/gmm/test.txt";
    private const string Lstm = "data/adbench/lstm/lstm_l2_c1024.txt";
    private const string Ba = "data/adbench/ba/test.txt";

    [SharedDataFact(Gmm, Expected.File)]
    public void Gradient_of_the_mixture()
    {
        GaussianMixtureInput g = GaussianMixtureInput.Read(SharedData.PathOf(Gmm));
        Parts gradient = MixtureGradient(g);
        gradient.All.ShouldAgree(Expected.Numbers("GMM.CheckJacobianCalculation", "correct_gradient"), 1e-12);
        gradient.Value.ShouldAgree(Expected.Number("GMM.CheckObjectiveCalculation", "Objective"), 1e-14);
    }

    [SharedDataFact(Gmm)]
    public void Modes_of_the_mixture_agree()
    {
        GaussianMixtureInput g = GaussianMixtureInput.Read(SharedData.PathOf(Gmm));
        var random = new Random(7);
        Parts v = Parts.Random(g, random), w = Parts.Random(g, random), gradient = MixtureGradient(g);
        double d = MixtureTangent(g, v);
        d.ShouldAgree(gradient.Dot(v), 1e-12);

        var pulled = new Parts(g);
        GaussianMixture.LogPosteriorVjp(
            g.Alphas, g.Means, g.Icf, g.X, g.Dimensions, g.Components, g.Points, g.Gamma, g.Freedom, false,
            new double[g.Means.Length], new double[g.Components], new double[g.Dimensions], new double[g.Dimensions], new double[g.Components],
            -1.7, pulled.Alphas, pulled.Means, pulled.Icf);
        pulled.All.ShouldAgree(gradient.All.Select(x => -1.7 * x).ToArray(), 1e-12);

        Parts along = MixtureProduct(g, v), other = MixtureProduct(g, w);
        along.Dot(w).ShouldAgree(other.Dot(v), 1e-11);
        const double h = 1e-5;
        double[] differences = MixtureGradient(g, v, h).All.Zip(MixtureGradient(g, v, -h).All, (a, b) => (a - b) / (2.0 * h)).ToArray();
        along.All.ShouldAgree(differences, 1e-7);
    }

    [SharedDataFact(Lstm, Expected.File)]
    public void Gradient_of_the_network()
    {
        LstmInput input = LstmInput.Read(SharedData.PathOf(Lstm));
        double[] main = new double[input.Main.Length], extra = new double[input.Extra.Length];
        double value = Objectives.AdBench.Lstm.LossValueAndGradient(
            input.Main, input.Extra, input.State, input.Sequence, input.Layers, input.Characters, input.Bits, false,
            new double[input.State.Length], new double[input.Bits], main, extra);
        main.Concat(extra).ToArray().ShouldAgree(Expected.Numbers("LSTM.CheckJacobianCalculation", "correct_gradient"), 1e-12);
        value.ShouldAgree(Expected.Number("LSTM.CheckObjectiveCalculation", "Objective"), 1e-13);
    }

    [SharedDataFact(Ba, Expected.File)]
    public void Blocks_of_the_bundle()
    {
        BundleAdjustmentInput input = BundleAdjustmentInput.Read(SharedData.PathOf(Ba));
        double[] expected = Expected.Numbers("BA.CheckJacobianCalculation", "correct_jacobian_vals");
        var block = new double[30];
        for (int i = 0; i < input.Weights.Length; i++)
        {
            BundleAdjustment.ReprojectionJacobian(
                input.Cameras.AsSpan(11 * input.CameraOf[i], 11), input.Points.AsSpan(3 * input.PointOf[i], 3), input.Weights[i],
                input.Features[2 * i], input.Features[2 * i + 1], block);
            block.ShouldAgree(expected.AsSpan(30 * i, 30).ToArray(), 1e-12);
        }

        Should.Throw<ArgumentException>(() => BundleAdjustment.ReprojectionJacobian(
            input.Cameras.AsSpan(0, 11), input.Points.AsSpan(0, 3), 1.0, 0.0, 0.0, new double[29])).Message.ShouldContain("2 rows");
    }

    private static Parts MixtureGradient(GaussianMixtureInput g, Parts? direction = null, double step = 0.0)
    {
        var gradient = new Parts(g);
        double[] Moved(double[] x, double[]? d) => x.Select((a, i) => d is null ? a : a + step * d[i]).ToArray();
        gradient.Value = GaussianMixture.LogPosteriorValueAndGradient(
            Moved(g.Alphas, direction?.Alphas), Moved(g.Means, direction?.Means), Moved(g.Icf, direction?.Icf), g.X, g.Dimensions, g.Components,
            g.Points, g.Gamma, g.Freedom, false, new double[g.Means.Length], new double[g.Components], new double[g.Dimensions],
            new double[g.Dimensions], new double[g.Components], gradient.Alphas, gradient.Means, gradient.Icf);
        return gradient;
    }

    private static double MixtureTangent(GaussianMixtureInput g, Parts v) => GaussianMixture.LogPosteriorJvp(
        g.Alphas, g.Means, g.Icf, g.X, g.Dimensions, g.Components, g.Points, g.Gamma, g.Freedom, false,
        new double[g.Means.Length], new double[g.Components], new double[g.Dimensions], new double[g.Dimensions], new double[g.Components],
        v.Alphas, v.Means, v.Icf).Tangent;

    private static Parts MixtureProduct(GaussianMixtureInput g, Parts v)
    {
        var product = new Parts(g);
        GaussianMixture.LogPosteriorHessianVectorProduct(
            g.Alphas, g.Means, g.Icf, g.X, g.Dimensions, g.Components, g.Points, g.Gamma, g.Freedom, false,
            new double[g.Means.Length], new double[g.Components], new double[g.Dimensions], new double[g.Dimensions], new double[g.Components],
            v.Alphas, v.Means, v.Icf, product.Alphas, product.Means, product.Icf);
        return product;
    }

    /// <summary>One number for each parameter of the mixture.</summary>
    private sealed class Parts(GaussianMixtureInput g)
    {
        public double Value { get; set; }

        public double[] Alphas { get; } = new double[g.Alphas.Length];

        public double[] Means { get; } = new double[g.Means.Length];

        public double[] Icf { get; } = new double[g.Icf.Length];

        public double[] All => [.. Alphas, .. Means, .. Icf];

        public static Parts Random(GaussianMixtureInput g, Random random)
        {
            var parts = new Parts(g);
            foreach (double[] part in new[] { parts.Alphas, parts.Means, parts.Icf })
            {
                for (int i = 0; i < part.Length; i++)
                {
                    part[i] = 2.0 * random.NextDouble() - 1.0;
                }
            }

            return parts;
        }

        public double Dot(Parts other) => All.Zip(other.All, (a, b) => a * b).Sum();
    }
}
