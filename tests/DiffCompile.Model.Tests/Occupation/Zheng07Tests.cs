using DiffCompile.Model.Occupation;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Occupation;

public class Zheng07Tests
{
    private static readonly Zheng07Parameters P20 = Zheng07Samples.ForThreshold(-20.0);

    // Published to eight digits, and stated to hold to 1e-7.
    [Theory]
    [InlineData(11.5, 0.0023388675, 0.0026738945)]
    [InlineData(11.8, 0.11572301, 0.015107567)]
    [InlineData(12.0, 0.45668625, 0.030558575)]
    [InlineData(12.5, 0.9954842, 0.12737469)]
    [InlineData(13.0, 0.99999995, 0.45732223)]
    [InlineData(13.5, 1.0, 1.5772283)]
    [InlineData(14.0, 1.0, 5.3739592)]
    [InlineData(14.5, 1.0, 18.241084)]
    [InlineData(15.0, 1.0, 61.842859)]
    public void Has_the_published_values(double logM, double centrals, double satellites)
    {
        double cen = Zheng07.MeanCentral(logM, P20.LogMmin, P20.SigmaLogM);
        double sat = Zheng07.MeanSatellite(logM, P20.LogM0, P20.LogM1, P20.Alpha);
        double mod = Zheng07.MeanSatelliteModulated(logM, P20.LogMmin, P20.SigmaLogM, P20.LogM0, P20.LogM1, P20.Alpha);
        cen.ShouldBeWithin(centrals, 1e-7);
        sat.ShouldBeWithin(satellites, 1e-7);
        mod.ShouldBeWithin(cen * sat, 1e-15);
        Zheng07.MeanOccupation(logM, P20).ShouldBe((cen, sat, mod));
        Zheng07.MeanGalaxies(logM, P20).ShouldBeWithin(cen + mod, 1e-15);
    }

    [Fact]
    public void Published_samples_are_complete()
    {
        Zheng07Samples.All.Select(s => s.Threshold).ShouldBe([-18.0, -18.5, -19.0, -19.5, -20.0, -20.5, -21.0, -21.5, -22.0]);
        Zheng07Samples.ForThreshold(Zheng07Samples.DefaultThreshold).ShouldBe(new Zheng07Parameters(12.02, 0.26, 11.38, 13.31, 1.06));
        Zheng07Samples.ForThreshold(-21.0).ShouldBe(new Zheng07Parameters(12.79, 0.39, 11.92, 13.94, 1.15));
        var error = Should.Throw<ArgumentOutOfRangeException>(() => Zheng07Samples.ForThreshold(-20.25));
        error.ParamName.ShouldBe("threshold");
        error.Message.ShouldContain("-18, -18.5, -19, -19.5, -20, -20.5, -21, -21.5, -22");
        error.Message.ShouldContain("-20.25");
    }

    // ½ erfc in 40-digit arithmetic; the tail's conditioning is 2z² ulp with z up to 12.
    [Theory]
    [InlineData(11.2, 4.09393088778933171e-6)]
    [InlineData(11.0, 1.4442128383152261e-8)]
    [InlineData(9.0, 6.16578865310509704e-61)]
    public void Small_central_occupations_keep_their_digits(double logM, double expected)
        => Zheng07.MeanCentral(logM, 12.02, 0.26).ShouldBeWithin(expected, 2e-13);

    // (10^x − 10^x0)/10^x1 in 40-digit arithmetic of the same doubles; α = 0.83.
    [Theory]
    [InlineData(11.380000001, 1.69332005439634522e-9)]
    [InlineData(11.38001, 3.53788059842463078e-6)]
    public void Just_above_the_cut_the_difference_of_masses_keeps_its_digits(double logM, double expected)
        => Zheng07.MeanSatellite(logM, 11.38, 13.31, 0.83).ShouldBeWithin(expected, 3e-14);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void At_and_below_the_cut_there_are_exactly_no_satellites(double alpha)
    {
        foreach (double logM in new[] { 11.38, Math.BitDecrement(11.38), 11.0, 0.0, -300.0, double.NegativeInfinity })
        {
            Zheng07.MeanSatellite(logM, 11.38, 13.31, alpha).ShouldBe(0.0);
            Zheng07.MeanSatelliteModulated(logM, 12.02, 0.26, 11.38, 13.31, alpha).ShouldBe(0.0);
        }

        double above = Zheng07.MeanSatellite(Math.BitIncrement(11.38), 11.38, 13.31, alpha);
        above.ShouldBeGreaterThan(0.0);
        above.ShouldBeLessThan(1e-7);
    }

    [Fact]
    public void At_the_cut_the_power_is_not_evaluated()
    {
        // 0^0 would be 1 and 0 to a negative power infinite.
        Zheng07.MeanSatellite(11.38, 11.38, 13.31, 0.0).ShouldBe(0.0);
        Zheng07.MeanSatellite(11.38, 11.38, 13.31, -0.5).ShouldBe(0.0);
    }

