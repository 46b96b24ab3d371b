using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Copies: loops over elements, which go backwards where source and target are one array and the elements move up.
internal sealed partial class OperationLowerer
{
    private const string TooShort = "new global::System.ArgumentException()";

    private Term CopyAll(IInvocationOperation call, IOperation from, IOperation to)
    {
        Term source = Lower(from), target = Lower(to);
        if (source.IsInvalid || target.IsInvalid)
        {
            return Term.Invalid;
        }

        // The framework checks the room before it copies anything.
        Value count = LengthOf(call, source);
        Forbid(call, count, Op.Greater, LengthOf(call, target), "new global::System.ArgumentException(\"Destination is too short.\", \"destination\")");
        return Copied(call, (source, Literals.Int32(0)), (target, Literals.Int32(0)), count);
    }

    /// <summary>array.CopyTo(target, start).</summary>
    private Term CopyFromStart(IInvocationOperation call, IOperation from, IOperation to, IOperation at)
    {
        Term source = Lower(from), target = Lower(to), start = Lower(at);
        if (source.IsInvalid || target.IsInvalid || start.IsInvalid)
        {
            return Term.Invalid;
        }

        Value count = LengthOf(call, source);
        Forbid(call, start.Scalar, Op.Less, Literals.Int32(0), OutOfRange);
        Forbid(call, count, Op.Greater, Emit(call, Op.Subtract, IrType.Int32, LengthOf(call, target), start.Scalar), TooShort);
        return Copied(call, (source, Literals.Int32(0)), (target, start.Scalar), count);
    }

    /// <summary>Array.Copy; a start that is null is 0.</summary>
    private Term CopyPart(IInvocationOperation call, IOperation from, IOperation? fromStart, IOperation to, IOperation? toStart, IOperation length)
    {
        Term source = Lower(from);
        Term first = fromStart is null ? Term.Of(Literals.Int32(0)) : Lower(fromStart);
        Term target = Lower(to);
        Term second = toStart is null ? Term.Of(Literals.Int32(0)) : Lower(toStart);
        Term count = Lower(length);
        if (new[] { source, first, target, second, count }.Any(t => t.IsInvalid))
        {
            return Term.Invalid;
        }

        foreach (Term number in new[] { count, first, second })
        {
            Forbid(call, number.Scalar, Op.Less, Literals.Int32(0), OutOfRange);
        }

        foreach ((Term buffer, Term start) in new[] { (source, first), (target, second) })
        {
            Value room = LengthOf(call, buffer);
            Forbid(call, count.Scalar, Op.Greater, IsZero(start.Scalar) ? room : Emit(call, Op.Subtract, IrType.Int32, room, start.Scalar), TooShort);
        }

        return Copied(call, (source, first.Scalar), (target, second.Scalar), count.Scalar);
    }

    /// <summary>A new array with the elements of another.</summary>
    private Term CopyOf(IOperation origin, Term source)
    {
        if (source.IsInvalid)
        {
            return source;
        }

        Value count = LengthOf(origin, source);
        Term copy = Reserve(origin, source.Shape, count, LengthsOf(source));
        ForEachIndex(origin, count, index => StoreElement(origin, copy, index, LoadElement(origin, source, index)));
        return copy;
    }

    private Term Copied(IInvocationOperation call, (Term Buffer, Value Start) source, (Term Buffer, Value Start) target, Value count)
    {
        if (!ShapeReader.SameStructure(ItemOf(source.Buffer), ItemOf(target.Buffer)))
        {
            return Refuse(Descriptors.SpanUse, call, call.TargetMethod.Name);
        }

        (int sourceRoot, Value sourceStart) = Origin(call, source.Buffer.Scalar, source.Start);
        (int targetRoot, Value targetStart) = Origin(call, target.Buffer.Scalar, target.Start);
        if (sourceRoot != targetRoot)
        {
            // A caller may hand parts of one array to two parameters.
            _builder.Add(new MemoryEquation([], MemoryOp.Distinct, [source.Buffer.Scalar, target.Buffer.Scalar], IsPrimal: true));
            ForEachIndex(call, count, CopyOne);
            return Term.Nothing;
        }

        // Whatever overlaps is read before it is overwritten.
        bool isKnown = sourceStart.IsConstant && targetStart.IsConstant;
        Value last = Emit(call, Op.Subtract, IrType.Int32, count, Literals.Int32(1));
        Value? movesUp = isKnown ? null : Emit(call, Op.Less, IrType.Bool, sourceStart, targetStart);
        ForEachIndex(call, count, index =>
        {
            Value fromEnd = Emit(call, Op.Subtract, IrType.Int32, last, index);
            CopyOne(movesUp is not null ? Select(call, movesUp, () => (Flow.Continue, Term.Of(fromEnd)), () => (Flow.Continue, Term.Of(index))).Scalar
                : sourceStart.Literal!.Bits < targetStart.Literal!.Bits ? fromEnd : index);
        });
        return Term.Nothing;

        void CopyOne(Value index) =>
            StoreElement(call, target.Buffer, Plus(call, target.Start, index), LoadElement(call, source.Buffer, Plus(call, source.Start, index)));
    }

    private static bool IsZero(Value value) => value.IsConstant && value.Literal!.Bits == 0;
}
