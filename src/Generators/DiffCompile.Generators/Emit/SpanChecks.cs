using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Checks at entry of members with buffers: a twin has the length of its primal, and memory that is written is nobody else's.
/// Buffers that share memory would give a wrong derivative without a word; which pairs can do harm follows from the program.
/// </summary>
internal sealed class SpanChecks
{
    /// <summary>The runtime's method takes so many buffers to compare one with.</summary>
    private const int PairsOfOneLine = 3;

    private readonly CodeWriter _writer;
    private readonly TypeNames _names;
    private readonly BufferParameter[] _buffers;
    private readonly Dictionary<BufferParameter, Use> _uses;
    private bool _hasLines;

    private SpanChecks(CodeWriter writer, PlannedMember member, TypeNames names)
    {
        _writer = writer;
        _names = names;
        _buffers = member.Plan.Buffers.ToArray();
        Dictionary<int, Use> ofInputs = UsesOf(member.Function);
        _uses = _buffers.ToDictionary(b => b, b => b.Inputs.Select(i => member.Function.Inputs[i].Id).Aggregate(Use.None, (use, id) => use | (ofInputs.TryGetValue(id, out Use known) ? known : Use.None)));
    }

    public static void Write(CodeWriter writer, PlannedMember member, TypeNames names)
    {
        if (member.Kind is not null)
        {
            new SpanChecks(writer, member, names).Write();
        }
    }

    private void Write()
    {
        foreach (BufferParameter twin in _buffers.Where(b => b.Primal.Length > 0))
        {
            CheckLengths(twin, _buffers.First(b => b.Name == twin.Primal));
        }

        foreach (IGrouping<BufferParameter, BufferParameter> others in Pairs().GroupBy(p => p.Written, p => p.Other))
        {
            string written = others.Key.Name;
            BufferParameter[] plain = others.Where(o => o.Rank == 1 && others.Key.Rank == 1 && o.ItemText == others.Key.ItemText).ToArray();
            for (int at = 0; at < plain.Length; at += PairsOfOneLine)
            {
                Line("Apart", others.Key.ItemText, $"{written}, {string.Join(", ", plain.Skip(at).Take(PairsOfOneLine).Select(o => o.Name))}");
            }

            foreach (BufferParameter other in others.Except(plain))
            {
                string types = other.ItemText == others.Key.ItemText ? others.Key.ItemText : others.Key.ItemText + ", " + other.ItemText;
                Line("Apart", types, $"{Elements(others.Key)}, {Elements(other)}, nameof({written}), nameof({other.Name})");
            }
        }

        if (_hasLines)
        {
            _writer.Blank();
        }
    }

    private void Line(string method, string types, string arguments)
    {
        _hasLines = true;
        _writer.Line($"{_names.Type("global::DiffCompile.BufferChecks")}.{method}<{_names.Type(types)}>({arguments});");
    }

    /// <summary>Pairs that must not share memory.</summary>
    private IEnumerable<(BufferParameter Written, BufferParameter Other)> Pairs()
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            for (int j = i + 1; j < _buffers.Length; j++)
            {
                BufferParameter a = _buffers[i], b = _buffers[j];
                if (MayShare(a, b) && (Harms(_uses[a], _uses[b]) || Harms(_uses[b], _uses[a])))
                {
                    yield return (_uses[a] & (Use.Add | Use.Set)) != 0 ? (a, b) : (b, a);
                }
            }
        }
    }

    // A span of numbers may be a span of structs that was cast; names of tuple elements are no part of the type.
    private static bool MayShare(BufferParameter a, BufferParameter b) =>
        a.ItemText == b.ItemText || (a.IsOfStructs && b.IsOfStructs && Parsing.ShapeReader.SameStructure(a.Item, b.Item)) || ((a.IsOfStructs || b.IsOfStructs) && !(a.IsArray && b.IsArray));

    private void CheckLengths(BufferParameter twin, BufferParameter primal)
    {
        if (twin.Rank == 1)
        {
            Line("SameLength", twin.ItemText, $"{twin.Name}, {primal.Name}");
            return;
        }

        string[] given = twin.Lengths.ToArray(), wanted = primal.Lengths.ToArray();
        string Shown(string[] lengths) => string.Join(" × ", lengths.Select(l => "{" + l + "}"));
        _writer.Open($"if ({string.Join(" || ", given.Zip(wanted, (g, w) => g + " != " + w))})");
        _writer.Line($"throw new {_names.Type("global::System.ArgumentException")}($\"Expected an array of the lengths of {primal.Plain}, {Shown(wanted)}, got one of {Shown(given)}.\", nameof({twin.Name}));");
        _writer.Close();
        _writer.Blank();
    }

    // Two buffers that are only added to may be one.
    private static bool Harms(Use a, Use b) => ((a & Use.Set) != 0 && b != Use.None) || ((a & Use.Add) != 0 && (b & Use.Read) != 0);

    private string Elements(BufferParameter buffer) =>
        buffer.Rank > 1 ? $"{_names.Type("global::DiffCompile.Rectangular")}.Elements({buffer.Name})" : buffer.Name;

    private static Dictionary<int, Use> UsesOf(IrFunction function)
    {
        var roots = new BufferRoots(function);
        var uses = new Dictionary<int, Use>();
        foreach (Equation equation in function.Body.AllEquations())
        {
            foreach ((Value buffer, Use use) in UsesIn(equation))
            {
                int root = roots.Of(buffer);
                uses[root] = use | (uses.TryGetValue(root, out Use known) ? known : Use.None);
            }
        }

        return uses;
    }

    private static IEnumerable<(Value Buffer, Use Use)> UsesIn(Equation equation) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Load } e => [(e.Buffer, Use.Read)],
        MemoryEquation { Op: MemoryOp.Store } e => [(e.Buffer, Use.Set)],
        MemoryEquation { Op: MemoryOp.Accumulate } e => [(e.Buffer, Use.Add)],
        ClearEquation e => [(e.Buffer, Use.Set)],
        ExternalCallEquation e => CustomRules.Arguments(e).Where(a => a.Argument.Type.IsBuffer).Select(a => (a.Argument, UseOf(a.Parameter))),
        CallEquation => equation.Operands.Where(o => o.Type.IsBuffer).Select(o => (o, o.Type.IsWritable ? Use.Add : Use.Read)),
        _ => [],
    };

    // What a parameter takes to write may be read as well.
    private static Use UseOf(ShapeParameter parameter) =>
        parameter.IsAddedTo ? Use.Add : CustomRules.IsWritten(parameter) ? Use.Set | Use.Read : Use.Read;

    [Flags]
    private enum Use
    {
        None = 0,
        Read = 1,
        Add = 2,
        Set = 4,
    }
}
