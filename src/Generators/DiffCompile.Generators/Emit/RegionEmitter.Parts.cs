using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Buffers of structs. To the program each scalar of the elements is a buffer; in C# they are members of one element, and what
/// is done to several of them at once is one statement.
/// </summary>
internal sealed partial class RegionEmitter
{
    private readonly Dictionary<(string Buffer, Value Start, Value Length), string> _slices = new();
    private readonly HashSet<Equation> _done = new(ReferenceComparer<Equation>.Instance);
    private IEnumerable<Equation> _following = [];

    /// <summary>p[i].X, without the cast that an enum needs.</summary>
    private static string MemberOf(string element, ItemPart? part) => part is null ? element : Identifiers.Member(element, part.Path);

    /// <summary>A part of a buffer of structs: one local for all of its scalars.</summary>
    private void SliceOfStructs(MemoryEquation e)
    {
        var key = (_member.Read(e.Buffer).Text, e.Arguments[1], e.Arguments[2]);
        if (!_slices.TryGetValue(key, out string? name))
        {
            BeginEffect(e.IsPrimal, e.Arguments);
            Fragment text = Fit([e.Arguments[1], e.Arguments[2]], () => Part(e), Overhead(e.Result));
            name = _scope.Declare(WithoutPath(e.Result));
            Statement($"{_member.Names.Type(e.Result.Type)} {name} = {text.Text};");
            _slices.Add(key, name);
        }

        Consume(e.Arguments);
        _member.Bind(e.Result, Fragment.Name(name));
    }

    // "partX" and "partXBar" are called after the one scalar that they are to the program.
    private static string WithoutPath(Value value)
    {
        string member = Identifiers.InName(value.Type.Part!.Path);
        int at = value.Name.LastIndexOf(member, StringComparison.Ordinal);
        return at > 0 ? value.Name.Remove(at, member.Length) : value.Name;
    }

    /// <summary>p[i] = p[i] with { X = …, Y = … }, where members cannot be assigned one by one.</summary>
    private void WriteByWith(MemoryEquation first)
    {
        MemoryEquation[] group = Together(first);
        Value[] operands = group.SelectMany(e => e.Arguments).ToArray();
        BeginEffect(true, operands);

        // It is written twice: which element is read and which is assigned.
        if (_waiting.Contains(first.Index.Id) && _member.Read(first.Index) is { } index && (index.HasEffect || index.Reads))
        {
            Materialize(first.Index);
        }

        string element = $"{_member.Read(first.Buffer).Operand(Precedence.Primary)}[{_member.Read(first.Index).Text}]";
        (string target, _, Shape shape) = Target(first.Buffer.Type.Part!, element);
        (string Head, string[] Items, string Tail) Text() =>
            Pieces(shape, target, group.Select(e => (Target(e.Buffer.Type.Part!, element).Path, Written(e, element))).ToArray());
        bool Fits((string Head, string[] Items, string Tail) text) =>
            CodeWriter.Columns(_depth) + target.Length + 4 + text.Head.Length + string.Join(", ", text.Items).Length + text.Tail.Length <= LineLimit;
        (string Head, string[] Items, string Tail) text = Text();
        while (!Fits(text) && Worth(group.Select(e => e.Arguments[2])) is { Length: > 0 } worth)
        {
            Materialize(worth[0]);
            text = Text();
        }

        Consume(operands);
        if (Fits(text))
        {
            Statement($"{target} = {text.Head}{string.Join(", ", text.Items)}{text.Tail};");
        }
        else
        {
            LongStatement($"{target} = {text.Head}", text.Items, text.Tail + ";");
        }

        _done.UnionWith(group);
    }

    // What stands in braces gets a line for each member.
    private void LongStatement(string head, string[] items, string tail)
    {
        bool isBraced = head.EndsWith("{ ", StringComparison.Ordinal);
        Statement(isBraced ? head.Substring(0, head.Length - 3) : head);
        if (isBraced)
        {
            Writer.Open();
            foreach (string item in items)
            {
                Writer.Line(item + ",");
            }

            Writer.Close(";");
            return;
        }

        foreach (string line in TextLines.Pack("", items, tail, LineLimit - CodeWriter.Columns(_depth)).Where(l => l.Length > 0))
        {
            Writer.Line("    " + line);
        }
    }

    // What follows and changes other members of the same struct. Tangents are written where their primals are, so the writes of
    // both alternate; nothing reads the one for the other.
    private MemoryEquation[] Together(MemoryEquation first)
    {
        List<MemoryEquation> group = [first];
        string buffer = _member.Read(first.Buffer).Text;
        string target = Target(first.Buffer.Type.Part!, "").Target;
        foreach (Equation equation in _following.Where(e => !_done.Contains(e)))
        {
            if (equation is not MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } next || next.Index != first.Index)
            {
                break;
            }

            if (next.Buffer.Type.Part is { IsAssignable: false } part && _member.Read(next.Buffer).Text == buffer)
            {
                if (Target(part, "").Target != target || group.Exists(e => e.Buffer.Type.Part == part))
                {
                    break;
                }

                group.Add(next);
            }
            else if (next.IsPrimal)
            {
                break;
            }
        }

