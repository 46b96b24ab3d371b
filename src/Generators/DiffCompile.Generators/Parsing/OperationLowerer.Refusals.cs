using DiffCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Everything that is not lowered ends here: named where it is known, refused in any case.
internal sealed partial class OperationLowerer
{
    private Term Refuse(DiagnosticDescriptor descriptor, IOperation at, params string[] arguments)
    {
        _sink.Report(descriptor, Anchors.Of(at), arguments);
        return Term.Invalid;
    }

    private Term WithSink(DiagnosticSink sink, Func<Term> lower)
    {
        DiagnosticSink outer = _sink;
        _sink = sink;
        Term term = lower();
        _sink = outer;
        return term;
    }

    private Term Refuse(IOperation operation)
    {
        switch (operation)
        {
            case IInvalidOperation:
                return Refuse(Descriptors.InvalidCode, operation);
            case ILiteralOperation or INameOfOperation:
                return RefuseType(operation);
            case IMethodReferenceOperation method:
                return Refuse(Descriptors.MethodGroup, operation, method.Method.Name);
            case IDelegateCreationOperation { Target: { } target }:
                return Refuse(target);
            case IEventReferenceOperation reference:
                return Refuse(Descriptors.Event, operation, reference.Event.Name);
            case IEventAssignmentOperation assignment:
                return Refuse(Descriptors.Event, assignment.EventReference, (assignment.EventReference as IEventReferenceOperation)?.Event.Name ?? "");
            case IArrayElementReferenceOperation { ArrayReference: { } array } when IsRefusedVariable(array):
            case IInlineArrayAccessOperation { Instance: { } inline } when IsRefusedVariable(inline):
                return Term.Invalid;
            case ILabeledOperation label:
                return Refuse(Descriptors.Label, operation, label.Label.Name);
            case ITupleBinaryOperation:
                return Refuse(Descriptors.AggregateComparison, operation, OperatorText(operation));
            case ITypePatternOperation or IIsTypeOperation:
                return Refuse(Descriptors.TypeTest, operation);
        }

        DiagnosticDescriptor? known = OfKind(operation) ?? OfSyntax(operation.Syntax);
        return known is not null
            ? Refuse(known, operation)
            : Refuse(Descriptors.UnknownOperation, operation, operation.Kind == OperationKind.None ? operation.Syntax.Kind().ToString() : operation.Kind.ToString());
    }

    private static DiagnosticDescriptor? OfKind(IOperation operation) => operation switch
    {
        IForEachLoopOperation => Descriptors.ForEachLoop,
        IBranchOperation { BranchKind: BranchKind.GoTo } => Descriptors.Goto,
        IArrayCreationOperation or ICollectionExpressionOperation => Descriptors.ArrayCreation,
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IInlineArrayAccessOperation => Descriptors.ElementAccess,
        IRangeOperation => Descriptors.RangeOperator,
        IAnonymousFunctionOperation => Descriptors.Lambda,
        ITryOperation => Descriptors.Try,
        IUsingOperation or IUsingDeclarationOperation => Descriptors.Using,
        ILockOperation => Descriptors.Lock,
        IAddressOfOperation => Descriptors.Pointer,
        IInterpolatedStringOperation => Descriptors.InterpolatedText,
        IDeclarationPatternOperation => Descriptors.DeclarationPattern,
        IListPatternOperation or ISlicePatternOperation => Descriptors.ListPattern,
        IRecursivePatternOperation => Descriptors.RecursivePattern,
        ICoalesceOperation or ICoalesceAssignmentOperation or IConditionalAccessOperation => Descriptors.Null,
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation => Descriptors.Dynamic,
        ITranslatedQueryOperation => Descriptors.Query,
        ITypeOfOperation or ISizeOfOperation => Descriptors.TypeOf,
        IAnonymousObjectCreationOperation => Descriptors.AnonymousType,
        IConditionalOperation { IsRef: true } or ISimpleAssignmentOperation { IsRef: true } => Descriptors.RefLocal,
        ITypeParameterObjectCreationOperation => Descriptors.TypeParameterValue,
        _ => null,
    };

    // What the operation tree has no kind for.
    private static DiagnosticDescriptor? OfSyntax(SyntaxNode syntax) => syntax switch
    {
        FixedStatementSyntax => Descriptors.Fixed,
        UnsafeStatementSyntax => Descriptors.Pointer,
        StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax => Descriptors.StackAlloc,
        ElementAccessExpressionSyntax => Descriptors.ElementAccess,
        RefExpressionSyntax => Descriptors.RefLocal,
        PrefixUnaryExpressionSyntax p when p.IsKind(SyntaxKind.PointerIndirectionExpression) || p.IsKind(SyntaxKind.AddressOfExpression) => Descriptors.Pointer,
        MemberAccessExpressionSyntax m when m.IsKind(SyntaxKind.PointerMemberAccessExpression) => Descriptors.Pointer,
        _ => null,
    };

    /// <summary>A value that is refused for its type.</summary>
    private Term RefuseType(IOperation operation)
    {
        if (operation.Type is not { } type)
        {
            return Refuse(Descriptors.Null, operation);
        }

        return ShapeOf(type, out TypeProblem problem) is null
            ? Refuse(Descriptors.OfValue(problem), operation, KnownSymbols.Spell(type))
            : Refuse(Descriptors.UnknownOperation, operation, operation.Kind.ToString());
    }
}
