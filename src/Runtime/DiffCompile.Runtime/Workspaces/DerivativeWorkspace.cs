using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DiffCompile;

/// <summary>
/// Memory of generated members: a stack on which a loop keeps what its reverse part needs, and the arrays that a method makes.
/// It grows as needed and keeps what it has, so that later calls allocate nothing. A member that is given none takes the one of
/// its thread.
/// </summary>
/// <remarks>A workspace serves one call at a time; it belongs to the thread that uses it until that call returns.</remarks>
public sealed partial class DerivativeWorkspace
{
    [ThreadStatic]
    private static DerivativeWorkspace? s_ofThread;

    private double[] _stack = new double[256];
    private int _top;
    private int _user;

    /// <summary>Bytes that the workspace holds, in use or not.</summary>
    public long Capacity => (8L * _stack.Length) + ReservedCapacity;

    /// <summary>Starts a member's use of a workspace; the scope's end gives back everything that was kept since.</summary>
    /// <param name="workspace">The caller's workspace; null takes the one of the thread.</param>
    /// <returns>To be disposed when the member returns or throws.</returns>
    /// <exception cref="InvalidOperationException">Another thread is using the workspace.</exception>
    public static Scope Enter([NotNull] ref DerivativeWorkspace? workspace)
    {
        workspace ??= s_ofThread ??= new DerivativeWorkspace();
        return new Scope(workspace);
    }

    /// <summary>Keeps a number.</summary>
    /// <param name="value">Any number, NaN included; its bits are kept.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(double value)
    {
        double[] stack = _stack;
        int top = _top;
        if ((uint)top >= (uint)stack.Length)
        {
            stack = Grow();
        }

        stack[top] = value;
        _top = top + 1;
    }

    /// <inheritdoc cref="Push(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(long value) => Push(BitConverter.Int64BitsToDouble(value));

    /// <inheritdoc cref="Push(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(float value) => Push((long)BitConverter.SingleToInt32Bits(value));

    /// <inheritdoc cref="Push(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(int value) => Push((long)value);

    /// <summary>Keeps a truth value.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(bool value) => Push(value ? 1L : 0L);

    /// <summary>Takes back what was kept last.</summary>
    /// <returns>The number, with the bits that were pushed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double PopDouble() => _stack[--_top];

    /// <inheritdoc cref="PopDouble"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long PopInt64() => BitConverter.DoubleToInt64Bits(PopDouble());

    /// <inheritdoc cref="PopDouble"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float PopSingle() => BitConverter.Int32BitsToSingle((int)PopInt64());

    /// <inheritdoc cref="PopDouble"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PopInt32() => (int)PopInt64();

    /// <summary>Takes back the truth value that was kept last.</summary>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool PopBoolean() => PopInt64() != 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double[] Grow()
    {
        Array.Resize(ref _stack, checked(2 * _stack.Length));
        return _stack;
    }

    /// <summary>A part of a member: what it keeps is given back when it ends.</summary>
    public Scope Nested() => new(this);

    /// <summary>A member's use of a workspace.</summary>
    public readonly ref struct Scope
    {
        private readonly DerivativeWorkspace _workspace;
        private readonly int _top;
        private readonly (int Chunk, int Used) _reserved;
        private readonly int _outer;

        internal Scope(DerivativeWorkspace workspace)
        {
            int here = Environment.CurrentManagedThreadId;
            if (workspace._user != 0 && workspace._user != here)
            {
                throw new InvalidOperationException("This workspace is in use on another thread; give each thread its own, or none.");
            }

            _workspace = workspace;
            _outer = workspace._user;
            workspace._user = here;
            _top = workspace._top;
            _reserved = workspace.Position;
        }

        /// <summary>Gives back everything that was kept since the scope began.</summary>
        public void Dispose()
        {
            _workspace._top = _top;
            _workspace.Position = _reserved;
            _workspace._user = _outer;
        }
    }
}
