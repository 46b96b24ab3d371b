using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>Loops: for where an integer counts, while elsewhere. A carried value is a variable that each trip assigns.</summary>
internal sealed partial class RegionEmitter
{
    private void Loop(LoopEquation e)
    {
        BeginEffect(e.HasEffect(), e.Carried);
        int counter = CounterOf(e);
        NameScope header = _scope.Child();
        var variables = new string[e.Results.Count];
        string start = "";
        for (int i = 0; i < variables.Length; i++)
        {
            if (i == counter && _member.Uses.Count(e.Results[i]) == 0)
            {
                start = Take([e.Carried[i]])[0].Text;
                continue;
            }

            variables[i] = CarriedVariable(e, i);
        }

        if (start.Length > 0)
        {
            variables[counter] = header.Declare(NameFor(e, counter));
            start = $"{_member.Names.Type(e.Results[counter].Type)} {variables[counter]} = {start}";
        }

        for (int i = 0; i < variables.Length; i++)
        {
            _member.Bind(e.Test.Parameters[i], Fragment.Name(variables[i]));
            _member.Bind(e.Body.Parameters[i], Fragment.Name(variables[i]));
        }

        NameScope inTest = header.Child();
        var test = new RegionEmitter(_member, inTest, _depth + 1, isOutermost: false);
        test.Body(e.Test, BlockTail.None);
        Fragment condition = _member.Read(e.Test.Yields[0]);
        bool isPlain = test.Writer.IsEmpty;
        if (!isPlain)
        {
            header.Absorb(inTest);
        }

        (Region body, string step) = counter >= 0 ? WithoutStep(e, counter, variables[counter]) : (e.Body, "");
        var inner = new RegionEmitter(_member, header, _depth + 1, isOutermost: false);
        foreach (int i in Enumerable.Range(0, variables.Length).Where(i => i != counter))
        {
            inner._holders[variables[i]] = e.Body.Parameters[i];
        }

        inner.Body(body, BlockTail.None);
        if (!inner.HasEnded)
        {
            inner.Advance(body.Yields, variables);
        }

        FlushStage();
        Writer.Open(counter >= 0 ? $"for ({start}; {(isPlain ? condition.Text : "")}; {step})"
            : isPlain ? $"while ({condition.Text})"
            : "while (true)");
        if (!isPlain)
        {
            Writer.Append(test.Writer);
            Writer.Open($"if ({ExpressionPrinter.Not(condition).Text})");
            Writer.Line("break;");
            Writer.Close();
            Writer.Blank();
        }

        Writer.Append(inner.Writer);
        Writer.Close();
        Writer.Blank();
        foreach (int i in Enumerable.Range(0, variables.Length).Where(i => i != counter || start.Length == 0))
        {
            Hold(e.Results[i], variables[i]);
        }
    }

    /// <summary>The variable of a carried value: that of its first value where nobody else reads it, or a new one.</summary>
    private string CarriedVariable(LoopEquation e, int index)
    {
        Value first = e.Carried[index];
        if (!first.IsConstant && first.Name.Length > 0 && first.Name == e.Body.Parameters[index].Name && e.Carried.Count(c => c.Id == first.Id) == 1
            && _member.Read(first).Bare is var held && _holders.TryGetValue(held, out Value? holder) && holder.Id == first.Id
            && !_member.Uses.IsReadAfter(first, e.Results[index]) && IsUnmentioned(held)
            && !e.Regions.SelectMany(r => r.Body.SelectMany(IrInfo.AllOperands).Concat(r.Yields)).Any(v => v.Id == first.Id))
        {
            return held;
        }

        string name = NameFor(e, index);
        int overhead = CodeWriter.Columns(_depth) + e.Results[index].Type.Keyword.Length + name.Length + 5;
        Fragment text = Fit([first], () => _member.Read(first), overhead);
        string variable = _scope.Declare(name);
        Statement($"{_member.Names.Type(e.Results[index].Type)} {variable} = {text.Text};");
        return variable;
    }

    private string NameFor(LoopEquation e, int index) =>
        new[] { e.Body.Parameters[index], e.Results[index], e.Carried[index], e.Body.Yields[index] }
            .Select(v => v.IsConstant ? "" : _member.NameFor(v)).FirstOrDefault(n => n.Length > 0) ?? "";

    /// <summary>The carried integer that the loop counts with, if it reads as a for loop; −1 for others.</summary>
    private int CounterOf(LoopEquation e)
    {
        if (e.Test.Body.Any(q => q is not (PrimitiveEquation or MemoryEquation { Op: MemoryOp.Length or MemoryOp.Load } or IfEquation)))
        {
            return -1;
        }

        for (int i = 0; i < e.Results.Count; i++)
        {
            bool isTested = e.Test.Body.Any(q => q.AllOperands().Any(o => o.Id == e.Test.Parameters[i].Id));
            if (isTested && Induction.StepOf(e, i) != 0 && IsSteppedOnce(e, i))
            {
                return i;
            }
        }

        return -1;
    }

    // The step goes into the header, so nothing may take the variable before it.
    private static bool IsSteppedOnce(LoopEquation e, int index) =>
        e.Body.Yields.Count(y => y == e.Body.Yields[index]) == 1 && e.Body.Yields.Count(y => y == e.Body.Parameters[index]) == 0;

    private (Region Body, string Step) WithoutStep(LoopEquation e, int counter, string variable)
    {
        Value next = e.Body.Yields[counter];
        var step = (PrimitiveEquation)e.Body.Body.First(q => q.Results.Contains(next));
        Value[] yields = e.Body.Yields.ToArray();
        yields[counter] = e.Body.Parameters[counter];
        bool isReadElsewhere = _member.Uses.Count(next) > 1;
        Region body = e.Body with { Body = e.Body.Body.Where(q => isReadElsewhere || !ReferenceEquals(q, step)).ToEquatableArray(), Yields = yields.ToEquatableArray() };
        long by = Induction.StepOf(e, counter);
        string text = by switch { 1 => variable + "++", -1 => variable + "--", < 0 => $"{variable} -= {-by}", _ => $"{variable} += {by}" };
        return (body, text);
    }

    /// <summary>Gives the variables the values of the next trip, as if all at once.</summary>
    private void Advance(EquatableArray<Value> next, string[] variables)
    {
        List<int> open = Enumerable.Range(0, variables.Length).Where(i => _member.Read(next[i]).Bare != variables[i]).ToList();
        while (open.Count > 0)
        {
            int free = open.FindIndex(i => !open.Any(j => j != i && TextLines.HoldsWord(_member.Read(next[j]).Bare, variables[i])));
            if (free < 0)
            {
                // A cycle: one value waits in a local of its own.
                Value value = next[open[0]];
                string name = _scope.Declare("next" + Identifiers.Pascal(variables[open[0]].TrimStart('@')));
                Statement($"{_member.Names.Type(value.Type)} {name} = {Take([value])[0].Text};");
                _member.Bind(value, Fragment.Name(name));
                continue;
            }

            int index = open[free];
            open.RemoveAt(free);
            Value now = next[index];
            if (_waiting.Contains(now.Id) && _member.Uses.Definition(now) is { } maker && Compound(maker, variables[index]) is { } compound
                && CodeWriter.Columns(_depth) + compound.Length <= LineLimit)
            {
                Consume([now]);
                Protect(variables[index]);
                Statement(compound);
            }
            else
            {
                Assign(variables[index], now);
            }
        }
    }
}
