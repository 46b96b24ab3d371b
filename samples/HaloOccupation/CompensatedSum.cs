namespace DiffCompile.Samples.HaloOccupation;

/// <summary>
/// A running sum with its rounding errors kept beside it (A. Neumaier, Z. angew. Math. Mech. 54, 39, 1974): the error of
/// the total does not grow with the number of terms.
/// </summary>
internal struct CompensatedSum
{
    private double sum;
    private double lost;

    /// <summary>The sum so far.</summary>
    public readonly double Total => sum + lost;

    public void Add(double term)
    {
        double next = sum + term;
        lost += Math.Abs(sum) >= Math.Abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }

    /// <summary>Adds the terms of another sum.</summary>
    public void Add(CompensatedSum other)
    {
        Add(other.sum);
        lost += other.lost;
    }
}
