using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Infrastructure;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.SelfChecks;

/// <summary>The generator's step that writes a self-check for each custom rule. It shares nothing with the derivative members.</summary>
internal static class SelfCheckStep
{
    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<SelfCheckSpec> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.DerivativeOfAttribute,
                static (_, _) => true,
                static (rule, ct) => rule.TargetSymbol is IMethodSymbol method ? SelfCheckReader.Read(method, rule.SemanticModel.Compilation, ct).Spec : null)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.SelfCheck);

        context.RegisterSourceOutput(specs, static (output, spec) =>
            output.AddSource(FileNames.HintName(spec.Container, spec.MemberName, spec.Key), SelfCheckWriter.Write(spec)));
    }
}
