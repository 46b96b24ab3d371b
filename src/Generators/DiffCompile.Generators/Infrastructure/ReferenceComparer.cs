using System.Runtime.CompilerServices;

namespace DiffCompile.Generators.Infrastructure;

/// <summary>Tells objects apart that are equal by value.</summary>
internal sealed class ReferenceComparer<T> : IEqualityComparer<T>
    where T : class
{
    public static readonly ReferenceComparer<T> Instance = new();

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T value) => RuntimeHelpers.GetHashCode(value);
}
