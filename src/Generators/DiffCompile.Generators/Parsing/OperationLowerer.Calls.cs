using System.Collections.Immutable;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Calls: arguments in the order in which C# evaluates them, then one equation, then the out variables.
internal sealed partial class OperationLowerer
{
    private Term LowerCall(IInvocationOperation call)
    {
        IMethodSymbol method = _frame.Types.Close(call.TargetMethod);
        if (LowerBufferCall(call) is { } known)
        {
            return known;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke && call.Instance is { } held && TargetOf(held) is { } target)
        {
            return LowerDelegateCall(call, target);
        }

        if ((call.ConstrainedToType ?? call.Instance?.Type) is ITypeParameterSymbol constrained && _frame.Types.Close(constrained) is not ITypeParameterSymbol)
        {
            return LowerConstrained(call, constrained);
        }

        if (call.Instance is null && method.ContainingType.SpecialType != SpecialType.None && LowerCreate(call, method.ContainingType) is { } created)
        {
            return created;
        }

        if (call.Instance is { } instance && SignatureParser.ReceiverOf(method) is not null && MethodBodies.HasSource(method, _context) && !IsRefusedVariable(instance))
        {
            return LowerMemberCall(call, method, instance, call.Arguments);
        }

        if (call.Instance is not null)
        {
            return RefuseInstanceCall(call, call.Instance, method);
        }

        if (method.MethodKind != MethodKind.LocalFunction && (method.IsAbstract || method.IsVirtual || call.ConstrainedToType is not null))
        {
            return Refuse(Descriptors.VirtualCall, call, KnownSymbols.DisplayOf(method));
        }

        return TextToShare(call.Arguments, method) is { } body ? LowerInlined(call, method, call.Arguments, body) : LowerResolved(call, method, call.Arguments);
    }

    /// <summary>A method or a computed property of a struct, whose value is the first input.</summary>
    private Term LowerMemberCall(IOperation origin, IMethodSymbol method, IOperation instance, ImmutableArray<IArgumentOperation> arguments)
    {
        // C# hands over a variable or an element itself, so that what changes it during the call counts.
        bool isVariable = IsVariable(instance), isElement = NamesElement(instance);
        if (isElement)
        {
            FixPlace(instance);
        }

        Term receiver = isVariable && !isElement ? Term.Nothing : Lower(instance);
        if (receiver.IsInvalid)
        {
            return receiver;
        }

        Func<Term> self = isVariable || isElement ? () => Lower(instance) : () => receiver;
        if (TextToShare(arguments, method, isVariable || isElement ? instance : null) is { } body)
        {
            return LowerInlined(origin, method, arguments, body, self: self);
        }

        return isElement && arguments.Any(MayChangeElement) ? Refuse(Descriptors.AliasedOut, origin, instance.Syntax.ToString()) : LowerResolved(origin, method, arguments, self);
    }

    // Which elements are the same is known at run time only.
    private bool MayChangeElement(IArgumentOperation argument) => IsBufferType(argument.Parameter!.Type) || (IsByReference(argument) && NamesElement(argument.Value));

    private Term LowerResolved(IOperation call, IMethodSymbol method, ImmutableArray<IArgumentOperation> given, Func<Term>? self = null)
    {
        if (given.FirstOrDefault(a => a.Parameter?.RefKind == RefKind.Ref) is { } changed)
        {
            return Refuse(Descriptors.RefArgument, changed, changed.Parameter!.Name);
        }

        if (ResolveCall(call, method) is not { } target)
        {
            return Term.Invalid;
        }

        if (LowerArguments(call, given) is not { } arguments)
        {
            return Term.Invalid;
        }

        IReadOnlyList<Term> inputs = self is null ? arguments.Inputs : [self(), .. arguments.Inputs];
        return inputs.Any(i => i.IsInvalid) ? Term.Invalid : CallTo(call, method, target, inputs, arguments.Outs);
    }

    /// <summary>A call without argument list: an operator or a conversion that a struct defines.</summary>
    private Term LowerCall(IOperation origin, IMethodSymbol method, IReadOnlyList<IOperation> operands)
    {
        Term[] arguments = operands.Select(Lower).ToArray();
        return arguments.Any(a => a.IsInvalid) ? Term.Invalid : CallMethod(origin, method, arguments);
    }

    private Term CallMethod(IOperation origin, IMethodSymbol method, Term[] arguments) =>
        _frame.Types.Close(method) is var closed && ResolveCall(origin, closed) is { } target ? CallTo(origin, closed, target, arguments, []) : Term.Invalid;

