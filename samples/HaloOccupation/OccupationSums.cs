using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Sums of the mean occupations over halos, and of their derivatives.</summary>
/// <remarks>
/// Halos are taken in slices of a fixed length, and the sums of the slices are joined in order, so that the totals have
/// the same bits for any number of threads.
/// </remarks>
internal sealed class OccupationSums(Zheng07Parameters parameters)
{
    private const int HalosPerSlice = 1024;

    private readonly FiniteDifferences differences = new(parameters);
    private Sums sums;

    /// <summary>Number of halos summed over.</summary>
    public long Halos { get; private set; }

    /// <summary>Σ⟨N_cen⟩.</summary>
    public double Centrals => sums.Centrals.Total;

    /// <summary>Σ⟨N_sat⟩ as published.</summary>
    public double Satellites => sums.Satellites.Total;

    /// <summary>Σ⟨N_cen⟩⟨N_sat⟩.</summary>
    public double SatellitesModulated => sums.SatellitesModulated.Total;

    /// <summary>N, the sum of <see cref="GalaxyCount.MeanGalaxies"/>: centrals and modulated satellites.</summary>
    public double Galaxies => sums.Galaxies.Total;

    /// <summary>∂N/∂θ for each parameter θ, from the generated gradient.</summary>
    public Zheng07Parameters Gradient => sums.Gradient.Total;

    /// <summary>The same from finite differences.</summary>
    public Zheng07Parameters DifferenceQuotients => sums.Differences.Total;

    /// <summary>Adds the halos of a batch.</summary>
    public void Add(HaloBatch halos)
    {
        ArgumentNullException.ThrowIfNull(halos);
        var slices = new Sums[(halos.Count + HalosPerSlice - 1) / HalosPerSlice];
        Parallel.For(0, slices.Length, slice =>
        {
            int first = slice * HalosPerSlice;
            slices[slice] = SumOf(halos.MassMsunPerH.Slice(first, Math.Min(HalosPerSlice, halos.Count - first)));
        });
        foreach (ref readonly Sums slice in slices.AsSpan())
        {
            sums.Add(in slice);
        }

        Halos += halos.Count;
    }

    private Sums SumOf(ReadOnlySpan<double> massMsunPerH)
    {
        var slice = new Sums();
        foreach (double mass in massMsunPerH)
        {
            double logM = Math.Log10(mass);
            var (centrals, satellites, satellitesModulated) = Zheng07.MeanOccupation(logM, parameters);
            slice.Centrals.Add(centrals);
            slice.Satellites.Add(satellites);
            slice.SatellitesModulated.Add(satellitesModulated);

            var (galaxies, gradient) = GalaxyCount.MeanGalaxiesValueAndGradient(logM, parameters);
            slice.Galaxies.Add(galaxies);
            slice.Gradient.Add(gradient);
            slice.Differences.Add(differences.Of(logM));
        }

        return slice;
    }

    private struct Sums
    {
        public CompensatedSum Centrals;
        public CompensatedSum Satellites;
        public CompensatedSum SatellitesModulated;
        public CompensatedSum Galaxies;
        public ParameterSums Gradient;
        public ParameterSums Differences;

        public void Add(in Sums other)
        {
            Centrals.Add(other.Centrals);
            Satellites.Add(other.Satellites);
            SatellitesModulated.Add(other.SatellitesModulated);
            Galaxies.Add(other.Galaxies);
            Gradient.Add(other.Gradient);
            Differences.Add(other.Differences);
        }
    }
}
