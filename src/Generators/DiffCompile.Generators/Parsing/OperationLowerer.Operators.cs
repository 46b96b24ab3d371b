using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Operators of the built-in types. Operators that a struct defines are calls.
internal sealed partial class OperationLowerer
{
    private Term LowerBinary(IBinaryOperation operation)
    {
        if (operation.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
        {
            return Refuse(Descriptors.UnsupportedOperator, operation, OperatorText(operation), KnownSymbols.Spell(operation.Type!));
        }

        if (DefinedOperator(operation.OperatorMethod, operation.ConstrainedToType) is { } method)
        {
            return LowerCall(operation, method, [operation.LeftOperand, operation.RightOperand]);
        }

        if (IsBufferType(BelowConversions(operation.LeftOperand).Type) && IsBufferType(BelowConversions(operation.RightOperand).Type))
        {
            return Refuse(Descriptors.SpanUse, operation, OperatorText(operation));
        }

        Term left = Lower(operation.LeftOperand), right = Lower(operation.RightOperand);
        return left.IsInvalid || right.IsInvalid
            ? Term.Invalid
            : Binary(operation, operation.OperatorKind, operation.IsChecked, left, right, operation.Type);
    }

    /// <summary>A binary operator on two values of one type (for shifts the right one is an int).</summary>
    private Term Binary(IOperation origin, BinaryOperatorKind kind, bool isChecked, Term left, Term right, ITypeSymbol? type)
    {
        if (left.Shape is not ScalarShape { Type.IsScalar: true } shape || right.Shape is not ScalarShape { Type.IsScalar: true } other)
        {
            return Refuse(Descriptors.AggregateComparison, origin, OperatorText(origin));
        }

        bool isShift = kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
        bool typesAgree = isShift ? shape.Type.IsInteger && other.Type == IrType.Int32 : shape.Type == other.Type;
        if (!typesAgree || OperatorOf(kind, shape.Type, isChecked) is not { } op)
        {
            return Refuse(Descriptors.UnsupportedOperator, origin, OperatorText(origin), shape.Type.Keyword);
        }

        if (Op.IsComparison(op))
        {
            return Term.Of(Emit(origin, op, IrType.Bool, left.Scalar, right.Scalar));
        }

        // The result of an operator on enums is an enum or its underlying type; both are the same scalar.
        string enumType = type is not null && ShapeOf(type, out _) is ScalarShape result ? result.EnumType : "";
        return Term.Of(Emit(origin, op, shape.Type, left.Scalar, right.Scalar), enumType);
    }

    private static IOperation BelowConversions(IOperation operation) =>
        operation is IConversionOperation { IsImplicit: true } conversion ? BelowConversions(conversion.Operand) : operation;

    private Term LowerUnary(IUnaryOperation operation)
    {
        if (DefinedOperator(operation.OperatorMethod, operation.ConstrainedToType) is { } method)
        {
            return LowerCall(operation, method, [operation.Operand]);
        }

        // ^1 is an index, not a number.
        if (operation.OperatorKind == UnaryOperatorKind.Hat)
        {
            return Refuse(Descriptors.IndexFromEnd, operation);
        }

        Term operand = Lower(operation.Operand);
        if (operand.IsInvalid)
        {
            return operand;
        }

        if (operand.Shape is not ScalarShape { Type: { IsScalar: true } type } shape)
        {
            return Refuse(Descriptors.UnsupportedOperator, operation, OperatorText(operation), RuleSignature.Spell(operand.Shape));
        }

        switch (operation.OperatorKind)
        {
            case UnaryOperatorKind.Plus when type.IsFloat || type.IsInteger:
                return operand;
            case UnaryOperatorKind.Minus when type.IsFloat || type.IsInteger:
                return Term.Of(Emit(operation, operation.IsChecked && type.IsInteger ? Op.NegateChecked : Op.Negate, type, operand.Scalar));
            case UnaryOperatorKind.Not when type == IrType.Bool:
            case UnaryOperatorKind.BitwiseNegation when type.IsInteger:
                return Term.Of(Emit(operation, Op.Not, type, operand.Scalar), shape.EnumType);
            default:
                return Refuse(Descriptors.UnsupportedOperator, operation, OperatorText(operation), type.Keyword);
        }
    }

    /// <summary>The operation of the IR; null when C# has no such operator on the type.</summary>
    private static string? OperatorOf(BinaryOperatorKind kind, IrType type, bool isChecked)
    {
        bool number = type.IsFloat || type.IsInteger, integer = type.IsInteger, logical = integer || type == IrType.Bool;
        bool check = isChecked && integer;
        return kind switch
        {
            BinaryOperatorKind.Add when number => check ? Op.AddChecked : Op.Add,
            BinaryOperatorKind.Subtract when number => check ? Op.SubtractChecked : Op.Subtract,
            BinaryOperatorKind.Multiply when number => check ? Op.MultiplyChecked : Op.Multiply,
            BinaryOperatorKind.Divide when number => Op.Divide,
            BinaryOperatorKind.Remainder when number => Op.Remainder,
            BinaryOperatorKind.And when logical => Op.And,
            BinaryOperatorKind.Or when logical => Op.Or,
            BinaryOperatorKind.ExclusiveOr when logical => Op.Xor,
            BinaryOperatorKind.LeftShift when integer => Op.ShiftLeft,
            BinaryOperatorKind.RightShift when integer => Op.ShiftRight,
            BinaryOperatorKind.UnsignedRightShift when integer => Op.ShiftRightUnsigned,
            BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals => ComparisonOf(kind),
            _ => number ? ComparisonOf(kind) : null,
        };
    }

    private static string? ComparisonOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => Op.Less,
        BinaryOperatorKind.LessThanOrEqual => Op.LessOrEqual,
        BinaryOperatorKind.GreaterThan => Op.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => Op.GreaterOrEqual,
        BinaryOperatorKind.Equals => Op.Equal,
        BinaryOperatorKind.NotEquals => Op.NotEqual,
        _ => null,
    };

    // The equality that the compiler makes for a record is not a computation of the author's.
    private bool IsDefinedByAuthor(IMethodSymbol method) =>
        !(KnownSymbols.IsSynthesized(method) && method.Name is "op_Equality" or "op_Inequality")
        && !IsNumeric(method.ContainingType) && ShapeOf(method.ContainingType, out _) is not ScalarShape;

    /// <summary>The operator that the author's struct defines, also where the operands are of a type parameter that stands for it.</summary>
    private IMethodSymbol? DefinedOperator(IMethodSymbol? method, ITypeSymbol? constrained) =>
        method is null ? null
        : constrained is not null ? IsOfNumber(method, constrained) ? null : ImplementationOf(method, constrained)
        : IsDefinedByAuthor(method) ? method : null;

    private string OperatorText(IOperation operation)
    {
        Location location = Anchors.Of(operation);
        return location.SourceTree?.GetText(_context.CancellationToken).ToString(location.SourceSpan) ?? operation.Kind.ToString();
    }
}
