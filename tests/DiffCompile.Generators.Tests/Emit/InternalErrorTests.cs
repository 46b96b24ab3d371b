using System.Collections.Immutable;
using DiffCompile.Generators.Passes;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>A defect inside the compiler fails the build, with analyzers off too: members are never missing without a word.</summary>
public sealed class InternalErrorTests
{
    private const string Source = """
        public static partial class Occupation
        {
            [DiffCompile.Differentiable]
            public static double Square(double x) => x * x;
        }
        """;

    [Fact]
    public void The_generator_reports_it_itself()
    {
        try
        {
            Pipeline.Observer = (_, _) => throw new InvalidOperationException("planted defect");
            GeneratorDriver driver = GeneratorHarness.Driver().RunGeneratorsAndUpdateCompilation(
                GeneratorHarness.Compilation([Source]), out _, out ImmutableArray<Diagnostic> diagnostics);

            Diagnostic reported = diagnostics.ShouldHaveSingleItem();
            reported.Id.ShouldBe("DC9001");
            reported.Severity.ShouldBe(DiagnosticSeverity.Error);
            reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("planted defect");
            reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("Occupation.Square");
            string text = driver.GetRunResult().GeneratedTrees.ShouldHaveSingleItem().ToString();
            text.ShouldContain("// DC9001");
            text.ShouldNotContain("SquareGradient");
        }
        finally
        {
            Pipeline.Observer = null;
        }
    }
}
