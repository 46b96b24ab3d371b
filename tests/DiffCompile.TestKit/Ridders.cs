using DiffCompile.Verification;

namespace DiffCompile.TestKit;

/// <summary>The public finite differences, along directions of the active inputs only.</summary>
public static class Ridders
{
    /// <summary>d f(x + t·direction)/dt at t = 0, for each component of f; NaN where f is not finite on both sides.</summary>
    public static (double[] Derivative, double[] Error) Directional(Func<double[], double[]> f, double[] x, IReadOnlyList<int> active, double[] direction, double step)
    {
        double[] along = new double[x.Length];
        for (int i = 0; i < active.Count; i++)
        {
            along[active[i]] = direction[i];
        }

        int outputs = f(x).Length;
        FiniteDifferenceEstimate[] estimates = FiniteDifference.Directional((at, result) => f(at.ToArray()).CopyTo(result), outputs, x, along, step);
        return (estimates.Select(e => e.Value).ToArray(), estimates.Select(e => e.Error).ToArray());
    }
}
