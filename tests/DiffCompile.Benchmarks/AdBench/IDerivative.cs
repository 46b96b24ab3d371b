namespace DiffCompile.Benchmarks.AdBench;

/// <summary>One way to the derivative of an objective: the generated members, or code written by hand.</summary>
internal interface IDerivative
{
    /// <summary>
    /// Fills <paramref name="value"/> and <paramref name="derivative"/>, which belong to the caller and are overwritten, in
    /// the layout of the <see cref="Objective"/>. Allocates nothing.
    /// </summary>
    void Evaluate(Span<double> value, Span<double> derivative);
}
