using System.Text.RegularExpressions;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests;

/// <summary>The derivative that the README shows is the one that the generator writes for the method beside it.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_gradient_in_the_README_is_generated()
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryRoot(), "README.md"));
        Match method = Regex.Match(readme, "```csharp\n(public static partial class.*?)```", RegexOptions.Singleline);
        Match shown = Regex.Match(readme, "<!-- generated: \\w+ -->\n```csharp\n(.*?)\n```", RegexOptions.Singleline);
        method.Success.ShouldBeTrue();
        shown.Success.ShouldBeTrue();

        GeneratedCompilation generated = GeneratorHarness.Generate("using DiffCompile;\nusing DiffCompile.Mathematics;\n\nnamespace Models;\n\n" + method.Groups[1].Value);
        string indented = string.Join("\n", shown.Groups[1].Value.Split('\n').Select(l => l.Length == 0 ? l : "    " + l));
        generated.Files.Values.ShouldContain(text => text.Contains(indented), "the README shows another text than the generator writes");
    }

    internal static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DiffCompile.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The repository root was not found.");
    }
}
