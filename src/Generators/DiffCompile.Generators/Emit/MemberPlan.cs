using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>The C# side of one generated member: its signature and how its IR function is bound to it.</summary>
/// <param name="Name">Member name.</param>
/// <param name="Modifiers">For example "public static".</param>
/// <param name="ReturnType">C# text; "void" if nothing is returned.</param>
/// <param name="Parameters">Declared parameters in order.</param>
/// <param name="Inputs">For each IR input, the C# expression that it is read from ("logM", "p.LogMmin", "(int)mode").</param>
/// <param name="Outputs">Where the IR outputs go, in order.</param>
/// <param name="Documentation">XML documentation, one string per line, without the slashes.</param>
/// <param name="Attributes">Attributes to write above the member, without brackets.</param>
/// <param name="OutputNames">Names for IR outputs that have none of their own, in order; may be shorter.</param>
internal sealed record MemberPlan(
    string Name,
    string Modifiers,
    string ReturnType,
    EquatableArray<MemberParameter> Parameters,
    EquatableArray<string> Inputs,
    OutputPlan Outputs,
    EquatableArray<string> Documentation,
    EquatableArray<string> Attributes,
    EquatableArray<string> OutputNames = default)
{
    /// <summary>Arrays and spans of the signature, in order.</summary>
    public EquatableArray<BufferParameter> Buffers { get; init; } = [];

    /// <summary>Locals that the program's inputs are read from instead of the parameters themselves.</summary>
    public EquatableArray<EntryLocal> Entry { get; init; } = [];

    /// <summary>Statements of a member that has no program of its own, only calls one that has.</summary>
    public EquatableArray<string> Statements { get; init; } = [];

    /// <summary>Name of the workspace parameter; empty when the member needs none.</summary>
    public string Workspace { get; init; } = "";
}

internal sealed record MemberParameter(string Name, string CSharpType, string Modifier = "", string Default = "");

/// <summary>
/// Where outputs go. <paramref name="Return"/> takes as many leading outputs as it has leaves, then each of
/// <paramref name="OutParameters"/>; the rest is stored to consecutive elements of <paramref name="Destination"/>.
/// </summary>
internal sealed record OutputPlan(Shape? Return, EquatableArray<NamedShape> OutParameters, string Destination = "");
