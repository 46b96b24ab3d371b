using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

// Two-way branches. Whatever differs between both sides becomes a result of the IfEquation.
internal sealed partial class OperationLowerer
{
    /// <summary>An expression whose value depends on a condition; only the taken side is evaluated.</summary>
    private Term Select(IOperation origin, Value condition, Func<(Flow, Term)> whenTrue, Func<(Flow, Term)> whenFalse) =>
        ReportMixedBuffers(origin, Branch(origin, condition, whenTrue, whenFalse, _variables.Count).Value);

    // The two sides are accepted each, so what is refused is their choice.
    private Term ReportMixedBuffers(IOperation origin, Term chosen) =>
        chosen.IsInvalid && !_sink.HasErrors ? Refuse(Descriptors.BufferReassigned, origin, "This choice") : chosen;

    /// <param name="origin">The branching operation.</param>
    /// <param name="condition">A bool.</param>
    /// <param name="whenTrue">Lowers one side and says how it ends and what its value is.</param>
    /// <param name="whenFalse">The other side.</param>
    /// <param name="visible">Number of leading variables that are still in scope afterwards.</param>
    private (Flow Flow, Term Value) Branch(IOperation origin, Value condition, Func<(Flow, Term)> whenTrue, Func<(Flow, Term)> whenFalse, int visible)
    {
        if (condition.IsConstant)
        {
            return condition.Literal!.Bits != 0 ? whenTrue() : whenFalse();
        }

        Term[] before = _variables.Snapshot();
        Side a = LowerSide(whenTrue);
        _variables.Restore(before);
        Side b = LowerSide(whenFalse);
        _variables.Restore(before);

        Flow flow = a.Flow | b.Flow;
        var merge = new Merge(this, origin, a, b);
        bool goesOn = (flow & (Flow.Continue | Flow.Break | Flow.NextTrip)) != 0;
        int slots = goesOn ? visible : Math.Min(visible, _variables.ExitSlots);
        for (int slot = goesOn ? 0 : Variables.Result; slot < slots; slot++)
        {
            // Once the method has returned, only its results and that fact are of interest.
            bool mattersAtExit = slot < _variables.ExitSlots && slot is not (Variables.Broken or Variables.Skipped);
            _variables[slot] = merge.Join(a.Terms[slot], b.Terms[slot], _variables.NameOf(slot), mattersAtExit);
        }

        if (!goesOn)
        {
            _variables[Variables.Returned] = Term.Of(Literals.Bool(true));
        }

        Term value = merge.Join(a.Value, b.Value, "", mattersAtExit: false);
        merge.Emit(condition);
        return (flow, value);
    }

    private Side LowerSide(Func<(Flow, Term)> lower)
    {
        int firstId = _lastId + 1;
        _builder.BeginRegion();
        (Flow flow, Term value) = lower();
        return new Side(flow, value, _variables.Snapshot(), _builder.EndRegion([]), firstId, _lastId);
    }

    /// <summary>One lowered side of a branch.</summary>
    private sealed record Side(Flow Flow, Term Value, Term[] Terms, Region Region, int FirstId, int LastId)
    {
        public bool Defines(Value value) => !value.IsConstant && value.Id >= FirstId && value.Id <= LastId;

        /// <summary>Does nothing that follows ever see this side's values?</summary>
        public bool IsDead(bool mattersAtExit) =>
            (Flow & (Flow.Continue | Flow.Break | Flow.NextTrip)) == 0 && (!mattersAtExit || (Flow & Flow.Return) == 0);
    }

    /// <summary>Joins the values of both sides and gathers what has to be yielded for it.</summary>
    private sealed class Merge(OperationLowerer owner, IOperation origin, Side a, Side b)
    {
        private readonly List<Value> _results = [];
        private readonly List<Value> _yieldsA = [];
        private readonly List<Value> _yieldsB = [];

        public Term Join(Term x, Term y, string name, bool mattersAtExit)
        {
            bool deadA = a.IsDead(mattersAtExit), deadB = b.IsDead(mattersAtExit);
            if (x.IsInvalid || y.IsInvalid || x.Leaves.Count != y.Leaves.Count)
            {
                return Term.Invalid;
            }

            if (x.Leaves.Where((leaf, i) => leaf.Type.IsBuffer && leaf != y.Leaves[i]).Any() && !deadA && !deadB)
            {
                return Term.Invalid;
            }

            Shape shape = deadA ? y.Shape : x.Shape;
            return new Term(shape, x.Leaves.Select((leaf, i) => Join(leaf, y.Leaves[i], Naming.OfLeaf(name, shape, i), deadA, deadB)).ToArray());
        }

        public void Emit(Value condition)
        {
            if (_results.Count > 0 || !a.Region.Body.IsEmpty || !b.Region.Body.IsEmpty)
            {
                owner._builder.Add(new IfEquation(
                    _results.ToEquatableArray(), condition,
                    a.Region with { Yields = _yieldsA.ToEquatableArray() },
                    b.Region with { Yields = _yieldsB.ToEquatableArray() }));
            }
        }

        private Value Join(Value x, Value y, string name, bool deadA, bool deadB)
        {
            if (x == y)
            {
                return x;
            }

            if (deadA && !b.Defines(y))
            {
                return y;
            }

            if (deadB && !a.Defines(x))
            {
                return x;
            }

            if (x.Type.IsBuffer)
            {
                // Never used where the paths have not met: said only where it is.
                return x;
            }

            Value result = owner.NewValue(x.Type, origin, name);
            _results.Add(result);
            _yieldsA.Add(deadA ? Literals.Zero(x.Type) : x);
            _yieldsB.Add(deadB ? Literals.Zero(y.Type) : y);
            return result;
        }
    }
}
