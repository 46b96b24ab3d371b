using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.MustRefuse;

public class MustRefuseTests
{
    public static IEnumerable<object[]> Programs => RefusedProgram.All.Select(p => new object[] { p.ToString() });

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_is_refused_with_the_right_id_at_the_right_place(string name)
    {
        RefusedProgram program = RefusedProgram.All.Single(p => p.ToString() == name);
        CSharpCompilation compilation = ParserHarness.Compile(program.Source);
        ParserHarness.Errors(compilation).Any().ShouldBe(program.HasErrors, string.Join("\n", ParserHarness.Errors(compilation)));

        List<DiagnosticInfo> found = [];
        foreach (IMethodSymbol method in ParserHarness.DifferentiableMethods(compilation).SelectMany(m => Instances.Of(m, compilation)))
        {
            ParseResult result = MethodParser.Parse(method, compilation, CancellationToken.None).Result;
            result.Diagnostics.ShouldNotBeEmpty();
            result.Spec.ShouldBeNull();
            result.Helpers.ShouldBeEmpty();
            found.AddRange(result.Diagnostics);
        }

        found.AddRange(ParserHarness.MethodsWith(compilation, "DerivativeOfAttribute").SelectMany(r => RuleCheck.Validate(r, compilation, CancellationToken.None)));
        found.AddRange(new[] { "RootAttribute", "FixedPointAttribute" }.SelectMany(a => ParserHarness.MethodsWith(compilation, a))
            .Select(m => ImplicitCheck.Of(m, compilation, CancellationToken.None)!.Problem).OfType<DiagnosticInfo>());

        // Texts are compared first, because they read better than positions when the test fails.
        found = [.. found.OrderBy(d => d.Location.Span.Start)];
        found.Select(d => Show(d.Id, program.Source, d.Location.Span)).ShouldBe(program.Expected.Select(e => Show(e.Id, program.Source, e.Span)), string.Join("\n", found.Select(d => d.Message)));
        found.Select(d => d.Location.Span).ShouldBe(program.Expected.Select(e => e.Span));
        found.ShouldAllBe(d => d.Location.Path == "/project/Source.cs");
        found.Select(d => d.Id + ": " + d.Message).ShouldBe(ExpectedMessages.Of(program));
    }

    [Fact]
    public void There_are_enough_programs_and_at_most_three_for_each_diagnostic()
    {
        RefusedProgram.All.Select(p => p.ToString()).ShouldBeUnique();
        RefusedProgram.All.Count().ShouldBeGreaterThanOrEqualTo(110);
        RefusedProgram.All.GroupBy(p => p.Id).ShouldAllBe(group => group.Count() <= 3);
    }

    private static string Show(string id, string source, Microsoft.CodeAnalysis.Text.TextSpan span) => id + " [" + source.Substring(span.Start, span.Length) + "]";
}
