using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffCompile;

/// <summary>Inline arrays as generated members return them.</summary>
public static class InlineArrays
{
    /// <summary>An inline array of the given elements.</summary>
    /// <typeparam name="TArray">A struct marked [InlineArray].</typeparam>
    /// <typeparam name="T">Type of its elements.</typeparam>
    /// <param name="elements">All of them, in order.</param>
    /// <returns>The struct.</returns>
    /// <exception cref="ArgumentException">The struct does not hold exactly these elements.</exception>
    public static TArray Of<TArray, T>(ReadOnlySpan<T> elements)
        where TArray : struct
        where T : struct
    {
        TArray array = default;
        if (Unsafe.SizeOf<TArray>() != elements.Length * Unsafe.SizeOf<T>())
        {
            throw new ArgumentException($"Expected all elements of {typeof(TArray).Name}, which has {Unsafe.SizeOf<TArray>()} bytes, got {elements.Length} of {Unsafe.SizeOf<T>()} bytes.", nameof(elements));
        }

        elements.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<TArray, T>(ref array), elements.Length));
        return array;
    }
}
