using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Arrays and spans: elements and lengths. A buffer is one value for each scalar of an element, all of the same length, and
// with several dimensions the length of each.
internal sealed partial class OperationLowerer
{
    // Elements whose place C# fixes before the value that goes there is computed.
    private readonly Dictionary<IOperation, Place> _places = new();

    // Asked of every operand, so what is plainly something else is told by its name.
    private bool IsBufferType(ITypeSymbol? type) =>
        type is IArrayTypeSymbol or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } && IsBuffer(ShapeOf(type, out _));

    private static bool IsBuffer(Shape? shape) => shape is ScalarShape { Type.IsBuffer: true } or BufferShape;

    /// <summary>What the elements of a buffer are made of.</summary>
    private static Shape ItemOf(Term buffer) => buffer.Shape is BufferShape shape ? shape.Item : new ScalarShape(buffer.Scalar.Type.Element);

    /// <summary>A buffer for each scalar of an element.</summary>
    private static IEnumerable<Value> ColumnsOf(Term buffer) => buffer.Shape is BufferShape shape ? buffer.Leaves.Take(shape.Item.LeafCount) : [buffer.Scalar];

    /// <summary>The lengths in each dimension; empty where there is one dimension.</summary>
    private static Value[] LengthsOf(Term buffer) => buffer.Shape is BufferShape shape ? buffer.Leaves.Skip(shape.Item.LeafCount).ToArray() : [];

    private bool NamesElement(IOperation operation) => operation switch
    {
        IParameterReferenceOperation o => _elements.ContainsKey(o.Parameter),
        IArrayElementReferenceOperation o => o.Indices[0] is not IRangeOperation && IsBufferType(o.ArrayReference.Type),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } => IsBufferType(instance.Type),
        IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } o => IsBufferType(o.Instance.Type),
        IInlineArrayAccessOperation { Argument: not IRangeOperation } o => ElementsOf(o.Instance) is not null || (NamesElement(o.Instance) && ConstantIndex(o) is not null),
        IMemberReferenceOperation { Instance: { Type: { } type } instance } o => NamesElement(instance) && IndexOfMember(ShapeOf(type, out _), o.Member) >= 0,
        _ => false,
    };

    /// <summary>The element that an operation names, its buffer and index evaluated; null when it names none or was refused.</summary>
    private Place? LowerPlace(IOperation operation)
    {
        if (_places.TryGetValue(operation, out Place? known))
        {
            return known;
        }

        if (operation is IParameterReferenceOperation { Parameter: { } parameter } && _elements.TryGetValue(parameter, out Place? named))
        {
            return named;
        }

        if (operation is IMemberReferenceOperation { Instance: { } owner } part && NamesElement(operation) && NamesElement(owner))
        {
            return LowerPlace(owner) is { } whole ? whole.Member(IndexOfMember(whole.Shape, part.Member)) : null;
        }

        if (operation is IInlineArrayAccessOperation access && NamesElement(access))
        {
            return InlinePlace(access);
        }

        (IOperation Buffer, IOperation[] Indices)? element = operation switch
        {
            IArrayElementReferenceOperation o when o.Indices[0] is not IRangeOperation => (o.ArrayReference, o.Indices.ToArray()),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments.Length: 1 } o when IsBufferType(instance.Type) => (instance, [o.Arguments[0].Value]),
            IImplicitIndexerReferenceOperation o when IsBufferType(o.Instance.Type) => (o.Instance, [o.Argument]),
            _ => null,
        };
        if (element is not { } e)
        {
            return null;
        }

        Term buffer = Lower(e.Buffer);
        if (buffer.IsInvalid || !buffer.Scalar.Type.IsBuffer)
        {
            return null;
        }

        Value?[] indices = e.Indices.Select(i => LowerIndex(operation, i, buffer)).ToArray();
        return indices.Any(i => i is null) ? null : PlaceAt(operation, buffer, indices!);
    }

    private Place PlaceAt(IOperation origin, Term buffer, Value[] indices)
    {
        Value[] lengths = LengthsOf(buffer);
        Value index = indices[0];
        for (int d = 1; d < indices.Length; d++)
        {
            index = Plus(origin, Times(origin, index, lengths[d]), indices[d]);
        }

        return new Place(buffer, index, ItemOf(buffer)) { Checks = lengths.Select((length, d) => (indices[d], length)).ToArray() };
    }

    /// <summary>An index, counted from the end where the author writes ^.</summary>
    private Value? LowerIndex(IOperation element, IOperation index, Term buffer)
    {
        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd)
        {
            Term distance = Lower(fromEnd.Operand);
            return distance.IsInvalid ? null : Emit(fromEnd, Op.Subtract, IrType.Int32, LengthOf(fromEnd, buffer), distance.Scalar);
        }

        Term position = Lower(index);
        if (position.IsInvalid)
        {
            return null;
        }

        if (position.Scalar.Type != IrType.Int32)
        {
            Refuse(Descriptors.ElementAccess, element);
            return null;
        }

        return position.Scalar;
    }

    private Term LowerElement(IOperation operation) =>
        LowerPlace(operation) is { } place ? LoadElement(operation, place) : Refused(operation);

    private Term LoadElement(IOperation origin, Term buffer, Value index) => LoadElement(origin, new Place(buffer, index, ItemOf(buffer)));

    private Term LoadElement(IOperation origin, Place place)
    {
        CheckIndices(place);
        Value[] columns = place.Columns.ToArray();
        var scalars = new Value[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            // Where the first scalar of an element is, the others are.
            scalars[i] = NewValue(columns[i].Type.Element, origin);
            _builder.Add(new MemoryEquation([scalars[i]], MemoryOp.Load, [columns[i], place.Index], IsPrimal: i == 0) { Source = SourceOf(origin) });
        }

        return new Term(place.Shape, scalars);
    }

    private void StoreElement(IOperation target, Term buffer, Value index, Term value) => StoreElement(target, new Place(buffer, index, ItemOf(buffer)), value);

    private void StoreElement(IOperation target, Place place, Term value)
    {
        if (value.IsInvalid)
        {
            return;
        }

        if (!place.Buffer.Scalar.Type.IsWritable)
        {
            Refuse(Descriptors.ElementAccess, target);
            return;
        }

        if (_constantBuffers.Contains(RootOf(place.Buffer.Scalar)))
        {
            Refuse(Descriptors.AssignmentTarget, target);
            return;
        }

        CheckIndices(place);
        foreach ((Value column, Value scalar) in place.Columns.Zip(value.Leaves, (c, s) => (c, s)))
        {
            _builder.Add(new MemoryEquation([], MemoryOp.Store, [column, place.Index, scalar], IsPrimal: true) { Source = SourceOf(target) });
        }
    }

    // Inside all of the memory is not enough: an index too large in one dimension would be an element of the next row.
    private void CheckIndices(Place place)
    {
        foreach ((Value index, Value length) in place.Checks)
        {
            if (!index.IsConstant || !length.IsConstant || index.Literal!.Bits < 0 || index.Literal.Bits >= length.Literal!.Bits)
            {
                _builder.Add(new MemoryEquation([], MemoryOp.Within, [index, length], IsPrimal: true));
            }
        }
    }

    /// <summary>The number of elements, of all dimensions together.</summary>
    private Value LengthOf(IOperation origin, Term buffer)
    {
        if (LengthsOf(buffer) is { Length: > 0 } lengths)
        {
            return lengths.Aggregate((a, b) => Times(origin, a, b));
        }

        Value length = NewValue(IrType.Int32, origin);
        _builder.Add(new MemoryEquation([length], MemoryOp.Length, [buffer.Scalar], IsPrimal: true));
        return length;
    }

    private Value Times(IOperation origin, Value a, Value b) => a.IsConstant && b.IsConstant
        ? Literals.Int32(unchecked((int)(a.Literal!.Bits * b.Literal!.Bits)))
        : Emit(origin, Op.Multiply, IrType.Int32, a, b);

    // Silent where a message stands already.
    private Term Refused(IOperation operation) => _sink.HasErrors ? Term.Invalid : Refuse(Descriptors.ElementAccess, operation);

    /// <summary>An element or a member of it, buffer and index evaluated.</summary>
    /// <param name="Buffer">The buffer.</param>
    /// <param name="Index">Where in it.</param>
    /// <param name="Shape">What is there.</param>
    private sealed record Place(Term Buffer, Value Index, Shape Shape)
    {
        /// <summary>The first scalar of the element that is meant.</summary>
        public int First { get; init; }

        /// <summary>Indices of several dimensions, each with the length that it must be below.</summary>
        public IReadOnlyList<(Value Index, Value Length)> Checks { get; init; } = [];

        public IEnumerable<Value> Columns => Buffer.Leaves.Skip(First).Take(Shape.LeafCount);

        public Place Member(int index)
        {
            EquatableArray<NamedShape> members = Shape.Parts;
            return this with { First = First + members.Take(index).Sum(m => m.Shape.LeafCount), Shape = members[index].Shape };
        }
    }
}
