using DiffCompile.Generators.Infrastructure;

namespace DiffCompile.Generators.Ir;

/// <summary>One step of a region. The set of kinds is closed; passes switch over it.</summary>
internal abstract record Equation
{
    /// <summary>Values that it defines.</summary>
    public abstract EquatableArray<Value> Results { get; init; }

    /// <summary>Values read by this equation itself, those of nested regions not included.</summary>
    public abstract EquatableArray<Value> Operands { get; }

    /// <summary>Nested regions, in order.</summary>
    public virtual EquatableArray<Region> Regions => EquatableArray<Region>.Empty;
}

/// <summary>A primitive of the rule table, or an operator. See <see cref="Op"/>.</summary>
/// <param name="IsPrimal">
/// True for the author's own operations, which only bit-exact rewrites may touch; false for those that a
/// derivative pass made, to which algebraic identities apply.
/// </param>
/// <param name="Source">Where the author wrote it; only kept when a diagnosing member is asked for.</param>
/// <param name="Kinks">The convention at kinks that the author chose for the method this operation stands in.</param>
internal sealed record PrimitiveEquation(
    Value Result, string Op, EquatableArray<Value> Arguments, bool IsPrimal, SourceNote? Source = null, Kinks Kinks = Kinks.Symmetric)
    : Equation
{
    // Passes ask for the results all the time; one array serves them all.
    private readonly EquatableArray<Value> _results = [Result];

    public Value Result
    {
        get => _results[0];
        init => _results = [value];
    }

    public override EquatableArray<Value> Results
    {
        get => _results;
        init => _results = value;
    }

    public override EquatableArray<Value> Operands => Arguments;
}

/// <summary>Two-way branch. Only the taken region is evaluated; its yields become the results.</summary>
internal sealed record IfEquation(EquatableArray<Value> Results, Value Condition, Region Then, Region Else) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = Results;

    public override EquatableArray<Value> Operands => [Condition];

    public override EquatableArray<Region> Regions => [Then, Else];
}

/// <summary>
/// A loop. <paramref name="Carried"/> initialises the parameters of both regions; <paramref name="Test"/> yields one
/// bool, <paramref name="Body"/> the next carried values; the last carried values are the results.
/// </summary>
internal sealed record LoopEquation(EquatableArray<Value> Results, EquatableArray<Value> Carried, Region Test, Region Body) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = Results;

    public override EquatableArray<Value> Operands => Carried;

    public override EquatableArray<Region> Regions => [Test, Body];

    /// <summary>
    /// Between reverse mode and the residual plan: m for a loop of the primal part, −m for the loop that runs it backwards.
    /// </summary>
    public int Mirror { get; init; }

    /// <summary>
    /// Of a loop whose reverse part computes trips again: the number of states that are kept, or <see cref="SquareRoot"/>; 0 for
    /// other loops.
    /// </summary>
    public int Checkpoints { get; init; }

    /// <summary>As many states as trips between two of them.</summary>
    public const int SquareRoot = -1;

    /// <summary>In a loop that runs another one backwards: which of its own values replay parameters of that one's body.</summary>
    public EquatableArray<Replay> Replays { get; init; } = [];
}

/// <summary>A value of a loop that runs backwards, equal in each trip to a value of the loop of the primal part.</summary>
internal sealed record Replay(Value Forward, Value Backward);

/// <summary>A call of another differentiable function, or of a function derived from it.</summary>
internal sealed record CallEquation(EquatableArray<Value> Results, FunctionReference Callee, EquatableArray<Value> Arguments) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = Results;

    public override EquatableArray<Value> Operands => Arguments;
}

/// <summary>
/// A call of ordinary C# by name: a function with a custom rule, or the rule itself. <see cref="ExternalMethod"/> says
/// how its scalars are packed into the C# signature.
/// </summary>
internal sealed record ExternalCallEquation(EquatableArray<Value> Results, ExternalMethod Method, EquatableArray<Value> Arguments) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = Results;

    public override EquatableArray<Value> Operands => Arguments;
}

/// <summary>Leaves the function by an exception; nothing after it in its region runs.</summary>
/// <param name="Expression">C# text of the thrown object; names no local.</param>
internal sealed record ThrowEquation(string Expression) : Equation
{
    /// <summary>From where the type of the exception can be named, see <see cref="Parsing.Reach"/>.</summary>
    public string Reach { get; init; } = "";

    public override EquatableArray<Value> Results { get; init; } = [];

    public override EquatableArray<Value> Operands => [];
}

/// <summary>Starts a stage of the generated text; becomes one comment, and nothing if the stage is empty.</summary>
internal sealed record StageEquation(string Text) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = [];

    public override EquatableArray<Value> Operands => [];
}

/// <summary>Clears a span (overwriting members) before cotangents are added to it.</summary>
internal sealed record ClearEquation(Value Buffer) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = [];

    public override EquatableArray<Value> Operands => [Buffer];
}

/// <summary>Returns from a diagnosing member when <paramref name="Checked"/> is not finite.</summary>
internal sealed record FiniteCheckEquation(Value Checked, string Quantity, SourceNote Source) : Equation
{
    public override EquatableArray<Value> Results { get; init; } = [];

    public override EquatableArray<Value> Operands => [Checked];
}

/// <summary>The author's text of an operation and where it stands.</summary>
internal sealed record SourceNote(string Text, string File, int Line);
