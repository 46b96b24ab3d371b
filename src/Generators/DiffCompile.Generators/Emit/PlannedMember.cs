using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>A member to be written: its signature and its program.</summary>
internal sealed record PlannedMember(MemberPlan Plan, IrFunction Function);
