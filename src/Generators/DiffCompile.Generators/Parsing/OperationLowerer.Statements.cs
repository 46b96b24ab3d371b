using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Statements. Nothing is lowered twice: where one side of a branch leaves the method, what follows the branch is lowered
// inside the other side; where a side leaves it on some paths only, what follows is guarded by a flag.
internal sealed partial class OperationLowerer
{
    private Flow LowerSequence(IReadOnlyList<Step> steps)
    {
        int outer = _variables.Count;
        Flow left = Flow.None;
        for (int i = 0; i < steps.Count; i++)
        {
            IReadOnlyList<Step> rest = steps.Skip(i + 1).ToArray();
            Flow flow;
            switch (steps[i])
            {
                case Statement { Operation: IBlockOperation block }:
                    if (IsUnsafe(block))
                    {
                        continue;
                    }

                    DeclareLocals(block.Locals);
                    return left | LowerSequence([.. block.Operations.Select(o => new Statement(o)), .. rest]);
                case Statement { Operation: IConditionalOperation choice }:
                    return left | LowerSequence([new Choice(choice, () => LowerCondition(choice.Condition), Step.Of(choice.WhenTrue), Step.Of(choice.WhenFalse)), .. rest]);
                case Statement { Operation: ISwitchOperation choice }:
                    return left | LowerSequence([.. ChainOf(choice), .. rest]);
                case Choice choice:
                    flow = LowerChoice(choice, ref rest, outer);
                    break;
                case Section section:
                    DeclareLocals(section.Locals);
                    flow = AfterSection(LowerSequence(section.Body));
                    break;
                case Trip trip:
                    flow = AfterTrip(LowerSequence(trip.Body));
                    break;
                case Deed deed:
                    flow = deed.Lower();
                    break;
                case Statement { Operation: ILoopOperation loop }:
                    flow = LowerLoop(loop);
                    break;
                default:
                    flow = LowerStatement(((Statement)steps[i]).Operation);
                    break;
            }

            left |= flow & ~Flow.Continue;
            if ((flow & Flow.Continue) == 0)
            {
                return left;
            }

            if (rest.Count == 0)
            {
                return left | Flow.Continue;
            }

            if ((flow & (Flow.Return | Flow.Break | Flow.NextTrip)) != 0)
            {
                return left | LowerGuarded(flow, rest, steps[i].Origin, outer);
            }
        }

        return left | Flow.Continue;
    }

    private Flow LowerChoice(Choice choice, ref IReadOnlyList<Step> rest, int outer)
    {
        IReadOnlyList<Step> then = choice.Then, otherwise = choice.Else;
        Value condition = choice.Condition();
        if (condition.IsConstant)
        {
            IReadOnlyList<Step> taken = [.. condition.Literal!.Bits != 0 ? then : otherwise, .. rest];
            rest = [];
            return LowerSequence(taken);
        }

        bool thenGoesOn = (Completion.Of(then) & Flow.Continue) != 0;
        bool elseGoesOn = (Completion.Of(otherwise) & Flow.Continue) != 0;
        int visible = _variables.Count;

        // A side that only throws needs no nesting: control leaves the method there.
        bool guardClause = Completion.Of(thenGoesOn ? otherwise : then) == Flow.Throw;
        if (thenGoesOn != elseGoesOn && !guardClause)
        {
            then = thenGoesOn ? [.. then, .. rest] : then;
            otherwise = elseGoesOn ? [.. otherwise, .. rest] : otherwise;
            rest = [];
            visible = outer;
        }

        IReadOnlyList<Step> a = then, b = otherwise;
        return Branch(choice.Origin, condition, () => (LowerSequence(a), Term.Nothing), () => (LowerSequence(b), Term.Nothing), visible).Flow;
    }

    /// <summary>Lowers what follows code that may have left already.</summary>
    private Flow LowerGuarded(Flow flow, IReadOnlyList<Step> rest, IOperation origin, int outer)
    {
        Value gone = new[] { (Flow.Return, Variables.Returned), (Flow.Break, Variables.Broken), (Flow.NextTrip, Variables.Skipped) }
            .Where(f => (flow & f.Item1) != 0).Select(f => _variables[f.Item2].Scalar)
            .Aggregate((a, b) => Emit(origin, Op.Or, IrType.Bool, a, b));
        Flow gonePath = flow & ~Flow.Continue;
        return Branch(origin, gone, () => (gonePath, Term.Nothing), () => (LowerStillHere(rest), Term.Nothing), outer).Flow;
    }

    private Flow LowerStillHere(IReadOnlyList<Step> rest)
    {
        if ((Completion.Of(rest) & Flow.Return) != 0)
        {
            _variables[Variables.Returned] = Term.Of(Literals.Bool(false));
            _variables[Variables.Result] = _frame.Result is { } result ? Term.Zero(result) : Term.Nothing;
        }

        return LowerSequence(rest);
    }

    private Flow AfterSection(Flow body)
    {
        if ((body & Flow.Break) == 0)
        {
            return body;
        }

        _variables[Variables.Broken] = Term.Of(Literals.Bool(false));
        return (body & ~Flow.Break) | Flow.Continue;
    }

