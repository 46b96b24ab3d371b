using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Snapshots;

/// <summary>
/// One generated file per construct, as a reader of a pull request would see it. Numbers are proved elsewhere; these texts
/// show what a change does to what people read.
/// </summary>
public sealed class ConstructTests
{
    public static TheoryData<string> Names => [.. Constructs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Text(string name)
    {
        GeneratedCompilation generated = GeneratorHarness.Generate(
            "using System;\nusing DiffCompile;\nusing DiffCompile.Mathematics;\n\nnamespace Snapshots;\n\n" + Constructs.All[name]);
        generated.Load();
        string text = generated.Files.Single(f => f.Key.StartsWith("Snapshots.Sample.F.", StringComparison.Ordinal) && !f.Key.EndsWith(".spec.g.cs", StringComparison.Ordinal)).Value;
        Snapshot.Match(text, name);
    }

    [Fact]
    public void There_is_a_snapshot_for_each_construct() => Constructs.All.Count.ShouldBeGreaterThanOrEqualTo(40);
}
