using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Parsing;

/// <summary>What the parser makes of one method.</summary>
/// <param name="Key">Documentation id of the method.</param>
/// <param name="Display">Short name for messages and file names.</param>
/// <param name="Container">Where members go (also known for a refused method, so that its comment has a place).</param>
/// <param name="Spec">Null when the method is refused; then at least one diagnostic is an error.</param>
/// <param name="Helpers">Specs of unattributed helpers and of methods of other assemblies that the body reaches.</param>
/// <param name="Diagnostics">What was found.</param>
internal sealed record ParseResult(
    string Key,
    string Display,
    ContainerSpec Container,
    FunctionSpec? Spec,
    EquatableArray<FunctionSpec> Helpers,
    EquatableArray<DiagnosticInfo> Diagnostics);
