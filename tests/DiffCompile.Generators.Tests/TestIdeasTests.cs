using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests;

/// <summary>docs/test-ideas.md names every idea, and names only what there is.</summary>
public sealed partial class TestIdeasTests
{
    [Fact]
    public void Every_idea_has_a_test_that_exists_or_a_reason()
    {
        string root = ReadmeTests.RepositoryRoot();
        string[] rows = File.ReadAllLines(Path.Combine(root, "docs", "test-ideas.md")).Where(l => Row().IsMatch(l)).ToArray();
        rows.Select(r => int.Parse(Row().Match(r).Groups[1].Value, CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, 63));
        ILookup<string, string> files = Directory.GetFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToLookup(f => Path.GetFileNameWithoutExtension(f));
        foreach (string row in rows)
        {
            MatchCollection names = Name().Matches(row);
            (names.Count > 0 || row.Contains(" yet", StringComparison.Ordinal)).ShouldBeTrue(row);
            foreach (Match name in names)
            {
                files[name.Groups[1].Value].Any(f => Regex.IsMatch(File.ReadAllText(f), $@"\b{name.Groups[2].Value}(<\w+>)?\(")).ShouldBeTrue(name.Value + " does not exist");
            }
        }
    }

    [GeneratedRegex(@"^\| (\d+) \| .+ \| .+ \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Z]\w+)\.([A-Z]\w+)`")]
    private static partial Regex Name();
}
