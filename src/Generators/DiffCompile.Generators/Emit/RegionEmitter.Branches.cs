using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>Branches: guard clauses, conditional expressions, early returns, if/else.</summary>
internal sealed partial class RegionEmitter
{
    private void Branch(IfEquation e, BlockTail? tail)
    {
        tail = tail is not null && ServesTail(e, tail) && !IsAside(e) ? tail : null;
        if (Trim.AlwaysThrows(e.Then) || Trim.AlwaysThrows(e.Else))
        {
            Guard(e, tail);
        }
        else if (e.Results.Count == 1 && _member.Uses.Count(e.Results[0]) > 0 && IsExpression(e.Then) && IsExpression(e.Else))
        {
            Choice(e, tail);
        }
        else if (tail is { Returns: true })
        {
            ReturnEarly(e, tail);
        }
        else
        {
            IfElse(e, tail);
        }
    }

    /// <summary>Does it only do something on one side, so that there is nothing to leave with?</summary>
    private static bool IsAside(IfEquation e) => e.Results.Count == 0 && e.Else.Body.Count == 0 && !Trim.AlwaysThrows(e.Then);

    /// <summary>Do the results of the branch only leave the block, each once?</summary>
    private bool ServesTail(IfEquation e, BlockTail tail) => e.Results.All(r =>
        _member.Uses.Count(r) == 0 || (_member.Uses.Count(r) == 1 && tail.Values.Count(v => v.Id == r.Id) == 1));

    /// <summary>Can the region be printed as an expression: nothing in it has a name or is read twice?</summary>
    private bool IsExpression(Region region) => region.Yields.Count == 1 && region.Body.All(e => e switch
    {
        PrimitiveEquation or MemoryEquation { Op: MemoryOp.Load or MemoryOp.Length } => IsUnnamed(e.Results[0]),
        CallEquation => e.Results.Count == 1 && IsUnnamed(e.Results[0]),
        ExternalCallEquation c => e.Results.Count == 1 && c.Method.Result is ScalarShape && IsUnnamed(e.Results[0]),
        IfEquation i => e.Results.Count == 1 && IsUnnamed(e.Results[0]) && IsExpression(i.Then) && IsExpression(i.Else),
        _ => false,
    });

    private bool IsUnnamed(Value value) => value.Name.Length == 0 && _member.Uses.IsReadOnceAtHome(value);

    /// <summary>Writes a side of a branch as part of this block: the other side has left.</summary>
    private void Continue(IfEquation e, Region side, BlockTail? tail)
    {
        if (tail is { Returns: true })
        {
            Run(side, tail.ForSide(e, side));
            return;
        }

        Body(side, BlockTail.None);
        if (HasEnded)
        {
            return;
        }

        for (int i = 0; i < e.Results.Count; i++)
        {
            Value yield = side.Yields[i];
            Fragment text = _member.Read(yield);
            Consume([yield]);
            Define(e.Results[i], text, source: yield);
        }
    }

    /// <summary>A side that throws becomes a guard clause; the other goes on without indentation.</summary>
    private void Guard(IfEquation e, BlockTail? tail)
    {
        bool first = Trim.AlwaysThrows(e.Then);
        Fragment condition = TakeCondition(e);
        RegionEmitter inner = Inner();
        inner.Body(first ? e.Then : e.Else, BlockTail.None);
        WriteIf(first ? condition : ExpressionPrinter.Not(condition), inner.Writer, new CodeWriter());
        Continue(e, first ? e.Else : e.Then, tail);
    }

    private void Choice(IfEquation e, BlockTail? tail)
    {
        BeginEffect(e.HasEffect(), [e.Condition]);
        RegionEmitter then = Inner();
        RegionEmitter otherwise = Inner();
        then.Body(e.Then, BlockTail.None);
        otherwise.Body(e.Else, BlockTail.None);
        if (then.Writer.IsEmpty && otherwise.Writer.IsEmpty)
        {
            Fragment Print() => ExpressionPrinter.Choice(
                _member.Read(e.Condition), _member.Read(e.Then.Yields[0]), _member.Read(e.Else.Yields[0]), e.Results[0].Type == IrType.Bool);

            // A condition of its own is worth a line only if the rest then fits in one.
            const int nameLength = 16;
            int length = Overhead(e.Results[0]) + Print().Text.Length;
            int conditionLength = _member.Read(e.Condition).Text.Length;
            if (length <= LineLimit || (_waiting.Contains(e.Condition.Id) && length - conditionLength + nameLength <= LineLimit))
            {
                Fragment text = Fit([e.Condition], Print, Overhead(e.Results[0]));
                Define(e.Results[0], text with { HasEffect = text.HasEffect || e.HasEffect() });
                return;
            }
        }

        Fragment condition = TakeCondition(e);
        if (tail is not null)
        {
            BlockTail own = tail.Returns ? tail : tail.OnlyResultsOf(e);
            MaterializeOthers(e, tail);
            then.Finish(own.ForSide(e, e.Then));
            HashSet<string> taken = _scope.NamesInside();
            otherwise.Finish(own.ForSide(e, e.Else));
            if (tail.Returns)
            {
                WriteReturns(condition, then, otherwise, taken);
            }
            else
            {
                WriteIf(condition, then.Writer, otherwise.Writer);
            }

            Deliver(e, tail);
            return;
        }

        BlockTail variables = DeclareResults(e);
        then.Finish(variables.ForSide(e, e.Then));
        otherwise.Finish(variables.ForSide(e, e.Else));
        WriteIf(condition, then.Writer, otherwise.Writer);
        HoldResults(e, variables);
    }

