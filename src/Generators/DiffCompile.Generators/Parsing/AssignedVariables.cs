using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>Which variables a piece of code may assign: those that a loop carries from trip to trip.</summary>
internal static class AssignedVariables
{
    public static IEnumerable<ISymbol> In(IEnumerable<IOperation> operations) =>
        operations.SelectMany(o => o.DescendantsAndSelf()).SelectMany(TargetsOf).Select(VariableOf).OfType<ISymbol>().Distinct<ISymbol>(SymbolEqualityComparer.Default);

    private static IEnumerable<IOperation> TargetsOf(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation o => [o.Target],
        ICompoundAssignmentOperation o => [o.Target],
        IIncrementOrDecrementOperation o => [o.Target],
        IDeconstructionAssignmentOperation o => Elements(o.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } o => [o.Value],
        _ => [],
    };

    private static IEnumerable<IOperation> Elements(IOperation target) => target switch
    {
        ITupleOperation o => o.Elements.SelectMany(Elements),
        IDeclarationExpressionOperation o => Elements(o.Expression),
        _ => [target],
    };

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation o => o.Local,
        IParameterReferenceOperation o => o.Parameter,
        IFieldReferenceOperation { Instance: { } instance } => VariableOf(instance),
        IPropertyReferenceOperation { Instance: { } instance, Property.IsIndexer: false } => VariableOf(instance),
        IDeclarationExpressionOperation o => VariableOf(o.Expression),
        _ => null,
    };
}
