using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

// What a called method is: a custom rule wins over the rule table, that over a specification, that over source.
internal sealed partial class OperationLowerer
{
    /// <summary>Null when the call is refused; then it has been reported.</summary>
    private CallTarget? ResolveCall(IOperation call, IMethodSymbol method)
    {
        if (_context.Rules.Find(method, _frame.Method.ContainingType, out string malformed) is { } external)
        {
            return new ExternalTarget(external);
        }

        if (malformed.Length > 0)
        {
            return Refused(Descriptors.RuleMalformed, call, KnownSymbols.DisplayOf(method), malformed);
        }

        switch (method.ContainingType.ToDisplayString())
        {
            case "System.Array" or "System.MemoryExtensions":
                return Refused(Descriptors.SpanUse, call, method.Name);
            case "System.Linq.Enumerable":
                return Refused(Descriptors.Query, call);
        }

        if (method.IsGenericMethod && (!MethodBodies.HasSource(method, _context) && !KnownSymbols.IsDifferentiable(method) || !HasMembersFor(method)))
        {
            return Refused(Descriptors.GenericCall, call, KnownSymbols.DisplayOf(method));
        }

        if (method.Parameters.Any(p => p.IsParams))
        {
            return Refused(Descriptors.ParamsCall, call, KnownSymbols.DisplayOf(method));
        }

        if (method.Name == "StopGradient" && KnownSymbols.IsOurs(method.ContainingType, "Differentiation"))
        {
            return new PrimitiveTarget(Op.StopGradient);
        }

        return ResolvePrimitive(method) ?? ResolveFunction(call, method);
    }

    private CallTarget? ResolvePrimitive(IMethodSymbol method)
    {
        Shape?[] shapes = method.Parameters.Select(p => p.RefKind is RefKind.None or RefKind.In ? ShapeOf(p.Type, out _) : null).ToArray();
        if (shapes.Length == 0 || !shapes.All(s => s is ScalarShape { Type.IsScalar: true }) || ShapeOf(method.ReturnType, out _) is not ScalarShape { Type.IsScalar: true, EnumType: "" } result)
        {
            return null;
        }

        // An enum as last parameter selects a variant, which has a row of its own; elsewhere no row knows enums.
        bool lastIsEnum = shapes[shapes.Length - 1] is ScalarShape { EnumType.Length: > 0 };
        string variant = lastIsEnum ? method.Parameters[shapes.Length - 1].Type.Name : "";
        if (shapes.Take(lastIsEnum ? shapes.Length - 1 : shapes.Length).Any(s => s is not ScalarShape { EnumType: "" })
            || RuleTable.FindMethod(KnownSymbols.QualifiedName(method), shapes.Length, variant) is not { } row)
        {
            return null;
        }

        return row.SpellingFor(result.Type, ((ScalarShape)shapes[0]!).Type).Length > 0 ? new PrimitiveTarget(row.Op) : null;
    }

    /// <summary>Are the type arguments known, and for a differentiable method such as it has specifications for?</summary>
    private static bool HasMembersFor(IMethodSymbol method) => KnownSymbols.IsDifferentiable(method)
        ? method.TypeArguments.All(t => t.SpecialType is SpecialType.System_Double or SpecialType.System_Single)
        : method.TypeArguments.All(t => t.TypeKind != TypeKind.TypeParameter);

    private CallTarget? ResolveFunction(IOperation call, IMethodSymbol method)
    {
        if (KnownSymbols.Attribute(method, "GeneratedDerivativeAttribute") is { } generated)
        {
            return ResolveMember(call, method, generated);
        }

        string key = KnownSymbols.KeyOf(method);
        if (KnownSymbols.IsDifferentiable(method))
        {
            return _context.Helpers.IsSelf(method, key) || ResolveSpecified(call, method, key) is not null ? new FunctionTarget(new FunctionReference(key, [])) : null;
        }

        if (MethodBodies.HasSource(method, _context))
        {
            return _context.Helpers.Require(method, call, _sink) is { } helper ? new FunctionTarget(new FunctionReference(helper, [])) : null;
        }

        return RefuseUnknownMethod(call, method);
    }

    /// <summary>A method marked [Differentiable], of this assembly or another.</summary>
    private string? ResolveSpecified(IOperation call, IMethodSymbol method, string key)
    {
        if (_context.Helpers.IsInProgress(key, out string path))
        {
            Refuse(Descriptors.DirectRecursion, call, method.Name, path);
            return null;
        }

        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _context.Compilation.Assembly))
        {
            return key;
        }

        if (_context.Specs.Require(key, method.ContainingAssembly, out string problem))
        {
            return key;
        }

        if (problem.Length > 0)
        {
            Refuse(Descriptors.SpecUnreadable, call, KnownSymbols.DisplayOf(method), method.ContainingAssembly.Name, problem);
        }
        else
        {
            Refuse(Descriptors.NoSpec, call, KnownSymbols.DisplayOf(method), method.ContainingAssembly.Name, RuleSignature.Suggest(method, "rebuild that assembly with DiffCompile"));
        }

        return null;
    }

    private CallTarget? ResolveMember(IOperation call, IMethodSymbol method, AttributeData generated)
    {
        string key = generated.ConstructorArguments[0].Value as string ?? "";
        TransformKind? kind = generated.ConstructorArguments[1].Value switch
        {
            "Gradient" => TransformKind.MemberGradient,
            "ValueAndGradient" => TransformKind.MemberValueAndGradient,
            "Jvp" => TransformKind.MemberJvp,
            "Vjp" => TransformKind.MemberVjp,
            "HessianVectorProduct" => TransformKind.MemberHessianVectorProduct,
            _ => null,
        };
        if (kind is null || method.Parameters.Any(p => ShapeOf(p.Type, out _) is not { } shape || shape.Leaves.Any(l => l.Type.IsBuffer)))
        {
            return Refused(Descriptors.MemberNotCallable, call, KnownSymbols.DisplayOf(method));
        }

        return ResolveSpecified(call, method, key) is null ? null : new FunctionTarget(new FunctionReference(key, [new TransformStep(kind.Value, [])]));
    }

    private CallTarget? RefuseUnknownMethod(IOperation call, IMethodSymbol method)
    {
        string display = KnownSymbols.DisplayOf(method);
        if (NonDifferentiable.Find(KnownSymbols.QualifiedName(method)) is { } known)
        {
            return Refused(Descriptors.KnownNonDifferentiable, call, display, known.Reason, known.Instead);
        }

        if (method.ReturnsVoid && !method.Parameters.Any(p => p.RefKind == RefKind.Out))
        {
            return Refused(Descriptors.VoidCall, call, display);
        }

        foreach (ITypeSymbol type in method.Parameters.Select(p => p.Type).Append(method.ReturnType))
        {
            if (type.SpecialType != SpecialType.System_Void && ShapeOf(type, out TypeProblem problem) is null)
            {
                return Refused(Descriptors.OfValue(problem), call, KnownSymbols.Spell(type));
            }
        }

        return Refused(Descriptors.NoRule, call, display, RuleSignature.Suggest(method));
    }

    private CallTarget? Refused(DiagnosticDescriptor descriptor, IOperation at, params string[] arguments)
    {
        Refuse(descriptor, at, arguments);
        return null;
    }
}
