using System.Reflection;
using DiffCompile.TestKit;

namespace DiffCompile.Gradients.Tests;

/// <summary>The corpus, compiled in memory with optimisations off.</summary>
internal static class CorpusAssembly
{
    private static readonly Lazy<Assembly> Compiled = new(() => Compile(optimize: false));

    public static Assembly Unoptimized => Compiled.Value;

    /// <summary>The corpus files, with the usings that the SDK adds.</summary>
    public static IEnumerable<string> Sources => typeof(CorpusAssembly).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("Corpus/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(n =>
        {
            using var reader = new StreamReader(typeof(CorpusAssembly).Assembly.GetManifestResourceStream(n)!);
            return reader.ReadToEnd();
        })
        .Prepend("global using System;");

    public static GeneratedCompilation Generate(bool optimize) => GeneratorHarness.Generate(GeneratorHarness.Compilation(Sources), optimize);

    private static Assembly Compile(bool optimize) => Generate(optimize).Load();
}
