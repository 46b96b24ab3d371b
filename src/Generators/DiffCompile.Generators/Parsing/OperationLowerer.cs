using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// Lowers the operation tree of one method to IR. Refused code is reported where it stands and stands for
/// <see cref="Term.Invalid"/>, so that one pass finds everything; the IR is used only when nothing was reported.
/// </summary>
internal sealed partial class OperationLowerer
{
    private readonly ParseContext _context;
    private DiagnosticSink _sink;
    private readonly bool _isRoot;
    private readonly IrBuilder _builder = new() { IsPrimal = true };
    private readonly Dictionary<int, string> _names = new();
    private readonly List<(Equation Call, Location At)> _callSites = [];
    private readonly Variables _variables;
    private readonly Signature _signature;
    private Frame _frame;
    private int _lastId;

    /// <param name="context">Shared state of the parse.</param>
    /// <param name="method">The method whose body is lowered.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="sink">Where refusals go.</param>
    /// <param name="isRoot">Is this the attributed method itself, so that locations are kept?</param>
    public OperationLowerer(ParseContext context, IMethodSymbol method, Signature signature, DiagnosticSink sink, bool isRoot)
    {
        _context = context;
        _sink = sink;
        _isRoot = isRoot;
        _signature = signature;
        _variables = new Variables(signature.Result);
        _frame = new Frame(method, signature.Result, TypeArguments.Of(method, context.Compilation));
    }

    /// <summary>The method whose text is being lowered: the parsed one, or one that is written out at its call.</summary>
    /// <param name="Method">The method.</param>
    /// <param name="Result">What it returns; null for void.</param>
    /// <param name="Types">What type parameters stand for.</param>
    /// <param name="This">The struct that an instance method belongs to, as it is now.</param>
    /// <param name="Body">Its text.</param>
    private sealed record Frame(IMethodSymbol Method, Shape? Result, TypeArguments Types, Func<Term>? This = null, IBlockOperation? Body = null)
    {
        /// <summary>How many of its own loops are being lowered, one in another.</summary>
        public int LoopDepth { get; set; }

        /// <summary>Was there any?</summary>
        public bool HasLoop { get; set; }
    }

    /// <summary>Lowers the whole body.</summary>
    public IrFunction Lower(string name, IBlockOperation body)
    {
        _frame = _frame with { Body = body };
        Value[] inputs = DeclareParameters();
        _functions.Add(body);
        LowerSequence([new Statement(body)]);
        CheckCheckpoints();
        return Finish(name, inputs);
    }

    /// <summary>A body that only calls <paramref name="external"/>: a method whose rule replaces its own text.</summary>
    public IrFunction LowerAsExternal(string name, ExternalMethod external)
    {
        Value[] inputs = DeclareParameters();
        Shape? result = _signature.Result;
        Value[] results = result is null ? [] : result.Leaves.Select((l, i) => NewValue(l.Type, null, Naming.OfLeaf("", result, i))).ToArray();
        _builder.Add(new ExternalCallEquation(results.ToEquatableArray(), external, inputs.ToEquatableArray()));
        if (result is not null)
        {
            _variables[Variables.Result] = new Term(result, results);
        }

        return Finish(name, inputs);
    }

    private IrFunction Finish(string name, Value[] inputs)
    {
        IEnumerable<Value> outputs = _variables[Variables.Result].Leaves
            .Concat(Enumerable.Range(Variables.Result + 1, _variables.ExitSlots - Variables.Result - 1).SelectMany(slot => _variables[slot].Leaves));
        IrFunction function = _builder.Finish(name, inputs, outputs.ToArray());
        function = function with { Body = function.Body with { Body = _prologue.Concat(function.Body.Body).ToEquatableArray() } };
        NoteCallSites(function);
        return Naming.Apply(function, _names);
    }

    // A call may have no result whose location would be its own.
    private void NoteCallSites(IrFunction function)
    {
        if (!_isRoot)
        {
            return;
        }

        int index = 0;
        foreach (CallEquation call in function.Body.AllEquations().OfType<CallEquation>())
        {
            if (_callSites.Find(s => ReferenceEquals(s.Call, call)) is { At: { } at })
            {
                _context.Locations[CallSite.Of(index)] = at;
            }

            index++;
        }
    }

    private Value[] DeclareParameters()
    {
        List<Value> inputs = [];
        List<(IParameterSymbol, Term)> declared = [];
        if (_signature.Receiver is { } receiver)
        {
            Value[] members = receiver.Leaves.Select((l, i) => NewValue(l.Type, null, Naming.OfLeaf("", receiver, i))).ToArray();
            inputs.AddRange(members);
            Term self = new(receiver, members);
            _frame = _frame with { This = () => self };
        }

        foreach ((IParameterSymbol parameter, ParameterSpec spec) in _frame.Method.Parameters.Zip(_signature.Parameters, (p, s) => (p, s)))
        {
            if (spec.Mode == ParameterMode.Out)
            {
                _variables.Declare(parameter.OriginalDefinition, Term.Zero(spec.Shape));
                continue;
            }

            Value[] leaves = spec.Shape.Leaves.Select((l, i) => NewValue(l.Type, null, Naming.OfLeaf(spec.Name, spec.Shape, i))).ToArray();
            inputs.AddRange(leaves);
            declared.Add((parameter.OriginalDefinition, new Term(spec.Shape, leaves)));
        }

        _variables.ExitSlots = _variables.Count;
        foreach ((IParameterSymbol parameter, Term term) in declared)
        {
            if (!DeclareInlineArray(parameter, term))
            {
                _variables.Declare(parameter, term);
            }
        }

        return inputs.ToArray();
    }

    /// <summary>The shape of a type in the text that is being lowered.</summary>
    private Shape? ShapeOf(ITypeSymbol type, out TypeProblem problem) => ShapeReader.Read(_frame.Types.Close(type), out problem);

    private Value NewValue(IrType type, IOperation? origin, string name = "")
    {
        Value value = _builder.NewValue(type, name);
        _lastId = value.Id;
        if (_isRoot && origin is not null)
        {
            _context.Locations[value.Id] = Anchors.Of(origin);
        }

        return value;
    }

    private Value Emit(IOperation origin, string op, IrType type, params Value[] arguments)
    {
        Value result = NewValue(type, origin);
        _builder.Add(new PrimitiveEquation(result, op, arguments.ToEquatableArray(), IsPrimal: true, SourceOf(origin), _context.Kinks));
        return result;
    }

    // Line numbers enter the specification only where a member needs them, else every edit above would change it.
    private SourceNote? SourceOf(IOperation origin)
    {
        if (!_context.KeepSource)
        {
            return null;
        }

        FileLinePositionSpan span = origin.Syntax.GetLocation().GetLineSpan();
        string text = string.Join(" ", origin.Syntax.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new SourceNote(text, span.Path.Split('/', '\\').Last(), span.StartLinePosition.Line + 1);
    }

    /// <summary>Puts a value into a variable and gives unnamed values the variable's name.</summary>
    private void Store(int slot, Term term)
    {
        _variables[slot] = term;
        for (int i = 0; i < term.Leaves.Count; i++)
        {
            Value leaf = term.Leaves[i];
            if (!leaf.IsConstant && leaf.Name.Length == 0 && !_names.ContainsKey(leaf.Id))
            {
                _names.Add(leaf.Id, Naming.OfLeaf(_variables.NameOf(slot), term.Shape, i));
            }
        }
    }
}
