using System.Collections.Immutable;
using DiffCompile.CodeFixes;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.CodeFixes;

/// <summary>A fix changes the one place it is about, and the diagnostic is gone afterwards.</summary>
public sealed class CodeFixTests
{
    [Theory]
    [InlineData("DC1001", "public static class C", "public static partial class C")]
    [InlineData("DC1001", "static class C", "static partial class C")]
    [InlineData("DC1001", "class C", "partial class C")]
    public async Task A_container_becomes_partial(string id, string before, string after) => await CheckAsync(
        new ModifierFix(),
        id,
        "using DiffCompile;\n\n// what it is\n" + before + "\n{\n    [Differentiable]\n    public static double F(double x) => x * x;\n}\n",
        before,
        after);

    [Fact]
    public async Task A_method_becomes_static() => await CheckAsync(
        new ModifierFix(),
        "DC1002",
        "using DiffCompile;\n\npublic partial class C\n{\n    [Differentiable]\n    public double F(double x) => x * x;\n}\n",
        "public double F",
        "public static double F");

    [Fact]
    public async Task A_parameter_without_effect_is_marked() => await CheckAsync(
        new NoGradientFix(),
        "DC3104",
        "using DiffCompile;\n\npublic static partial class C\n{\n    [Differentiable]\n    public static double F(double x, double y) => x * x;\n}\n",
        ", double y)",
        ", [NoGradient] double y)");

    private static async Task CheckAsync(CodeFixProvider fix, string id, string source, string before, string after)
    {
        using var workspace = new AdhocWorkspace();
        CSharpCompilation reference = GeneratorHarness.Compilation([source]);
        Project project = workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithParseOptions(reference.SyntaxTrees[0].Options)
            .WithCompilationOptions(reference.Options)
            .AddMetadataReferences(reference.References);
        Document document = project.AddDocument("Source.cs", source);
        Diagnostic diagnostic = (await GeneratorHarness.AnalyzeAsync(reference)).Single(d => d.Id == id);

        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        await fix.RegisterCodeFixesAsync(context);
        ImmutableArray<CodeActionOperation> operations = await actions.Single().GetOperationsAsync(CancellationToken.None);
        Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        changed = await Microsoft.CodeAnalysis.Simplification.Simplifier.ReduceAsync(changed);
        string text = (await changed.GetTextAsync()).ToString();

        text.ShouldBe(source.Replace(before, after, StringComparison.Ordinal));
        (await GeneratorHarness.AnalyzeAsync(GeneratorHarness.Compilation([text]))).ShouldNotContain(d => d.Id == id);
    }
}
