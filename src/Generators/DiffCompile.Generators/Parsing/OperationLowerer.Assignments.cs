using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Assignments: single assignment by putting another value into the variable's slot.
internal sealed partial class OperationLowerer
{
    private Term LowerAssignment(ISimpleAssignmentOperation operation)
    {
        if (NamesElement(operation.Target))
        {
            // C# fixes the element before it computes the value.
            Place? place = LowerPlace(operation.Target);
            Term stored = Lower(operation.Value);
            if (place is { } element)
            {
                StoreElement(operation.Target, element, stored);
            }

            return place is null ? Refused(operation.Target) : stored;
        }

        Term value = Lower(operation.Value);
        Assign(operation.Target, value);
        return value;
    }

    private void Assign(IOperation target, Term value)
    {
        switch (target)
        {
            case IDiscardOperation:
                return;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value);
                return;
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } local:
                if (local.IsDeclaration)
                {
                    DeclareLocals([local.Local]);
                }

                AssignVariable(target, local.Local, value);
                return;
            case IInlineArrayAccessOperation access when !NamesElement(access):
                AssignInlineElement(access, value);
                return;
            case IParameterReferenceOperation named when _members.TryGetValue(named.Parameter, out IFieldReferenceOperation? member):
                Assign(member, value);
                return;
            case IParameterReferenceOperation parameter when !NamesElement(parameter):
                AssignVariable(target, parameter.Parameter, value);
                return;
            case ILocalReferenceOperation:
                Refuse(Descriptors.RefLocal, target);
                return;
            case var element when NamesElement(element):
                if (LowerPlace(element) is { } place)
                {
                    StoreElement(element, place, value);
                }
                else
                {
                    Refused(element);
                }

