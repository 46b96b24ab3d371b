namespace DiffCompile.Verification;

/// <summary>A point at which to check.</summary>
/// <param name="X">A number per input.</param>
/// <param name="IsSmooth">
/// False at a kink or an edge of the domain: finite differences mean nothing there and are left out; derivatives are
/// still compared with each other, and exceptions with those of the value.
/// </param>
public sealed record GradientCheckPoint(IReadOnlyList<double> X, bool IsSmooth = true);

/// <summary>Where and how exactly derivatives are checked.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>For functions computed in double precision.</summary>
    public static GradientCheckOptions Default { get; } = new();

    /// <summary>For functions that compute in single precision somewhere.</summary>
    public static GradientCheckOptions SinglePrecision { get; } = new()
    {
        NumericTolerance = 2e-3,
        ExactTolerance = 2e-5,
        ValuePrecision = 5e-7,
        StepScale = 0.1,
    };

    /// <summary>Seed of points, directions and cotangents: the same seed gives the same checks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of points drawn from the ranges of the inputs.</summary>
    public int RandomPoints { get; init; } = 8;

    /// <summary>Points to check besides those drawn.</summary>
    public IReadOnlyList<GradientCheckPoint> Points { get; init; } = [];

    /// <summary>
    /// Tells of the drawn points which lie on (or within a step of) a kink, by returning false; null: all are smooth.
    /// </summary>
    public Func<IReadOnlyList<double>, bool>? IsSmooth { get; init; }

    /// <summary>Allowed difference from finite differences, relative; their estimated error comes on top.</summary>
    public double NumericTolerance { get; init; } = 1e-7;

    /// <summary>Allowed difference of two derivatives that should agree to rounding, relative to the size of the terms in them.</summary>
    public double ExactTolerance { get; init; } = 1e-11;

    /// <summary>Rounding error of a value, relative to its size.</summary>
    public double ValuePrecision { get; init; } = FiniteDifference.DefaultPrecision;

    /// <summary>Largest finite-difference step, relative to the input or to the width of its range, whichever is smaller.</summary>
    public double StepScale { get; init; } = 0.02;

    /// <summary>Up to so many inputs are varied one by one; with more, along random directions only.</summary>
    public int MaxSingleInputs { get; init; } = 24;

    /// <exception cref="ArgumentException">A setting cannot be used with <paramref name="target"/>.</exception>
    internal void Validate(GradientCheckTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(RandomPoints);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSingleInputs);
        RequirePositive(NumericTolerance, nameof(NumericTolerance));
        RequirePositive(ExactTolerance, nameof(ExactTolerance));
        RequirePositive(ValuePrecision, nameof(ValuePrecision));
        RequirePositive(StepScale, nameof(StepScale));
        for (int i = 0; i < Points.Count; i++)
        {
            if (Points[i].X.Count != target.Inputs.Count)
            {
                throw new ArgumentException($"Point {i} has {Points[i].X.Count} numbers where '{target.Name}' takes {target.Inputs.Count}.");
            }
        }

        if (RandomPoints + Points.Count == 0)
        {
            throw new ArgumentException($"There is no point at which to check '{target.Name}': {nameof(RandomPoints)} is 0 and {nameof(Points)} is empty.");
        }
    }

    private static void RequirePositive(double number, string name)
    {
        if (!(number > 0.0) || double.IsInfinity(number))
        {
            throw new ArgumentOutOfRangeException(name, number, "It must be positive and finite.");
        }
    }
}
