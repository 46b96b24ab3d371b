using DiffCompile.Model.Occupation;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Occupation;

public class RelaxedBernoulliTests
{
    // (mean, variance) by published quadrature, to six decimals.
    [Theory]
    [InlineData(0.02, 0.01, 0.010006, 0.009708)]
    [InlineData(0.02, 1.0 / 48.0, 0.020846, 0.020003)]
    [InlineData(0.02, 0.1, 0.100047, 0.088237)]
    [InlineData(0.02, 0.5, 0.5, 0.245002)]
    [InlineData(0.1, 0.01, 0.010161, 0.009053)]
    [InlineData(0.1, 1.0 / 48.0, 0.021158, 0.018641)]
    [InlineData(0.1, 0.1, 0.101183, 0.081878)]
    [InlineData(0.1, 0.5, 0.5, 0.225201)]
    [InlineData(0.5, 0.01, 0.015026, 0.007608)]
    [InlineData(0.5, 1.0 / 48.0, 0.030346, 0.015357)]
    [InlineData(0.5, 0.1, 0.127457, 0.060870)]
    [InlineData(0.5, 0.5, 0.5, 0.142699)]
    [InlineData(1.0, 0.01, 0.037163, 0.008065)]
    [InlineData(1.0, 1.0 / 48.0, 0.063779, 0.014898)]
    [InlineData(1.0, 0.1, 0.183985, 0.045153)]
    [InlineData(1.0, 0.5, 0.5, 0.083333)]
    public void Moments_have_the_published_values(double temperature, double p, double mean, double variance)
    {
        double logit = Math.Log(p / (1.0 - p));
        RelaxedBernoulliMoments.Mean(logit, temperature).ShouldBeWithin(mean, 0.0, 5.1e-7);
        RelaxedBernoulliMoments.Variance(logit, temperature).ShouldBeWithin(variance, 0.0, 5.1e-7);
        RelaxedBernoulliMoments.Mean(-logit, temperature).ShouldBeWithin(1.0 - mean, 0.0, 5.1e-7);
        RelaxedBernoulliMoments.Variance(-logit, temperature).ShouldBeWithin(variance, 0.0, 5.1e-7);
    }

