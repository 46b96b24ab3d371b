using System.Collections.Immutable;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.SelfChecks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DiffCompile.Generators.Analyzers;

/// <summary>
/// Looks at methods marked [DerivativeOf], [Root] or [FixedPoint] themselves, called or not: reports rules and equations of a
/// wrong shape, and rules that get no self-check.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CustomRuleAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        Descriptors.All.Where(d => d.Id.StartsWith("DC30", StringComparison.Ordinal) || d.Id.StartsWith("DC312", StringComparison.Ordinal))
            .OrderBy(d => d.Id, StringComparer.Ordinal).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (ImplicitCheck.Of(method, context.Compilation, context.CancellationToken)?.Problem is { } problem)
        {
            context.ReportDiagnostic(problem.ToDiagnostic());
        }

        if (!KnownSymbols.Has(method, "DerivativeOfAttribute"))
        {
            return;
        }

        IReadOnlyList<DiagnosticInfo> wrong = RuleCheck.Validate(method, context.Compilation, context.CancellationToken);
        foreach (DiagnosticInfo diagnostic in wrong)
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic());
        }

        if (wrong.Count == 0 && SelfCheckReader.Read(method, context.Compilation, context.CancellationToken).Diagnostic is { } without)
        {
            context.ReportDiagnostic(without.ToDiagnostic());
        }
    }
}
