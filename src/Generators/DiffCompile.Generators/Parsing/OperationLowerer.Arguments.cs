using System.Collections.Immutable;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Arguments of functions that are written out at their call. A parameter by reference is another name for the caller's
// variable or element, so that two names of one variable see each other's assignments, as they do in C#.
internal sealed partial class OperationLowerer
{
    // Parameters that name an element, or the member of a tuple or struct.
    private readonly Dictionary<ISymbol, Place> _elements = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IFieldReferenceOperation> _members = new(SymbolEqualityComparer.Default);

    /// <summary>What a parameter stands for during a call.</summary>
    private abstract record Argument;

    private sealed record ValueArgument(Term Value) : Argument;

    private sealed record VariableArgument(int Slot) : Argument;

    private sealed record ElementArgument(Place Place) : Argument;

    private sealed record MemberArgument(int Slot, IFieldReferenceOperation Member) : Argument;

    private sealed record InlineArrayArgument(Term Elements) : Argument;

    private sealed record DelegateArgument(DelegateTarget Target) : Argument;

    /// <summary>The arguments by position, evaluated in the order of C#; null when one is refused.</summary>
    private Argument[]? LowerInlinedArguments(ImmutableArray<IArgumentOperation> given, IMethodSymbol method)
    {
        Argument?[] arguments = new Argument?[method.Parameters.Length];
        foreach (IArgumentOperation argument in given)
        {
            int ordinal = argument.Parameter!.Ordinal;
            arguments[ordinal] = method.Parameters[ordinal].RefKind == RefKind.None ? ByValue(argument.Value) : ByReference(argument, method.Parameters[ordinal]);
        }

        return arguments.Any(a => a is null or ValueArgument { Value.IsInvalid: true }) ? null : arguments.Select(a => a!).ToArray();
    }

    private static bool IsByReference(IArgumentOperation argument) => argument.Parameter is { RefKind: not RefKind.None };

    /// <summary>
    /// The name of a variable or array that a call changes through one reference and sees through another; null when there is none.
    /// </summary>
    private string? ChangedTwice(ImmutableArray<IArgumentOperation> arguments, IOperation? receiver)
    {
        List<(string Name, int Slot, bool IsChanged)> seen = receiver is null || NamesElement(receiver) ? [] : [("this", IdentityOf(VariableOf(receiver)!), false)];
        foreach (IArgumentOperation argument in arguments.Where(IsByReference))
        {
            if (VariableOf(argument.Value) is { } variable && (IsVariable(argument.Value) || argument.Value is IDeclarationExpressionOperation) && !NamesElement(argument.Value))
            {
                seen.Add((variable.Name, IdentityOf(variable), argument.Parameter!.RefKind is RefKind.Out or RefKind.Ref));
            }
        }

        return seen.Where(v => v.Slot >= 0).GroupBy(v => v.Slot).FirstOrDefault(g => g.Count() > 1 && g.Any(v => v.IsChanged))?.Last().Name ?? ElementChangedTwice(arguments);
    }

    // Whether two elements are the same one is known at run time only.
    private string? ElementChangedTwice(ImmutableArray<IArgumentOperation> arguments)
    {
        IArgumentOperation[] elements = arguments.Where(a => IsByReference(a) && NamesElement(a.Value)).ToArray();
        bool changes = elements.Any(e => e.Parameter!.RefKind is RefKind.Out or RefKind.Ref);
        int buffers = arguments.Count(a => IsBufferType(a.Parameter!.Type));
        return elements.Length > 0 && (elements.Length > 1 ? changes || buffers > 0 : buffers > 0) ? elements[0].Value.Syntax.ToString() : null;
    }

    private Argument ByValue(IOperation value) =>
        value.Type?.TypeKind == TypeKind.Delegate && TargetOf(value) is { } target ? new DelegateArgument(target) : new ValueArgument(Lower(value));

    private Argument? ByReference(IArgumentOperation argument, IParameterSymbol parameter)
    {
        bool isRead = parameter.RefKind is not (RefKind.Ref or RefKind.Out);
        switch (argument.Value)
        {
            case IDiscardOperation when ShapeOf(parameter.Type, out _) is { } shape:
                return new ValueArgument(Term.Zero(shape));
            case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared }:
                DeclareLocals([declared.Local]);
                if (ElementsOf(declared) is { } fresh)
                {
                    return new InlineArrayArgument(fresh);
                }

                return new VariableArgument(_variables.Find(declared.Local));
            case ILocalReferenceOperation or IParameterReferenceOperation when ElementsOf(argument.Value) is { } elements:
                return new InlineArrayArgument(elements);
            case var element when NamesElement(element):
                // C# looks at the element before the call, and fails there.
                if (LowerPlace(element) is not { } place)
                {
                    Refused(element);
                    return null;
                }

                LoadElement(element, place);
                return new ElementArgument(place);
            case ILocalReferenceOperation or IParameterReferenceOperation when VariableOf(argument.Value) is { } variable && _members.TryGetValue(variable, out IFieldReferenceOperation? member):
                return new MemberArgument(_variables.Find(variable), member);
            case ILocalReferenceOperation or IParameterReferenceOperation when VariableOf(argument.Value) is { } variable && _variables.Find(variable) is >= 0 and int slot:
                return IsRefusedVariable(argument.Value) ? null : new VariableArgument(slot);
            case IFieldReferenceOperation { Instance: { Type: { } owner } } member when IndexOfMember(ShapeOf(owner, out _), member.Field) >= 0 && VariableOf(member) is { } variable && _variables.Find(variable) is >= 0 and int slot:
                return new MemberArgument(slot, member);
            case var value when isRead:
                return ByValue(value);
            default:
                Refuse(Descriptors.RefArgument, argument, parameter.Name);
                return null;
        }
    }

    private void Bind(IMethodSymbol method, IReadOnlyList<Argument> arguments)
    {
        foreach (IParameterSymbol parameter in method.OriginalDefinition.Parameters)
        {
            switch (arguments[parameter.Ordinal])
            {
                case VariableArgument variable:
                    _variables.Name(parameter, variable.Slot);
                    break;
                case MemberArgument member:
                    _variables.Name(parameter, member.Slot);
                    _members[parameter] = member.Member;
                    break;
                case ElementArgument element:
                    _elements[parameter] = element.Place;
                    break;
                case DelegateArgument function:
                    _delegates[parameter] = function.Target;
                    break;
                case InlineArrayArgument array:
                    _inlineArrays[parameter] = array.Elements;
                    break;
                case ValueArgument value when DeclareInlineArray(parameter, value.Value):
                    break;
                case ValueArgument value:
                    _variables.Declare(parameter, value.Value);
                    Store(_variables.Find(parameter), new Term(ShapeOf(parameter.Type, out _) ?? value.Value.Shape, value.Value.Leaves));
                    break;
            }
        }
    }

    private void Unbind(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.OriginalDefinition.Parameters)
        {
            _variables.Forget(parameter);
            _members.Remove(parameter);
            _elements.Remove(parameter);
            _inlineArrays.Remove(parameter);
            _delegates.Remove(parameter);
        }
    }
}
