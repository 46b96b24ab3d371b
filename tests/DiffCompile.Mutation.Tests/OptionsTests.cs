using Shouldly;
using Xunit;

namespace DiffCompile.Mutation.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        Options options = Options.Parse([]);
        (options.Count, options.Seed).ShouldBe((300, 1));
        options.Folders.ShouldBe(["Passes", "Rules"]);
        options.Kinds.ShouldBe(["sign", "comparison", "swapped operands", "dropped statement"]);
    }

    [Theory]
    [InlineData("--count", "--count needs a value.")]
    [InlineData("--count x", "--count needs a whole number, not 'x'.")]
    [InlineData("--cuont 3", "Unknown option '--cuont'.")]
    public void Wrong_options_are_named(string line, string message) =>
        Should.Throw<ArgumentException>(() => Options.Parse(line.Split(' '))).Message.ShouldBe(message);
}
