namespace DiffCompile.Corpus;

/// <summary>
/// Marks a method without parameters that returns true: what must hold where finite differences say nothing. The tests
/// run it with optimisations on and off, and so does the mutation runner.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExpectAttribute : Attribute;

/// <summary>Marks a differentiable method that finite differences cannot check at random points; expectations do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnlyExpectedAttribute : Attribute;

internal static class Near
{
    /// <summary>Equal up to a few roundings.</summary>
    public static bool Is(double expected, double actual) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-14 * Math.Abs(expected);

    /// <summary>Does it throw just this?</summary>
    public static bool Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (Exception e)
        {
            return e.GetType() == typeof(T);
        }
    }
}
