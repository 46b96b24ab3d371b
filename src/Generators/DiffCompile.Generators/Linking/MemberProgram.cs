using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>The IR of one generated member.</summary>
internal sealed record MemberProgram(MemberKind Kind, IrFunction Function);
