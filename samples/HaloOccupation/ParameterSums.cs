using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>A running sum per model parameter, for derivatives with respect to each of them.</summary>
internal struct ParameterSums
{
    private CompensatedSum logMmin;
    private CompensatedSum sigmaLogM;
    private CompensatedSum logM0;
    private CompensatedSum logM1;
    private CompensatedSum alpha;

    /// <summary>The sums so far.</summary>
    public readonly Zheng07Parameters Total => new(logMmin.Total, sigmaLogM.Total, logM0.Total, logM1.Total, alpha.Total);

    public void Add(Zheng07Parameters terms)
    {
        logMmin.Add(terms.LogMmin);
        sigmaLogM.Add(terms.SigmaLogM);
        logM0.Add(terms.LogM0);
        logM1.Add(terms.LogM1);
        alpha.Add(terms.Alpha);
    }

    public void Add(ParameterSums other)
    {
        logMmin.Add(other.logMmin);
        sigmaLogM.Add(other.sigmaLogM);
        logM0.Add(other.logM0);
        logM1.Add(other.logM1);
        alpha.Add(other.alpha);
    }
}