    // The moments of the samples themselves, summed over the noise: an integral of another integrand than the one the
    // library uses, with poles at distance πτ, so that the step is a fraction of τ.
    [Theory]
    [InlineData(0.02, 0.3)]
    [InlineData(0.1, 0.01)]
    [InlineData(0.5, 0.8)]
    [InlineData(1.0, 0.05)]
    public void Moments_are_those_of_the_samples(double temperature, double p)
    {
        (double mean, double square) = SampleMoments(e => RelaxedBernoulli.Sample(p, e, temperature), temperature);
        double logit = Math.Log(p / (1.0 - p));
        RelaxedBernoulliMoments.Mean(logit, temperature).ShouldBeWithin(mean, 1e-12);
        RelaxedBernoulliMoments.Variance(logit, temperature).ShouldBeWithin(square - (mean * mean), 1e-11);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Corrected_samples_have_the_wanted_mean(double temperature)
    {
        foreach (double p in new[] { 1e-4, 1e-3, 0.01, 1.0 / 48.0, 0.1, 0.3, 0.5, 0.75, 0.95, 0.999, 0.9999 })
        {
            (double mean, _) = SampleMoments(e => RelaxedBernoulli.SampleUnbiased(p, e, temperature), temperature);
            mean.ShouldBeWithin(p, 1e-10);

            double logit = Math.Log(p / (1.0 - p));
            RelaxedBernoulliMoments.Mean(RelaxedBernoulliMoments.CorrectedLogit(logit, temperature), temperature)
                .ShouldBeWithin(p, 1e-14);
        }
    }

    // Far out the solution exists but 1 − p̃ is not a double any more; the logit goes on, with relative accuracy.
    [Theory]
    [InlineData(0.02, 0.02)]
    [InlineData(60.0, 0.1)]
    [InlineData(300.0, 0.9)]
    [InlineData(700.0, 0.5)]
    [InlineData(40.0, 1.0)]
    [InlineData(20.0, 3.0)]
    public void Correction_holds_relatively_in_both_tails(double logit, double temperature)
    {
        double root = RelaxedBernoulliMoments.CorrectedLogit(-logit, temperature);
        RelaxedBernoulliMoments.Mean(root, temperature).ShouldBeWithin(1.0 / (1.0 + Math.Exp(logit)), 2e-14 * (1.0 + logit / 10.0));
        RelaxedBernoulliMoments.CorrectedLogit(logit, temperature).ShouldBe(-root);
        root.ShouldBeLessThan(-logit);
    }

    // Root of the mean in 40-digit arithmetic.
    [Theory]
    [InlineData(1e-4, 0.1, 0.0000983636621855707926)]
    [InlineData(0.01, 0.5, 0.00657553761234708078)]
    [InlineData(0.3, 0.1, 0.298635961623833509)]
    [InlineData(1.0 / 48.0, 0.1, 0.0205136135124472958)]
    [InlineData(0.2, 1.0, 0.114143657531183203)]
    public void Corrected_probability_is_accurate(double p, double temperature, double expected)
        => RelaxedBernoulliMoments.CorrectedProbability(p, temperature).ShouldBeWithin(expected, 1e-13);

    [Fact]
    public void Rare_galaxies_are_biased_by_the_closed_form()
    {
        double factor = 0.1 * Math.PI / Math.Sin(0.1 * Math.PI);
        factor.ShouldBeWithin(1.016640, 0.0, 1e-6); // The published digits are cut, not rounded: 1.0166407.
        (RelaxedBernoulliMoments.Mean(Math.Log(1e-12), 0.1) / 1e-12).ShouldBeWithin(factor, 1e-10);
        (RelaxedBernoulliMoments.Mean(-100.0, 0.5) / Math.Exp(-100.0)).ShouldBeWithin(0.5 * Math.PI, 1e-12);
        RelaxedBernoulliMoments.CorrectedLogit(-100.0, 0.5).ShouldBeWithin(-100.0 - Math.Log(0.5 * Math.PI), 1e-15);
    }

    [Theory]
    [InlineData(-4.0, 0.1)]
    [InlineData(-0.7, 0.5)]
    [InlineData(3.0, 0.9)]
    [InlineData(0.5, 1.4)]
    public void Rule_of_the_correction_is_its_derivative(double logit, double temperature)
    {
        double value = RelaxedBernoulliMoments.CorrectedLogit(logit, temperature);
        (double logitBar, double temperatureBar) = RelaxedBernoulliMoments.CorrectedLogitRule(logit, temperature, value, 2.0);
        FiniteDifference.Derivative(t => RelaxedBernoulliMoments.CorrectedLogit(t, temperature), logit, 0.1)
            .ShouldBeWithin(logitBar / 2.0, 1e-9);
        FiniteDifference.Derivative(t => RelaxedBernoulliMoments.CorrectedLogit(logit, t), temperature, 0.05)
            .ShouldBeWithin(temperatureBar / 2.0, 1e-9, 1e-12);
    }

    [Theory]
    [InlineData(0.02, 1.0, 0.1)]
    [InlineData(0.4, 0.3, 0.5)]
    [InlineData(0.97, -3.0, 0.25)]
    public void Sample_has_the_closed_form_derivatives(double p, double noise, double temperature)
    {
        double z = RelaxedBernoulli.Sample(p, noise, temperature);
        double argument = (Math.Log(p / (1.0 - p)) + noise) / temperature;
        z.ShouldBeWithin(1.0 / (1.0 + Math.Exp(-argument)), 1e-12);
        double step = 0.02 * Math.Min(p, 1.0 - p);
        FiniteDifference.Derivative(t => RelaxedBernoulli.Sample(t, noise, temperature), p, step)
            .ShouldBeWithin(z * (1.0 - z) / (temperature * p * (1.0 - p)), 1e-8);
        FiniteDifference.Derivative(t => RelaxedBernoulli.Sample(p, noise, t), temperature, 0.02 * temperature)
            .ShouldBeWithin(-z * (1.0 - z) * argument / temperature, 1e-8);
    }

    [Fact]
    public void Certain_and_impossible_galaxies_are_exact_and_others_are_not_clipped()
    {
        foreach (double noise in new[] { -30.0, 0.0, 30.0 })
        {
            RelaxedBernoulli.Sample(0.0, noise, 0.1).ShouldBe(0.0);
            RelaxedBernoulli.Sample(1.0, noise, 0.1).ShouldBe(1.0);
            RelaxedBernoulli.SampleUnbiased(0.0, noise, 0.1).ShouldBe(0.0);
            RelaxedBernoulli.SampleUnbiased(1.0, noise, 0.1).ShouldBe(1.0);
        }

        RelaxedBernoulliMoments.CorrectedProbability(0.0, 0.1).ShouldBe(0.0);
        RelaxedBernoulliMoments.CorrectedProbability(1.0, 0.1).ShouldBe(1.0);
        RelaxedBernoulli.Sample(1e-300, 5.0, 0.02).ShouldBe(0.0);
        RelaxedBernoulli.Sample(1e-20, 60.0, 0.1).ShouldBeGreaterThan(0.999);
        RelaxedBernoulli.Sample(-0.01, 0.0, 0.1).ShouldBe(double.NaN);
        RelaxedBernoulli.Sample(1.01, 0.0, 0.1).ShouldBe(double.NaN);
        RelaxedBernoulli.SampleUnbiased(double.NaN, 0.0, 0.1).ShouldBe(double.NaN);
    }

    [Fact]
    public void Limits_of_the_correction()
    {
        RelaxedBernoulliMoments.CorrectedLogit(-2.0, 0.0).ShouldBe(-2.0);
        RelaxedBernoulliMoments.CorrectedLogit(0.0, 0.3).ShouldBeWithin(0.0, 0.0, 1e-14);
        RelaxedBernoulliMoments.CorrectedLogit(double.NegativeInfinity, 0.3).ShouldBe(double.NegativeInfinity);
        RelaxedBernoulliMoments.CorrectedLogit(double.NaN, 0.3).ShouldBe(double.NaN);
        Should.Throw<ArgumentOutOfRangeException>(() => RelaxedBernoulliMoments.CorrectedLogit(0.5, -0.1)).ParamName.ShouldBe("temperature");
        Should.Throw<ArgumentOutOfRangeException>(() => RelaxedBernoulliMoments.CorrectedLogit(0.5, double.NaN)).ParamName.ShouldBe("temperature");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.6)]
    public void At_the_ends_the_correction_starts_with_the_ratio_for_rare_galaxies(double temperature)
    {
        double ratio = RelaxedBernoulliMoments.RareRatio(temperature);
        ratio.ShouldBeWithin(Math.Sin(Math.PI * temperature) / (Math.PI * temperature), 1e-15);
        (RelaxedBernoulliMoments.CorrectedProbability(1e-200, temperature) / 1e-200).ShouldBeWithin(ratio, 1e-13);
        RelaxedBernoulliMoments.RareRatio(0.0).ShouldBe(1.0);
        RelaxedBernoulliMoments.RareRatio(1.0).ShouldBe(0.0);
    }

