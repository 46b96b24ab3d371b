using Microsoft.CodeAnalysis.Diagnostics;

namespace DiffCompile.Generators.Infrastructure;

/// <summary>Build properties that a consumer can set.</summary>
/// <param name="Optimize">DiffCompile_Optimize: off, the passes do only what correctness needs (for tests and for reading).</param>
/// <param name="ChecksOverflow">Does the consumer compile with overflow checks, so that wrapping arithmetic has to say so?</param>
internal sealed record GeneratorOptions(bool Optimize, bool ChecksOverflow = true)
{
    public static GeneratorOptions Read(AnalyzerConfigOptionsProvider provider) => new(
        Optimize: !(provider.GlobalOptions.TryGetValue("build_property.DiffCompile_Optimize", out string? value)
            && string.Equals(value, "false", StringComparison.OrdinalIgnoreCase)));
}
