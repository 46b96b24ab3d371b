using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InternalError = Error(
        "DC9001", "Internal error",
        "'{0}' could not be compiled because of a defect in DiffCompile: {1}. Please report it with the method's source; no derivative members were generated.");
}
