using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace DiffCompile.Mutation;

/// <summary>
/// Puts all mutations into one assembly, each behind a switch (mutant schemata, Untch, Offutt and Harrold 1993): an
/// expression becomes <c>MutantSwitch.Is(17) ? mutated : original</c>, a statement an <c>if</c>. One compilation and one
/// load serve all mutants. Loops and functions count their steps, so that a mutant that does not end is stopped.
/// </summary>
internal static class Schemata
{
    private const string Mark = "mutant";
    private const int MaximalRounds = 12;

    private const string Switch = """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("DiffCompile.TestKit")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("DiffCompile.Generators.Tests")]

        internal static class MutantSwitch
        {
            public static int Active = -1;
            public static bool[] Reached;
            public static long Steps;
            public static long Limit = long.MaxValue;

            public static bool Is(int id)
            {
                if (Reached != null)
                {
                    Reached[id] = true;
                }

                return id == Active;
            }

            public static void Step()
            {
                if (++Steps > Limit)
                {
                    throw new System.InvalidOperationException("The mutant does not end.");
                }

                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            }
        }
        """;

    // Generated code names the version of the generator.
    private static readonly string Version =
        $"[assembly: System.Reflection.AssemblyVersion(\"{typeof(Generators.DifferentiableGenerator).Assembly.GetName().Version}\")]\n";

