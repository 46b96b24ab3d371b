using DiffCompile.Sampling;

namespace DiffCompile.Verification;

/// <summary>Random numbers of a seed, in independent streams.</summary>
internal sealed class SeededNumbers(int seed, int stream)
{
    private ulong _next;

    /// <summary>In (0, 1).</summary>
    public double Uniform() => Philox.Block((uint)seed, _next++, (uint)stream).Uniform0;

    /// <summary>
    /// Numbers for directions and cotangents: of either sign, between 0.3 and 1.9 in size but never near 1, so that a factor
    /// forgotten or applied twice shows.
    /// </summary>
    public double[] Factors(int count)
    {
        double[] factors = new double[count];
        for (int i = 0; i < count; i++)
        {
            PhiloxBlock block = Philox.Block((uint)seed, _next++, (uint)stream);
            double u = block.Uniform0;
            double size = u < 0.5 ? 0.3 + u : 0.8 + (1.1 * u);
            factors[i] = block.Uniform1 < 0.5 ? -size : size;
        }

        return factors;
    }
}
