using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Mutation.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void Only_what_was_killed_is_known_after_a_stop()
    {
        IReadOnlyList<Mutation> mutations = MechanicalMutants.Find([CSharpSyntaxTree.ParseText("class C { int F(int a, int b) => a - b; }", Repository.ParseOptions, "C.cs")]);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var first = new Progress(path);
            first.Known(mutations[0]).ShouldBeNull();
            first.Add(new Verdict(mutations[0], Fate.WrongNumber, "0 instead of 2", 0.5));
            first.Add(new Verdict(mutations[1], Fate.Survived, "", 0.5));

            var second = new Progress(path);
            second.Known(mutations[0]).ShouldBe(new Verdict(mutations[0], Fate.WrongNumber, "0 instead of 2", 0.5));
            second.Known(mutations[1]).ShouldBeNull();

            File.AppendAllText(path, "half a li");
            Should.Throw<FormatException>(() => new Progress(path)).Message.ShouldStartWith(path + "(3)");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
