using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Arrays and spans: elements, lengths, parts, and arrays of the method's own.
internal sealed partial class OperationLowerer
{
    // Elements whose place C# fixes before the value that goes there is computed.
    private readonly Dictionary<IOperation, (Value Buffer, Value Index)> _places = new();

    // Asked of every operand, so what is plainly something else is told by its name.
    private bool IsBufferType(ITypeSymbol? type) =>
        type is IArrayTypeSymbol or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } && ShapeOf(type, out _) is ScalarShape { Type.IsBuffer: true };

    /// <summary>The element that an operation names, its buffer and index evaluated; null when it names none or was refused.</summary>
    private (Value Buffer, Value Index)? LowerPlace(IOperation operation)
    {
        if (_places.TryGetValue(operation, out (Value, Value) known))
        {
            return known;
        }

        if (operation is IParameterReferenceOperation { Parameter: { } parameter } && _elements.TryGetValue(parameter, out (Value, Value) named))
        {
            return named;
        }

        (IOperation Buffer, IOperation Index)? element = operation switch
        {
            IArrayElementReferenceOperation { Indices.Length: 1 } o => (o.ArrayReference, o.Indices[0]),
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
        IParameterReferenceOperation o => _elements.ContainsKey(o.Parameter),
        IArrayElementReferenceOperation o => o.Indices.Length == 1 && IsBufferType(o.ArrayReference.Type),
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

    private Term LowerRange(IImplicitIndexerReferenceOperation operation, IRangeOperation range)
    {
        Term buffer = Lower(operation.Instance);
        if (buffer.IsInvalid)
        {
            return buffer;
        }

        Value? start = range.LeftOperand is { } left ? LowerIndex(operation, Unwrapped(left), buffer) : Literals.Int32(0);
        Value? end = range.RightOperand is { } right ? LowerIndex(operation, Unwrapped(right), buffer) : LengthOf(operation, buffer);
        return start is null || end is null
            ? Term.Invalid
            : SliceOf(operation, buffer, start, start.IsConstant && start.Literal!.Bits == 0 ? end : Emit(operation, Op.Subtract, IrType.Int32, end, start));

        // int converts to Index by an operator of the framework.
        static IOperation Unwrapped(IOperation bound) => bound is IConversionOperation { IsImplicit: true } c ? c.Operand : bound;
    }

    /// <summary>A method of an array or span that is known: null for others.</summary>
    private Term? LowerBufferCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name is not ("Slice" or "CopyTo" or "Fill" or "Clear" or "AsSpan"))
        {
            return null;
        }

        IOperation[] arguments = call.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => a.Value).ToArray();
        if (call.Instance is { } instance && IsBufferType(instance.Type))
        {
            return method.Name switch
            {
                "Slice" => Part(instance, arguments),
                "CopyTo" when arguments.Length == 1 && IsBufferType(arguments[0].Type) => CopyAll(call, instance, arguments[0]),
                "Fill" => Filled(call, Lower(instance), Lower(arguments[0])),
                "Clear" => Cleared(call, Lower(instance)),
                _ => null,
            };
        }

        string owner = method.ContainingType.ToDisplayString();
        return (owner, method.Name) switch
        {
            ("System.MemoryExtensions", "AsSpan") when IsBufferType(arguments[0].Type) && arguments.Skip(1).All(a => a.Type?.SpecialType == SpecialType.System_Int32) =>
                Part(arguments[0], arguments.Skip(1).ToArray()),
            ("System.MemoryExtensions", "CopyTo") when arguments.Length == 2 && IsBufferType(arguments[0].Type) && IsBufferType(arguments[1].Type) => CopyAll(call, arguments[0], arguments[1]),
            ("System.Array", "Clear") when arguments.Length is 1 or 3 && AsDeclared(arguments[0]) is var array && IsBufferType(array.Type) => Cleared(call, Part(array, arguments.Skip(1).ToArray())),
            ("System.Array", "Fill") when arguments.Length == 2 && IsBufferType(arguments[0].Type) => Filled(call, Lower(arguments[0]), Lower(arguments[1])),
            _ => null,
        };

        // Array.Clear takes an Array, to which the author's double[] converts.
        static IOperation AsDeclared(IOperation array) => array is IConversionOperation { IsImplicit: true } c ? c.Operand : array;

        Term Part(IOperation whole, IOperation[] bounds)
        {
            Term buffer = Lower(whole);
            Term[] limits = bounds.Select(Lower).ToArray();
            return buffer.IsInvalid || limits.Any(l => l.IsInvalid) ? Term.Invalid
                : limits.Length == 0 ? buffer
                : SliceOf(call, buffer, limits[0].Scalar, limits.Length > 1 ? limits[1].Scalar : null);
        }
    }

    private Term CopyAll(IInvocationOperation call, IOperation from, IOperation to)
    {
        Term source = Lower(from), target = Lower(to);
        if (source.IsInvalid || target.IsInvalid)
        {
            return Term.Invalid;
        }

        if (RootOf(source.Scalar) == RootOf(target.Scalar))
        {
            return Refuse(Descriptors.OverlappingCopy, call);
        }

        // A caller may hand parts of one array to two parameters.
        _builder.Add(new MemoryEquation([], MemoryOp.Distinct, [source.Scalar, target.Scalar], IsPrimal: true));

        // The framework checks the room before it copies anything, and throws this.
        Value count = LengthOf(call, source);
        Value isShort = Emit(call, Op.Greater, IrType.Bool, count, LengthOf(call, target));
        _builder.BeginRegion();
        _builder.Add(new ThrowEquation("new global::System.ArgumentException(\"Destination is too short.\", \"destination\")"));
        Region tooShort = _builder.EndRegion([]);
        _builder.BeginRegion();
        _builder.Add(new IfEquation([], isShort, tooShort, _builder.EndRegion([])));
        ForEachIndex(call, count, index => StoreElement(call, (target.Scalar, index), LoadElement(call, source, index)));
        return Term.Nothing;
    }

    private Term Filled(IInvocationOperation call, Term buffer, Term value)
    {
        if (buffer.IsInvalid || value.IsInvalid)
        {
            return Term.Invalid;
        }

        ForEachIndex(call, LengthOf(call, buffer), index => StoreElement(call, (buffer.Scalar, index), value));
        return Term.Nothing;
    }

    private Term Cleared(IInvocationOperation call, Term buffer) =>
        buffer.IsInvalid ? buffer : Filled(call, buffer, Term.Of(Literals.Zero(buffer.Scalar.Type.Element)));

    /// <summary>for (int k = 0; k &lt; count; k++) act(k), for what the framework does in one call.</summary>
    private void ForEachIndex(IOperation origin, Value count, Action<Value> act)
    {
        Value inTest = NewValue(IrType.Int32, origin, "k"), inBody = NewValue(IrType.Int32, origin, "k"), after = NewValue(IrType.Int32, origin, "k");
        _builder.BeginRegion();
        Value goesOn = Emit(origin, Op.Less, IrType.Bool, inTest, count);
        Region test = _builder.EndRegion([goesOn], [inTest]);
        _builder.BeginRegion();
        act(inBody);
        Value next = Emit(origin, Op.Add, IrType.Int32, inBody, Literals.Int32(1));
        _builder.Add(new LoopEquation([after], [Literals.Int32(0)], test, _builder.EndRegion([next], [inBody])));
    }

    /// <summary>new T[n], with or without elements.</summary>
    private Term LowerArrayCreation(IArrayCreationOperation operation)
    {
        if (operation.DimensionSizes.Length != 1 || ShapeOf(operation.Type!, out _) is not ScalarShape { Type: { IsBuffer: true } type })
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        return Reserve(operation, type, Lower(operation.DimensionSizes[0]), operation.Initializer?.ElementValues ?? []);
    }

    /// <summary>[a, b, c] where an array or span is wanted.</summary>
    private Term LowerCollection(ICollectionExpressionOperation operation) =>
        operation.Type is { } wanted && ShapeOf(wanted, out _) is ScalarShape { Type: { IsBuffer: true } type } && !operation.Elements.Any(e => e is ISpreadOperation)
            ? Reserve(operation, type, Term.Of(Literals.Int32(operation.Elements.Length)), operation.Elements)
            : Refuse(Descriptors.ArrayCreation, operation);

    private Term LowerStackAlloc(IOperation operation, ITypeSymbol element, ExpressionSyntax? size)
    {
        if (size is null || operation.SemanticModel?.GetOperation(size, _context.CancellationToken) is not { } count
            || ShapeOf(element, out _) is not ScalarShape { Type: { IsScalar: true } type, EnumType: "" })
        {
            return Refuse(Descriptors.StackAlloc, operation);
        }

        return Reserve(operation, type with { Container = ContainerKind.Span }, Lower(count), []);
    }

    private Term Reserve(IOperation operation, IrType type, Term count, IReadOnlyList<IOperation> elements)
    {
        if (count.IsInvalid)
        {
            return count;
        }

        if (count.Scalar.Type != IrType.Int32)
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        Value handle = NewValue(IrType.Int64, operation);
        _builder.Add(new MemoryEquation([handle], MemoryOp.Reserve, [count.Scalar, SizeOf(type)], IsPrimal: true));
        Value buffer = NewValue(type with { Container = ContainerKind.Span }, operation);
        _builder.Add(new MemoryEquation([buffer], MemoryOp.View, [handle, count.Scalar], IsPrimal: true));
        Term result = Term.Of(buffer);
        for (int i = 0; i < elements.Count; i++)
        {
            StoreElement(elements[i], (buffer, Literals.Int32(i)), Lower(elements[i]));
        }

        return result;
    }

    private static Value SizeOf(IrType type) => Literals.Int32(type.Bytes, $"sizeof({type.Keyword})");

    // Within one method: through the parts made of a buffer.
    private int RootOf(Value buffer)
    {
        var roots = new Dictionary<int, int>();
        foreach (MemoryEquation part in _builder.OpenEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Slice))
        {
            roots[part.Result.Id] = roots.TryGetValue(part.Buffer.Id, out int outer) ? outer : part.Buffer.Id;
        }

        return roots.TryGetValue(buffer.Id, out int root) ? root : buffer.Id;
    }

    // Silent where a message stands already.
    private Term Refused(IOperation operation) => _sink.HasErrors ? Term.Invalid : Refuse(Descriptors.ElementAccess, operation);
}
