using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Linking;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Analyzers;

/// <summary>
/// Reports what the generator refuses, through the same parser and linker. Switching it off only hides the reasons: a
/// refused method has no members either way.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DifferentiableAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.All.OrderBy(d => d.Id, StringComparer.Ordinal).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.DifferentiableAttribute) is not { } attribute)
            {
                return;
            }

            var session = new Session(start.Compilation);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (symbol.Symbol is IMethodSymbol method && IsMarked(method, attribute))
                    {
                        session.Analyze(method, symbol.ReportDiagnostic, symbol.CancellationToken);
                    }
                },
                SymbolKind.Method);

            // Local functions and lambdas are no members, so that no symbol action sees them.
            start.RegisterOperationAction(
                operation =>
                {
                    IMethodSymbol method = operation.Operation is ILocalFunctionOperation local ? local.Symbol : ((IAnonymousFunctionOperation)operation.Operation).Symbol;
                    if (IsMarked(method, attribute))
                    {
                        session.Analyze(method, operation.ReportDiagnostic, operation.CancellationToken);
                    }
                },
                OperationKind.LocalFunction,
                OperationKind.AnonymousFunction);
        });
    }

    private static bool IsMarked(IMethodSymbol method, INamedTypeSymbol attribute) =>
        method.GetAttributes().Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute));

    private sealed class Session(Compilation compilation)
    {
        private readonly ConcurrentDictionary<string, ParseOutcome?> _outcomes = new();

        public void Analyze(IMethodSymbol method, Action<Diagnostic> report, CancellationToken cancellationToken)
        {
            // What is wrong with both instances of a generic method is said once.
            HashSet<(string, Location, string)> said = [];
            foreach (IMethodSymbol instance in Instances.Of(method, compilation))
            {
                AnalyzeInstance(instance, d =>
                {
                    if (said.Add((d.Id, d.Location, d.GetMessage(CultureInfo.InvariantCulture))))
                    {
                        report(d);
                    }
                }, cancellationToken);
            }
        }

        private void AnalyzeInstance(IMethodSymbol method, Action<Diagnostic> report, CancellationToken cancellationToken)
        {
            ParseOutcome outcome = MethodParser.Parse(method, compilation, cancellationToken);
            foreach (DiagnosticInfo diagnostic in outcome.Result.Diagnostics)
            {
                report(diagnostic.ToDiagnostic());
            }

            if (outcome.Result.Spec is null)
            {
                return;
            }

            LinkUnit unit = Linker.Link(Reach(outcome.Result, cancellationToken).ToImmutableArray(), cancellationToken).First();
            foreach (LinkDiagnostic found in UnitCompiler.Diagnose(unit, cancellationToken))
            {
                report(Diagnostic.Create(Descriptors.Get(found.Id), LocationOf(found, outcome, method), found.Arguments.Cast<object>().ToArray()));
            }
        }

        /// <summary>The method first, then every differentiable method that it reaches.</summary>
        private List<ParseResult> Reach(ParseResult first, CancellationToken cancellationToken)
        {
            var reached = new List<ParseResult> { first };
            var seen = new HashSet<string> { first.Key };
            for (int i = 0; i < reached.Count; i++)
            {
                IEnumerable<FunctionSpec> specs = reached[i].Spec is { } spec ? reached[i].Helpers.Prepend(spec) : [];
                foreach (string key in specs.SelectMany(Linker.Calls).Distinct().Where(seen.Add).ToArray())
                {
                    if (_outcomes.GetOrAdd(key, k => Parse(k, cancellationToken)) is { } outcome)
                    {
                        reached.Add(outcome.Result);
                    }
                }
            }

            return reached;
        }

        private ParseOutcome? Parse(string key, CancellationToken cancellationToken) =>
            DocumentationCommentId.GetFirstSymbolForDeclarationId(KnownSymbols.IdOf(key), compilation) is IMethodSymbol definition
            && definition.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == KnownNames.DifferentiableAttribute)
            && definition.DeclaringSyntaxReferences.Length > 0
            && Instances.Of(definition, compilation).FirstOrDefault(m => KnownSymbols.KeyOf(m) == key) is { } method
                ? MethodParser.Parse(method, compilation, cancellationToken)
                : null;

        private static Location LocationOf(LinkDiagnostic found, ParseOutcome outcome, IMethodSymbol method)
        {
            if (found.ValueId is { } id && outcome.Locations.TryGetValue(id, out Location? location))
            {
                return location;
            }

            IParameterSymbol? parameter = method.Parameters.FirstOrDefault(p => p.Name == found.Parameter);
            return (parameter ?? (ISymbol)method).Locations[0];
        }
    }
}
