using Shouldly;
using Xunit;

namespace DiffCompile.Mutation.Tests;

public sealed class SurvivorsTests
{
    [Fact]
    public void Each_explained_survivor_is_still_a_mutant()
    {
        HashSet<string> keys = MechanicalMutants.Find(Repository.GeneratorTrees()).Select(Survivors.Written).ToHashSet();
        Survivors.Read().Keys.Where(k => !keys.Contains(k)).ShouldBeEmpty("edit or remove these lines of survivors.md: the source has changed");
    }

    [Fact]
    public void A_reason_may_have_several_lines()
    {
        var survivors = Survivors.Parse(["text", "- `A.cs: F | sign | a - b → a + b`", "  The first", "  and the second.", "", "- `A.cs: G | sign | a - b → a + b`", "  Other."]);
        survivors.Keys.ShouldBe(["A.cs: F | sign | a - b → a + b", "A.cs: G | sign | a - b → a + b"]);
    }

    [Fact]
    public void A_survivor_without_a_reason_is_an_error() =>
        Should.Throw<FormatException>(() => Survivors.Parse(["- `A.cs: F | sign | a - b → a + b`", "", "  Too late."])).Message.ShouldContain("(1)");
}
