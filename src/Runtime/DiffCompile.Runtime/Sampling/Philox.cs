namespace DiffCompile.Sampling;

/// <summary>
/// Philox 4×32-10, a counter-based random number generator: a pure function of a key and a counter. Numbers therefore do
/// not depend on the order or the thread in which they are asked for: use the seed as key, and for the counter the number
/// of the element together with the number of the draw.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, “Parallel random numbers: as easy as 1, 2, 3”, SC 2011,
/// doi:10.1145/2063384.2063405, section 3.3 and table 2. Not for cryptography.
/// </remarks>
public static class Philox
{
    private const int Rounds = 10;
    private const ulong Multiplier0 = 0xD2511F53;
    private const ulong Multiplier1 = 0xCD9E8D57;

    // The key grows by the golden ratio and by √3 − 1, in units of 2^-32, from round to round (Weyl sequences).
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>The block of 128 random bits at a counter.</summary>
    /// <param name="key">Any 64 bits; its low half is the first word of the key.</param>
    /// <param name="counterLow">Words 0 (low half) and 1 of the counter.</param>
    /// <param name="counterHigh">Words 2 (low half) and 3 of the counter.</param>
    public static PhiloxBlock Block(ulong key, ulong counterLow, ulong counterHigh = 0)
    {
        var (x0, x1) = ((uint)counterLow, (uint)(counterLow >> 32));
        var (x2, x3) = ((uint)counterHigh, (uint)(counterHigh >> 32));
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = Multiplier0 * x0;
            var product1 = Multiplier1 * x2;
            (x0, x1, x2, x3) = (
                (uint)(product1 >> 32) ^ x1 ^ key0,
                (uint)product1,
                (uint)(product0 >> 32) ^ x3 ^ key1,
                (uint)product0);
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }

        return new PhiloxBlock(x0, x1, x2, x3);
    }

    /// <summary>
    /// Turns 64 random bits into a uniform number inside (0, 1): the centre of one of 2^52 equal intervals, so that neither
    /// end is ever met and both tails are symmetric.
    /// </summary>
    public static double ToOpenUnitInterval(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));
}

/// <summary>128 random bits: four words, or two uniform numbers.</summary>
/// <param name="X0">First word.</param>
/// <param name="X1">Second word.</param>
/// <param name="X2">Third word.</param>
/// <param name="X3">Fourth word.</param>
public readonly record struct PhiloxBlock(uint X0, uint X1, uint X2, uint X3)
{
    /// <summary>Uniform in (0, 1), from the first two words.</summary>
    public double Uniform0 => Philox.ToOpenUnitInterval(((ulong)X1 << 32) | X0);

    /// <summary>Uniform in (0, 1), from the last two words; independent of <see cref="Uniform0"/>.</summary>
    public double Uniform1 => Philox.ToOpenUnitInterval(((ulong)X3 << 32) | X2);

    /// <summary>
    /// Two independent standard normal numbers from the whole block (G. E. P. Box and M. E. Muller, Ann. Math. Stat. 29,
    /// 610, 1958). At most 8.6 in size, as far as 52 bits reach.
    /// </summary>
    public (double First, double Second) Normals()
    {
        var radius = Math.Sqrt(-2.0 * Math.Log(Uniform0));
        var (sin, cos) = Math.SinCos(Math.Tau * Uniform1);
        return (radius * cos, radius * sin);
    }
}
