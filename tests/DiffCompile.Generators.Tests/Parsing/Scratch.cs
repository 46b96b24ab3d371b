#pragma warning disable IDE0011
using Xunit;
using Xunit.Abstractions;

namespace DiffCompile.Generators.Tests.Parsing;

public class Scratch(ITestOutputHelper output)
{
    [Fact]
    public void Show()
    {
        string[] sources = File.ReadAllText("/tmp/pw/scratch.txt").Split("\n===\n");
        foreach (string s in sources)
        {
            output.WriteLine("---- " + s);
            try
            {
                var c = ParserHarness.Compile("public enum Mode { A, B, C }\npublic readonly record struct P(double A, double B);\npublic readonly record struct Q(P First, int N);\npublic static partial class C\n{\n" + s + "\n}\n");
                foreach (string e in ParserHarness.Errors(c)) output.WriteLine(e);
                foreach (var o in ParserHarness.Parse(c))
                {
                    foreach (var d in o.Result.Diagnostics) output.WriteLine(d.Id + " [" + c.SyntaxTrees.Last().GetText().ToString(d.Location.Span) + "] " + d.Message);
                    if (o.Result.Spec is not null) output.WriteLine(ParserHarness.Print(o.Result));
                }
            }
            catch (Exception e) { output.WriteLine(e.ToString()); }
        }
    }
}
