using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Inline arrays. As values they are as many members, like a tuple. A variable whose elements are asked for by a computed index, as a
// span or by reference is memory of its own, into which values are copied and from which they are read.
internal sealed partial class OperationLowerer
{
    private readonly Dictionary<ISymbol, Term> _inlineArrays = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IOperation, HashSet<ISymbol>> _asMemory = new();

    private bool IsInlineArrayType(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Struct } && ShapeOf(type, out _) is InlineArrayShape;

    /// <summary>Gives a variable memory of its own where that is needed; false for all others.</summary>
    private bool DeclareInlineArray(ISymbol variable, Term? value)
    {
        ITypeSymbol? type = variable switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };
        if (!IsInlineArrayType(type) || !IsMemory(variable) || _frame.Body is not { } origin || ShapeOf(type!, out _) is not InlineArrayShape shape)
        {
            return false;
        }

        Shape elements = shape.Item is ScalarShape scalar ? new ScalarShape(scalar.Type with { Container = ContainerKind.Span }) : new BufferShape(shape.Item, ContainerKind.Span, 1);
        _inlineArrays[variable] = Reserve(origin, elements, Literals.Int32(shape.Length), []);
        foreach ((Value column, int i) in ColumnsOf(_inlineArrays[variable]).Select((c, i) => (c, i)))
        {
            // A parameter's own name is taken.
            _names[column.Id] = Naming.OfLeaf(variable.Name + (variable is IParameterSymbol ? "Elements" : ""), elements, i);
        }

        if (value is not null)
        {
            StoreAll(origin, _inlineArrays[variable], value);
        }

        return true;
    }

    /// <summary>The first value of a variable that has memory, which is zero as yet; false for all others.</summary>
    private bool InitializeInlineArray(ISymbol variable, IOperation initial)
    {
        if (!_inlineArrays.TryGetValue(variable, out Term? elements))
        {
            return false;
        }

        if (initial is not (IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null }))
        {
            StoreAll(initial, elements, Lower(initial));
        }

        return true;
    }

    /// <summary>The elements of a variable that has memory; null for everything else.</summary>
    private Term? ElementsOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation o => _inlineArrays.TryGetValue(o.Local, out Term? elements) ? elements : null,
        IParameterReferenceOperation o => _inlineArrays.TryGetValue(o.Parameter, out Term? elements) ? elements : null,
        IDeclarationExpressionOperation o => ElementsOf(o.Expression),
        _ => null,
    };

    private Term LowerInlineAccess(IInlineArrayAccessOperation operation)
    {
        if (operation.Argument is IRangeOperation range)
        {
            return ElementsOf(operation.Instance) is { } whole ? LowerRange(operation, whole, range) : Refuse(Descriptors.InlineArrayUse, operation, operation.Instance.Syntax.ToString());
        }

        if (NamesElement(operation))
        {
            return LowerElement(operation);
        }

        Term value = Lower(operation.Instance);
        if (value.IsInvalid || value.Shape is not InlineArrayShape)
        {
            return Term.Invalid;
        }

        return ConstantIndex(operation) is { } index ? value.Member(index) : Refuse(Descriptors.InlineArrayUse, operation, operation.Instance.Syntax.ToString());
    }

    private Place? InlinePlace(IInlineArrayAccessOperation operation)
    {
        if (ElementsOf(operation.Instance) is { } elements)
        {
            return LowerIndex(operation, Unwrapped(operation.Argument), elements) is { } index ? PlaceAt(operation, elements, [index]) : null;
        }

        return LowerPlace(operation.Instance) is { } whole && ConstantIndex(operation) is { } member ? whole.Member(member) : null;
    }

    private void AssignInlineElement(IInlineArrayAccessOperation target, Term value)
    {
        if (ConstantIndex(target) is not { } index)
        {
            Refuse(Descriptors.InlineArrayUse, target, target.Instance.Syntax.ToString());
            return;
        }

        Term whole = Lower(target.Instance);
        if (!whole.IsInvalid && !value.IsInvalid)
        {
            Assign(target.Instance, whole.WithMember(index, value));
        }
    }

    // A constant that lies outside is an error of C#.
    private static int? ConstantIndex(IInlineArrayAccessOperation operation) =>
        operation.Argument.ConstantValue is { HasValue: true, Value: int index } && index >= 0 ? index : null;

    private Term LoadAll(IOperation origin, Term elements, ISymbol variable)
    {
        ITypeSymbol type = variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;
        var shape = (InlineArrayShape)ShapeOf(type, out _)!;
        Value[] columns = ColumnsOf(elements).ToArray();
        var leaves = new List<Value>();
        for (int i = 0; i < shape.Length; i++)
        {
            foreach (Value column in columns)
            {
                Value leaf = NewValue(column.Type.Element, origin);
                _builder.Add(new MemoryEquation([leaf], MemoryOp.Load, [column, Literals.Int32(i)], IsPrimal: false));
                leaves.Add(leaf);
            }
        }

        return new Term(shape, leaves);
    }

    private void StoreAll(IOperation origin, Term elements, Term value)
    {
        for (int i = 0; !value.IsInvalid && i < value.Shape.Parts.Count; i++)
        {
            StoreElement(origin, elements, Literals.Int32(i), value.Member(i));
        }
    }

    /// <summary>Tells variables apart whose values two references may share.</summary>
    private int IdentityOf(ISymbol variable) => _inlineArrays.TryGetValue(variable, out Term? elements) ? int.MaxValue - elements.Scalar.Id : _variables.Find(variable);

    private bool IsMemory(ISymbol variable)
    {
        IBlockOperation body = _frame.Body!;
        if (!_asMemory.TryGetValue(body, out HashSet<ISymbol>? found))
        {
            found = new HashSet<ISymbol>(body.DescendantsAndSelf().Select(VariableAsMemory).OfType<ISymbol>(), SymbolEqualityComparer.Default);
            _asMemory.Add(body, found);
        }

        return found.Contains(variable);
    }

    private static ISymbol? VariableAsMemory(IOperation operation) => operation switch
    {
        IInlineArrayAccessOperation o when ConstantIndex(o) is null => Named(o.Instance),
        IConversionOperation { Type: INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } } o => Named(o.Operand),
        IForEachLoopOperation o => Named(o.Collection),
        IArgumentOperation { Parameter: { RefKind: not RefKind.None } } o => Named(o.Value is IInlineArrayAccessOperation element ? element.Instance : o.Value),
        _ => null,
    };

    private static ISymbol? Named(IOperation operation) => operation switch
    {
        ILocalReferenceOperation o => o.Local,
        IParameterReferenceOperation o => o.Parameter,
        IDeclarationExpressionOperation o => Named(o.Expression),
        IConversionOperation { IsImplicit: true } o => Named(o.Operand),
        _ => null,
    };
}
