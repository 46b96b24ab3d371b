namespace DiffCompile.Verification;

/// <summary>
/// Checks derivatives against values and against each other: finite differences with step control, the inner-product
/// identity ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ on random directions and cotangents, the same for second derivatives, and that a
/// derivative throws exactly when its function does.
/// </summary>
/// <remarks>
/// The inner-product (“dot-product”) test of adjoints: A. Griewank and A. Walther, “Evaluating Derivatives”, 2nd ed., SIAM
/// 2008, section 3.3. Finite differences: see <see cref="FiniteDifference"/>.
/// </remarks>
public static partial class GradientCheck
{
    /// <summary>Makes every check that the members of <paramref name="target"/> allow, at every point.</summary>
    /// <param name="target">The function and its derivatives.</param>
    /// <param name="options">Where and how exactly; <see cref="GradientCheckOptions.Default"/> when null.</param>
    /// <param name="cancellation">Looked at before each point.</param>
    /// <exception cref="ArgumentException">Target or options are incomplete or contradict each other; the message says how.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GradientCheckReport Run(GradientCheckTarget target, GradientCheckOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        options ??= GradientCheckOptions.Default;
        target.Validate();
        options.Validate(target);

        var entries = new List<GradientCheckEntry>();
        var factors = new SeededNumbers(options.Seed, stream: 1);
        bool anyFinite = false;
        foreach (GradientCheckPoint point in options.Points.Concat(DrawnPoints(target, options)))
        {
            cancellation.ThrowIfCancellationRequested();
            anyFinite |= new PointCheck(target, options, point, factors, entries).Run();
        }

        if (!anyFinite)
        {
            entries.Add(new GradientCheckEntry(
                GradientCheckKind.Coverage, "", 1.0, 0.0, 0.0, [], GradientCheckOutcome.Failed,
                "the function was not finite at any point, so nothing could be compared; state its domain"));
        }

        return new GradientCheckReport(target.Name, options.Seed, entries);
    }

    private static IEnumerable<GradientCheckPoint> DrawnPoints(GradientCheckTarget target, GradientCheckOptions options)
    {
        var numbers = new SeededNumbers(options.Seed, stream: 0);
        for (int i = 0; i < options.RandomPoints; i++)
        {
            double[] x = target.Inputs.Select(input => input.At(numbers.Uniform())).ToArray();
            yield return new GradientCheckPoint(x, options.IsSmooth is null || options.IsSmooth(x));
        }
    }
}
