using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Tuples and positional record structs, which are no more than their members.
internal sealed partial class OperationLowerer
{
    private Term LowerTuple(ITupleOperation operation)
    {
        Term[] elements = operation.Elements.Select(Lower).ToArray();
        if (operation.Type is not INamedTypeSymbol { IsTupleType: true } type || ShapeOf(type, out TypeProblem problem) is not { } shape)
        {
            return elements.Any(e => e.IsInvalid) ? Term.Invalid : Refuse(Descriptors.UnknownOperation, operation, "a tuple without a type");
        }

        return Term.Join(shape, elements);
    }

    private Term LowerDefault(IDefaultValueOperation operation) =>
        operation.Type is not { } type ? Refuse(Descriptors.Null, operation)
        : ShapeOf(type, out TypeProblem problem) is { } shape ? (shape.Leaves.Any(l => l.Type.IsBuffer) ? Refuse(Descriptors.ArrayCreation, operation) : Term.Zero(shape))
        : Refuse(Descriptors.OfValue(problem), operation, KnownSymbols.Spell(type));

    private Term LowerCreation(IObjectCreationOperation operation)
    {
        var type = (INamedTypeSymbol)_frame.Types.Close(operation.Type!);
        if (ShapeOf(type, out TypeProblem problem) is not { } shape)
        {
            return problem == TypeProblem.Reference
                ? Refuse(Descriptors.ClassCreation, operation, KnownSymbols.Spell(type))
                : Refuse(Descriptors.OfValue(problem), operation, KnownSymbols.Spell(type));
        }

        if (IsBuffer(shape))
        {
            return Refuse(Descriptors.ArrayCreation, operation);
        }

        // new P() and new double() are zero unless the author wrote such a constructor.
        if (operation.Constructor is null or { IsImplicitlyDeclared: true, Parameters.IsEmpty: true })
        {
            return Initialized(operation.Initializer, Term.Zero(shape), type.Name);
        }

        if (shape is TupleShape tuple && operation.Arguments.Length == tuple.Elements.Count && tuple.Elements.Count < 8)
        {
            return Term.Join(shape, operation.Arguments.Select(a => Lower(a.Value)).ToArray());
        }

        if (shape is not StructShape || !SymbolEqualityComparer.Default.Equals(operation.Constructor.OriginalDefinition, StructReader.Constructor(type)?.OriginalDefinition))
        {
            return Refuse(Descriptors.StructInitializer, operation, type.Name);
        }

        Term?[] members = new Term?[operation.Arguments.Length];
        foreach (IArgumentOperation argument in operation.Arguments)
        {
            members[argument.Parameter!.Ordinal] = Lower(argument.Value);
        }

        return Initialized(operation.Initializer, Term.Join(shape, members.Select(m => m ?? Term.Invalid)), type.Name);
    }

    private Term LowerWith(IWithOperation operation)
    {
        Term value = Lower(operation.Operand);
        return Initialized(operation.Initializer, value, operation.Type?.Name ?? "");
    }

    /// <summary>A struct with some of its members replaced: { A = 1, B = x }.</summary>
    private Term Initialized(IObjectOrCollectionInitializerOperation? changes, Term value, string name)
    {
        if (value.IsInvalid || changes is null)
        {
            return value;
        }

        foreach (IOperation initializer in changes.Initializers)
        {
            if (initializer is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation target, Value: { } written } || IndexOfMember(value, target.Member) is not (>= 0 and int index))
            {
                return Refuse(Descriptors.StructInitializer, initializer, name);
            }

            Term member = Lower(written);
            if (member.IsInvalid)
            {
                return member;
            }

            value = value.WithMember(index, member);
        }