    private void ReturnEarly(IfEquation e, BlockTail tail)
    {
        Fragment condition = TakeCondition(e);
        MaterializeOthers(e, tail);
        RegionEmitter then = Inner();
        then.Run(e.Then, tail.ForSide(e, e.Then));
        HashSet<string> taken = _scope.NamesInside();
        RegionEmitter otherwise = new(_member, _scope.Child(), _depth, _isOutermost);
        otherwise.Run(e.Else, tail.ForSide(e, e.Else));
        WriteReturns(condition, then, otherwise, taken);
    }

    /// <summary>The second side needs no block of its own, unless its names are those of a block before it.</summary>
    private void WriteReturns(Fragment condition, RegionEmitter then, RegionEmitter otherwise, HashSet<string> taken)
    {
        HasEnded = true;
        bool isFlat = _scope.TryAdopt(otherwise._scope, taken);
        WriteIf(condition, then.Writer, isFlat ? new CodeWriter() : otherwise.Writer);
        if (isFlat)
        {
            _scope.Absorb(otherwise._scope);
            Writer.Append(otherwise.Writer);
        }
    }

    private void IfElse(IfEquation e, BlockTail? tail)
    {
        Fragment condition = TakeCondition(e);
        BlockTail variables = tail?.OnlyResultsOf(e) ?? DeclareResults(e);
        foreach (string target in variables.Targets ?? [])
        {
            Protect(target);
        }

        RegionEmitter then = Inner();
        RegionEmitter otherwise = Inner();
        then.Run(e.Then, variables.ForSide(e, e.Then));
        otherwise.Run(e.Else, variables.ForSide(e, e.Else));
        WriteIf(condition, then.Writer, otherwise.Writer);
        if (tail is not null)
        {
            Deliver(e, tail);
        }
        else
        {
            HoldResults(e, variables);
        }
    }

    private void Deliver(IfEquation e, BlockTail tail)
    {
        HasEnded = tail.Returns;
        _delivered.UnionWith(e.Results.Select(r => r.Id));
    }

    /// <summary>Outputs that are not made by the branch are read on both sides of it.</summary>
    private void MaterializeOthers(IfEquation e, BlockTail tail)
    {
        if (tail.Returns)
        {
            foreach (Value value in tail.Values.Where(v => BlockTail.IndexOf(e, v) < 0).ToArray())
            {
                Materialize(value);
            }
        }
    }

    private BlockTail DeclareResults(IfEquation e)
    {
        Value[] read = e.Results.Where(r => _member.Uses.Count(r) > 0).ToArray();
        var targets = new List<string>();
        var reused = new List<string>();
        foreach (Value result in read)
        {
            string? variable = Place(result);
            if (variable is null && Vacant(e, BlockTail.IndexOf(e, result)) is { } vacant && !targets.Contains(vacant))
            {
                variable = vacant;
                reused.Add(vacant);
            }

            if (variable is null)
            {
                variable = _scope.Declare(NameFor(e, result));
                Statement($"{_member.Names.Type(result.Type)} {variable};");
            }

            targets.Add(variable);
        }

        return new BlockTail(read.ToEquatableArray(), targets) { Reused = reused };
    }

    // Named as on either side, if it has no name of its own.
    private string NameFor(IfEquation e, Value result)
    {
        int index = BlockTail.IndexOf(e, result);
        return new[] { result, e.Then.Yields[index], e.Else.Yields[index] }
            .Select(v => v.IsConstant ? "" : _member.NameFor(v)).FirstOrDefault(n => n.Length > 0) ?? "";
    }

    private void HoldResults(IfEquation e, BlockTail variables)
    {
        for (int i = 0; i < variables.Values.Count; i++)
        {
            Hold(variables.Values[i], variables.Targets![i]);
        }
    }

    private Fragment TakeCondition(IfEquation e)
    {
        BeginEffect(e.HasEffect(), [e.Condition]);
        Fragment condition = _member.Read(e.Condition);
        Consume([e.Condition]);
        return condition;
    }

    private RegionEmitter Inner() => new(_member, _scope.Child(), _depth + 1, isOutermost: false);

    private void WriteIf(Fragment condition, CodeWriter then, CodeWriter otherwise)
    {
        if (then.IsEmpty && otherwise.IsEmpty)
        {
            if (condition.HasEffect)
            {
                Statement($"_ = {condition.Text};");
            }

            return;
        }

        if (then.IsEmpty)
        {
            (condition, then, otherwise) = (ExpressionPrinter.Not(condition), otherwise, then);
        }

        FlushStage();
        Writer.Open($"if ({condition.Text})");
        Writer.Append(then);
        Writer.Close();
        if (otherwise.IsSingleIf)
        {
            Writer.AppendBehind("else ", otherwise);
        }
        else if (!otherwise.IsEmpty)
        {
            Writer.Open("else");
            Writer.Append(otherwise);
            Writer.Close();
        }

        Writer.Blank();
    }
}
