using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using DiffCompile.Gradients.Tests.RandomCode;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace DiffCompile.Gradients.Tests.Coverage;

/// <summary>
/// Every pair of constructs, one inside the other or one after the other, is in some method of the corpus or of the random
/// programs, for every mode. Computed from what the parser makes of them.
/// No pair is impossible, so that no cell may be empty.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    // As many as the ordinary run of the random programs checks.
    private const int RandomMethods = RandomProgramTests.UsualPrograms;

    [Fact]
    public void Every_pair_of_constructs_is_covered_in_every_mode()
    {
        var table = new CoverageTable();
        foreach (FunctionSpec spec in Specs(GeneratorHarness.Compilation(CorpusAssembly.Sources)).Concat(RandomSpecs()))
        {
            table.Add(spec);
        }

        var empty = new List<string>();
        foreach (DerivativeModes mode in CoverageTable.Modes)
        {
            output.WriteLine(table.Print(mode));
            empty.AddRange(Pairs(Constructs.Around).Where(p => table.Inside(mode, p.First, p.Second) == 0).Select(p => $"{mode}: {p.Second} inside {p.First}"));
            empty.AddRange(Pairs(Constructs.All).Where(p => table.After(mode, p.First, p.Second) == 0).Select(p => $"{mode}: {p.Second} after {p.First}"));
        }

        table.Methods.ShouldBeGreaterThan(RandomMethods + 300);
        empty.ShouldBeEmpty();
    }

    private static IEnumerable<(string First, string Second)> Pairs(string[] firsts) =>
        firsts.SelectMany(first => Constructs.All.Select(second => (first, second)));

    private static IEnumerable<FunctionSpec> RandomSpecs() =>
        Enumerable.Range(0, RandomMethods / RandomProgramTests.InOneFile)
            .SelectMany(i => Specs(GeneratorHarness.Compilation([RandomBatch.Write(RandomProgramTests.UsualSeed + i, RandomProgramTests.InOneFile).Source])));

    private static IEnumerable<FunctionSpec> Specs(Compilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(n => n is MethodDeclarationSyntax or LocalFunctionStatementSyntax))
            {
                if (model.GetDeclaredSymbol(node) is IMethodSymbol { PartialDefinitionPart: null } method && method.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(DifferentiableAttribute)))
                {
                    ParseResult result = MethodParser.Parse(method, compilation, CancellationToken.None).Result;
                    if (result.Spec is { } spec)
                    {
                        yield return spec;
                    }
                }
            }
        }
    }
}
