using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// Which variables a piece of code may assign: those that a loop carries from trip to trip. Bodies of the method's own
/// functions are looked at where they are called, because they assign what they capture.
/// </summary>
internal static class AssignedVariables
{
    /// <param name="operations">The code.</param>
    /// <param name="textsOf">What a call may run that can assign variables of its surroundings.</param>
    public static IEnumerable<ISymbol> In(IEnumerable<IOperation> operations, Func<IInvocationOperation, IEnumerable<IOperation>> textsOf)
    {
        HashSet<ISymbol> assigned = new(SymbolEqualityComparer.Default);
        HashSet<IOperation> seen = [];
        Stack<IOperation> open = new(operations);
        while (open.Count > 0)
        {
            foreach (IOperation operation in open.Pop().DescendantsAndSelf())
            {
                assigned.UnionWith(TargetsOf(operation).Select(VariableOf).OfType<ISymbol>());
                foreach (IOperation text in operation is IInvocationOperation call ? textsOf(call).Where(seen.Add) : [])
                {
                    open.Push(text);
                }
            }
        }

        return assigned;
    }

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
        IInlineArrayAccessOperation o => VariableOf(o.Instance),
        IDeclarationExpressionOperation o => VariableOf(o.Expression),
        _ => null,
    };
}
