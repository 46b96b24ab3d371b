using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

public sealed class FftTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Transform_is_the_sum_of_its_definition(int n)
    {
        (double[] real, double[] imaginary) = Draw(n);
        double[] expectedReal = new double[n], expectedImaginary = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int j = 0; j < n; j++)
            {
                (double sine, double cosine) = Math.SinCos(-2.0 * Math.PI * (j * k % n) / n);
                expectedReal[k] += real[j] * cosine - imaginary[j] * sine;
                expectedImaginary[k] += real[j] * sine + imaginary[j] * cosine;
            }
        }

        Fft.Transform(real, imaginary);
        real.ShouldAgree(expectedReal, 1e-14);
        imaginary.ShouldAgree(expectedImaginary, 1e-14);
    }

    [Fact]
    public void Equal_weights_give_the_power_of_the_signal()
    {
        const int n = 32;
        (double[] real, double[] imaginary) = Draw(n);
        double signal = real.Sum(x => x * x) + imaginary.Sum(x => x * x);
        double[] weights = Enumerable.Repeat(1.0, n).ToArray();
        Fft.WeightedPower(real, imaginary, weights, new double[n], new double[n]).ShouldAgree(n * signal, 1e-14);
    }

    private static (double[] Real, double[] Imaginary) Draw(int n)
    {
        var random = new Random(n);
        return (Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5).ToArray(), Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5).ToArray());
    }
}
