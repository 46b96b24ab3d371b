namespace DiffCompile.Generators.Rules;

/// <summary>Where partials are singular, as tests of an operand's range.</summary>
internal static class Ranges
{
    public static bool ReachesZero(Interval x) => x.Contains(0.0);

    public static bool ReachesBelowOrZero(Interval x) => x.Min <= 0.0;

    public static bool ReachesMinusOne(Interval x) => x.Min <= -1.0;

    public static bool ReachesOneFromAbove(Interval x) => x.Min <= 1.0;

    /// <summary>±1 or beyond.</summary>
    public static bool LeavesUnitDisc(Interval x) => x.Min <= -1.0 || x.Max >= 1.0;

    /// <summary>0, 1, or outside of both.</summary>
    public static bool LeavesUnitInterval(Interval x) => x.Min <= 0.0 || x.Max >= 1.0;

    /// <summary>0, 2, or outside of both.</summary>
    public static bool LeavesZeroToTwo(Interval x) => x.Min <= 0.0 || x.Max >= 2.0;

    /// <summary>A half-integer k + ½.</summary>
    public static bool ReachesHalfInteger(Interval x) => Math.Floor(x.Max - 0.5) >= Math.Ceiling(x.Min - 0.5);
}
