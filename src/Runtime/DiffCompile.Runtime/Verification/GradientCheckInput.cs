namespace DiffCompile.Verification;

/// <summary>One number that a checked function takes: its name and the range from which test points are drawn.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Min">Smallest value, in the unit of the input; −∞ is allowed.</param>
/// <param name="Max">Largest value; +∞ is allowed.</param>
/// <remarks>
/// Numbers are drawn uniformly from the range less 1 % of its width at either end, so that there is room for finite
/// differences. With one infinite end they are log-uniform between 0.1 and 10 from the finite end; with two, the
/// default range −1.5 … 1.5 is taken.
/// </remarks>
public sealed record GradientCheckInput(string Name, double Min = GradientCheckInput.DefaultMin, double Max = GradientCheckInput.DefaultMax)
{
    /// <summary>Smallest value where no range is given.</summary>
    public const double DefaultMin = -1.5;

    /// <summary>Largest value where no range is given.</summary>
    public const double DefaultMax = 1.5;

    private const double Inset = 0.01;

    /// <summary>False: the input takes part in every point, but nothing is differentiated with respect to it.</summary>
    public bool IsDifferentiated { get; init; } = true;

    /// <summary>True: whole numbers are drawn, both ends included. Such an input is not differentiated.</summary>
    public bool IsInteger { get; init; }

    /// <summary>The elements of a span or an array: <c>name[0]</c>, <c>name[1]</c> …, all with the same range.</summary>
    /// <param name="name">Name of the span.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="isDifferentiated">See <see cref="IsDifferentiated"/>.</param>
    public static IEnumerable<GradientCheckInput> Elements(string name, int count, double min = DefaultMin, double max = DefaultMax, bool isDifferentiated = true)
        => Enumerable.Range(0, count).Select(i => new GradientCheckInput(FormattableString.Invariant($"{name}[{i}]"), min, max) { IsDifferentiated = isDifferentiated });

    internal bool IsActive => IsDifferentiated && !IsInteger;

    /// <summary>Typical distance over which a function of this input changes.</summary>
    internal double Width => double.IsFinite(Max - Min) && Max > Min ? Max - Min : DefaultMax - DefaultMin;

    /// <summary>A value of the range for a number <paramref name="u"/> in (0, 1).</summary>
    internal double At(double u)
    {
        if (IsInteger)
        {
            (double first, double last) = (Math.Ceiling(Finite(Min, 0.0)), Math.Floor(Finite(Max, 3.0)));
            return Math.Min(first + Math.Floor(u * (last - first + 1.0)), last);
        }

        double inner = Inset + ((1.0 - (2.0 * Inset)) * u);
        return (double.IsFinite(Min), double.IsFinite(Max)) switch
        {
            (true, true) => Min + ((Max - Min) * inner),
            (true, false) => Min + Math.Pow(10.0, (2.0 * u) - 1.0),
            (false, true) => Max - Math.Pow(10.0, (2.0 * u) - 1.0),
            _ => DefaultMin + ((DefaultMax - DefaultMin) * inner),
        };
    }

    /// <exception cref="ArgumentException">The range is empty or not a number.</exception>
    internal void Validate()
    {
        if (!(Min <= Max))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The range [{Min}, {Max}] of input '{Name}' is empty; the first bound must be a number less than or equal to the second."));
        }
    }

    private static double Finite(double bound, double otherwise) => double.IsFinite(bound) ? bound : otherwise;
}
