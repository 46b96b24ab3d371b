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
    /// <summary>new T[n] or new T[n, m], with or without elements.</summary>
    private Term LowerArrayCreation(IArrayCreationOperation operation)
    {
        if (ShapeOf(operation.Type!, out _) is not { } shape || !IsBuffer(shape))
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        return ReserveWith(operation, shape, operation.DimensionSizes.Select(Lower).ToArray(), ElementsIn(operation.Initializer).Select<IOperation, Func<Term>>(e => () => Lower(e)).ToArray());
    }

    // Row by row.
    private static IEnumerable<IOperation> ElementsIn(IArrayInitializerOperation? initializer) =>
        initializer?.ElementValues.SelectMany(e => e is IArrayInitializerOperation row ? ElementsIn(row) : [e]) ?? [];

    /// <summary>[a, b, .. c] where an array or span is wanted.</summary>
    private Term LowerCollection(ICollectionExpressionOperation operation)
    {
        if (operation.Type is not { } wanted || ShapeOf(wanted, out _) is not { } shape || !IsBuffer(shape))
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        if (!operation.Elements.Any(e => e is ISpreadOperation))
        {
            return ReserveWith(operation, shape, [Term.Of(Literals.Int32(operation.Elements.Length))], operation.Elements.Select<IOperation, Func<Term>>(e => () => Lower(e)).ToArray());
        }

        if (operation.Elements.OfType<ISpreadOperation>().FirstOrDefault(s => !IsBufferType(s.Operand.Type)) is { } other)
        {
            return Refuse(Descriptors.ArrayCreation, other);
        }

        return LowerSpread(operation, shape);
    }

    // Everything is evaluated before the new array is made.
    private Term LowerSpread(ICollectionExpressionOperation operation, Shape shape)
    {
        Term[] parts = operation.Elements.Select(e => Lower(e is ISpreadOperation spread ? spread.Operand : e)).ToArray();
        if (parts.Any(p => p.IsInvalid))
        {
            return Term.Invalid;
        }

        Value[] counts = parts.Select(p => IsBuffer(p.Shape) ? LengthOf(operation, p) : Literals.Int32(1)).ToArray();
        Term made = Reserve(operation, shape, counts.Aggregate((a, b) => Plus(operation, a, b)), []);
        Shape item = ItemOf(made);
        if (parts.Any(p => !ShapeReader.SameStructure(IsBuffer(p.Shape) ? ItemOf(p) : p.Shape, item)))
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        Value start = Literals.Int32(0);
        for (int i = 0; i < parts.Length; i++)
        {
            Value first = start;
            Term part = parts[i];
            if (!IsBuffer(part.Shape))
            {
                StoreElement(operation, made, first, part);
            }
            else
            {
                ForEachIndex(operation, counts[i], k => StoreElement(operation, made, Plus(operation, first, k), LoadElement(operation, part, k)));
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
        if (item is null || elements.Contains(null) || (count is null && initializer is null) || ShapeReader.SpanOf(item) is not { } shape)
        {
            return Refuse(Descriptors.StackAlloc, operation);
        }

        Shape part = shape is BufferShape buffer ? buffer.Item : new ScalarShape(((ScalarShape)shape).Type.Element);
        return ReserveWith(
            operation, shape, [count is null ? Term.Of(Literals.Int32(elements.Length)) : Lower(count)],
            elements.Select<IOperation?, Func<Term>>(e => () => Convert(e!, Lower(e!), part, isChecked: false)).ToArray());
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

    private Term ReserveWith(IOperation operation, Shape shape, Term[] lengths, IReadOnlyList<Func<Term>> elements)
    {
        if (lengths.Any(l => l.IsInvalid))
        {
            return Term.Invalid;
        }

        if (lengths.Any(l => l.Scalar.Type != IrType.Int32))
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        Value count = CountOf(operation, lengths.Select(l => l.Scalar).ToArray());
        Term made = Reserve(operation, shape, count, lengths.Length > 1 ? lengths.Select(l => l.Scalar).ToArray() : []);
        for (int i = 0; i < elements.Count; i++)
        {
            StoreElement(operation, made, Literals.Int32(i), elements[i]());
        }

        return made;
    }

    // Two negative lengths make a positive number of elements.
    private Value CountOf(IOperation operation, Value[] lengths)
    {
        if (lengths.Length == 1)
        {
            return lengths[0];
        }

        foreach (Value length in lengths)
        {
            Forbid(operation, length, Op.Less, Literals.Int32(0), "new global::System.OverflowException()");
        }

        return lengths.Aggregate((a, b) => a.IsConstant && b.IsConstant ? Times(operation, a, b) : Emit(operation, Op.MultiplyChecked, IrType.Int32, a, b));
    }

    /// <summary>Memory of the workspace for each scalar of an element.</summary>
    private Term Reserve(IOperation operation, Shape shape, Value count, Value[] lengths)
    {
        IEnumerable<Leaf> columns = shape is BufferShape buffer ? buffer.Columns : shape.Leaves;
        Value[] made = columns.Select(column =>
        {
            Value handle = NewValue(IrType.Int64, operation);
            _builder.Add(new MemoryEquation([handle], MemoryOp.Reserve, [count, SizeOf(column.Type)], IsPrimal: true));
            Value view = NewValue(new IrType(column.Type.Scalar, ContainerKind.Span), operation);
            _builder.Add(new MemoryEquation([view], MemoryOp.View, [handle, count], IsPrimal: true));
            return view;
        }).ToArray();
        return shape is BufferShape ? new Term(shape, [.. made, .. lengths]) : Term.Of(made[0]);
    }

    private static Value SizeOf(IrType type)
    {
        int bytes = type.Scalar switch { ScalarKind.Bool => 1, ScalarKind.Int32 or ScalarKind.Float32 => 4, _ => 8 };
        return Literals.Int32(bytes, $"sizeof({type.Keyword})");
    }
}
