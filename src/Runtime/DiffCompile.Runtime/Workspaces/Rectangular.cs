using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffCompile;

/// <summary>Arrays of several dimensions as generated members read them: one span of elements, row by row, and checked indices.</summary>
public static class Rectangular
{
    /// <summary>The elements of a matrix, row by row; the same memory.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="array">The matrix; indices begin at 0.</param>
    /// <returns>Element (i, j) at i · columns + j.</returns>
    /// <exception cref="ArgumentException">Indices of the array do not begin at 0.</exception>
    public static Span<T> Elements<T>(T[,] array)
        where T : struct
    {
        CheckBounds(array);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
    }

    /// <summary>The elements of an array of three dimensions, the last index first; the same memory.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="array">The array; indices begin at 0.</param>
    /// <returns>Element (i, j, k) at (i · length₁ + j) · length₂ + k.</returns>
    /// <exception cref="ArgumentException">Indices of the array do not begin at 0.</exception>
    public static Span<T> Elements<T>(T[,,] array)
        where T : struct
    {
        CheckBounds(array);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
    }

    /// <summary>Throws as an access outside of one dimension does.</summary>
    /// <param name="index">The index in that dimension.</param>
    /// <param name="length">Its length.</param>
    /// <exception cref="IndexOutOfRangeException">The index is negative or not below the length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(int index, int length)
    {
        if ((uint)index >= (uint)length)
        {
            Throw();
        }
    }

    private static void CheckBounds(Array array)
    {
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            if (array.GetLowerBound(dimension) != 0)
            {
                throw new ArgumentException($"Expected an array whose indices begin at 0, got one that begins at {array.GetLowerBound(dimension)} in dimension {dimension}.", nameof(array));
            }
        }
    }

    private static void Throw() => throw new IndexOutOfRangeException();
}
