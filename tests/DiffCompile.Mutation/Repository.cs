using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DiffCompile.Mutation;

/// <summary>The sources that are mutated, found by walking up from this assembly to the repository root.</summary>
internal static class Repository
{
    private const string GeneratorFolder = "src/Generators/DiffCompile.Generators";

    // The second holds methods that are to be refused, with which a project does not build.
    private static readonly string[] CorpusFolders = ["tests/DiffCompile.Gradients.Tests/Corpus", "tests/DiffCompile.Mutation/Corpus"];

    /// <summary>What the SDK adds to every file of the generator.</summary>
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly Lazy<string> RootFolder = new(FindRoot);

    public static string Root => RootFolder.Value;

    /// <summary>The generator's files as syntax trees, with paths relative to its folder.</summary>
    public static IReadOnlyList<SyntaxTree> GeneratorTrees()
    {
        string folder = Path.Combine(Root, GeneratorFolder);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(Path.Combine(folder, path))), ParseOptions, path))
            .Prepend(CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions, "GlobalUsings.cs"))
            .ToArray();
    }

    /// <summary>Name and text of each corpus file.</summary>
    public static IReadOnlyList<(string Name, string Text)> CorpusFiles() =>
        CorpusFolders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))
            .ToArray();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No repository root with Directory.Packages.props above {AppContext.BaseDirectory}; run from a build inside the repository.");
    }
}
