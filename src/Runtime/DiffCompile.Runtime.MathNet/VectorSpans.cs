using MathNet.Numerics.LinearAlgebra;

namespace DiffCompile.MathNetNumerics;

/// <summary>Passes MathNet's vectors to members that take spans.</summary>
public static class VectorSpans
{
    /// <summary>The numbers of a vector: its own storage where it is dense, else a copy.</summary>
    /// <param name="vector">Any vector.</param>
    public static ReadOnlySpan<double> AsReadOnlySpan(this Vector<double> vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return vector.AsArray() ?? vector.ToArray();
    }

    /// <summary>A dense vector with a copy of the numbers.</summary>
    /// <param name="numbers">At least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Vector<double> ToVector(this ReadOnlySpan<double> numbers) =>
        numbers.IsEmpty
            ? throw new ArgumentException("A vector needs at least one number.", nameof(numbers))
            : Vector<double>.Build.Dense(numbers.ToArray());
}
