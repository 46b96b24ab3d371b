using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Loops. Every variable that a trip may assign is carried from trip to trip; break and return are carried flags that the test
// looks at first, continue is a flag inside the trip.
internal sealed partial class OperationLowerer
{
    private Flow LowerLoop(ILoopOperation loop)
    {
        _frame.LoopDepth++;
        _frame.HasLoop = true;
        Flow flow = LowerAnyLoop(loop);
        _frame.LoopDepth--;
        return flow;
    }

    private Flow LowerAnyLoop(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForLoopOperation o:
                DeclareLocals(o.Locals);
                foreach (IOperation before in o.Before)
                {
                    LowerStatement(before);
                }

                return LowerLoop(o, o.Condition, testsFirst: true, [], Step.Of(o.Body), o.AtLoopBottom);
            case IWhileLoopOperation { Condition: { } condition } o:
                return LowerLoop(o, condition, o.ConditionIsTop, [], Step.Of(o.Body), []);
            case IForEachLoopOperation o:
                return LowerForEach(o);
            default:
                Refuse(loop);
                return Flow.Continue;
        }
    }

    private Flow LowerLoop(ILoopOperation loop, IOperation? condition, bool testsFirst, IReadOnlyList<Step> prelude, IReadOnlyList<Step> body, IReadOnlyList<IOperation> bottom)
    {
        bool isEndless = condition is null || condition.ConstantValue is { HasValue: true, Value: true };
        IOperation[] inTest = condition is null ? [] : [condition];
        bool testAssigns = AssignedVariables.In(inTest, TextsOf).Any();
        IReadOnlyList<Step> trip = [.. prelude, new Trip(loop, body), .. bottom.Select(o => new Deed(o, () => LowerStatement(o)))];
        Func<Value>? test = isEndless ? null : () => LowerCondition(condition!);
        if (testsFirst && testAssigns)
        {
            // The condition changes variables, so it belongs to the trip.
            trip = [new Choice(condition!, test!, trip, [new Deed(condition!, Break) { Ends = Flow.Break }])];
            test = null;
        }

        Flow ends = Completion.Of(trip);
        int outer = _variables.Count;
        int? again = null;
        if (!testsFirst)
        {
            again = _variables.Count;
            _variables.DeclareHidden("again", Term.Of(Literals.Bool(true)));
            Func<Value> repeat = test ?? (() => Literals.Bool(true));
            trip = [.. trip, new Deed(loop, () =>
            {
                _variables[again.Value] = Term.Of(repeat());
                return Flow.Continue;
            })];
            test = null;
        }

        Term[] before = _variables.Snapshot();
        int[] slots = CarriedSlots(loop, ends, again, outer);
        Carried carried = Declare(loop, slots);
        Region testRegion = LowerTest(loop, carried, slots, ends, again, test);
        _variables.Restore(before);

        SetSlots(slots, carried.InBody);
        ClearFlags(ends);
        _builder.BeginRegion();
        LowerSequence(trip);
        Value[]? next = ValuesOf(slots, carried);
        Region bodyRegion = _builder.EndRegion(next ?? [], carried.InBody.SelectMany(t => t.Leaves));
        _variables.Restore(before);

        if (next is null)
        {
            return Flow.Continue;
        }

        SetSlots(slots, carried.After);
        if (again is not null)
        {
            _variables.Restore(_variables.Snapshot().Take(outer).ToArray());
        }

        AddLoop(loop, carried, testRegion, bodyRegion);
        _variables[Variables.Broken] = Term.Of(Literals.Bool(false));
        bool mayEnd = !isEndless || (ends & Flow.Break) != 0;
        return (mayEnd ? Flow.Continue : Flow.None) | (ends & (Flow.Return | Flow.Throw));
    }

    private void AddLoop(ILoopOperation loop, Carried carried, Region test, Region body)
    {
        var equation = new LoopEquation(
            carried.After.SelectMany(t => t.Leaves).ToEquatableArray(), carried.Start.SelectMany(t => t.Leaves).ToEquatableArray(), test, body) { Checkpoints = Checkpoints };
        CheckCheckpoints(loop, equation);
        _builder.Add(equation);
    }

    private Flow Break()
    {
        _variables[Variables.Broken] = Term.Of(Literals.Bool(true));
        return Flow.Break;
    }

    private int[] CarriedSlots(ILoopOperation loop, Flow ends, int? again, int outer)
    {
        var slots = new SortedSet<int>(AssignedVariables.In([loop], TextsOf).Select(_variables.Find).Where(slot => slot >= 0 && slot < outer && !_variables[slot].IsInvalid));
        if ((ends & Flow.Return) != 0)
        {
            slots.UnionWith([Variables.Returned, Variables.Result]);
        }

        if ((ends & Flow.Break) != 0)
        {
            slots.Add(Variables.Broken);
        }

        if (again is { } flag)
        {
            slots.Add(flag);
        }

        foreach (int slot in slots.Where(s => _variables[s].Leaves.Any(l => l.Type.IsBuffer)).ToArray())
        {
            Refuse(Descriptors.BufferReassigned, loop, $"The array variable '{_variables.NameOf(slot)}'");
            _variables[slot] = Term.Invalid;
            slots.Remove(slot);
        }

        return slots.ToArray();
    }

    private Carried Declare(ILoopOperation loop, int[] slots)
    {
        Term[] Fresh() => slots.Select(slot =>
        {
            Term now = _variables[slot];
            return new Term(now.Shape, now.Leaves.Select((l, i) => NewValue(l.Type, loop, Naming.OfLeaf(_variables.NameOf(slot), now.Shape, i))).ToArray());
        }).ToArray();
        return new Carried(slots.Select(s => _variables[s]).ToArray(), Fresh(), Fresh(), Fresh());
    }

    private Region LowerTest(ILoopOperation loop, Carried carried, int[] slots, Flow ends, int? again, Func<Value>? test)
    {
        SetSlots(slots, carried.InTest);
        _builder.BeginRegion();
        Func<Value>? goesOn = test;
        if (again is { } flag)
        {
            goesOn = And(() => _variables[flag].Scalar, goesOn);
        }

        foreach (int left in new[] { (Flow.Break, Variables.Broken), (Flow.Return, Variables.Returned) }.Where(f => (ends & f.Item1) != 0).Select(f => f.Item2))
        {
            goesOn = And(() => Emit(loop, Op.Not, IrType.Bool, _variables[left].Scalar), goesOn);
        }

        Value result = goesOn?.Invoke() ?? Literals.Bool(true);
        return _builder.EndRegion([result], carried.InTest.SelectMany(t => t.Leaves));

        Func<Value> And(Func<Value> first, Func<Value>? second) => second is null ? first : () => AndAlso(loop, first(), second);
    }

    private void SetSlots(int[] slots, Term[] terms)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            _variables[slots[i]] = terms[i];
        }
    }

    // A trip begins only where none of them is set.
    private void ClearFlags(Flow ends)
    {
        foreach ((Flow flow, int slot) in new[] { (Flow.Break, Variables.Broken), (Flow.Return, Variables.Returned), (Flow.NextTrip, Variables.Skipped) })
        {
            if ((ends & flow) != 0 || flow == Flow.NextTrip)
            {
                _variables[slot] = Term.Of(Literals.Bool(false));
            }
        }
    }

    private Value[]? ValuesOf(int[] slots, Carried carried)
    {
        Term[] now = slots.Select(s => _variables[s]).ToArray();
        return now.Any(t => t.IsInvalid) || now.Zip(carried.Start, (a, b) => a.Leaves.Count == b.Leaves.Count).Any(same => !same)
            ? null
            : now.SelectMany(t => t.Leaves).ToArray();
    }

    private Flow LowerForEach(IForEachLoopOperation loop)
    {
        IOperation collection = loop.Collection;
        while (collection is IConversionOperation { IsImplicit: true } conversion)
        {
            collection = conversion.Operand;
        }

        ILocalSymbol? item = (loop.LoopControlVariable as IVariableDeclaratorOperation)?.Symbol;
        if (item is { RefKind: not RefKind.None })
        {
            _sink.Report(Descriptors.RefLocal, loop.Syntax is ForEachStatementSyntax { Type: RefTypeSyntax named } ? named.RefKeyword.GetLocation() : Anchors.Of(loop));
            return Flow.Continue;
        }

        if (item is null || !(IsBufferType(collection.Type) || ElementsOf(collection) is not null))
        {
            Refuse(Descriptors.ForEachLoop, loop);
            return Flow.Continue;
        }

        Term buffer = ElementsOf(collection) ?? Lower(collection);
        if (buffer.IsInvalid)
        {
            return Flow.Continue;
        }

        // for (int index = 0; index < buffer.Length; index++) { item = buffer[index]; … }
        int index = _variables.Count;
        _variables.DeclareHidden(item.Name + "Index", Term.Of(Literals.Int32(0)));
        Deed take = new(loop, () =>
        {
            DeclareLocals(loop.Locals);
            AssignVariable(loop, item, LoadElement(loop, buffer, _variables[index].Scalar));
            return Flow.Continue;
        });
        Flow flow = LowerCountedLoop(loop, index, () => LengthOf(loop, buffer), [take], Step.Of(loop.Body));
        _variables.Restore(_variables.Snapshot().Take(index).ToArray());
        return flow;
    }

    private Flow LowerCountedLoop(ILoopOperation loop, int index, Func<Value> bound, IReadOnlyList<Step> prelude, IReadOnlyList<Step> body)
    {
        IReadOnlyList<Step> trip = [.. prelude, new Trip(loop, body), new Deed(loop, () =>
        {
            _variables[index] = Term.Of(Emit(loop, Op.Add, IrType.Int32, _variables[index].Scalar, Literals.Int32(1)));
            return Flow.Continue;
        })];
        Flow ends = Completion.Of(trip);
        int outer = _variables.Count;
        Term[] before = _variables.Snapshot();
        int[] slots = new SortedSet<int>(CarriedSlots(loop, ends, null, outer).Append(index)).ToArray();
        Carried carried = Declare(loop, slots);
        Region test = LowerTest(loop, carried, slots, ends, null, () => Emit(loop, Op.Less, IrType.Bool, _variables[index].Scalar, bound()));
        _variables.Restore(before);

        SetSlots(slots, carried.InBody);
        ClearFlags(ends);
        _builder.BeginRegion();
        LowerSequence(trip);
        Value[]? next = ValuesOf(slots, carried);
        Region region = _builder.EndRegion(next ?? [], carried.InBody.SelectMany(t => t.Leaves));
        _variables.Restore(before);
        if (next is null)
        {
            return Flow.Continue;
        }

        SetSlots(slots, carried.After);
        AddLoop(loop, carried, test, region);
        _variables[Variables.Broken] = Term.Of(Literals.Bool(false));
        return Flow.Continue | (ends & (Flow.Return | Flow.Throw));
    }

    /// <summary>A loop's variables: before it, in its test, in its body, and after it.</summary>
    private sealed record Carried(Term[] Start, Term[] InTest, Term[] InBody, Term[] After);
}