        return value;
    }

    private Term ReadProperty(IPropertyReferenceOperation operation)
    {
        IPropertySymbol property = _frame.Types.Close(operation.Property);
        if (operation.Instance is null && operation.ConstrainedToType is { } constrained)
        {
            return ReadNumericConstant(operation)
                ?? (property.GetMethod is { } getterOf && ImplementationOf(getterOf, constrained) is { } own && MethodBodies.HasBody(own, _context)
                    ? CallMethod(operation, own, []) : Refuse(Descriptors.StaticProperty, operation, property.Name));
        }

        if (operation.Instance is null)
        {
            return IsBufferType(property.ContainingType) ? Refuse(Descriptors.ArrayCreation, operation)
                : GetterOf(property) is { } computed ? CallMethod(operation, computed, [])
                : RefuseNumber(operation, property.Type) ?? Refuse(Descriptors.StaticProperty, operation, property.Name);
        }

        if (NamesElement(operation))
        {
            return LowerElement(operation);
        }

        if (property.Name == "Length" && IsBufferType(operation.Instance.Type))
        {
            Term whole = Lower(operation.Instance);
            return whole.IsInvalid ? whole : Term.Of(LengthOf(operation, whole));
        }

        if (property.Name == "IsEmpty" && IsBufferType(operation.Instance.Type))
        {
            Term whole = Lower(operation.Instance);
            return whole.IsInvalid ? whole : Term.Of(Emit(operation, Op.Equal, IrType.Bool, LengthOf(operation, whole), Literals.Int32(0)));
        }

        if (property.IsIndexer && (GetterOf(property) is not { } getter || SignatureParser.ReceiverOf(getter) is null))
        {
            return IsRefusedVariable(operation.Instance) ? Term.Invalid : Refuse(operation.Instance.Type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } ? Descriptors.ElementAccess : Descriptors.Indexer, operation);
        }

        if (operation.Instance.Type is ITypeParameterSymbol parameter && property.GetMethod is { } accessor && ImplementationOf(accessor, parameter) is { } reached)
        {
            return reached.AssociatedSymbol is IPropertySymbol found && ShapeOf(found.ContainingType, out _) is StructShape of && of.Members.Any(m => m.Name == found.Name)
                ? Lower(operation.Instance) is { IsInvalid: false } value ? value.Member(IndexOfMember(value, found)) : Term.Invalid
                : MethodBodies.HasBody(reached, _context) && SignatureParser.ReceiverOf(reached) is not null ? LowerMemberCall(operation, reached, operation.Instance, operation.Arguments)
                : Refuse(Descriptors.StructMember, operation, property.Name, KnownSymbols.Spell(_frame.Types.Close(parameter)));
        }

        if ((operation.Instance is IInstanceReferenceOperation && _frame.This is null) || property.ContainingType.IsReferenceType || ShapeOf(property.ContainingType, out _) is not StructShape)
        {
            return RefuseMemberOf(operation.Instance, operation, property.Name);
        }

        if (ShapeOf(property.ContainingType, out _) is StructShape shape && shape.Members.Any(m => m.Name == property.Name))
        {
            Term whole = Lower(operation.Instance);
            return whole.IsInvalid ? whole : whole.Member(IndexOfMember(whole, property));
        }

        return GetterOf(property) is { } get
            ? LowerMemberCall(operation, get, operation.Instance, operation.Arguments)
            : Refuse(Descriptors.StructMember, operation, property.Name, KnownSymbols.Spell(property.ContainingType));
    }

    /// <summary>The getter of a computed property whose source is here; null for properties with storage.</summary>
    private IMethodSymbol? GetterOf(IPropertySymbol property) =>
        property.GetMethod is { } getter && MethodBodies.HasSource(getter, _context) && MethodBodies.HasBody(getter, _context) ? getter : null;

    private Term RefuseMemberOf(IOperation instance, IOperation operation, string name)
    {
        // A span is known by its variable; what else it may be is said by its type.
        if (instance is IParameterReferenceOperation { Parameter: { } parameter } && IsBufferType(parameter.Type))
        {
            return Refuse(Descriptors.SpanUse, operation, name);
        }

        // What is made on the spot is refused where it is made, and a variable where it was declared.
        if (IsRefusedVariable(instance) || instance is IObjectCreationOperation or IInvocationOperation && Lower(instance).IsInvalid)
        {
            return Term.Invalid;
        }

        return RefuseNumber(operation, instance.Type) ?? Refuse(Descriptors.InstanceMember, operation, name);
    }

    /// <summary>Refuses a value whose type says more than the way in which it was obtained; null when it does not.</summary>
    private Term? RefuseNumber(IOperation operation, ITypeSymbol? type) =>
        type is not null && ShapeOf(type, out TypeProblem problem) is null && problem is not (TypeProblem.Reference or TypeProblem.NotReadonlyRecord or TypeProblem.NotPositional)
            ? Refuse(Descriptors.OfValue(problem), operation, KnownSymbols.Spell(type))
            : null;

    private static int IndexOfMember(Term value, ISymbol member) => IndexOfMember(value.Shape, member);

    /// <summary>The position of a member; -1 when it is not one of those that the shape is made of.</summary>
    private static int IndexOfMember(Shape? shape, ISymbol member) => shape switch
    {
        StructShape s => Array.FindIndex(s.Members.ToArray(), m => m.Name == member.Name),
        TupleShape when member is IFieldSymbol element => ElementIndex(element),
        _ => -1,
    };

    private static int ElementIndex(IFieldSymbol field)
    {
        IFieldSymbol element = field.CorrespondingTupleField ?? field;
        return int.Parse(element.Name.Substring("Item".Length), System.Globalization.CultureInfo.InvariantCulture) - 1;
    }
}
