using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Members that are reached through a type parameter: those of numbers (T.Sqrt, T.Pi, operators) by the names that double and
// float have for them, those of the author's structs by their implementation.
internal sealed partial class OperationLowerer
{
    /// <summary>Is this an operator of the interfaces of numbers on a type parameter that stands for a number?</summary>
    private bool IsOfNumber(IMethodSymbol method, ITypeSymbol? constrained) =>
        constrained is not null && IsNumeric(method.ContainingType) && ShapeOf(constrained, out _) is ScalarShape { Type.IsScalar: true, EnumType: "" };

    private static bool IsNumeric(ITypeSymbol type) => type is { TypeKind: TypeKind.Interface } && type.ContainingNamespace.ToDisplayString() == "System.Numerics";

    /// <summary>What a member of an interface is on the struct that a type parameter stands for; null when that is not known.</summary>
    private IMethodSymbol? ImplementationOf(IMethodSymbol member, ITypeSymbol constrained)
    {
        ITypeSymbol type = _frame.Types.Close(constrained);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } || _frame.Types.Close(member) is not { ContainingType.TypeKind: TypeKind.Interface } wanted)
        {
            return null;
        }

        IMethodSymbol? found = type.FindImplementationForInterfaceMember(wanted.ConstructedFrom) as IMethodSymbol;
        return found is null || found.ContainingType.TypeKind == TypeKind.Interface ? null
            : found.IsGenericMethod ? found.Construct([.. wanted.TypeArguments]) : found;
    }

    private Term LowerConstrained(IInvocationOperation call, ITypeSymbol constrained)
    {
        if (call.Instance is null && IsOfNumber(call.TargetMethod, constrained))
        {
            return LowerNumeric(call, _frame.Types.Close(constrained));
        }

        if (ImplementationOf(call.TargetMethod, constrained) is not { } method)
        {
            return Refuse(Descriptors.VirtualCall, call, KnownSymbols.DisplayOf(call.TargetMethod));
        }

        return call.Instance is null ? LowerResolved(call, method, call.Arguments)
            : SignatureParser.ReceiverOf(method) is null ? Refuse(Descriptors.InstanceCall, call, KnownSymbols.DisplayOf(method))
            : LowerMemberCall(call, method, call.Instance, call.Arguments);
    }

    /// <summary>T.Sqrt(x) where T is double or float: Math.Sqrt or MathF.Sqrt.</summary>
    private Term LowerNumeric(IInvocationOperation call, ITypeSymbol number)
    {
        IMethodSymbol method = call.TargetMethod;
        if (LowerCreate(call, number) is { } created)
        {
            return created;
        }

        Term[] arguments = call.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => Lower(a.Value)).ToArray();
        if (arguments.Any(a => a.IsInvalid))
        {
            return Term.Invalid;
        }

        string name = "System." + number.Name + "." + method.Name;
        if (arguments.All(a => a.Shape is ScalarShape { EnumType: "" }) && ShapeOf(method.ReturnType, out _) is ScalarShape { Type: { IsScalar: true } type, EnumType: "" } shape
            && RuleTable.FindMethod(name, arguments.Length, "") is { } row && row.SpellingFor(type, arguments[0].Scalar.Type).Length > 0)
        {
            return new Term(shape, [Emit(call, row.Op, type, arguments.Select(a => a.Scalar).ToArray())]);
        }

        return NonDifferentiable.Find(name) is { } known
            ? Refuse(Descriptors.KnownNonDifferentiable, call, number.Name + "." + method.Name, known.Reason, known.Instead)
            : Refuse(Descriptors.NoRule, call, number.Name + "." + method.Name, "write it with functions of the rule table");
    }

    /// <summary>T.CreateChecked(x), which converts as a cast does; null for other methods.</summary>
    private Term? LowerCreate(IInvocationOperation call, ITypeSymbol number)
    {
        if (call.TargetMethod.Name is not ("CreateChecked" or "CreateSaturating" or "CreateTruncating") || call.Arguments.Length != 1
            || ShapeOf(number, out _) is not ScalarShape { Type: { IsScalar: true } type, EnumType: "" } shape)
        {
            return null;
        }

        // On integers the three differ from a cast where the value is out of range.
        if (!type.IsFloat && call.TargetMethod.Name != "CreateChecked")
        {
            return Refuse(Descriptors.GenericCall, call, KnownSymbols.DisplayOf(call.TargetMethod));
        }

        Term value = Lower(call.Arguments[0].Value);
        if (value.IsInvalid)
        {
            return value;
        }

        if (value.Shape is not ScalarShape { EnumType: "", Type: { } from } || !(from.IsFloat || from.IsInteger))
        {
            return Refuse(Descriptors.GenericCall, call, KnownSymbols.DisplayOf(call.TargetMethod));
        }

        return Literals.AsFloat(value.Scalar, type) is { } constant ? new Term(shape, [constant]) : Convert(call, value, shape, isChecked: true);
    }

    /// <summary>T.One, T.Pi: constants of the number that T stands for; null for other properties.</summary>
    private Term? ReadNumericConstant(IPropertyReferenceOperation operation)
    {
        if (operation.ConstrainedToType is not { } constrained || !IsNumeric(operation.Property.ContainingType)
            || ShapeOf(constrained, out _) is not ScalarShape { Type: { IsScalar: true } type, EnumType: "" } shape)
        {
            return null;
        }

        Value? constant = operation.Property.Name switch
        {
            "One" or "MultiplicativeIdentity" => Number(1),
            "Zero" or "AdditiveIdentity" => Literals.Zero(type),
            "NegativeOne" => Number(-1),
            _ when !type.IsFloat => null,
            "Pi" => Real(Math.PI, (float)Math.PI, "PI"),
            "E" => Real(Math.E, (float)Math.E, "E"),
            "Tau" => Real(2 * Math.PI, (float)(2 * Math.PI), "Tau"),
            "NaN" => Real(double.NaN, float.NaN),
            "PositiveInfinity" => Real(double.PositiveInfinity, float.PositiveInfinity),
            "NegativeInfinity" => Real(double.NegativeInfinity, float.NegativeInfinity),
            "NegativeZero" => Real(-0.0, -0.0f),
            "Epsilon" => Real(double.Epsilon, float.Epsilon),
            "MaxValue" => Real(double.MaxValue, float.MaxValue),
            "MinValue" => Real(double.MinValue, float.MinValue),
            _ => null,
        };
        return constant is null ? null : new Term(shape, [constant]);

        Value? Number(int n) => type.Scalar switch
        {
            ScalarKind.Int32 => Literals.Int32(n),
            ScalarKind.Int64 => Literals.Int64(n),
            ScalarKind.Bool => null,
            _ => Literals.Float(type, n),
        };

        Value Real(double d, float f, string name = "") => type == IrType.Float64
            ? Literals.Double(d, name.Length > 0 ? "global::System.Math." + name : null)
            : Literals.Single(f, name.Length > 0 ? "global::System.MathF." + name : null);
    }
}