    [Fact]
    public void Noise_is_logistic()
    {
        RelaxedBernoulli.LogisticNoise(0.5).ShouldBe(0.0);
        foreach (double u in new[] { 1e-300, 1e-3, 0.2, 0.9 })
        {
            RelaxedBernoulli.LogisticNoise(u).ShouldBeWithin(Math.Log(u) - Math.Log(1.0 - u), 1e-14);
        }

        // z > ½ exactly when u > 1 − p: the sample stays a draw with probability p at any temperature.
        RelaxedBernoulli.Sample(0.3, RelaxedBernoulli.LogisticNoise(0.7001), 0.1).ShouldBeGreaterThan(0.5);
        RelaxedBernoulli.Sample(0.3, RelaxedBernoulli.LogisticNoise(0.6999), 0.1).ShouldBeLessThan(0.5);
    }

    private static (double Mean, double Square) SampleMoments(Func<double, double> sample, double temperature)
    {
        double h = 0.4 * Math.Min(1.0, temperature);
        double mean = 0.0, square = 0.0;
        for (double e = -45.0; e <= 45.0; e += h)
        {
            double t = Math.Exp(-Math.Abs(e));
            double weight = h * t / ((1.0 + t) * (1.0 + t));
            double z = sample(e);
            mean += weight * z;
            square += weight * z * z;
        }

        return (mean, square);
    }
}
