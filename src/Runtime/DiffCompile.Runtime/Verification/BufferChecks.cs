using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffCompile;

/// <summary>
/// What generated members ask of the arrays and spans handed to them. Names in messages are those of the arguments.
/// </summary>
public static class BufferChecks
{
    /// <summary>A tangent or cotangent has one element for each of its primal.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="twin">The tangent or cotangent.</param>
    /// <param name="primal">What it belongs to.</param>
    /// <param name="twinName">Its name; left to the compiler.</param>
    /// <param name="primalName">Its name; left to the compiler.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameLength<T>(
        ReadOnlySpan<T> twin, ReadOnlySpan<T> primal,
        [CallerArgumentExpression(nameof(twin))] string twinName = "", [CallerArgumentExpression(nameof(primal))] string primalName = "")
    {
        if (twin.Length != primal.Length)
        {
            throw new ArgumentException($"Expected a span of the length of {Plain(primalName)}, {primal.Length}, got one of length {twin.Length}.", Plain(twinName));
        }
    }

    /// <summary>What is written shares no memory with another buffer: a derivative would be wrong without a word.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="written">The buffer that the member writes to.</param>
    /// <param name="other">Another buffer.</param>
    /// <param name="writtenName">Its name; left to the compiler.</param>
    /// <param name="otherName">Its name; left to the compiler.</param>
    /// <exception cref="ArgumentException">The two overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<T>(
        ReadOnlySpan<T> written, ReadOnlySpan<T> other,
        [CallerArgumentExpression(nameof(written))] string writtenName = "", [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        if (written.Overlaps(other))
        {
            throw new ArgumentException($"{Plain(writtenName)} is written to and must not share memory with {Plain(otherName)}.", Plain(writtenName));
        }
    }

    /// <inheritdoc cref="Apart{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, string, string)"/>
    /// <param name="written">The buffer that the member writes to.</param>
    /// <param name="first">Another buffer.</param>
    /// <param name="second">Another buffer.</param>
    /// <param name="writtenName">Its name; left to the compiler.</param>
    /// <param name="firstName">Its name; left to the compiler.</param>
    /// <param name="secondName">Its name; left to the compiler.</param>
    public static void Apart<T>(
        ReadOnlySpan<T> written, ReadOnlySpan<T> first, ReadOnlySpan<T> second,
        [CallerArgumentExpression(nameof(written))] string writtenName = "",
        [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        Apart(written, first, writtenName, firstName);
        Apart(written, second, writtenName, secondName);
    }

    /// <inheritdoc cref="Apart{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, string, string)"/>
    /// <param name="written">The buffer that the member writes to.</param>
    /// <param name="first">Another buffer.</param>
    /// <param name="second">Another buffer.</param>
    /// <param name="third">Another buffer.</param>
    /// <param name="writtenName">Its name; left to the compiler.</param>
    /// <param name="firstName">Its name; left to the compiler.</param>
    /// <param name="secondName">Its name; left to the compiler.</param>
    /// <param name="thirdName">Its name; left to the compiler.</param>
    public static void Apart<T>(
        ReadOnlySpan<T> written, ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> third,
        [CallerArgumentExpression(nameof(written))] string writtenName = "",
        [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "",
        [CallerArgumentExpression(nameof(third))] string thirdName = "")
    {
        Apart(written, first, second, writtenName, firstName, secondName);
        Apart(written, third, writtenName, thirdName);
    }

    /// <summary>What is written shares no memory with a buffer of another type, as a span of structs and one of numbers can.</summary>
    /// <typeparam name="T">Type of the elements that are written.</typeparam>
    /// <typeparam name="TOther">Type of the other elements.</typeparam>
    /// <param name="written">The buffer that the member writes to.</param>
    /// <param name="other">Another buffer.</param>
    /// <param name="writtenName">Its name; left to the compiler.</param>
    /// <param name="otherName">Its name; left to the compiler.</param>
    /// <exception cref="ArgumentException">The two overlap.</exception>
    public static void Apart<T, TOther>(
        ReadOnlySpan<T> written, ReadOnlySpan<TOther> other,
        [CallerArgumentExpression(nameof(written))] string writtenName = "", [CallerArgumentExpression(nameof(other))] string otherName = "")
        where T : struct
        where TOther : struct
    {
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(written));
        ref byte second = ref Unsafe.As<TOther, byte>(ref MemoryMarshal.GetReference(other));
        nint distance = Unsafe.ByteOffset(ref first, ref second);
        nuint bytes = (nuint)written.Length * (nuint)Unsafe.SizeOf<T>(), otherBytes = (nuint)other.Length * (nuint)Unsafe.SizeOf<TOther>();
        if (bytes > 0 && otherBytes > 0 && ((nuint)distance < bytes || (nuint)(-distance) < otherBytes))
        {
            throw new ArgumentException($"{Plain(writtenName)} is written to and must not share memory with {Plain(otherName)}.", Plain(writtenName));
        }
    }

    // A keyword that is a name begins with @ in the text only.
    private static string Plain(string name) => name.TrimStart('@');
}
