using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Writes one block of statements. A value without a name that is read once waits as text until its reader is printed,
/// so that formulas come out whole; operations that can throw or act keep their order.
/// </summary>
internal sealed partial class RegionEmitter
{
    private const int LineLimit = 110;

    private readonly MemberContext _member;
    private readonly NameScope _scope;
    private readonly int _depth;
    private readonly bool _isOutermost;
    private readonly HashSet<int> _waiting = [];
    private readonly Dictionary<int, Value> _waitingValues = new();
    private readonly HashSet<int> _delivered = [];
    private EquatableArray<Value> _leaving;
    private Value? _waitingEffect;
    private string _stage = "";
    private bool _stageHasWork;

    /// <param name="member">What the member's blocks share.</param>
    /// <param name="scope">Names of this block.</param>
    /// <param name="depth">Levels of indentation around it, for the length of lines.</param>
    /// <param name="isOutermost">Is it the member's own block, which needs no return statement to end?</param>
    public RegionEmitter(MemberContext member, NameScope scope, int depth, bool isOutermost)
    {
        _member = member;
        _scope = scope;
        _depth = depth;
        _isOutermost = isOutermost;
    }

    public CodeWriter Writer { get; } = new();

    /// <summary>Has the block returned or thrown, so that nothing may follow?</summary>
    public bool HasEnded { get; private set; }

    public void Run(Region region, BlockTail tail)
    {
        Body(region, tail);
        Finish(tail);
    }

    /// <summary>Writes the equations; the values that leave the block may still wait as text.</summary>
    public void Body(Region region, BlockTail tail)
    {
        _leaving = tail.Values;
        FindDestinations(region, tail);
        Equation? last = region.Body.LastOrDefault(e => e is not StageEquation);
        for (int i = 0; i < region.Body.Count; i++)
        {
            Equation equation = region.Body[i];
            _following = region.Body.Skip(i + 1);
            if (HasEnded)
            {
                return;
            }

            if (_done.Contains(equation))
            {
                continue;
            }

            _stageHasWork |= equation is not StageEquation;
            Visit(equation, ReferenceEquals(equation, last) ? tail : null);
        }
    }

    public void Finish(BlockTail tail)
    {
        if (HasEnded)
        {
            return;
        }

        if (!_stageHasWork)
        {
            _stage = "";
        }

        if (tail.Returns)
        {
            Return(tail);
            return;
        }

        for (int i = 0; i < tail.Values.Count; i++)
        {
            if (!_delivered.Contains(tail.Values[i].Id) || tail.Values[i].IsConstant)
            {
                Assign(tail.Targets![i], tail.Values[i]);
            }
        }
    }

    private void Visit(Equation equation, BlockTail? tail)
    {
        switch (equation)
        {
            case StageEquation e:
                BeginStage(e.Text);
                break;
            case PrimitiveEquation e:
                BeginEffect(e.HasEffect(), e.Arguments);
                e = WithoutConstantError(e);
                Define(e.Result, Fit(e.Arguments, () => _member.Printer.Print(e, e.Arguments.Select(_member.Read).ToArray()), Overhead(e.Result)), e);
                break;
            case IfEquation e:
                Branch(e, tail);
                break;
            case LoopEquation e:
                Loop(e);
                break;
            case MemoryEquation e:
                Memory(e);
                break;
            case CallEquation e:
                Call(e);
                break;
            case ExternalCallEquation e:
                ExternalCall(e);
                break;
            case ThrowEquation e:
                BeginEffect(true, []);
                Statement($"throw {_member.Names.Exception(e.Expression)};");
                HasEnded = true;
                break;
            case ClearEquation { Buffer.Type.Part: not null } e:
                ClearStructs(e);
                break;
            case ClearEquation e:
                BeginEffect(true, []);
                Statement(_member.Read(e.Buffer).Text + ".Clear();");
                break;
            case FiniteCheckEquation e:
                FiniteCheck(e);
                break;
            default:
                throw new NotSupportedException(equation.GetType().Name + " has no C# text yet.");
        }
    }

    private void FiniteCheck(FiniteCheckEquation e)
    {
        if (e.Checked.IsConstant)
        {
            return;
        }

        BeginEffect(true, []);
        string value = _member.Read(e.Checked).Text;
        string type = _member.Names.Type("global::DiffCompile.NonFiniteOperation");
        FlushStage();
        Writer.Open($"if (!{e.Checked.Type.Keyword}.IsFinite({value}))");
        Writer.Line($"return new {type}({Quote(e.Source.Text)}, {Quote(e.Source.File)}, {Quote(e.Source.Line)}, {Quote(e.Quantity)}, {value});");
        Writer.Close();
        Writer.Blank();
    }

    private static string Quote(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Quote(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Makes sure that what waits and has an effect comes before the next effect, unless it is part of it.</summary>
    private void BeginEffect(bool hasEffect, IReadOnlyList<Value> operands)
    {
        if (!hasEffect)
        {
            return;
        }

        if (_waitingEffect is { } waiting && !operands.Any(o => o.Id == waiting.Id))
        {
            Materialize(waiting);
        }

        // What was read from memory was read before it is written.
        foreach (int id in _waiting.Where(id => _member.Read(id).Reads && !operands.Any(o => o.Id == id)).OrderBy(id => id).ToArray())
        {
            Materialize(_waitingValues[id]);
        }
    }

    private void Materialize(Value value)
    {
        if (_waiting.Remove(value.Id))
        {
            Forget(value);
            Store(value, _member.Read(value));
        }
    }

    private void Forget(Value value)
    {
        if (_waitingEffect?.Id == value.Id)
        {
            _waitingEffect = null;
        }
    }

    /// <summary>
    /// Builds text from operands. While the line would be too long, a waiting operand gets a local of its own: the longest,
    /// or the first.
    /// </summary>
    private Fragment Fit(IReadOnlyList<Value> operands, Func<Fragment> build, int overhead, bool inOrder = false)
    {
        Fragment text = build();
        while (overhead + text.Text.Length > LineLimit && Worth(operands) is { Length: > 0 } worth)
        {
            Materialize(inOrder ? worth[0] : worth.OrderByDescending(o => _member.Read(o).Text.Length).First());
            text = build();
        }

        Consume(operands);
        return text;
    }

    private void Consume(IEnumerable<Value> operands)
    {
        foreach (Value operand in operands)
        {
            if (_waiting.Remove(operand.Id))
            {
                Forget(operand);
            }
        }
    }

    // Below a dozen characters a local would not be shorter.
    private Value[] Worth(IEnumerable<Value> operands) =>
        operands.Where(o => _waiting.Contains(o.Id) && _member.Read(o).Text.Length > 12).ToArray();

    private int Overhead(Value result) =>
        CodeWriter.Columns(_depth) + result.Type.Keyword.Length + 5 + (result.Name.Length > 0 ? result.Name.Length : 4);

    private void Statement(string text)
    {
        FlushStage();
        Writer.Line(text);
    }

    // What an earlier stage made to leave the block stands in that stage, not in the last line.
    private void BeginStage(string text)
    {
        if (_stageHasWork)
        {
            foreach (Value value in _leaving)
            {
                Materialize(value);
            }
        }

        _stage = text;
        _stageHasWork = false;
    }

    private void FlushStage()
    {
        if (_stage.Length > 0)
        {
            Writer.Blank();
            Writer.Line("// " + TextLines.OneLine(_stage));
            _stage = "";
        }
    }
}