        return group.ToArray();
    }

    /// <summary>The innermost struct that can be assigned, and the path from there to the scalar.</summary>
    private static (string Target, string[] Path, Shape Shape) Target(ItemPart part, string element)
    {
        (string[] way, Shape shape, string[] rest) = part.Assignable;
        return (Identifiers.Member(element, way), rest, shape);
    }

    private string Written(MemoryEquation e, string element)
    {
        Fragment value = _member.Read(e.Arguments[2]);
        string member = MemberOf(element, e.Buffer.Type.Part);
        if (e.Op == MemoryOp.Store)
        {
            return AsEnum(e, value);
        }

        bool isNegated = _waiting.Contains(e.Arguments[2].Id) && _member.Uses.Definition(e.Arguments[2]) is { Op: Op.Negate };
        return isNegated
            ? $"{member} - {_member.Read(_member.Uses.Definition(e.Arguments[2])!.Arguments[0]).Operand(Precedence.Multiplicative)}"
            : $"{member} + {value.Operand(Precedence.Multiplicative)}";
    }

    /// <summary>The value in the type of the member that it goes to.</summary>
    private string AsEnum(MemoryEquation e, Fragment value) =>
        e.Buffer.Type.Part is { EnumType.Length: > 0 } part ? $"({_member.Names.Type(part.EnumType)}){value.Operand(Precedence.Unary)}" : value.Text;

    /// <summary>The struct at <paramref name="target"/> with other values of some of its scalars.</summary>
    private string Changed(Shape shape, string target, IReadOnlyList<(string[] Path, string Text)> changes)
    {
        (string head, string[] items, string tail) = Pieces(shape, target, changes);
        return head + string.Join(", ", items) + tail;
    }

    private (string Head, string[] Items, string Tail) Pieces(Shape shape, string target, IReadOnlyList<(string[] Path, string Text)> changes)
    {
        if (changes.Count == 1 && changes[0].Path.Length == 0)
        {
            return ("", [changes[0].Text], "");
        }

        (string Name, bool IsChanged, string Text)[] members = shape.Parts.Select(member =>
        {
            (string[], string)[] inside = changes.Where(c => c.Path[0] == member.Name).Select(c => (c.Path.Skip(1).ToArray(), c.Text)).ToArray();
            string now = Identifiers.Member(target, [member.Name]);
            return (Identifiers.Escape(member.Name), inside.Length > 0, inside.Length == 0 ? now : Changed(member.Shape, now, inside));
        }).ToArray();
        string[] all = members.Select(m => m.Text).ToArray();
        return shape switch
        {
            StructShape { IsPositional: true } made when made.Change == MemberChange.Constructor || members.All(m => m.IsChanged) => ($"new {_member.Names.Type(made)}(", all, ")"),
            InlineArrayShape inline => (ShapePacking.OfInline(inline, _member.Names), all, "])"),
            StructShape => (target + " with { ", members.Where(m => m.IsChanged).Select(m => m.Name + " = " + m.Text).ToArray(), " }"),
            _ => ("(", all, ")"),
        };
    }

    /// <summary>Clears some scalars of every element, or the elements as a whole where that is all that they hold.</summary>
    private void ClearStructs(ClearEquation first)
    {
        string buffer = _member.Read(first.Buffer).Text;
        List<ClearEquation> group = [first];
        foreach (Equation equation in _following.TakeWhile(e => e is ClearEquation or StageEquation or MemoryEquation { Op: MemoryOp.Reserve or MemoryOp.View or MemoryOp.Length }))
        {
            if (equation is ClearEquation { Buffer.Type.Part: not null } next && _member.Read(next.Buffer).Text == buffer)
            {
                group.Add(next);
            }
        }

        BeginEffect(true, []);
        _done.UnionWith(group);
        ItemPart[] parts = group.Select(c => c.Buffer.Type.Part!).Distinct().ToArray();
        if (parts.Length == parts[0].Item.LeafCount)
        {
            Statement(buffer + ".Clear();");
            return;
        }

        FlushStage();
        string index = _scope.Declare("k");
        Writer.Open($"for (int {index} = 0; {index} < {buffer}.Length; {index}++)");
        foreach (IGrouping<string, (string Target, string[] Path, Shape Shape)> target in parts.Select(p => Target(p, $"{buffer}[{index}]")).GroupBy(t => t.Target))
        {
            Writer.Line($"{target.Key} = {Changed(target.First().Shape, target.Key, target.Select(t => (t.Path, Zero(t.Shape, t.Path))).ToArray())};");
        }

        Writer.Close();
        Writer.Blank();
    }

    private static string Zero(Shape shape, string[] path)
    {
        foreach (string name in path)
        {
            shape = shape.Parts.First(m => m.Name == name).Shape;
        }

        return LiteralText.Of(Literals.Zero(((ScalarShape)shape).Type)).Text;
    }
}
