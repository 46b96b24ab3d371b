using System.Collections.Immutable;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Functions that are written out at their call, because they share variables with it: local functions and lambdas that
// capture some, methods with parameters by reference, and methods that are given a function. Their text is lowered where
// they are called, so that they read and write the variables as they are then.
internal sealed partial class OperationLowerer
{
    /// <summary>A method with more values than this takes in no further function.</summary>
    private const int InlinedValues = 5_000;

    private bool _isTooLong;
    private readonly LocalFunctions _functions = new();
    private readonly Dictionary<IMethodSymbol, IBlockOperation?> _texts = new(SymbolEqualityComparer.Default);

    /// <summary>The body of a method that shares variables with its caller; null for one that has only values from it.</summary>
    private IBlockOperation? TextToShare(ImmutableArray<IArgumentOperation> arguments, IMethodSymbol method, IOperation? receiver = null)
    {
        // A local function of a generic method has no name for its text with closed types.
        if (method.MethodKind == MethodKind.LocalFunction && (_functions.Captures(method) || method.IsGenericMethod || !_frame.Types.IsEmpty))
        {
            return _functions.BodyOf(method);
        }

        bool shares = arguments.Any(a => a.Parameter is { RefKind: RefKind.Ref } or { Type.TypeKind: TypeKind.Delegate } || (IsByReference(a) && NamesElement(a.Value)));
        shares |= receiver is not null && NamesElement(receiver) && arguments.Any(MayChangeElement);
        return shares || ChangedTwice(arguments, receiver) is not null ? TextOf(method) : null;
    }

    // Read once, so that the variables in it stay the same.
    private IBlockOperation? TextOf(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return _functions.BodyOf(method);
        }

        bool isHelper = method is { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet } && (method.IsStatic || SignatureParser.ReceiverOf(method) is not null)
            && !KnownSymbols.IsDifferentiable(method) && !NameClashes.IsGenerated(method) && MethodBodies.HasSource(method, _context)
            && _context.Rules.Find(method, _frame.Method.ContainingType, out string malformed) is null && malformed.Length == 0;
        if (!isHelper)
        {
            return null;
        }

        if (!_texts.TryGetValue(method.OriginalDefinition, out IBlockOperation? text))
        {
            text = MethodBodies.Find(method, _context);
            _texts.Add(method.OriginalDefinition, text);
            if (text is not null)
            {
                _functions.Add(text);
            }
        }

        return text;
    }

    private Term LowerInlined(
        IOperation call, IMethodSymbol method, ImmutableArray<IArgumentOperation> given, IBlockOperation body, DelegateTarget? held = null, Func<Term>? self = null)
    {
        // A lambda has no name; where it stands tells it apart.
        bool isLambda = method.MethodKind == MethodKind.AnonymousFunction;
        string name = isLambda ? "lambda" : KnownSymbols.NameOf(method);
        string key = isLambda ? "lambda at " + body.Syntax.SpanStart + " of " + body.Syntax.SyntaxTree.FilePath : _context.Helpers.KeyOf(method);
        if (_context.Helpers.IsInProgress(key, out string path))
        {
            return Refuse(Descriptors.DirectRecursion, call, name, path);
        }

        if (_lastId > InlinedValues)
        {
            // Said once: all that follows is too long as well.
            Term refused = _isTooLong ? Term.Invalid : Refuse(Descriptors.InlinedTooLarge, call, isLambda ? "this lambda" : name);
            _isTooLong = true;
            return refused;
        }

        // Local functions and lambdas belong to a text that has a sink already; of another method the caller is told.
        bool isOther = method.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction);
        DiagnosticSink sink = isOther ? new DiagnosticSink() : held?.Sink ?? _sink;
        TypeArguments types = TypeArguments.Of(method, _context.Compilation, isOther ? null : (held?.Frame ?? _frame).Types);
        DeclarationChecks.CheckMethod(method, sink, callSite: null, _context.CancellationToken);
        bool accepted = SignatureParser.AcceptInlined(method, types, sink, out Shape? result, _context.CancellationToken);
        Term value = Term.Invalid;
        int before = _sink.Items.Count;
        if (accepted && !sink.HasErrors && LowerInlinedArguments(given, method) is { } arguments)
        {
            var frame = new Frame(method, result, types, self, body);
            value = _context.Helpers.While(key, name, () => WithSink(sink, () => Inlined(frame, arguments, body)));
        }

        // A lambda that it was given has said itself what is wrong with it.
        if (isOther && sink.HasErrors && _sink.Items.Count == before)
        {
            HelperParser.ReportRefused(method, call, sink, _sink);
        }

        return value;
    }

    /// <summary>Lowers a body in place: its own variables are new, those of its surroundings are the present ones.</summary>
    private Term Inlined(Frame frame, IReadOnlyList<Argument> arguments, IBlockOperation body)
    {
        int outer = _variables.Count, exitSlots = _variables.ExitSlots;
        Term[] flags = _variables.Snapshot().Take(Variables.Result + 1).ToArray();
        Frame caller = _frame;
        _frame = frame;
        _variables[Variables.Returned] = _variables[Variables.Broken] = _variables[Variables.Skipped] = Term.Of(Literals.Bool(false));
        _variables[Variables.Result] = frame.Result is { } shape ? Term.Zero(shape) : Term.Nothing;

        // Whatever is known around the call is still of interest when the body has returned.
        _variables.ExitSlots = outer;
        Bind(frame.Method, arguments);
        LowerSequence([new Statement(body)]);
        CheckCheckpoints();

        Term result = _variables[Variables.Result];
        _variables.Restore(_variables.Snapshot().Take(outer).ToArray());
        Unbind(frame.Method);
        for (int slot = 0; slot < flags.Length; slot++)
        {
            _variables[slot] = flags[slot];
        }

        _variables.ExitSlots = exitSlots;
        _frame = caller;
        return result;
    }
}
