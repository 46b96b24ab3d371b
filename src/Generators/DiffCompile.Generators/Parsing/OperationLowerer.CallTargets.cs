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
        if (_context.Rules.Find(method, _method.ContainingType, out string malformed) is { } external)
        {
            return new ExternalTarget(external);
        }

        if (malformed.Length > 0)
        {
            return Refused(Descriptors.RuleMalformed, call, KnownSymbols.DisplayOf(method), malformed);
        }

        if (method.IsGenericMethod)
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

        return ResolvePrimitive(call, method, out bool refused) ?? (refused ? null : ResolveFunction(call, method));
    }

    private CallTarget? ResolvePrimitive(IOperation call, IMethodSymbol method, out bool refused)
    {
        refused = false;
        if (!method.Parameters.All(p => p.RefKind is RefKind.None or RefKind.In && IsPlainScalar(p.Type)) || !IsPlainScalar(method.ReturnType)
            || RuleTable.FindMethod(KnownSymbols.QualifiedName(method), method.Parameters.Length) is not { } row)
        {
            return null;
        }

        if (method.ReturnType.SpecialType == SpecialType.System_Single && row.SingleSpelling.Length == 0 && row.DoubleSpelling.Length > 0)
        {
            refused = true;
            return Refused(Descriptors.NoFloatRule, call, KnownSymbols.DisplayOf(method));
        }

        return new PrimitiveTarget(row.Op);
    }

    private CallTarget? ResolveFunction(IOperation call, IMethodSymbol method)
    {
        if (KnownSymbols.Attribute(method, "GeneratedDerivativeAttribute") is { } generated)
        {
            return ResolveMember(call, method, generated);
        }

        string key = KnownSymbols.KeyOf(method);
        if (KnownSymbols.IsDifferentiable(method))
        {
            return ResolveSpecified(call, method, key) is { } found ? new FunctionTarget(new FunctionReference(found, [])) : null;
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
            Refuse(Descriptors.Recursion, call, method.Name, path);
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
            Refuse(Descriptors.NoSpec, call, KnownSymbols.DisplayOf(method), method.ContainingAssembly.Name, RuleSignature.Suggest(method));
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
        if (kind is null || method.Parameters.Any(p => ShapeReader.Read(p.Type, out _) is not { } shape || shape.Leaves.Any(l => l.Type.IsBuffer)))
        {
            return Refused(Descriptors.MemberNotCallable, call, KnownSymbols.DisplayOf(method));
        }

        return ResolveSpecified(call, method, key) is null ? null : new FunctionTarget(new FunctionReference(key, [new TransformStep(kind.Value, [])]));
    }

    private CallTarget? RefuseUnknownMethod(IOperation call, IMethodSymbol method)
    {
        string display = KnownSymbols.DisplayOf(method);
        if (NonDifferentiableMethods.ReasonFor(KnownSymbols.QualifiedName(method)) is { } reason)
        {
            return Refused(Descriptors.KnownNonDifferentiable, call, display, reason);
        }

        if (method.ReturnsVoid && !method.Parameters.Any(p => p.RefKind == RefKind.Out))
        {
            return Refused(Descriptors.VoidCall, call, display);
        }

        foreach (ITypeSymbol type in method.Parameters.Select(p => p.Type).Append(method.ReturnType))
        {
            if (type.SpecialType != SpecialType.System_Void && ShapeReader.Read(type, out TypeProblem problem) is null)
            {
                return Refused(Descriptors.OfValue(problem), call, KnownSymbols.Spell(type));
            }
        }

        return Refused(Descriptors.NoRule, call, display, RuleSignature.Suggest(method));
    }

    // An enum argument selects a variant, which no row stands for.
    private static bool IsPlainScalar(ITypeSymbol type) => ShapeReader.Read(type, out _) is ScalarShape { Type.IsScalar: true, EnumType: "" };

    private CallTarget? Refused(DiagnosticDescriptor descriptor, IOperation at, params string[] arguments)
    {
        Refuse(descriptor, at, arguments);
        return null;
    }
}
