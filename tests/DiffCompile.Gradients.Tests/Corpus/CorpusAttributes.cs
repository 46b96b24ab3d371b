namespace DiffCompile.Corpus;

/// <summary>Marks a differentiable method that finite differences cannot check at random points; expectations do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnlyExpectedAttribute : Attribute;

/// <summary>What the generated file must hold, with optimisations on.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EmitsAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>What the generated file must not hold, with optimisations on.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EmitsNotAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

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
