namespace DiffCompile.Model.Catalogs;

/// <summary>
/// The host halos of the Bolshoi-Planck simulation at z = 0 (A. Klypin et al., MNRAS 457, 4340, 2016: box 250 Mpc/h,
/// Ωm = 0.307, h = 0.678), counted in 30 equal bins of lg M, as tabulated in the file bolplanck_wp.hdf5 of the package
/// TabCorr (github.com/johannesulf/TabCorr).
/// </summary>
public static class BolshoiPlanckHosts
{
    /// <summary>Side of the box, comoving Mpc/h.</summary>
    public const double BoxSizeMpcPerH = 250.0;

    /// <summary>Matter density today over the critical density; the universe is flat.</summary>
    public const double OmegaMatter = 0.307;

    /// <summary>Hubble constant over 100 km/s/Mpc.</summary>
    public const double HubbleParameter = 0.678;

    /// <summary>lg of the mass in Msun/h at the lower edge of the first bin.</summary>
    public const double MinLogMass = 10.667758;

    /// <summary>lg of the mass in Msun/h at the upper edge of the last bin.</summary>
    public const double MaxLogMass = 15.104461;

    /// <summary>Number of hosts in all bins.</summary>
    public const int TotalCount = 997_674;

    private static readonly int[] BinCounts =
    [
        256180, 189817, 142170, 105774, 79053, 58742, 43720, 32402, 23764, 17515,
        13422, 9647, 7239, 5188, 3847, 2704, 2012, 1378, 1018, 720,
        497, 305, 229, 150, 79, 54, 33, 12, 1, 2,
    ];

    /// <summary>Hosts per bin, from low to high mass.</summary>
    public static ReadOnlySpan<int> Counts => BinCounts;

    /// <summary>Width of a bin in lg M.</summary>
    public static double BinWidth => (MaxLogMass - MinLogMass) / BinCounts.Length;

    /// <summary>
    /// Shares <paramref name="total"/> halos out among the bins in proportion to <see cref="Counts"/>: whole parts first,
    /// what is left to the largest remainders, of equal ones to the lower mass.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="total"/> is below 1.</exception>
    public static int[] Apportion(int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        var shares = new int[BinCounts.Length];
        var remainders = new long[BinCounts.Length];
        var left = total;
        for (var bin = 0; bin < shares.Length; bin++)
        {
            (var whole, remainders[bin]) = Math.DivRem((long)BinCounts[bin] * total, TotalCount);
            shares[bin] = (int)whole;
            left -= shares[bin];
        }

        foreach (var bin in Enumerable.Range(0, shares.Length).OrderByDescending(bin => remainders[bin]).Take(left))
        {
            shares[bin]++;
        }

        return shares;
    }

    /// <summary>
    /// Mass at a quantile of a bin. Within a bin the number of halos per lg M goes as a power of the mass, with the slope
    /// between the two neighbouring bins (at the ends, between the bin and its neighbour).
    /// </summary>
    /// <param name="bin">Number of the bin, from 0.</param>
    /// <param name="quantile">In (0, 1).</param>
    /// <returns>Mass in Msun/h, inside the bin.</returns>
    public static double MassMsunPerH(int bin, double quantile)
    {
        var below = Math.Max(bin - 1, 0);
        var above = Math.Min(bin + 1, BinCounts.Length - 1);

        // ln of the density at the upper edge over that at the lower edge; zero for no two neighbours of this table.
        var rise = Math.Log((double)BinCounts[above] / BinCounts[below]) / (above - below);
        var fraction = Math.Log(1.0 + (quantile * (Math.Exp(rise) - 1.0))) / rise;
        return Math.Pow(10.0, MinLogMass + ((bin + fraction) * BinWidth));
    }
}
