using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Fields: elements of tuples, and static readonly fields whose initial value can be lowered in place, so that a
// specification can be used in other types and assemblies.
internal sealed partial class OperationLowerer
{
    private readonly Stack<IFieldSymbol> _fields = new();

    // Arrays of static fields: made once, before anything else, and never written.
    private readonly Dictionary<IFieldSymbol, Term> _tables = new(SymbolEqualityComparer.Default);
    private readonly HashSet<int> _constantBuffers = [];
    private readonly List<Equation> _prologue = [];

    private Term ReadField(IFieldReferenceOperation operation)
    {
        IFieldSymbol field = operation.Field;
        if (operation.Instance is { } instance)
        {
            if (NamesElement(operation))
            {
                return LowerElement(operation);
            }

            if (!field.ContainingType.IsTupleType && ((instance is IInstanceReferenceOperation && _frame.This is null) || ShapeOf(field.ContainingType, out _) is not StructShape))
            {
                return RefuseMemberOf(instance, operation, field.Name);
            }

            Term whole = Lower(instance);
            return whole.IsInvalid ? whole : whole.Member(IndexOfMember(whole, field));
        }

        if (field.ContainingType.TypeKind == TypeKind.Enum || field.IsConst)
        {
            return RefuseType(operation);
        }

        return field.IsReadOnly ? IsBufferType(field.Type) ? ReadTable(operation, field) : ReadStatic(operation, field) : Refuse(Descriptors.MutableStatic, operation, field.Name);
    }

    private Term ReadTable(IFieldReferenceOperation operation, IFieldSymbol field)
    {
        if (!_tables.TryGetValue(field, out Term? table))
        {
            _builder.BeginRegion();
            table = ReadStatic(operation, field);
            if (!table.IsInvalid)
            {
                foreach (Value column in ColumnsOf(table))
                {
                    _builder.Add(new MemoryEquation([], MemoryOp.Constant, [column], IsPrimal: true));
                    _constantBuffers.Add(column.Id);
                }

            }

            _prologue.AddRange(_builder.EndRegion([]).Body);
            _tables.Add(field, table);
        }

        return table;
    }

    private Term ReadStatic(IFieldReferenceOperation operation, IFieldSymbol field)
    {
        if (ShapeOf(field.Type, out TypeProblem problem) is not { } shape)
        {
            return Refuse(Descriptors.OfValue(problem), operation, KnownSymbols.Spell(field.Type));
        }

        if (Initializer(field, out string reason) is not { } initializer)
        {
            return Refuse(Descriptors.StaticInitializer, operation, field.Name, reason);
        }

        // Refusals inside the initial value are told where the field is used.
        var inner = new DiagnosticSink();
        _fields.Push(field);
        Frame user = _frame;
        _frame = user with { Types = TypeArguments.Of((INamedTypeSymbol)user.Types.Close(field.ContainingType), _context.Compilation), This = null };
        Term value = WithSink(inner, () => Convert(operation, Lower(initializer), shape, isChecked: false));
        _frame = user;
        _fields.Pop();
        if (!inner.HasErrors)
        {
            return value;
        }

        DiagnosticInfo first = inner.Items[0];
        string why = first.Id == Descriptors.StaticInitializer.Id ? $"it uses '{first.Arguments[0]}', and {first.Arguments[1]}" : "its initial value is refused (" + first.Message + ")";
        return Refuse(Descriptors.StaticInitializer, operation, field.Name, why);
    }

    private IOperation? Initializer(IFieldSymbol field, out string reason)
    {
        reason = "its initial value is not in the source of this assembly";
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_context.CancellationToken) is not VariableDeclaratorSyntax { SyntaxTree: { } tree } declarator
            || !SymbolEqualityComparer.Default.Equals(field.ContainingAssembly, _context.Compilation.Assembly))
        {
            return null;
        }

        if (declarator.Initializer is null || field.ContainingType.StaticConstructors.Any(c => !c.IsImplicitlyDeclared))
        {
            reason = "a static constructor can assign it";
            return null;
        }

        // Static fields are filled from top to bottom: one that refers to a later field sees zero.
        if (_fields.Any(f => SymbolEqualityComparer.Default.Equals(f, field))
            || (_fields.Count > 0 && _fields.Peek() is var user && SymbolEqualityComparer.Default.Equals(user.ContainingType, field.ContainingType) && !IsBefore(field, user)))
        {
            reason = "it depends on the order in which fields are initialised";
            return null;
        }

        return _context.Compilation.GetSemanticModel(tree).GetOperation(declarator.Initializer, _context.CancellationToken) is IFieldInitializerOperation { Value: { } value }
            ? value
            : null;
    }

    private static bool IsBefore(IFieldSymbol a, IFieldSymbol b) =>
        a.Locations[0] is { } x && b.Locations[0] is { } y && x.SourceTree == y.SourceTree && x.SourceSpan.Start < y.SourceSpan.Start;
}
