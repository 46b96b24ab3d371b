using System.Collections.Immutable;
using DiffCompile.Generators.Analyzers;
using DiffCompile.Generators.Tests.Parsing;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.MustRefuse;

/// <summary>
/// A refused method gets no member, whether the analyzers run or not: the generator does not ask them. The analyzers say why.
/// </summary>
public class NoMembersTests
{
    public static IEnumerable<object[]> Programs => RefusedProgram.All.Select(p => new object[] { p.ToString() });

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_generator_writes_the_reason_and_no_member(string name)
    {
        RefusedProgram program = RefusedProgram.All.Single(p => p.ToString() == name);
        CSharpCompilation compilation = ParserHarness.Compile(program.Source);
        GeneratorDriverRunResult result = GeneratorHarness.Driver().RunGenerators(compilation).GetRunResult();

        result.Results[0].Exception.ShouldBeNull();
        GeneratedSourceResult[] files = result.Results[0].GeneratedSources.Where(s => !s.HintName.Contains("SelfCheck", StringComparison.Ordinal)).ToArray();
        files.SelectMany(f => f.SyntaxTree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()).ShouldBeEmpty();
        files.SelectMany(f => f.SyntaxTree.GetRoot().DescendantNodes().OfType<AttributeSyntax>()).ShouldBeEmpty();
        string[] refusals = program.Expected.Select(e => e.Id).Where(id => !id.StartsWith("DC301", StringComparison.Ordinal) && !id.StartsWith("DC303", StringComparison.Ordinal) && id != "DC3020").Distinct().ToArray();
        if (ParserHarness.DifferentiableMethods(compilation).Any())
        {
            refusals.ShouldAllBe(id => files.Any(f => f.SourceText.ToString().Contains("// " + id, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task The_analyzers_report_it(string name)
    {
        RefusedProgram program = RefusedProgram.All.Single(p => p.ToString() == name);
        CSharpCompilation compilation = ParserHarness.Compile(program.Source);
        GeneratorHarness.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        ImmutableArray<Diagnostic> found = await updated
            .WithAnalyzers([new DifferentiableAnalyzer(), new CustomRuleAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();

        found.ShouldNotContain(d => d.Id == "AD0001");
        string[] reported = found.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id + " " + d.Location.SourceSpan).Distinct().Order(StringComparer.Ordinal).ToArray();
        string[] expected = program.Expected.Select(e => e.Id + " " + e.Span).Distinct().Order(StringComparer.Ordinal).ToArray();
        expected.ShouldAllBe(e => reported.Contains(e), "reported: " + string.Join(", ", reported));
    }
}
