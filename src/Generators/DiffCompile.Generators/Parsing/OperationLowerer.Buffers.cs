using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Arrays and spans: elements, lengths and parts.
internal sealed partial class OperationLowerer
{
    // Elements whose place C# fixes before the value that goes there is computed.
    private readonly Dictionary<IOperation, (Value Buffer, Value Index)> _places = new();

    // Asked of every operand, so what is plainly something else is told by its name.
    private static bool IsBufferType(ITypeSymbol? type) =>
        type is IArrayTypeSymbol or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } && ShapeReader.Read(type, out _) is ScalarShape { Type.IsBuffer: true };

    /// <summary>The element that an operation names, its buffer and index evaluated; null when it names none or was refused.</summary>
    private (Value Buffer, Value Index)? LowerPlace(IOperation operation)
    {
        if (_places.TryGetValue(operation, out (Value, Value) known))
        {
            return known;
        }

        (IOperation Buffer, IOperation Index)? element = operation switch
        {
            IArrayElementReferenceOperation { Indices.Length: 1 } o when o.Indices[0] is not IRangeOperation => (o.ArrayReference, o.Indices[0]),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments.Length: 1 } o when IsBufferType(instance.Type) => (instance, o.Arguments[0].Value),
            IImplicitIndexerReferenceOperation o when IsBufferType(o.Instance.Type) => (o.Instance, o.Argument),
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

        return LowerIndex(operation, e.Index, buffer) is { } index ? (buffer.Scalar, index) : null;
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

    private bool NamesElement(IOperation operation) => operation switch
    {
        IArrayElementReferenceOperation { Indices.Length: 1 } o => o.Indices[0] is not IRangeOperation && IsBufferType(o.ArrayReference.Type),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } => IsBufferType(instance.Type),
        IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } o => IsBufferType(o.Instance.Type),
        _ => false,
    };

    private Term LowerElement(IOperation operation) =>
        LowerPlace(operation) is { } place ? LoadElement(operation, Term.Of(place.Buffer), place.Index) : Refused(operation);

    private Term LoadElement(IOperation origin, Term buffer, Value index)
    {
        Value element = NewValue(buffer.Scalar.Type.Element, origin);
        _builder.Add(new MemoryEquation([element], MemoryOp.Load, [buffer.Scalar, index], IsPrimal: true) { Source = SourceOf(origin) });
        return Term.Of(element);
    }

    private void StoreElement(IOperation target, (Value Buffer, Value Index) place, Term value)
    {
        if (value.IsInvalid)
        {
            return;
        }

        if (!place.Buffer.Type.IsWritable)
        {
            Refuse(Descriptors.ElementAccess, target);
            return;
        }

        if (_constantBuffers.Contains(RootOf(place.Buffer)))
        {
            Refuse(Descriptors.AssignmentTarget, target);
            return;
        }

        _builder.Add(new MemoryEquation([], MemoryOp.Store, [place.Buffer, place.Index, value.Scalar], IsPrimal: true) { Source = SourceOf(target) });
    }

    private Value LengthOf(IOperation origin, Term buffer)
    {
        Value length = NewValue(IrType.Int32, origin);
        _builder.Add(new MemoryEquation([length], MemoryOp.Length, [buffer.Scalar], IsPrimal: true));
        return length;
    }

    private Term SliceOf(IOperation origin, Term buffer, Value start, Value? length)
    {
        length ??= Emit(origin, Op.Subtract, IrType.Int32, LengthOf(origin, buffer), start);
        IrType type = buffer.Scalar.Type;
        Value part = NewValue(type with { Container = type.IsWritable ? ContainerKind.Span : ContainerKind.ReadOnlySpan }, origin);
        _builder.Add(new MemoryEquation([part], MemoryOp.Slice, [buffer.Scalar, start, length], IsPrimal: true));
        return Term.Of(part);
    }

    private Term LowerRange(IOperation operation, IOperation whole, IRangeOperation range)
    {
        Term buffer = Lower(whole);
        if (buffer.IsInvalid)
        {
            return buffer;
        }

        Value? start = range.LeftOperand is { } left ? LowerIndex(operation, Unwrapped(left), buffer) : Literals.Int32(0);
        Value? end = range.RightOperand is { } right ? LowerIndex(operation, Unwrapped(right), buffer) : LengthOf(operation, buffer);
        return start is null || end is null ? Term.Invalid
            : SliceOf(operation, buffer, start, IsZero(start) ? end : Emit(operation, Op.Subtract, IrType.Int32, end, start));
    }

    // Within one method: through the parts made of a buffer.
    private int RootOf(Value buffer)
    {
        Dictionary<int, MemoryEquation> parts = Parts();
        while (parts.TryGetValue(buffer.Id, out MemoryEquation? part))
        {
            buffer = part.Buffer;
        }

        return buffer.Id;
    }

    private Dictionary<int, MemoryEquation> Parts() => _builder.OpenEquations().OfType<MemoryEquation>()
        .Where(e => e.Op == MemoryOp.Slice).ToDictionary(e => e.Result.Id);

    // Silent where a message stands already.
    private Term Refused(IOperation operation) => _sink.HasErrors ? Term.Invalid : Refuse(Descriptors.ElementAccess, operation);
}
