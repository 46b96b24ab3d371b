using System.Runtime.InteropServices;

namespace DiffCompile;

// Arrays: chunks that never move, so that a span of one stays good while others are reserved.
public sealed partial class DerivativeWorkspace
{
    private const int FirstChunk = 1 << 14;
    private const int CacheLine = 64;

    private readonly List<byte[]> _chunks = [];
    private int _chunk = -1;
    private int _used;

    private long ReservedCapacity
    {
        get
        {
            long sum = 0;
            foreach (byte[] chunk in _chunks)
            {
                sum += chunk.Length;
            }

            return sum;
        }
    }

    private (int Chunk, int Used) Position
    {
        get => (_chunk, _used);
        set => (_chunk, _used) = value;
    }

    /// <summary>Sets memory aside until the member returns; it is cleared.</summary>
    /// <param name="length">Number of elements, not negative.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    /// <returns>What <see cref="View{T}"/> finds it by.</returns>
    /// <exception cref="OverflowException">The length is negative, as for an array.</exception>
    /// <exception cref="OutOfMemoryException">More than 2 GiB are asked for at once.</exception>
    public long Reserve(int length, int elementSize)
    {
        long handle = Keep(length, elementSize);
        _chunks[_chunk].AsSpan((int)handle, _used - (int)handle).Clear();
        return handle;
    }

    /// <summary>Sets memory aside until the member returns, for residuals that are all written before they are read.</summary>
    /// <param name="length">Number of elements, not negative.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    /// <returns>What <see cref="View{T}"/> finds it by.</returns>
    /// <exception cref="OverflowException">The length is negative.</exception>
    /// <exception cref="OutOfMemoryException">More than 2 GiB are asked for at once.</exception>
    public long Keep(int length, int elementSize)
    {
        if (length < 0)
        {
            throw new OverflowException();
        }

        long wanted = (((long)length * elementSize) + 7) & ~7L;
        if (wanted > Array.MaxLength)
        {
            throw new OutOfMemoryException("An array of the method has more than 2 GiB.");
        }

        // A vector that lies across two lines of the cache costs twice.
        int bytes = (int)wanted;
        int slack = elementSize >= CacheLine ? CacheLine - 1 : 0;
        while (_chunk < 0 || _chunks[_chunk].Length - _used < bytes + slack)
        {
            _chunk++;
            _used = 0;
            if (_chunk == _chunks.Count)
            {
                long size = Math.Max(bytes + slack, (long)FirstChunk << Math.Min(_chunk, 12));
                _chunks.Add(GC.AllocateArray<byte>((int)Math.Min(size, Array.MaxLength), pinned: true));
            }
        }

        if (slack > 0)
        {
            _used += (int)(-(Marshal.UnsafeAddrOfPinnedArrayElement(_chunks[_chunk], _used) & (CacheLine - 1)) & (CacheLine - 1));
        }

        int start = _used;
        _used += bytes;
        return ((long)_chunk << 32) | (uint)start;
    }

    /// <summary>Where the next reservation goes.</summary>
    /// <returns>To be handed to <see cref="Release"/>.</returns>
    public long Mark() => ((long)_chunk << 32) | (uint)_used;

    /// <summary>Gives back what was reserved since a mark; it must not be used any more.</summary>
    /// <param name="mark">What <see cref="Mark"/> returned.</param>
    public void Release(long mark) => Position = ((int)(mark >> 32), (int)mark);

    /// <summary>The memory that was reserved, as elements.</summary>
    /// <typeparam name="T">double, float, long, int or bool.</typeparam>
    /// <param name="handle">What <see cref="Reserve"/> returned.</param>
    /// <param name="length">The number of elements that was reserved.</param>
    /// <returns>The elements.</returns>
    public Span<T> View<T>(long handle, int length)
        where T : unmanaged
    {
        Span<byte> chunk = _chunks[(int)(handle >> 32)].AsSpan((int)handle);
        return MemoryMarshal.Cast<byte, T>(chunk)[..length];
    }
}