    private Term CallTo(IOperation origin, IMethodSymbol method, CallTarget target, IReadOnlyList<Term> inputs, IReadOnlyList<IOperation> outs)
    {
        if (SignatureParser.Parse(method, _sink, Anchors.Of(origin), _context.CancellationToken) is not { } signature)
        {
            return Term.Invalid;
        }

        Value[] arguments = inputs.SelectMany(i => i.Leaves).ToArray();
        if (target is PrimitiveTarget primitive)
        {
            return new Term(signature.Result!, [Emit(origin, primitive.Op, ((ScalarShape)signature.Result!).Type, arguments)]);
        }

        NamedShape[] outputs = signature.Outputs.ToArray();
        Term[] results = outputs.Select(o => new Term(o.Shape, o.Shape.Leaves.Select(l => NewValue(l.Type, origin)).ToArray())).ToArray();
        EquatableArray<Value> leaves = results.SelectMany(r => r.Leaves).ToEquatableArray();
        Equation equation = target is FunctionTarget function
            ? new CallEquation(leaves, function.Function, arguments.ToEquatableArray())
            : new ExternalCallEquation(leaves, ((ExternalTarget)target).Method, arguments.ToEquatableArray());
        _builder.Add(equation);
        _callSites.Add((equation, Anchors.Of(origin)));

        int first = signature.Result is null ? 0 : 1;
        for (int i = 0; i < outs.Count; i++)
        {
            Assign(outs[i], results[first + i]);
        }

        return first == 1 ? results[0] : Term.Nothing;
    }

    private (IReadOnlyList<Term> Inputs, IReadOnlyList<IOperation> Outs)? LowerArguments(IOperation call, ImmutableArray<IArgumentOperation> arguments)
    {
        var inputs = new SortedDictionary<int, Term>();
        var outs = new SortedDictionary<int, IOperation>();
        List<(int Ordinal, IOperation Variable)> readLast = [];
        foreach (IArgumentOperation argument in arguments)
        {
            int ordinal = argument.Parameter!.Ordinal;
            switch (argument.Parameter.RefKind)
            {
                case RefKind.Out:
                    FixPlace(argument.Value);
                    if (_places.TryGetValue(argument.Value, out Place? place))
                    {
                        // C# looks at the element before the call, and fails there.
                        LoadElement(argument.Value, place);
                    }

                    outs.Add(ordinal, argument.Value);
                    break;
                case not RefKind.None when IsVariable(argument.Value):
                    // The callee sees the variable itself, so later arguments that change it count.
                    readLast.Add((ordinal, argument.Value));
                    break;
                default:
                    inputs.Add(ordinal, Lower(argument.Value));
                    break;
            }
        }

        foreach ((int ordinal, IOperation variable) in readLast)
        {
            inputs.Add(ordinal, Lower(variable));
        }

        if (ChangedTwice(arguments, null) is { } twice)
        {
            Refuse(Descriptors.AliasedOut, call, twice);
            return null;
        }

        return inputs.Values.Any(v => v.IsInvalid) ? null : (inputs.Values.ToArray(), outs.Values.ToArray());
    }


    /// <summary>Is this a variable whose declaration or value has been reported already?</summary>
    private bool IsRefusedVariable(IOperation operation) =>
        VariableOf(operation) is { } variable && _variables.Find(variable) is >= 0 and int slot && _variables[slot].IsInvalid;

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation l => l.Local,
        IParameterReferenceOperation p => p.Parameter,
        IDeclarationExpressionOperation d => VariableOf(d.Expression),
        IFieldReferenceOperation { Instance: { } instance } => VariableOf(instance),
        IPropertyReferenceOperation { Instance: { } instance } => VariableOf(instance),
        _ => null,
    };

    /// <summary>Is this a variable or a member of a tuple, so that a reference to it sees later changes?</summary>
    private static bool IsVariable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation => true,
        IFieldReferenceOperation { Instance: { } instance } => IsVariable(instance),
        _ => false,
    };

    private Term RefuseInstanceCall(IInvocationOperation call, IOperation instance, IMethodSymbol method)
    {
        if (IsRefusedVariable(instance))
        {
            return Term.Invalid;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return Refuse(Descriptors.DelegateCall, call);
        }

        if (instance is not IInstanceReferenceOperation && instance.Type is { } type)
        {
            if (IsBufferType(type))
            {
                return Refuse(Descriptors.SpanUse, call, method.Name);
            }

            if (instance is IObjectCreationOperation or IInvocationOperation && Lower(instance).IsInvalid)
            {
                return Term.Invalid;
            }

            if (type.TypeKind == TypeKind.Interface || method.IsAbstract || (method.IsVirtual && !type.IsSealed))
            {
                return Refuse(Descriptors.VirtualCall, call, KnownSymbols.DisplayOf(method));
            }

            if (RefuseNumber(call, type) is { } refused)
            {
                return refused;
            }
        }

        return Refuse(Descriptors.InstanceCall, call, KnownSymbols.DisplayOf(method));
    }
}
