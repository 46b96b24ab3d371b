using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Linking;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.SelfChecks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.Generators;

/// <summary>
/// Generates the derivative members of methods marked [Differentiable]. Parsing makes plain values; everything after it
/// runs again only for methods whose own text, or that of a callee, has changed.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DifferentiableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParseResult> methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.DifferentiableAttribute,
                predicate: static (_, _) => true,
                transform: static (target, cancellationToken) => target.TargetSymbol is IMethodSymbol method
                    ? Parse(method, target.SemanticModel.Compilation, cancellationToken)
                    : [])
            .SelectMany(static (results, _) => results)
            .WithTrackingName(TrackingNames.Parse);

        IncrementalValuesProvider<LinkUnit> units = methods.Collect()
            .SelectMany(Linker.Link)
            .WithTrackingName(TrackingNames.Link);

        IncrementalValueProvider<GeneratorOptions> options = context.AnalyzerConfigOptionsProvider
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.Options is CSharpCompilationOptions { CheckOverflow: true }))
            .Select(static (pair, _) => GeneratorOptions.Read(pair.Left) with { ChecksOverflow = pair.Right });

        IncrementalValuesProvider<GeneratedFile> files = units.Combine(options)
            .Select(static (pair, cancellationToken) => UnitCompiler.Compile(pair.Left, pair.Right, cancellationToken))
            .WithTrackingName(TrackingNames.Compile);

        context.RegisterSourceOutput(files, static (output, file) =>
        {
            output.AddSource(file.HintName, file.Text);
            if (!file.Defect.IsEmpty)
            {
                output.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalError, Location.None, file.Defect.ToArray<object>()));
            }

            if (file.Specification.Length > 0)
            {
                output.AddSource(file.HintName.Replace(".g.cs", ".spec.g.cs"), file.Specification);
            }
        });

        SelfCheckStep.Register(context);
    }

    private static EquatableArray<ParseResult> Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        (method, compilation) = DerivativeDeclarations.AddTo(compilation, method, cancellationToken);
        return Instances.Of(method, compilation).Select(m => MethodParser.Parse(m, compilation, cancellationToken).Result).ToEquatableArray();
    }
}
