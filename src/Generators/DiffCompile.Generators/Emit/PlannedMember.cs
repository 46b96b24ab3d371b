using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>A member to be written: its signature, its program and, for a member of the author's method, which one it is.</summary>
internal sealed record PlannedMember(MemberPlan Plan, IrFunction Function, MemberKind? Kind = null)
{
    /// <summary>Which of the private methods that it calls are handed the workspace.</summary>
    public IReadOnlyCollection<FunctionReference> WorkspaceCallees { get; init; } = [];
}
