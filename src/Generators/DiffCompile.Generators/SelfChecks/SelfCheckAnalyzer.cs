using System.Collections.Immutable;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DiffCompile.Generators.SelfChecks;

/// <summary>Warns of rules that get no self-check.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SelfCheckAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.SelfCheckContainer, Descriptors.SelfCheckInputs, Descriptors.SelfCheckNameTaken];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(
            static symbol =>
            {
                var method = (IMethodSymbol)symbol.Symbol;
                if (KnownSymbols.Has(method, "DerivativeOfAttribute")
                    && SelfCheckReader.Read(method, symbol.Compilation, symbol.CancellationToken).Diagnostic is { } diagnostic)
                {
                    symbol.ReportDiagnostic(diagnostic.ToDiagnostic());
                }
            },
            SymbolKind.Method);
    }
}
