using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>
/// Central differences of <see cref="GalaxyCount.MeanGalaxies"/>, ten evaluations a halo: the column that the generated
/// derivatives are shown beside. They are good to about 1e-9, except where a halo lies within a step of the cut M0.
/// </summary>
internal sealed class FiniteDifferences
{
    // Steps that balance the truncation error (a third derivative times step²) against rounding (1e-16 / step).
    // Across the central transition the model varies on the scale of its width, elsewhere on that of a dex.
    private const double Step = 1e-5;
    private const double StepInWidths = 4e-5;

    private readonly Pair[] pairs;

    public FiniteDifferences(Zheng07Parameters p)
    {
        double narrow = Math.Min(Step, StepInWidths * p.SigmaLogM);
        pairs =
        [
            new(p with { LogMmin = p.LogMmin + narrow }, p with { LogMmin = p.LogMmin - narrow }, q => q.LogMmin),
            new(p with { SigmaLogM = p.SigmaLogM + narrow }, p with { SigmaLogM = p.SigmaLogM - narrow }, q => q.SigmaLogM),
            new(p with { LogM0 = p.LogM0 + Step }, p with { LogM0 = p.LogM0 - Step }, q => q.LogM0),
            new(p with { LogM1 = p.LogM1 + Step }, p with { LogM1 = p.LogM1 - Step }, q => q.LogM1),
            new(p with { Alpha = p.Alpha + Step }, p with { Alpha = p.Alpha - Step }, q => q.Alpha),
        ];
    }

    /// <summary>Difference quotients with respect to the five parameters.</summary>
    public Zheng07Parameters Of(double logM)
        => new(pairs[0].Of(logM), pairs[1].Of(logM), pairs[2].Of(logM), pairs[3].Of(logM), pairs[4].Of(logM));

    private readonly struct Pair(Zheng07Parameters up, Zheng07Parameters down, Func<Zheng07Parameters, double> parameter)
    {
        // The step that was taken, which is not the one asked for once it has been added to the parameter.
        private readonly double width = parameter(up) - parameter(down);

        public double Of(double logM) => (GalaxyCount.MeanGalaxies(logM, up) - GalaxyCount.MeanGalaxies(logM, down)) / width;
    }
}
