namespace DiffCompile.Gradients.Tests.RandomCode;

/// <summary>What a statement can name where it stands.</summary>
internal sealed record Scope
{
    /// <summary>Numbers that can be assigned.</summary>
    public required List<string> Doubles { get; init; }

    /// <summary>Numbers that can only be read.</summary>
    public required List<string> Readable { get; init; }

    /// <summary>Integers that are never negative.</summary>
    public required List<string> Ints { get; init; }

    /// <summary>Integers made of numbers: good for an index, not for a value.</summary>
    public required List<string> Places { get; init; }

    public required List<string> Bools { get; init; }

    public required List<Buffer> Buffers { get; init; }

    /// <summary>Blocks around the statement.</summary>
    public int Depth { get; init; }

    /// <summary>How often the statement runs at most.</summary>
    public int Trips { get; init; } = 1;

    /// <summary>Would break only leave a switch?</summary>
    public bool InSwitch { get; init; }

    /// <summary>Is there a loop to break out of?</summary>
    public bool InLoop { get; init; }

    public static Scope Empty => new() { Doubles = [], Readable = [], Ints = [], Places = [], Bools = [], Buffers = [] };

    /// <summary>A scope inside this one.</summary>
    public Scope Inner() => this with
    {
        Doubles = [.. Doubles],
        Readable = [.. Readable],
        Ints = [.. Ints],
        Places = [.. Places],
        Bools = [.. Bools],
        Buffers = [.. Buffers],
        Depth = Depth + 1,
    };
}

/// <summary>An array or span of known length.</summary>
/// <param name="Name">How it is named.</param>
/// <param name="Length">How many elements it has.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Root">Whose memory it is.</param>
internal sealed record Buffer(string Name, int Length, BufferKind Kind, string Root)
{
    /// <summary>A table in a static field: an array by type, which nobody may write to.</summary>
    public bool IsField { get; init; }

    public bool IsWritable => Kind is BufferKind.Array or BufferKind.Span;

    public bool IsIndices => Kind == BufferKind.Indices;

    public string Type => Kind switch
    {
        BufferKind.Array => "double[]",
        BufferKind.Span => "Span<double>",
        BufferKind.ReadOnlySpan => "ReadOnlySpan<double>",
        _ => "int[]",
    };
}

internal enum BufferKind
{
    Array,
    Span,
    ReadOnlySpan,
    Indices,
}