                return;
            case IMemberReferenceOperation { Instance: { Type: { } type } instance } member when instance is not IInstanceReferenceOperation && IndexOfMember(ShapeOf(type, out _), member.Member) >= 0:
                AssignMember(member, instance, value);
                return;
            default:
                RefuseTarget(target);
                return;
        }
    }

    private void AssignVariable(IOperation target, ISymbol symbol, Term value)
    {
        if (_inlineArrays.TryGetValue(symbol, out Term? elements))
        {
            StoreAll(target, elements, value);
            return;
        }

        int slot = _variables.Find(symbol);
        if (_delegates.ContainsKey(symbol))
        {
            Refuse(Descriptors.DelegateValue, target, symbol.Name);
        }
        else if (slot < 0)
        {
            Refuse(Descriptors.UnknownOperation, target, "the variable " + symbol.Name);
        }
        else if (value.IsInvalid)
        {
            _variables[slot] = value;
        }
        else
        {
            // Names of tuple elements belong to the variable.
            Shape shape = _variables[slot].IsInvalid ? value.Shape : _variables[slot].Shape;
            Store(slot, new Term(shape, value.Leaves));
        }
    }

    private void AssignMember(IMemberReferenceOperation member, IOperation instance, Term value)
    {
        Term whole = Lower(instance);
        if (!whole.IsInvalid && !value.IsInvalid)
        {
            Assign(instance, whole.WithMember(IndexOfMember(whole, member.Member), value));
        }
    }

    // An element that is read and written, or written later, has its buffer and index evaluated once and first.
    private void FixPlace(IOperation target)
    {
        if (NamesElement(target))
        {
            _places.Remove(target);
            if (LowerPlace(target) is { } place)
            {
                _places[target] = place;
            }
        }
    }

    private void RefuseTarget(IOperation target)
    {
        if (IsRefusedVariable(target) && _sink.HasErrors)
        {
            return;
        }

        if (target is IFieldReferenceOperation { Field: { IsStatic: true } field })
        {
            Refuse(Descriptors.MutableStatic, target, field.Name);
        }
        else if (target is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false })
        {
            Refuse(Descriptors.AssignmentTarget, target);
        }
        else
        {
            Refuse(target);
        }
    }

    private Term LowerCompound(ICompoundAssignmentOperation operation)
    {
        FixPlace(operation.Target);
        Term before = Lower(operation.Target);
        if (before.IsInvalid)
        {
            return before;
        }

        IMethodSymbol? defined = DefinedOperator(operation.OperatorMethod, operation.ConstrainedToType);
        bool isOfNumber = operation.OperatorMethod is { } of && IsOfNumber(of, operation.ConstrainedToType);
        if (operation.IsLifted || operation.OperatorMethod is not null && defined is null && !isOfNumber)
        {
            return Refuse(Descriptors.UnsupportedOperator, operation, OperatorText(operation), KnownSymbols.Spell(operation.Target.Type!));
        }

        if (defined is not null)
        {
            return CompoundByMethod(operation, _frame.Types.Close(defined), before);
        }

        Term value = Lower(operation.Value);
        if (value.IsInvalid)
        {
            return value;
        }

        // x op= y is x = (T)((P)x op y), P being the type to which y has been converted.
        bool isShift = operation.OperatorKind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
        Term left = isShift || value.Shape is not ScalarShape ? before : Convert(operation, before, value.Shape, operation.IsChecked);
        Term result = left.IsInvalid ? left : Binary(operation, operation.OperatorKind, operation.IsChecked, left, value, operation.Type);
        Term after = result.IsInvalid ? result : Convert(operation, result, before.Shape, operation.IsChecked);
        Assign(operation.Target, after);
        return after;
    }

    private Term CompoundByMethod(ICompoundAssignmentOperation operation, IMethodSymbol method, Term before)
    {
        if (operation.InConversion.IsUserDefined || operation.OutConversion.IsUserDefined || ShapeOf(method.Parameters[0].Type, out _) is not { } shape)
        {
            return Refuse(Descriptors.UnsupportedOperator, operation, OperatorText(operation), RuleSignature.Spell(before.Shape));
        }

        Term left = Convert(operation, before, shape, operation.IsChecked), right = Lower(operation.Value);
        Term made = left.IsInvalid || right.IsInvalid ? Term.Invalid : CallMethod(operation, method, [left, right]);
        Term after = made.IsInvalid ? made : Convert(operation, made, before.Shape, operation.IsChecked);
        Assign(operation.Target, after);
        return after;
    }

    private Term LowerIncrement(IIncrementOrDecrementOperation operation)
    {
        FixPlace(operation.Target);
        Term before = Lower(operation.Target);
        if (before.IsInvalid)
        {
            return before;
        }

        bool isDefined = operation.OperatorMethod is { } method && !IsOfNumber(method, operation.ConstrainedToType);
        if (isDefined || operation.IsLifted || before.Shape is not ScalarShape { Type: { IsScalar: true } type } shape || !(type.IsFloat || type.IsInteger))
        {
            return Refuse(Descriptors.UnsupportedOperator, operation, OperatorText(operation), RuleSignature.Spell(before.Shape));
        }

        Value one = type.Scalar switch
        {
            ScalarKind.Int32 => Literals.Int32(1),
            ScalarKind.Int64 => Literals.Int64(1),
            _ => Literals.Float(type, 1.0),
        };
        BinaryOperatorKind kind = operation.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        Term after = new(shape, [Emit(operation, OperatorOf(kind, type, operation.IsChecked)!, type, before.Scalar, one)]);
        Assign(operation.Target, after);
        return operation.IsPostfix ? before : after;
    }

    private Term LowerDeconstruction(IDeconstructionAssignmentOperation operation)
    {
        foreach (IOperation target in operation.Target.DescendantsAndSelf().Where(NamesElement).ToArray())
        {
            FixPlace(target);
        }

        Term value = Lower(operation.Value);
        if (value.IsInvalid)
        {
            return value;
        }

        DeconstructionInfo info = operation.Syntax is AssignmentExpressionSyntax syntax
            ? operation.SemanticModel!.GetDeconstructionInfo(syntax)
            : default;
        Deconstruct(operation.Target, value, info);
        return value;
    }

    private void Deconstruct(IOperation target, Term value, DeconstructionInfo info)
    {
        IOperation inner = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        if (inner is not ITupleOperation tuple)
        {
            Term converted = inner.Type is { } type && inner is not IDiscardOperation && ShapeOf(type, out _) is { } shape
                ? Convert(target, value, shape, isChecked: false)
                : value;
            Assign(inner, converted);
            return;
        }

        // The compiler's own Deconstruct of a record hands out the members in order; another could compute anything.
        int count = value.Shape.Parts.Count;
        if (count != tuple.Elements.Length || (info.Method is { } method && !KnownSymbols.IsSynthesized(method)))
        {
            Refuse(Descriptors.CustomDeconstruct, target, RuleSignature.Spell(value.Shape));
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Deconstruct(tuple.Elements[i], value.Member(i), i < info.Nested.Length ? info.Nested[i] : default);
        }
    }
}
