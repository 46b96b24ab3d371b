using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

/// <summary>All diagnostics, a file per family. Ids are never used again for another meaning.</summary>
internal static partial class Descriptors
{
    private static Dictionary<string, DiagnosticDescriptor>? s_byId;

    // Made on first use: the order in which the fields of the family files are initialised is not defined.
    private static Dictionary<string, DiagnosticDescriptor> ById => s_byId ??= new();

    public static IEnumerable<DiagnosticDescriptor> All => ById.Values;

    public static DiagnosticDescriptor Get(string id) => ById[id];

    // Errors cannot be switched off: silence would mean a wrong derivative.
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Register(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Register(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Register(string id, string title, string message, DiagnosticSeverity severity, params string[] tags)
    {
        var descriptor = new DiagnosticDescriptor(
            id, title, message, "DiffCompile", severity, isEnabledByDefault: true,
            helpLinkUri: "https://github.com/diffcompile/diffcompile/blob/main/docs/diagnostics/" + id + ".md", customTags: tags);
        ById.Add(id, descriptor);
        return descriptor;
    }
}