    [Fact]
    public void Below_the_cut_every_difference_quotient_is_exactly_zero()
    {
        FiniteDifference.Derivative(x => Zheng07.MeanSatellite(x, 11.38, 13.31, 0.83), 11.2, 0.1).ShouldBe(0.0);
        FiniteDifference.Derivative(m => Zheng07.MeanSatellite(11.2, m, 13.31, 0.83), 11.38, 0.1).ShouldBe(0.0);
        FiniteDifference.Derivative(m => Zheng07.MeanSatellite(11.2, 11.38, m, 0.83), 13.31, 0.1).ShouldBe(0.0);
        FiniteDifference.Derivative(a => Zheng07.MeanSatellite(11.2, 11.38, 13.31, a), 0.83, 0.1).ShouldBe(0.0);
    }

    [Fact]
    public void With_alpha_below_one_the_slope_above_the_cut_grows_without_bound()
    {
        // N ~ (x − x0)^α, so that the slope grows by 100^(1 − α) per two decades of distance.
        double Slope(double distance) => FiniteDifference.Derivative(
            x => Zheng07.MeanSatellite(x, 11.375, 13.31, 0.5), 11.375 + distance, 0.2 * distance);
        (Slope(Math.Pow(2.0, -27)) / Slope(Math.Pow(2.0, -17))).ShouldBeWithin(32.0, 1e-4);
    }

    [Fact]
    public void Extreme_masses_and_missing_cut_are_handled()
    {
        Zheng07.MeanCentral(double.NegativeInfinity, 12.02, 0.26).ShouldBe(0.0);
        Zheng07.MeanCentral(40.0, 12.02, 0.26).ShouldBe(1.0);
        Zheng07.MeanSatellite(14.0, double.NegativeInfinity, 13.31, 1.0).ShouldBeWithin(Math.Pow(10.0, 14.0 - 13.31), 1e-14);
        Zheng07.MeanSatellite(14.0, -4000.0, 13.31, 1.0).ShouldBeWithin(Math.Pow(10.0, 14.0 - 13.31), 1e-14);
        Zheng07.MeanGalaxies(double.NegativeInfinity, P20).ShouldBe(0.0);
    }

    [Fact]
    public void Not_a_number_is_not_hidden()
    {
        Zheng07.MeanCentral(double.NaN, 12.02, 0.26).ShouldBe(double.NaN);
        Zheng07.MeanSatellite(double.NaN, 11.38, 13.31, 1.06).ShouldBe(double.NaN);
        Zheng07.MeanSatellite(13.0, double.NaN, 13.31, 1.06).ShouldBe(double.NaN);
    }

    [Fact]
    public void One_satellite_is_expected_at_the_cut_plus_the_satellite_mass()
    {
        double logM = Math.Log10(Math.Pow(10.0, 12.9) + Math.Pow(10.0, 13.3));
        foreach (double alpha in new[] { 0.7, 1.0, 1.3 })
        {
            Zheng07.MeanSatellite(logM, 12.9, 13.3, alpha).ShouldBeWithin(1.0, 1e-13);
        }
    }

    [Theory]
    [InlineData(11.45)]
    [InlineData(12.2)]
    [InlineData(13.9)]
    public void Derivatives_follow_from_the_formulas(double logM)
    {
        double z = (logM - 12.02) / 0.26;
        double bell = Math.Exp(-z * z) / Math.Sqrt(Math.PI) / 0.26;
        FiniteDifference.Derivative(m => Zheng07.MeanCentral(logM, m, 0.26), 12.02, 0.05).ShouldBeWithin(-bell, 1e-8, 1e-14);
        FiniteDifference.Derivative(s => Zheng07.MeanCentral(logM, 12.02, s), 0.26, 0.02).ShouldBeWithin(-bell * z, 1e-8, 1e-14);

        double ln10 = Math.Log(10.0);
        double mass = Math.Pow(10.0, logM), m0 = Math.Pow(10.0, 11.38), m1 = Math.Pow(10.0, 13.31);
        double sat = Math.Pow((mass - m0) / m1, 1.06);
        double step = 0.3 * (logM - 11.38);
        FiniteDifference.Derivative(x => Zheng07.MeanSatellite(x, 11.38, 13.31, 1.06), logM, step)
            .ShouldBeWithin(sat * 1.06 * ln10 * mass / (mass - m0), 1e-9);
        FiniteDifference.Derivative(x => Zheng07.MeanSatellite(logM, x, 13.31, 1.06), 11.38, step)
            .ShouldBeWithin(-sat * 1.06 * ln10 * m0 / (mass - m0), 1e-9);
        FiniteDifference.Derivative(x => Zheng07.MeanSatellite(logM, 11.38, x, 1.06), 13.31, 0.1)
            .ShouldBeWithin(-sat * 1.06 * ln10, 1e-9);
        FiniteDifference.Derivative(a => Zheng07.MeanSatellite(logM, 11.38, 13.31, a), 1.06, 0.1)
            .ShouldBeWithin(sat * Math.Log((mass - m0) / m1), 1e-9);
    }
}
