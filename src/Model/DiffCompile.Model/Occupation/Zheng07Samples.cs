using System.Globalization;

namespace DiffCompile.Model.Occupation;

/// <summary>
/// Published parameters for the nine volume-limited samples of the Sloan survey with r-band absolute magnitude brighter
/// than −18, −18.5, …, −22 (Zheng, Coil and Zehavi 2007, table 1).
/// </summary>
public static class Zheng07Samples
{
    /// <summary>Threshold used where none is given, also the fiducial model of Horowitz et al. (2022).</summary>
    public const double DefaultThreshold = -20.0;

    /// <summary>All samples, faintest first.</summary>
    public static IReadOnlyList<(double Threshold, Zheng07Parameters Parameters)> All { get; } =
    [
        (-18.0, new(11.35, 0.25, 11.20, 12.40, 0.83)),
        (-18.5, new(11.46, 0.24, 10.59, 12.68, 0.97)),
        (-19.0, new(11.60, 0.26, 11.49, 12.83, 1.02)),
        (-19.5, new(11.75, 0.28, 11.69, 13.01, 1.06)),
        (-20.0, new(12.02, 0.26, 11.38, 13.31, 1.06)),
        (-20.5, new(12.30, 0.21, 11.84, 13.58, 1.12)),
        (-21.0, new(12.79, 0.39, 11.92, 13.94, 1.15)),
        (-21.5, new(13.38, 0.51, 13.94, 13.91, 1.04)),
        (-22.0, new(14.22, 0.77, 14.00, 14.69, 0.87)),
    ];

    /// <summary>Parameters of one sample.</summary>
    /// <param name="threshold">Magnitude limit: −18, −18.5, …, −22.</param>
    /// <returns>The published parameters.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No sample was published for the threshold.</exception>
    public static Zheng07Parameters ForThreshold(double threshold)
    {
        foreach (var sample in All)
        {
            if (sample.Threshold == threshold)
            {
                return sample.Parameters;
            }
        }

        string known = string.Join(", ", All.Select(s => s.Threshold.ToString(CultureInfo.InvariantCulture)));
        throw new ArgumentOutOfRangeException(
            nameof(threshold),
            threshold.ToString(CultureInfo.InvariantCulture),
            $"Expected the magnitude threshold of a published sample, one of {known}.");
    }
}
