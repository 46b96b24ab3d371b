using DiffCompile.Generators.Infrastructure;

namespace DiffCompile.Generators.Ir;

/// <summary>One step on memory: an element, a part of a buffer, a buffer of one's own, or the stack of residuals.</summary>
/// <param name="Results">What it defines.</param>
/// <param name="Op">See <see cref="MemoryOp"/>.</param>
/// <param name="Arguments">What it reads, in the order that the operation states.</param>
/// <param name="IsPrimal">Is it the author's own, so that it throws where the method does?</param>
internal sealed record MemoryEquation(EquatableArray<Value> Results, string Op, EquatableArray<Value> Arguments, bool IsPrimal) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = Results;

    public override EquatableArray<Value> Operands => Arguments;

    /// <summary>Joins a push with its pop; 0 for other operations.</summary>
    public int Slot { get; init; }

    /// <summary>Of a reservation: is every element written before it is read, so that nobody has to clear it?</summary>
    public bool IsFilled { get; init; }

    /// <summary>Of a push: does it keep what one call, not one trip of a loop, leaves for its reverse part?</summary>
    public bool IsOfCall { get; init; }

    public SourceNote? Source { get; init; }

    public Value Buffer => Arguments[0];

    public Value Index => Arguments[1];

    /// <summary>The only result of an operation that has one.</summary>
    public Value Result => Results[0];
}

/// <summary>The operations on memory.</summary>
internal static class MemoryOp
{
    /// <summary>element = load(buffer, index).</summary>
    public const string Load = "load";

    /// <summary>store(buffer, index, element).</summary>
    public const string Store = "store";

    /// <summary>accumulate(buffer, index, amount): adds to an element.</summary>
    public const string Accumulate = "accumulate";

    /// <summary>part = slice(buffer, start, length): the same memory.</summary>
    public const string Slice = "slice";

    /// <summary>count = length(buffer).</summary>
    public const string Length = "length";

    /// <summary>within(index, length): throws where the index lies outside, as an access in that dimension does.</summary>
    public const string Within = "within";

    /// <summary>handle = reserve(length, bytes of an element): cleared memory of the workspace that lives until the member returns.</summary>
    public const string Reserve = "reserve";

    /// <summary>buffer = view(handle, length): memory that was reserved.</summary>
    public const string View = "view";

    /// <summary>mark = mark(): where the next reservation goes.</summary>
    public const string Mark = "mark";

    /// <summary>release(mark): gives back what was reserved since; nobody reads it any more.</summary>
    public const string Release = "release";

    /// <summary>push(values): keeps residuals of one trip of a loop.</summary>
    public const string Push = "push";

    /// <summary>values = pop(): takes back what was pushed last.</summary>
    public const string Pop = "pop";

    /// <summary>constant(buffer): a table that nobody may write; checked once the callers are known; derived programs do not have it.</summary>
    public const string Constant = "constant";

    /// <summary>distinct(a, b): what follows holds only for buffers of different memory; checked once the callers are known; derived programs do not have it.</summary>
    public const string Distinct = "distinct";

    /// <summary>Does it write memory, or move the stack?</summary>
    public static bool Writes(string op) => op is Store or Accumulate or Reserve or Mark or Release or Push or Pop;

    /// <summary>Does it only say what must hold?</summary>
    public static bool IsClaim(string op) => op is Constant or Distinct;

    /// <summary>Does it need the member's workspace?</summary>
    public static bool NeedsWorkspace(string op) => op is Reserve or View or Mark or Release or Push or Pop;
}