    private static readonly MetadataReference[] References = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is string name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name == "netstandard.dll"))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToArray();

    /// <summary>Compiles the generator with all mutations that compile.</summary>
    /// <param name="trees">All files of the generator.</param>
    /// <param name="mutations">Mutations of these trees.</param>
    /// <param name="log">Told about mutations that do not compile.</param>
    /// <param name="cancellationToken">Stops between compilations.</param>
    /// <exception cref="InvalidOperationException">The generator does not compile even without mutations near the errors.</exception>
    public static MutatedGenerator Build(IReadOnlyList<SyntaxTree> trees, IReadOnlyList<Mutation> mutations, Action<string> log, CancellationToken cancellationToken)
    {
        var left = mutations.ToDictionary(m => m.Id);
        for (int round = 0; round < MaximalRounds; round++)
        {
            SyntaxTree[] instrumented = trees.Select(t => Instrument(t, left.Values.Where(m => m.Node.SyntaxTree == t))).ToArray();
            CSharpCompilation compilation = CSharpCompilation.Create(
                "DiffCompile.Generators", instrumented.Append(CSharpSyntaxTree.ParseText(Version + Switch, Repository.ParseOptions, "MutantSwitch.cs")), References,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
            using var stream = new MemoryStream();
            Diagnostic[] errors = compilation.Emit(stream, cancellationToken: cancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            if (errors.Length == 0)
            {
                return new MutatedGenerator(stream.ToArray(), left.Values.OrderBy(m => m.Id).ToArray(), mutations.Count == 0 ? 1 : mutations.Max(m => m.Id) + 1);
            }

            int before = left.Count;
            foreach (int id in errors.SelectMany(e => Suspects(e, left)).Distinct().ToArray())
            {
                left.Remove(id);
            }

            log($"{before - left.Count} mutations do not compile (round {round + 1})");
            if (left.Count == before)
            {
                throw new InvalidOperationException("The generator does not compile with the switches in it:\n" + string.Join("\n", errors.Take(10)));
            }
        }

        throw new InvalidOperationException($"The generator still does not compile after {MaximalRounds} rounds of taking mutations out.");
    }

    /// <summary>The mutations that may have caused an error: the innermost around it, else those of the member it is in.</summary>
    private static IEnumerable<int> Suspects(Diagnostic error, IReadOnlyDictionary<int, Mutation> left)
    {
        if (error.Location.SourceTree is not { } tree)
        {
            return [];
        }

        SyntaxNode at = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        int[] around = at.AncestorsAndSelf().Select(n => n.GetAnnotations(Mark).FirstOrDefault()).OfType<SyntaxAnnotation>().Select(a => int.Parse(a.Data!)).Where(left.ContainsKey).ToArray();
        if (around.Length > 0)
        {
            return around.Take(1);
        }

        // A variable that is unassigned after a dropped assignment, or the like: the mutations that name it.
        SyntaxNode member = at.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault() ?? tree.GetRoot();
        int[] inside = member.DescendantNodesAndSelf().SelectMany(n => n.GetAnnotations(Mark)).Select(a => int.Parse(a.Data!)).Where(left.ContainsKey).ToArray();
        int[] naming = inside.Where(id => left[id].Node.DescendantTokens().Any(t => t.Text == at.ToString())).ToArray();
        return naming.Length > 0 ? naming : inside;
    }

    private static SyntaxTree Instrument(SyntaxTree tree, IEnumerable<Mutation> mutations)
    {
        SyntaxNode root = tree.GetRoot();
        Dictionary<SyntaxNode, Mutation[]> at = mutations.GroupBy(m => m.Node).ToDictionary(g => g.Key, g => g.ToArray());
        var counted = root.DescendantNodes().Where(CountsSteps).ToHashSet();
        IEnumerable<SyntaxNode> constants = at.Count == 0 ? [] : root.DescendantNodes().Where(IsNumericConstant);
        root = root.ReplaceNodes(at.Keys.Concat(counted).Concat(constants).Distinct(), (original, rewritten) =>
        {
            SyntaxNode node = counted.Contains(original) ? WithStep((BlockSyntax)rewritten) : rewritten;
            node = IsNumericConstant(original) ? Variable(node) : node;
            return at.TryGetValue(original, out Mutation[]? here) ? here.Aggregate(node, Wrap) : node;
        });
        return CSharpSyntaxTree.Create((CSharpSyntaxNode)root, Repository.ParseOptions, tree.FilePath, System.Text.Encoding.UTF8);
    }

    private static SyntaxNode Wrap(SyntaxNode node, Mutation mutation)
    {
        ExpressionSyntax active = ParseExpression($"global::MutantSwitch.Is({mutation.Id})");
        SyntaxNode wrapped = (node, mutation.Replacement) switch
        {
            (ExpressionSyntax e, ExpressionSyntax r) => ParenthesizedExpression(ConditionalExpression(
                active,
                ParenthesizedExpression(r.WithoutTrivia()),
                ParenthesizedExpression(e.WithoutTrivia()))),
            (BlockSyntax { Parent: not BlockSyntax } s, BlockSyntax r) => Block(IfStatement(active, r, ElseClause(s))),
            (StatementSyntax s, StatementSyntax r) => IfStatement(active, Block(r), ElseClause(Block(s))),
            (StatementSyntax s, null) => IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, active), Block(s)),
            _ => throw new InvalidOperationException($"A {node.Kind()} cannot stand behind a switch: {mutation.Change}"),
        };
        return wrapped.WithTriviaFrom(node).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, mutation.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static bool CountsSteps(SyntaxNode node) => node is BlockSyntax
    {
        Parent: ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
            or MethodDeclarationSyntax or LocalFunctionStatementSyntax or ConstructorDeclarationSyntax { Initializer: null },
    };

    private static BlockSyntax WithStep(BlockSyntax block) =>
        block.WithStatements(block.Statements.Insert(0, ParseStatement("global::MutantSwitch.Step();")));

    private static bool IsNumericConstant(SyntaxNode node) => node switch
    {
        FieldDeclarationSyntax f => f.Modifiers.Any(SyntaxKind.ConstKeyword) && IsNumeric(f.Declaration),
        LocalDeclarationStatementSyntax l => l.IsConst && IsNumeric(l.Declaration),
        _ => false,
    };

    private static bool IsNumeric(VariableDeclarationSyntax declaration) =>
        declaration.Variables.Count == 1 && declaration.Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DoubleKeyword or (int)SyntaxKind.IntKeyword };

    /// <summary>A constant whose number can be switched: a property, or a local variable.</summary>
    private static SyntaxNode Variable(SyntaxNode node) => node switch
    {
        FieldDeclarationSyntax f => PropertyDeclaration(f.Declaration.Type, f.Declaration.Variables[0].Identifier)
            .WithModifiers(TokenList(f.Modifiers.Where(m => !m.IsKind(SyntaxKind.ConstKeyword)).Append(Token(SyntaxKind.StaticKeyword))))
            .WithExpressionBody(ArrowExpressionClause(f.Declaration.Variables[0].Initializer!.Value))
            .WithSemicolonToken(Token(SyntaxKind.SemicolonToken)).WithTriviaFrom(f),
        LocalDeclarationStatementSyntax l => l.WithModifiers(default),
        _ => node,
    };
}
