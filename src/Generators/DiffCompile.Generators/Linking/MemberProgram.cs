using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>The IR of one generated member.</summary>
internal sealed record MemberProgram(MemberKind Kind, IrFunction Function)
{
    /// <summary>The inputs that the method writes to, of a Jacobian that takes many columns in one sweep; null for other members.</summary>
    public EquatableArray<int>? Written { get; init; }
}
