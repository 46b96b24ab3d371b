namespace DiffCompile.Generators.Parsing;

/// <summary>The key under which the location of a call is kept: below zero, where no value has its id.</summary>
internal static class CallSite
{
    /// <param name="index">Which call of the body it is, in the order of the equations.</param>
    public static int Of(int index) => -1 - index;
}
