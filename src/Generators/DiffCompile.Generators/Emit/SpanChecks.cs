using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Checks at entry of members with buffers: a twin has the length of its primal, and memory that is written is nobody else's.
/// Buffers that share memory would give a wrong derivative without a word; which pairs can do harm follows from the program.
/// </summary>
internal sealed class SpanChecks
{
    private const string Exception = "global::System.ArgumentException";

    private readonly CodeWriter _writer;
    private readonly TypeNames _names;
    private readonly BufferParameter[] _buffers;
    private readonly Dictionary<BufferParameter, Use> _uses;

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

        for (int i = 0; i < _buffers.Length; i++)
        {
            for (int j = i + 1; j < _buffers.Length; j++)
            {
                BufferParameter a = _buffers[i], b = _buffers[j];
                if (a.ItemText == b.ItemText && (Harms(_uses[a], _uses[b]) || Harms(_uses[b], _uses[a])))
                {
                    (BufferParameter written, BufferParameter other) = (_uses[a] & (Use.Add | Use.Set)) != 0 ? (a, b) : (b, a);
                    _writer.Open($"if ({_names.Type("global::System.MemoryExtensions")}.Overlaps({Text(written, isReceiver: true)}, {Text(other, isReceiver: false)}))");
                    _writer.Line($"throw new {_names.Type(Exception)}(\"{written.Plain} is written to and must not share memory with {other.Plain}.\", nameof({written.Name}));");
                    _writer.Close();
                    _writer.Blank();
                }
            }
        }
    }

    private void CheckLengths(BufferParameter twin, BufferParameter primal)
    {
        string[] given = twin.Lengths.ToArray(), wanted = primal.Lengths.ToArray();
        string Shown(string[] lengths) => string.Join(" × ", lengths.Select(l => "{" + l + "}"));
        string message = twin.Rank == 1
            ? $"Expected a span of the length of {primal.Plain}, {Shown(wanted)}, got one of length {Shown(given)}."
            : $"Expected an array of the lengths of {primal.Plain}, {Shown(wanted)}, got one of {Shown(given)}.";
        _writer.Open($"if ({string.Join(" || ", given.Zip(wanted, (g, w) => g + " != " + w))})");
        _writer.Line($"throw new {_names.Type(Exception)}($\"{message}\", nameof({twin.Name}));");
        _writer.Close();
        _writer.Blank();
    }

    // Two buffers that are only added to may be one.
    private static bool Harms(Use a, Use b) => ((a & Use.Set) != 0 && b != Use.None) || ((a & Use.Add) != 0 && (b & Use.Read) != 0);

    // An array becomes a span by itself where the span is an argument, but not where it is the receiver.
    private string Text(BufferParameter buffer, bool isReceiver) =>
        buffer.Rank > 1 ? $"{_names.Type("global::DiffCompile.Rectangular")}.Elements({buffer.Name})"
        : buffer.IsArray && isReceiver ? $"{_names.Type("global::System.MemoryExtensions")}.AsSpan({buffer.Name})"
        : buffer.Name;

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
        ExternalCallEquation or CallEquation => equation.Operands.Where(o => o.Type.IsBuffer).Select(o => (o, o.Type.IsWritable ? Use.Add : Use.Read)),
        _ => [],
    };

    [Flags]
    private enum Use
    {
        None = 0,
        Read = 1,
        Add = 2,
        Set = 4,
    }
}
