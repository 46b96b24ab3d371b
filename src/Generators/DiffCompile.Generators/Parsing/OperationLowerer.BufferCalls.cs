using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Methods of arrays and spans that the framework defines: parts, copies, filling.
internal sealed partial class OperationLowerer
{
    private const string OutOfRange = "new global::System.ArgumentOutOfRangeException()";

    /// <summary>A method of an array or span that is known: null for others.</summary>
    private Term? LowerBufferCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name is not ("Slice" or "CopyTo" or "Fill" or "Clear" or "AsSpan" or "Copy" or "ToArray" or "GetLength" or "GetUpperBound"))
        {
            return null;
        }

        IOperation[] arguments = call.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => Unwrapped(a.Value)).ToArray();
        if (call.Instance is { } instance && IsBufferType(instance.Type))
        {
            return method.Name switch
            {
                "Slice" => PartOf(call, instance, arguments),
                "CopyTo" when arguments.Length == 1 && IsBufferType(arguments[0].Type) => CopyAll(call, instance, arguments[0]),
                "CopyTo" when arguments.Length == 2 && IsBufferType(arguments[0].Type) && IsInt(arguments[1]) => CopyFromStart(call, instance, arguments[0], arguments[1]),
                "Fill" => Filled(call, Lower(instance), Lower(arguments[0])),
                "Clear" => Cleared(call, Lower(instance)),
                "GetLength" => Dimension(call, instance, arguments[0], 0),
                "GetUpperBound" => Dimension(call, instance, arguments[0], 1),
                "ToArray" => CopyOf(call, Lower(instance)),
                _ => null,
            };
        }

        if (arguments.Length == 0 || !IsBufferType(arguments[0].Type))
        {
            return null;
        }

        return (method.ContainingType.ToDisplayString(), method.Name, arguments.Length) switch
        {
            ("System.MemoryExtensions", "AsSpan", 1) => Lower(arguments[0]),
            ("System.MemoryExtensions", "AsSpan", 2) when arguments[1] is IRangeOperation range => LowerRange(call, arguments[0], range),
            ("System.MemoryExtensions", "AsSpan", 2) when arguments[1] is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } start => FromEnd(call, arguments[0], start),
            ("System.MemoryExtensions", "AsSpan", _) when arguments.Skip(1).All(IsInt) => PartOf(call, arguments[0], arguments.Skip(1).ToArray()),
            ("System.MemoryExtensions", "CopyTo", 2) when IsBufferType(arguments[1].Type) => CopyAll(call, arguments[0], arguments[1]),
            ("System.Array", "Copy", 3) when IsBufferType(arguments[1].Type) && IsInt(arguments[2]) =>
                CopyPart(call, arguments[0], null, arguments[1], null, arguments[2]),
            ("System.Array", "Copy", 5) when IsBufferType(arguments[2].Type) && IsInt(arguments[1]) && IsInt(arguments[3]) && IsInt(arguments[4]) =>
                CopyPart(call, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]),
            ("System.Array", "Clear", 1) => Cleared(call, Lower(arguments[0])),
            ("System.Array", "Clear", 3) when IsInt(arguments[1]) && IsInt(arguments[2]) =>
                Cleared(call, CheckedPart(call, arguments, 1, "new global::System.IndexOutOfRangeException()").Part),
            ("System.Array", "Fill", 2) => Filled(call, Lower(arguments[0]), Lower(arguments[1])),
            ("System.Array", "Fill", 4) => FilledPart(call, arguments),
            _ => null,
        };
    }

    private static bool IsInt(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Int32;

    // int converts to Index, arrays to Array, by conversions that nobody writes.
    private IOperation Unwrapped(IOperation operation) => operation is IConversionOperation { IsImplicit: true } c
        && (IsBufferType(c.Operand.Type) || c.Type is { Name: "Index" or "Range", ContainingNamespace.Name: "System" }) ? c.Operand : operation;

    /// <summary>The length in a dimension that is known, less a number.</summary>
    private Term? Dimension(IInvocationOperation call, IOperation whole, IOperation dimension, int less)
    {
        Term buffer = Lower(whole);
        if (buffer.IsInvalid)
        {
            return buffer;
        }

        Value[] lengths = LengthsOf(buffer);
        if (dimension.ConstantValue is not { HasValue: true, Value: int number } || number < 0 || number >= Math.Max(1, lengths.Length))
        {
            return null;
        }

        Value length = lengths.Length == 0 ? LengthOf(call, buffer) : lengths[number];
        return Term.Of(less == 0 ? length : Emit(call, Op.Subtract, IrType.Int32, length, Literals.Int32(less)));
    }

    private Term PartOf(IInvocationOperation call, IOperation whole, IOperation[] bounds)
    {
        Term buffer = Lower(whole);
        Term[] limits = bounds.Select(Lower).ToArray();
        return buffer.IsInvalid || limits.Any(l => l.IsInvalid) ? Term.Invalid
            : SliceOf(call, buffer, limits[0].Scalar, limits.Length > 1 ? limits[1].Scalar : null);
    }

    private Term FromEnd(IInvocationOperation call, IOperation whole, IUnaryOperation start)
    {
        Term buffer = Lower(whole);
        return !buffer.IsInvalid && LowerIndex(call, start, buffer) is { } first ? SliceOf(call, buffer, first, null) : Term.Invalid;
    }

    /// <summary>The part (start, count) of arguments[0] and the other arguments, all evaluated in order.</summary>
    private (Term Part, Term[] Arguments) CheckedPart(IInvocationOperation call, IOperation[] arguments, int start, string exception)
    {
        Term[] given = arguments.Select(Lower).ToArray();
        if (given.Any(t => t.IsInvalid))
        {
            return (Term.Invalid, given);
        }

        Value first = given[start].Scalar, count = given[start + 1].Scalar;
        Forbid(call, first, Op.Less, Literals.Int32(0), exception);
        Forbid(call, count, Op.Less, Literals.Int32(0), exception);
        Forbid(call, first, Op.Greater, Emit(call, Op.Subtract, IrType.Int32, LengthOf(call, given[0]), count), exception);
        return (SliceOf(call, given[0], first, count), given);
    }

    private Term FilledPart(IInvocationOperation call, IOperation[] arguments)
    {
        (Term part, Term[] given) = CheckedPart(call, arguments, 2, OutOfRange);
        return part.IsInvalid ? part : Filled(call, part, given[1]);
    }

    private Term Filled(IInvocationOperation call, Term buffer, Term value)
    {
        if (buffer.IsInvalid || value.IsInvalid)
        {
            return Term.Invalid;
        }

        ForEachIndex(call, LengthOf(call, buffer), index => StoreElement(call, buffer, index, value));
        return Term.Nothing;
    }

    private Term Cleared(IInvocationOperation call, Term buffer) =>
        buffer.IsInvalid ? buffer : Filled(call, buffer, Term.Zero(ItemOf(buffer)));

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

    /// <summary>Throws, as the framework does, where the comparison holds.</summary>
    private void Forbid(IOperation origin, Value left, string comparison, Value right, string exception)
    {
        // A constant start or count is hardly ever negative.
        if (comparison == Op.Less && left.IsConstant && right.IsConstant && left.Literal!.Bits >= right.Literal!.Bits)
        {
            return;
        }

        Value fails = Emit(origin, comparison, IrType.Bool, left, right);
        _builder.BeginRegion();
        _builder.Add(new ThrowEquation(exception));
        Region then = _builder.EndRegion([]);
        _builder.BeginRegion();
        _builder.Add(new IfEquation([], fails, then, _builder.EndRegion([])));
    }
}
