using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Expressions. What is not named here is refused.
internal sealed partial class OperationLowerer
{
    private Term Lower(IOperation operation)
    {
        if (LowerConstant(operation) is { } constant)
        {
            return constant;
        }

        switch (operation)
        {
            case IParameterReferenceOperation o when NamesElement(o):
                return LowerElement(o);
            case IParameterReferenceOperation o when _members.TryGetValue(o.Parameter, out IFieldReferenceOperation? member):
                return Lower(member);
            case IParameterReferenceOperation o:
                return ReadVariable(o, o.Parameter);
            case ILocalReferenceOperation o:
                return ReadVariable(o, o.Local);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } when _frame.This is { } self:
                return self();
            case IFieldReferenceOperation o:
                return ReadField(o);
            case IPropertyReferenceOperation o:
                return ReadProperty(o);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null, IsLifted: false } o:
                return Term.Of(AndAlso(o, LowerCondition(o.LeftOperand), () => LowerCondition(o.RightOperand)));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, OperatorMethod: null, IsLifted: false } o:
                return Term.Of(OrElse(o, LowerCondition(o.LeftOperand), () => LowerCondition(o.RightOperand)));
            case IBinaryOperation o:
                return LowerBinary(o);
            case IUnaryOperation o:
                return LowerUnary(o);
            case IConversionOperation o:
                return LowerConversion(o);
            case IConditionalOperation { IsRef: false, WhenFalse: { } whenFalse } o:
                return Select(o, LowerCondition(o.Condition), () => LowerArmValue(o.WhenTrue), () => LowerArmValue(whenFalse));
            case ISwitchExpressionOperation o:
                return LowerSwitchExpression(o);
            case IIsPatternOperation o:
                return Term.Of(LowerPattern(Lower(o.Value), o.Pattern));
            case ISimpleAssignmentOperation { IsRef: false } o:
                return LowerAssignment(o);
            case ICompoundAssignmentOperation o:
                return LowerCompound(o);
            case IIncrementOrDecrementOperation o:
                return LowerIncrement(o);
            case IDeconstructionAssignmentOperation o:
                return LowerDeconstruction(o);
            case IInvocationOperation o:
                return LowerCall(o);
            case IObjectCreationOperation o:
                return LowerCreation(o);
            case IWithOperation o:
                return LowerWith(o);
            case ITupleOperation o:
                return LowerTuple(o);
            case IDefaultValueOperation o:
                return LowerDefault(o);
            case IDeclarationExpressionOperation o:
                return Lower(o.Expression);
            case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation when NamesElement(operation):
                return LowerElement(operation);
            case IImplicitIndexerReferenceOperation { Argument: IRangeOperation range } o when IsBufferType(o.Instance.Type):
                return LowerRange(o, o.Instance, range);
            case IArrayElementReferenceOperation { Indices.Length: 1 } o when o.Indices[0] is IRangeOperation range && IsBufferType(o.ArrayReference.Type):
                return CopyOf(o, LowerRange(o, o.ArrayReference, range));
            case IInlineArrayAccessOperation o:
                return LowerInlineAccess(o);
            case IArrayCreationOperation o:
                return LowerArrayCreation(o);
            case ICollectionExpressionOperation o:
                return LowerCollection(o);
            case { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }:
                return LowerStackAlloc(operation);
            default:
                return Refuse(operation);
        }
    }

    private Value LowerCondition(IOperation operation) => Lower(operation).Scalar;

    private Value AndAlso(IOperation origin, Value left, Func<Value> right) =>
        Select(origin, left, () => (Flow.Continue, Term.Of(right())), () => (Flow.Continue, Term.Of(Literals.Bool(false)))).Scalar;

    private Value OrElse(IOperation origin, Value left, Func<Value> right) =>
        Select(origin, left, () => (Flow.Continue, Term.Of(Literals.Bool(true))), () => (Flow.Continue, Term.Of(right()))).Scalar;

    private Term ReadVariable(IOperation operation, ISymbol symbol)
    {
        if (_inlineArrays.TryGetValue(symbol, out Term? elements))
        {
            return LoadAll(operation, elements, symbol);
        }

        if (_delegates.ContainsKey(symbol))
        {
            return Refuse(Descriptors.DelegateValue, operation, symbol.Name);
        }

        int slot = _variables.Find(symbol);
        if (slot < 0)
        {
            return Refuse(Descriptors.UnknownOperation, operation, "the variable " + symbol.Name);
        }

        // A buffer that was assigned on some paths only has no one value; nothing was said of it where it was not used.
        Term term = _variables[slot];
        return term.IsInvalid && !_sink.HasErrors ? Refuse(Descriptors.BufferReassigned, operation, $"The array variable '{symbol.Name}'") : term;
    }

    /// <summary>The value of a constant expression, folded as the C# compiler does; null when it is not constant.</summary>
    private Term? LowerConstant(IOperation operation)
    {
        if (operation.ConstantValue is not { HasValue: true, Value: { } number } || operation.Type is not { } type
            || ShapeOf(type, out _) is not ScalarShape { Type.IsScalar: true } shape)
        {
            return null;
        }

        string? text = TextOfConstant(operation);
        Value? value = (number, shape.Type.Scalar) switch
        {
            (double d, ScalarKind.Float64) => Literals.Double(d, text),
            (float f, ScalarKind.Float32) => Literals.Single(f, text),
            (int i, ScalarKind.Int32) => Literals.Int32(i, text),
            (long l, ScalarKind.Int64) => Literals.Int64(l, text),
            (bool b, ScalarKind.Bool) => Literals.Bool(b),
            _ => null,
        };
        return value is null ? null : new Term(shape, [value]);
    }

    // The author's own digits, and the names of constants that every assembly sees.
    private static string? TextOfConstant(IOperation operation) => operation switch
    {
        ILiteralOperation { Syntax: LiteralExpressionSyntax literal } => literal.Token.Text,
        IFieldReferenceOperation { Field: { IsConst: true, ContainingType: { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } owner } field }
            when owner.Name is "Math" or "MathF" => owner.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + field.Name,
        _ => null,
    };
}
