using System.Collections.Immutable;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Compiles C# text in memory and parses its differentiable methods.</summary>
internal static class ParserHarness
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly ImmutableArray<MetadataReference> Platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is { } name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "MathNet.Numerics.dll" or "DiffCompile.Runtime.dll" or "Microsoft.CSharp.dll"))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    public static CSharpCompilation Compile(string source, bool checkOverflow = false, IEnumerable<MetadataReference>? references = null, string name = "Consumer") =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText("global using System;\nglobal using DiffCompile;\nglobal using DiffCompile.Mathematics;\n", ParseOptions, "Usings.cs"),
             CSharpSyntaxTree.ParseText(source, ParseOptions, "/project/Source.cs", System.Text.Encoding.UTF8)],
            Platform.AddRange(references ?? []),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, checkOverflow: checkOverflow, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Errors of the C# compiler itself.</summary>
    public static IEnumerable<string> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    public static IEnumerable<IMethodSymbol> DifferentiableMethods(Compilation compilation) => MethodsWith(compilation, "DifferentiableAttribute");

    /// <summary>All methods with an attribute, local functions, operators and accessors included, in the order of the text.</summary>
    public static IEnumerable<IMethodSymbol> MethodsWith(Compilation compilation, string attribute)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                IMethodSymbol? method = model.GetDeclaredSymbol(node) as IMethodSymbol
                    ?? (node is Microsoft.CodeAnalysis.CSharp.Syntax.AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(node).Symbol as IMethodSymbol : null);
                if (method is { PartialDefinitionPart: null } && method.GetAttributes().Any(a => a.AttributeClass?.Name == attribute))
                {
                    yield return method;
                }
            }
        }
    }

    /// <summary>Parses every differentiable method of a sound program and verifies its IR.</summary>
    public static IReadOnlyList<ParseOutcome> Parse(Compilation compilation)
    {
        Errors(compilation).ShouldBeEmpty();
        ParseOutcome[] outcomes = DifferentiableMethods(compilation).SelectMany(m => Instances.Of(m, compilation)).Select(m => MethodParser.Parse(m, compilation, CancellationToken.None)).ToArray();
        foreach (FunctionSpec spec in outcomes.SelectMany(o => o.Result.Helpers.Prepend(o.Result.Spec!)).Where(s => s is not null))
        {
            IrVerifier.Verify(spec.Body);
        }

        return outcomes;
    }

    /// <summary>The one differentiable method of a program, which must be accepted.</summary>
    public static ParseResult Accepted(Compilation compilation)
    {
        ParseResult result = Parse(compilation).Single().Result;
        result.Diagnostics.Select(d => d.Id + ": " + d.Message).ShouldBeEmpty();
        result.Spec.ShouldNotBeNull();
        return result;
    }

    /// <summary>Printed IR of a method written in a class with some types to use.</summary>
    public static string Ir(string members, string types = "", bool checkOverflow = false) =>
        Print(Accepted(Compile($"{types}\npublic static partial class C\n{{\n{members}\n}}\n", checkOverflow)));

    /// <summary>The method's IR, then that of its helpers.</summary>
    public static string Print(ParseResult result) =>
        string.Join("", result.Helpers.Prepend(result.Spec!).Select(s => IrPrinter.Print(s.Body))).TrimEnd('\n');
}
