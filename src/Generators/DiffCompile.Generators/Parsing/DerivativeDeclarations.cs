using System.Runtime.CompilerServices;
using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Linking;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// Lets the generator bind calls of generated members, which it does not see yet: where a method names one, its
/// declaration is added to the compilation. The analyzer sees the members themselves, and both then parse the same
/// program.
/// </summary>
internal static class DerivativeDeclarations
{
    private static readonly ConditionalWeakTable<Compilation, Compilation> Extended = new();

    /// <summary>The compilation, or one with declarations if <paramref name="method"/> may call generated members.</summary>
    public static (IMethodSymbol Method, Compilation Compilation) AddTo(Compilation compilation, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!method.DeclaringSyntaxReferences.Any(r => NamedMembers.Reach(r.GetSyntax(cancellationToken), compilation, cancellationToken)))
        {
            return (method, compilation);
        }

        Compilation extended = Extended.GetValue(compilation, c => Extend(c, cancellationToken));
        return Same(method, extended) is { } found ? (found, extended) : (method, compilation);
    }

    private static IMethodSymbol? Same(IMethodSymbol method, Compilation compilation)
    {
        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        return compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration) as IMethodSymbol;
    }

    private static Compilation Extend(Compilation compilation, CancellationToken cancellationToken)
    {
        var trees = new List<SyntaxTree>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (MethodDeclarationSyntax declaration in tree.GetRoot(cancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Where(IsMarked))
            {
                model ??= compilation.GetSemanticModel(tree);
                IReadOnlyList<IMethodSymbol> methods = model.GetDeclaredSymbol(declaration, cancellationToken) is { } method ? Instances.Of(method, compilation) : [];
                trees.AddRange(methods.Select(m => Declare(m, cancellationToken)).OfType<string>()
                    .Select(text => CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, cancellationToken: cancellationToken)));
            }
        }

        return compilation.AddSyntaxTrees(trees);
    }

    private static bool IsMarked(MethodDeclarationSyntax method) => method.AttributeLists
        .SelectMany(l => l.Attributes)
        .Any(a => a.Name.ToString().Split('.').Last() is "Differentiable" or "DifferentiableAttribute");

    private static string? Declare(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var sink = new DiagnosticSink();
        if (!method.IsStatic || SignatureParser.Parse(method, sink, callSite: null, cancellationToken) is not { } signature)
        {
            return null;
        }

        DifferentiableRequest request = AttributeReader.ReadRequest(method);
        FunctionSpec spec = SignatureOnly(method, request, signature);
        PlannedMember[] members = MemberPrograms.Requested(spec)
            .Where(kind => kind is MemberKind.Gradient or MemberKind.ValueAndGradient or MemberKind.Jvp or MemberKind.Vjp or MemberKind.HessianVectorProduct)
            .Select(kind => new PlannedMember(MemberLayout.Declare(spec, kind), Throwing))
            .ToArray();
        return ContainerEmitter.Emit(spec.Container, members, _ => "", visibleNames: null, "Declarations only");
    }

    /// <summary>A body that only throws: the declarations are bound, never run.</summary>
    private static IrFunction Throwing => new("", [], new Region([], [new ThrowEquation("null!")], []));

    private static FunctionSpec SignatureOnly(IMethodSymbol method, DifferentiableRequest request, Signature signature)
    {
        IEnumerable<Value> inputs = signature.Parameters.Where(p => p.Mode != ParameterMode.Out).SelectMany(p => p.Shape.Leaves).Select((l, i) => new Value(i + 1, l.Type, ""));
        IEnumerable<Value> outputs = signature.Outputs.SelectMany(o => o.Shape.Leaves).Select(l => Literals.Zero(l.Type));
        return new FunctionSpec(
            KnownSymbols.KeyOf(method), ContainerReader.Read(method.ContainingType), method.Name, request.Name ?? method.Name,
            SyntaxFacts.GetText(method.DeclaredAccessibility), signature.Parameters, signature.Result, request.Modes, request.Kinks,
            new IrFunction("", inputs.ToEquatableArray(), new Region([], [], outputs.ToEquatableArray())), "");
    }
}
