using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Accepted;

/// <summary>Programs of the accepted language: what the IR computes is what the compiled method computes, to the bit.</summary>
public class AcceptedProgramTests
{
    private const string Types = """
        public enum Mode { A, B, C }
        public readonly record struct P(double A, double B);
        public readonly record struct Q(P First, int N);
        public readonly record struct Pair<T>(T First, T Second);
        public readonly record struct V(double X, double Y)
        {
            public static V operator +(V a, V b) => new(a.X + b.X, a.Y + b.Y);
            public static V operator -(V a, V b) => new(a.X - b.X, a.Y - b.Y);
            public static V operator *(V a, double s) => new(a.X * s, a.Y * s);
            public static V operator -(V a) => new(-a.X, -a.Y);
            public static implicit operator V(double x) => new(x, 2 * x);
            public static explicit operator double(V v) => v.X - v.Y;
        }

        """;

    private static readonly Dictionary<string, string> All = Read();

    public static IEnumerable<object[]> Names => All.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_IR_computes_what_the_method_computes(string name) => CompiledComparison.Check(ParserHarness.Compile(Wrap(All[name])), draws: 200);

    [Theory]
    [InlineData("integers")]
    [InlineData("compound")]
    [InlineData("increments")]
    [InlineData("unchecked-conversion")]
    [InlineData("longs")]
    public void A_project_that_checks_overflow_is_followed(string name) => CompiledComparison.Check(ParserHarness.Compile(Wrap(All[name]), checkOverflow: true), draws: 200);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_programs_compute_what_they_compute_when_compiled(int seed)
    {
        var writer = new RandomPrograms(seed);
        CompiledComparison.Check(ParserHarness.Compile(Wrap(string.Join("\n", Enumerable.Range(0, 60).Select(i => writer.Method("F" + i))))), draws: 25);
    }

    [Fact]
    public void Two_parses_of_one_program_are_equal()
    {
        foreach (string text in All.Values)
        {
            var first = ParserHarness.Parse(ParserHarness.Compile(Wrap(text)));
            var second = ParserHarness.Parse(ParserHarness.Compile(Wrap("// a comment above\n" + text)));
            first.Select(o => o.Result).ShouldBe(second.Select(o => o.Result));
        }
    }

    [Fact]
    public void Half_written_programs_are_refused_without_an_exception()
    {
        var random = new Random(5);
        foreach (string text in All.Values)
        {
            SyntaxToken[] tokens = CSharpSyntaxTree.ParseText(Wrap(text)).GetRoot().DescendantTokens().ToArray();
            TextSpan cut = tokens[random.Next(tokens.Length / 2, tokens.Length)].Span;
            CSharpCompilation compilation = ParserHarness.Compile(Wrap(text).Remove(cut.Start, cut.Length));
            foreach (IMethodSymbol method in ParserHarness.DifferentiableMethods(compilation).SelectMany(m => Instances.Of(m, compilation)))
            {
                ParseResult result = MethodParser.Parse(method, compilation, CancellationToken.None).Result;
                (result.Spec is null).ShouldBe(result.Diagnostics.Count > 0);
            }
        }
    }

    private static string Wrap(string members) => Types + "public static partial class C\n{\n" + members + "\n}\n";

    private static Dictionary<string, string> Read()
    {
        var assembly = typeof(AcceptedProgramTests).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.Contains("Accepted.Programs", StringComparison.Ordinal)))!);
        return reader.ReadToEnd().Split("//// ", StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(text => text[..text.IndexOf('\n')].Trim(), text => text[(text.IndexOf('\n') + 1)..]);
    }
}