    private Flow AfterTrip(Flow body)
    {
        if ((body & Flow.NextTrip) == 0)
        {
            return body;
        }

        _variables[Variables.Skipped] = Term.Of(Literals.Bool(false));
        return (body & ~Flow.NextTrip) | Flow.Continue;
    }

    private Flow LowerStatement(IOperation statement)
    {
        _context.CancellationToken.ThrowIfCancellationRequested();
        switch (statement)
        {
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(d => d.Declarators))
                {
                    LowerDeclarator(declarator);
                }

                return Flow.Continue;
            case IExpressionStatementOperation { Operation: { } expression } when Throws.Unwrap(expression) is { } thrown:
                LowerThrow(thrown);
                return Flow.Throw;
            case IExpressionStatementOperation { Operation: { } expression }:
                Lower(expression);
                return Flow.Continue;
            case IReturnOperation { Kind: OperationKind.Return } exit:
                return LowerReturn(exit);
            case IThrowOperation thrown:
                LowerThrow(thrown);
                return Flow.Throw;
            case IBranchOperation { BranchKind: BranchKind.Break }:
                _variables[Variables.Broken] = Term.Of(Literals.Bool(true));
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                _variables[Variables.Skipped] = Term.Of(Literals.Bool(true));
                return Flow.NextTrip;
            case IEmptyOperation or ILocalFunctionOperation:
                return Flow.Continue;
            default:
                Refuse(statement);
                return Flow.Continue;
        }
    }

    private Flow LowerReturn(IReturnOperation exit)
    {
        if (exit.ReturnedValue is { } value)
        {
            if (Throws.Unwrap(value) is { } thrown)
            {
                LowerThrow(thrown);
                return Flow.Throw;
            }

            _variables[Variables.Result] = Lower(value) is { IsInvalid: false } term ? new Term(_frame.Result ?? term.Shape, term.Leaves) : Term.Invalid;
        }

        _variables[Variables.Returned] = Term.Of(Literals.Bool(true));
        return Flow.Return;
    }

    private void DeclareLocals(IEnumerable<ILocalSymbol> locals)
    {
        foreach (ILocalSymbol local in locals.Where(l => !l.IsConst && _variables.Find(l) < 0))
        {
            if (DeclareInlineArray(local, null))
            {
                continue;
            }

            // The compiler has checked that a variable is assigned before it is read, so its first value does not matter.
            _variables.Declare(local, ShapeOf(local.Type, out _) is { } shape && !shape.Leaves.Any(l => l.Type.IsBuffer) ? Term.Zero(shape) : Term.Invalid);
        }
    }

    private void LowerDeclarator(IVariableDeclaratorOperation declarator)
    {
        ILocalSymbol local = declarator.Symbol;
        if (local.IsConst)
        {
            return;
        }

        if (local.RefKind != RefKind.None)
        {
            TypeSyntax? type = (declarator.Syntax.Parent as VariableDeclarationSyntax)?.Type;
            _sink.Report(Descriptors.RefLocal, (type as RefTypeSyntax)?.RefKeyword.GetLocation() ?? Anchors.Of(declarator));
            return;
        }

        if (!_inlineArrays.ContainsKey(local))
        {
            DeclareLocals([local]);
        }

        IOperation? initial = declarator.GetVariableInitializer()?.Value;
        TypeSyntax? written = (declarator.Syntax.Parent as VariableDeclarationSyntax)?.Type;
        if (initial is not null && DeclareDelegate(local, initial))
        {
            return;
        }

        if (ShapeOf(local.Type, out TypeProblem problem) is null)
        {
            // The initial value says most where the type is only inferred, or is that of a lambda.
            if (initial is null || (written is { IsVar: false } && local.Type.TypeKind is not (TypeKind.Delegate or TypeKind.Array or TypeKind.Error) && !IsStackAlloc(initial)))
            {
                _sink.Report(OfLocal(local.Type, problem), written?.GetLocation() ?? Anchors.Of(declarator), KnownSymbols.Spell(local.Type));
            }
            else if (!Lower(initial).IsInvalid)
            {
                _sink.Report(OfLocal(local.Type, problem), Anchors.Of(declarator), KnownSymbols.Spell(local.Type));
            }

            return;
        }

        if (initial is not null)
        {
            if (!InitializeInlineArray(local, initial))
            {
                Store(_variables.Find(local), Lower(initial));
            }
        }
    }

    private bool IsUnsafe(IBlockOperation block)
    {
        if ((block.Syntax as UnsafeStatementSyntax ?? block.Syntax.Parent as UnsafeStatementSyntax) is not { } syntax)
        {
            return false;
        }

        _sink.Report(Descriptors.Pointer, Anchors.Of(syntax));
        return true;
    }

    // ^1 and 1..2 have types of their own, which say nothing about the brackets that they are meant for.
    private static DiagnosticDescriptor OfLocal(ITypeSymbol type, TypeProblem problem) => type.ToDisplayString() switch
    {
        "System.Index" => Descriptors.IndexFromEnd,
        "System.Range" => Descriptors.RangeOperator,
        _ => Descriptors.OfValue(problem),
    };
}
