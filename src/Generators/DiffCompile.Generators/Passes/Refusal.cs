using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Passes;

/// <summary>A method cannot be compiled, for a reason its author can act on. Caught where a unit is compiled.</summary>
internal sealed class RefusalException(DiagnosticDescriptor descriptor, int? valueId, params string[] arguments)
    : Exception(descriptor.Id)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    /// <summary>The operation at fault, if it is one of the method's own.</summary>
    public int? ValueId { get; } = valueId;

    public string[] Arguments { get; } = arguments;
}
