using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Conversions between numbers; every one is an equation of its own.
internal sealed partial class OperationLowerer
{
    private Term LowerConversion(IConversionOperation operation)
    {
        // An array as a span, a span as a read-only one: the same memory.
        if (IsBufferType(operation.Type) && IsBufferType(operation.Operand.Type))
        {
            return Lower(operation.Operand);
        }

        if (IsBufferType(operation.Type) && IsInlineArrayType(operation.Operand.Type))
        {
            return ElementsOf(operation.Operand) ?? Refuse(Descriptors.InlineArrayUse, operation, operation.Operand.Syntax.ToString());
        }

        // A clone is known as an object only.
        if (operation.Type is IArrayTypeSymbol array && IsBufferType(array)
            && operation.Operand is IInvocationOperation { TargetMethod: { Name: "Clone", ContainingType.SpecialType: SpecialType.System_Array }, Instance: { } original }
            && SymbolEqualityComparer.Default.Equals(original.Type, array))
        {
            return CopyOf(operation, Lower(original));
        }

        if (operation.Type is { } whole && IsBufferType(whole) && operation.Operand.Type is null or IPointerTypeSymbol)
        {
            return Lower(operation.Operand);
        }

        if (operation.OperatorMethod is { } method)
        {
            // double? and spans convert by operators of the framework; a struct of the author's by a call.
            return ShapeOf(operation.Type!, out TypeProblem problem) is not null || problem == TypeProblem.None
                ? LowerCall(operation, method, [operation.Operand])
                : Refuse(Descriptors.OfValue(problem), operation, KnownSymbols.Spell(operation.Type!));
        }

        if (operation.Type is null || operation.Operand.Type is null && operation.Operand.ConstantValue.HasValue)
        {
            return Lower(operation.Operand);
        }

        Term operand = Lower(operation.Operand);
        if (operand.IsInvalid)
        {
            return operand;
        }

        if (ShapeOf(operation.Type, out TypeProblem targetProblem) is not { } shape)
        {
            return Refuse(Descriptors.OfValue(targetProblem), operation, KnownSymbols.Spell(operation.Type));
        }

        return Convert(operation, operand, shape, operation.IsChecked);
    }

    /// <summary>Converts a value to a shape, member by member for tuples.</summary>
    private Term Convert(IOperation origin, Term value, Shape target, bool isChecked)
    {
        if (value.IsInvalid)
        {
            return value;
        }

        switch (value.Shape, target)
        {
            case (ScalarShape { Type.IsScalar: true } from, ScalarShape { Type.IsScalar: true } to):
                return Convert(origin, value.Scalar, from, to, isChecked);
            case (ScalarShape { Type.IsBuffer: true } from, ScalarShape { Type.IsBuffer: true } to) when from.Type.Element == to.Type.Element:
                return value;
            case (BufferShape from, BufferShape to) when from.Rank == to.Rank && SameItems(from, to):
                return value;
            case (StructShape from, StructShape to) when from == to:
            case (InlineArrayShape, InlineArrayShape) when value.Shape == target:
                return value;
            case (TupleShape from, TupleShape to) when from.Elements.Count == to.Elements.Count:
                return Term.Join(to, to.Elements.Select((e, i) => Convert(origin, value.Member(i), e.Shape, isChecked)));
            default:
                return RefuseConversion(origin, value.Shape, target);
        }
    }

    // Names of tuple elements do not matter.
    private static bool SameItems(BufferShape from, BufferShape to) => ShapeReader.SameStructure(from.Item, to.Item);

    private Term Convert(IOperation origin, Value value, ScalarShape from, ScalarShape to, bool isChecked)
    {
        if (from.Type == to.Type)
        {
            return new Term(to, [value]);
        }

        if (from.Type == IrType.Bool || to.Type == IrType.Bool)
        {
            return RefuseConversion(origin, from, to);
        }

        // Only a conversion that can lose range can fail.
        bool canFail = to.Type.IsInteger && !(from.Type == IrType.Int32 && to.Type == IrType.Int64);
        return new Term(to, [Emit(origin, isChecked && canFail ? Op.ConvertChecked : Op.Convert, to.Type, value)]);
    }

    private Term RefuseConversion(IOperation origin, Shape from, Shape to) =>
        Refuse(Descriptors.UnknownOperation, origin, $"the conversion from '{from.CSharp}' to '{to.CSharp}'");
}
