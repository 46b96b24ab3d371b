using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>Elements, parts and lengths of buffers; memory of the workspace; the stack of residuals.</summary>
internal sealed partial class RegionEmitter
{
    private void Memory(MemoryEquation e)
    {
        switch (e.Op)
        {
            case MemoryOp.Length:
                Define(e.Result, Fragment.Name(_member.Read(e.Buffer).Operand(Precedence.Primary) + ".Length"));
                break;
            case MemoryOp.Load:
                BeginRead(e.Arguments);
                Define(e.Result, Fit([e.Index], () => Loaded(e), Overhead(e.Result)) with { HasEffect = e.HasEffect() && _member.Uses.Count(e.Result) == 0 });
                break;
            case MemoryOp.Within:
                BeginEffect(true, e.Arguments);
                Statement($"{_member.Names.Type("global::DiffCompile.Rectangular")}.Check({Fragment.List(Take(e.Arguments))});");
                break;
            case MemoryOp.Slice when e.Result.Type.Part is not null:
                SliceOfStructs(e);
                break;
            case MemoryOp.Slice:
                BeginEffect(e.IsPrimal, e.Arguments);
                Define(e.Result, Fit([e.Arguments[1], e.Arguments[2]], () => Part(e), Overhead(e.Result)) with { HasEffect = e.IsPrimal });
                break;
            case MemoryOp.Reserve:
                BeginEffect(true, e.Arguments);
                if (e.IsFilled)
                {
                    FlushStage();
                    Writer.Line($"// {Bytes((int)e.Arguments[1].Literal!.Bits)} a trip for the reverse part");
                }

                string reserve = e.IsFilled ? "Keep" : "Reserve";
                Define(e.Result, Fragment.Name($"{_member.Plan.Workspace}.{reserve}({Fragment.List(Take(e.Arguments))})") with { HasEffect = true });
                break;
            case MemoryOp.Mark:
                BeginEffect(true, []);
                Store(e.Result, Fragment.Name(_member.Plan.Workspace + ".Mark()"));
                break;
            case MemoryOp.Release:
                BeginEffect(true, e.Arguments);
                Statement($"{_member.Plan.Workspace}.Release({Take(e.Arguments)[0].Text});");
                break;
            case MemoryOp.View:
                bool reserves = _waitingEffect is { } w && e.Arguments[0].Id == w.Id;
                Define(e.Result, Fragment.Name($"{_member.Plan.Workspace}.View<{_member.Names.Type(e.Result.Type.Keyword)}>({Fragment.List(Take(e.Arguments))})") with { HasEffect = reserves });
                break;
            case MemoryOp.Store or MemoryOp.Accumulate when e.Buffer.Type.Part is { IsAssignable: false }:
                WriteByWith(e);
                break;
            case MemoryOp.Store:
                BeginEffect(true, e.Arguments);
                Statement(StoreText(e));
                break;
            case MemoryOp.Accumulate:
                BeginEffect(true, e.Arguments);
                bool isNegated = _waiting.Contains(e.Arguments[2].Id) && _member.Uses.Definition(e.Arguments[2]) is { Op: Op.Negate };
                string target = Element(e).Text;
                Fragment amount = Fit([e.Arguments[2]], () => isNegated ? _member.Read(_member.Uses.Definition(e.Arguments[2])!.Arguments[0]) : _member.Read(e.Arguments[2]), CodeWriter.Columns(_depth) + target.Length + 5);
                Consume(e.Arguments);
                Statement($"{target} {(isNegated && !_waiting.Contains(e.Arguments[2].Id) ? "-=" : "+=")} {amount.Text};");
                break;
            case MemoryOp.Push:
                BeginEffect(true, e.Arguments);
                FlushStage();
                Writer.Line($"// {Bytes(8 * e.Arguments.Count)} a {(e.IsOfCall ? "call" : "trip")} for the reverse part");
                foreach (Value value in e.Arguments)
                {
                    Statement($"{_member.Plan.Workspace}.Push({Take([value])[0].Text});");
                }

                break;
            case MemoryOp.Pop:
                BeginEffect(true, []);
                foreach (Value value in e.Results.Reverse())
                {
                    string taken = $"{_member.Plan.Workspace}.Pop{PopName(value.Type)}()";
                    if (_member.Uses.Count(value) == 0)
                    {
                        Statement($"_ = {taken};");
                    }
                    else
                    {
                        Store(value, Fragment.Name(taken));
                    }
                }

                break;
            case MemoryOp.Constant or MemoryOp.Distinct:
                break;
            default:
                throw new InvalidOperationException(e.Op + " has no C# text.");
        }
    }

    private Fragment Element(MemoryEquation e) =>
        Fragment.Name(MemberOf($"{_member.Read(e.Buffer).Operand(Precedence.Primary)}[{_member.Read(e.Index).Text}]", e.Buffer.Type.Part)) with { Reads = true };

    private Fragment Loaded(MemoryEquation e)
    {
        Fragment element = Element(e);
        return e.Buffer.Type.Part is { EnumType.Length: > 0 } ? new Fragment($"({e.Result.Type.Keyword}){element.Text}", Precedence.Unary, Reads: true) : element;
    }

    // An array has no Slice.
    private Fragment Part(MemoryEquation e)
    {
        string whole = _member.Read(e.Buffer).Operand(Precedence.Primary);
        string bounds = Fragment.List(e.Arguments.Skip(1).Select(_member.Read));
        return Fragment.Name(e.Buffer.Type.Container == ContainerKind.Array ? $"new {_member.Names.Type(e.Result.Type)}({whole}, {bounds})" : $"{whole}.Slice({bounds})");
    }

    // a[i] = a[i] + x, evaluated from left to right, is a[i] += x.
    private string StoreText(MemoryEquation e)
    {
        string target = Element(e).Text;
        Value value = e.Arguments[2];
        int overhead = CodeWriter.Columns(_depth) + target.Length + 4;
        if (_waiting.Contains(value.Id) && _member.Uses.Definition(value) is { } maker && Symbol(maker.Op) is { Length: > 0 } symbol && maker.Result.Type.IsFloat
            && _member.Uses.Load(maker.Arguments[0]) is { } load && load.Buffer == e.Buffer && load.Index == e.Index && _member.Read(maker.Arguments[0]).Bare == target)
        {
            string rest = _member.Read(maker.Arguments[1]).Text;
            if (overhead + rest.Length <= LineLimit)
            {
                Consume(e.Arguments);
                return $"{target} {symbol}= {rest};";
            }
        }

        Fragment text = Fit([value], () => _member.Read(value), overhead);
        Consume(e.Arguments);
        return $"{target} = {AsEnum(e, text)};";
    }

    private IReadOnlyList<Fragment> Take(IReadOnlyList<Value> values)
    {
        Fragment[] texts = values.Select(_member.Read).ToArray();
        Consume(values);
        return texts;
    }

    private static string Bytes(int count) => count == 1 ? "1 byte" : Quote(count) + " bytes";

    private static string PopName(IrType type) => type.Scalar switch
    {
        ScalarKind.Bool => "Boolean",
        ScalarKind.Int32 => "Int32",
        ScalarKind.Int64 => "Int64",
        ScalarKind.Float32 => "Single",
        _ => "Double",
    };

    /// <summary>What waits and has an effect comes before the element is read, unless it is its index.</summary>
    private void BeginRead(IReadOnlyList<Value> operands)
    {
        if (_waitingEffect is { } waiting && !operands.Any(o => o.Id == waiting.Id))
        {
            Materialize(waiting);
        }
    }
}
