using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffCompile;

/// <summary>
/// What generated Jacobians do with tangents in eight directions, one vector of 512 bits for each number: a direction is a column of
/// the matrix, and whatever a tangent is multiplied by is computed once for eight columns.
/// </summary>
public static class Directions
{
    /// <summary>Number of directions.</summary>
    public const int Count = 8;

    /// <summary>1 in one direction, 0 in the others; zero where there is no such direction.</summary>
    /// <param name="direction">From 0; any other number gives zero.</param>
    public static Vector512<double> Unit(int direction) =>
        direction is < 0 or >= Count ? default : Vector512<double>.Zero.WithElement(direction, 1.0);

    /// <summary>A matrix has the number of elements that its rows and columns ask for.</summary>
    /// <param name="matrix">Row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">It has another number of elements.</exception>
    public static void CheckMatrix(ReadOnlySpan<double> matrix, long rows, int columns, string name)
    {
        if (matrix.Length != rows * columns)
        {
            throw new ArgumentException($"Expected a span of length {rows * columns} for {rows} × {columns} elements, got one of length {matrix.Length}.", name);
        }
    }

    /// <summary>Tangents of the elements of an input, the first of which stands in a column of the matrix.</summary>
    /// <param name="workspace">Holds them.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="column">Column of the first element.</param>
    /// <param name="first">The column that direction 0 stands for.</param>
    public static Span<Vector512<double>> Seed(DerivativeWorkspace workspace, int length, int column, int first)
    {
        Span<Vector512<double>> tangents = Zero(workspace, length);
        for (int i = Math.Max(0, first - column); i < Math.Min(length, first - column + Count); i++)
        {
            tangents[i] = Unit(column + i - first);
        }

        return tangents;
    }

    /// <summary>Tangents that are zero.</summary>
    /// <param name="workspace">Holds them.</param>
    /// <param name="length">Number of elements.</param>
    public static Span<Vector512<double>> Zero(DerivativeWorkspace workspace, int length)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.View<Vector512<double>>(workspace.Reserve(length, Count * sizeof(double)), length);
    }

    /// <summary>Writes a row, as far as its directions reach.</summary>
    /// <param name="tangent">Tangents of an output.</param>
    /// <param name="matrix">Row-major.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="first">The column that direction 0 stands for.</param>
    public static void Store(Vector512<double> tangent, Span<double> matrix, int row, int columns, int first)
    {
        Span<double> destination = matrix.Slice((row * columns) + first, Math.Min(Count, columns - first));
        if (destination.Length == Count)
        {
            tangent.CopyTo(destination);
            return;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = tangent[i];
        }
    }

    /// <summary>Writes a row for each element.</summary>
    /// <param name="tangents">Tangents of the elements of an output.</param>
    /// <param name="matrix">Row-major.</param>
    /// <param name="row">The row of the first element.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="first">The column that direction 0 stands for.</param>
    public static void Store(ReadOnlySpan<Vector512<double>> tangents, Span<double> matrix, int row, int columns, int first)
    {
        for (int i = 0; i < tangents.Length; i++)
        {
            Store(tangents[i], matrix, row + i, columns, first);
        }
    }

    /// <summary>What a buffer holds before the method writes to it, for the next sweep.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="workspace">Holds the copy.</param>
    /// <param name="buffer">The buffer.</param>
    public static ReadOnlySpan<T> Keep<T>(DerivativeWorkspace workspace, ReadOnlySpan<T> buffer)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Span<T> copy = workspace.View<T>(workspace.Keep(buffer.Length, Unsafe.SizeOf<T>()), buffer.Length);
        buffer.CopyTo(copy);
        return copy;
    }
}
