using DiffCompile.Sampling;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Sampling;

public class PhiloxTests
{
    /// <summary>Known answers of the Random123 library (D. E. Shaw Research), file kat_vectors, philox4x32 with 10 rounds.</summary>
    [Theory]
    [InlineData(
        0x00000000_00000000, 0x00000000_00000000, 0x00000000_00000000,
        0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(
        0xffffffff_ffffffff, 0xffffffff_ffffffff, 0xffffffff_ffffffff,
        0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(
        0x299f31d0_a4093822, 0x85a308d3_243f6a88, 0x03707344_13198a2e,
        0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Block_gives_the_published_known_answers(
        ulong key, ulong counterLow, ulong counterHigh, uint x0, uint x1, uint x2, uint x3)
        => Philox.Block(key, counterLow, counterHigh).ShouldBe(new PhiloxBlock(x0, x1, x2, x3));

    [Fact]
    public void Uniform_numbers_stay_inside_the_open_interval()
    {
        Philox.ToOpenUnitInterval(0).ShouldBe(Math.Pow(2, -53));
        Philox.ToOpenUnitInterval(ulong.MaxValue).ShouldBe(1 - Math.Pow(2, -53));
        Philox.ToOpenUnitInterval(ulong.MaxValue).ShouldBeLessThan(1.0);
        Philox.ToOpenUnitInterval(1UL << 63).ShouldBe(0.5 + Math.Pow(2, -53));
    }

    [Fact]
    public void Uniforms_use_their_own_words()
    {
        var block = new PhiloxBlock(0, 0x80000000, 0, 0x40000000);

        block.Uniform0.ShouldBe(0.5 + Math.Pow(2, -53));
        block.Uniform1.ShouldBe(0.25 + Math.Pow(2, -53));
    }

    /// <summary>Moments of 2^17 numbers against those of the distribution, within five standard errors.</summary>
    [Fact]
    public void Uniforms_and_normals_have_the_moments_of_their_distributions()
    {
        const int N = 1 << 16;
        double u1 = 0, u2 = 0, uu = 0, n1 = 0, n2 = 0, n4 = 0, nn = 0;
        for (var i = 0UL; i < N; i++)
        {
            var block = Philox.Block(7, i);
            u1 += block.Uniform0 + block.Uniform1;
            u2 += (block.Uniform0 * block.Uniform0) + (block.Uniform1 * block.Uniform1);
            uu += block.Uniform0 * block.Uniform1;
            var (a, b) = block.Normals();
            n1 += a + b;
            n2 += (a * a) + (b * b);
            n4 += Math.Pow(a, 4) + Math.Pow(b, 4);
            nn += a * b;
        }

        Check(u1, 2 * N, 1.0 / 2, 1.0 / 12);
        Check(u2, 2 * N, 1.0 / 3, 1.0 / 5 - 1.0 / 9);
        Check(uu, N, 1.0 / 4, 1.0 / 9 - 1.0 / 16);
        Check(n1, 2 * N, 0, 1);
        Check(n2, 2 * N, 1, 2);
        Check(n4, 2 * N, 3, 96);
        Check(nn, N, 0, 1);

        static void Check(double sum, int n, double mean, double variance)
            => (sum / n).ShouldBe(mean, 5 * Math.Sqrt(variance / n));
    }
}
