using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Arrays and spans of the method's own: they live in the workspace of the derivative.
internal sealed partial class OperationLowerer
{
    /// <summary>new T[n], with or without elements.</summary>
    private Term LowerArrayCreation(IArrayCreationOperation operation)
    {
        if (operation.DimensionSizes.Length != 1 || ShapeReader.Read(operation.Type!, out _) is not ScalarShape { Type: { IsBuffer: true } type })
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        return ReserveWith(operation, type, Lower(operation.DimensionSizes[0]), (operation.Initializer?.ElementValues ?? []).Select<IOperation, Func<Term>>(e => () => Lower(e)).ToArray());
    }

    /// <summary>[a, b, .. c] where an array or span is wanted.</summary>
    private Term LowerCollection(ICollectionExpressionOperation operation)
    {
        if (operation.Type is not { } wanted || ShapeReader.Read(wanted, out _) is not ScalarShape { Type: { IsBuffer: true } type })
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        if (!operation.Elements.Any(e => e is ISpreadOperation))
        {
            return ReserveWith(operation, type, Term.Of(Literals.Int32(operation.Elements.Length)), operation.Elements.Select<IOperation, Func<Term>>(e => () => Lower(e)).ToArray());
        }

        if (operation.Elements.OfType<ISpreadOperation>().FirstOrDefault(s => !IsBufferType(s.Operand.Type)) is { } other)
        {
            return Refuse(Descriptors.ArrayCreation, other);
        }

        return LowerSpread(operation, type);
    }

    // Everything is evaluated before the new array is made.
    private Term LowerSpread(ICollectionExpressionOperation operation, IrType type)
    {
        Term[] parts = operation.Elements.Select(e => Lower(e is ISpreadOperation spread ? spread.Operand : e)).ToArray();
        if (parts.Any(p => p.IsInvalid))
        {
            return Term.Invalid;
        }

        if (parts.FirstOrDefault(p => p.Scalar.Type.Element != type.Element) is not null)
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        Value[] counts = parts.Select(p => p.Scalar.Type.IsBuffer ? LengthOf(operation, p) : Literals.Int32(1)).ToArray();
        Term made = Reserve(operation, type, counts.Aggregate((a, b) => Plus(operation, a, b)));
        Value start = Literals.Int32(0);
        for (int i = 0; i < parts.Length; i++)
        {
            Value first = start;
            Term part = parts[i];
            if (part.Scalar.Type.IsScalar)
            {
                StoreElement(operation, (made.Scalar, first), part);
            }
            else
            {
                ForEachIndex(operation, counts[i], k => StoreElement(operation, (made.Scalar, Plus(operation, first, k)), LoadElement(operation, part, k)));
            }

            start = Plus(operation, start, counts[i]);
        }

        return made;
    }

    private Value Plus(IOperation origin, Value a, Value b) =>
        IsZero(a) ? b : IsZero(b) ? a
        : a.IsConstant && b.IsConstant ? Literals.Int32((int)(a.Literal!.Bits + b.Literal!.Bits))
        : Emit(origin, Op.Add, IrType.Int32, a, b);

    /// <summary>stackalloc T[n], with or without elements.</summary>
    private Term LowerStackAlloc(IOperation operation)
    {
        (TypeSyntax? element, ExpressionSyntax? size, InitializerExpressionSyntax? initializer) = operation.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } array } s => (array.ElementType, ranks[0].Sizes.FirstOrDefault(), s.Initializer),
            ImplicitStackAllocArrayCreationExpressionSyntax s => (null, null, (InitializerExpressionSyntax?)s.Initializer),
            _ => (null, null, null),
        };
        SemanticModel model = operation.SemanticModel!;
        IOperation?[] elements = (initializer?.Expressions ?? []).Select(e => model.GetOperation(e, _context.CancellationToken)).ToArray();
        ITypeSymbol? item = element is not null ? model.GetTypeInfo(element, _context.CancellationToken).Type : ElementOfStackAlloc(operation);
        IOperation? count = size is null or OmittedArraySizeExpressionSyntax ? null : model.GetOperation(size, _context.CancellationToken);
        if (item is null || elements.Contains(null) || (count is null && initializer is null) || ShapeReader.Read(item, out _) is not ScalarShape { Type: { IsScalar: true } type, EnumType: "" } shape)
        {
            return Refuse(Descriptors.StackAlloc, operation);
        }

        return ReserveWith(
            operation, type with { Container = ContainerKind.Span }, count is null ? Term.Of(Literals.Int32(elements.Length)) : Lower(count),
            elements.Select<IOperation?, Func<Term>>(e => () => Convert(e!, Lower(e!), shape, isChecked: false)).ToArray());
    }

    private static bool IsStackAlloc(IOperation operation) => operation is IConversionOperation conversion ? IsStackAlloc(conversion.Operand)
        : operation.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax;

    private ITypeSymbol? ElementOfStackAlloc(IOperation operation) =>
        operation.SemanticModel!.GetTypeInfo(operation.Syntax, _context.CancellationToken) switch
        {
            { Type: IPointerTypeSymbol pointer } => pointer.PointedAtType,
            { Type: INamedTypeSymbol { TypeArguments.Length: 1 } span } => span.TypeArguments[0],
            { ConvertedType: INamedTypeSymbol { TypeArguments.Length: 1 } span } => span.TypeArguments[0],
            _ => null,
        };

    private Term ReserveWith(IOperation operation, IrType type, Term count, IReadOnlyList<Func<Term>> elements)
    {
        if (count.IsInvalid)
        {
            return count;
        }

        if (count.Scalar.Type != IrType.Int32)
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        Term made = Reserve(operation, type, count.Scalar);
        for (int i = 0; i < elements.Count; i++)
        {
            StoreElement(operation, (made.Scalar, Literals.Int32(i)), elements[i]());
        }

        return made;
    }

    private Term Reserve(IOperation operation, IrType type, Value count)
    {
        Value handle = NewValue(IrType.Int64, operation);
        _builder.Add(new MemoryEquation([handle], MemoryOp.Reserve, [count, SizeOf(type)], IsPrimal: true));
        Value buffer = NewValue(type with { Container = ContainerKind.Span }, operation);
        _builder.Add(new MemoryEquation([buffer], MemoryOp.View, [handle, count], IsPrimal: true));
        return Term.Of(buffer);
    }

    private static Value SizeOf(IrType type)
    {
        int bytes = type.Scalar switch { ScalarKind.Bool => 1, ScalarKind.Int32 or ScalarKind.Float32 => 4, _ => 8 };
        return Literals.Int32(bytes, $"sizeof({type.Keyword})");
    }
}
