using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Checks at entry of members with buffers: a twin has the length of its primal, and memory that is written is nobody else's.
/// Buffers that share memory would give a wrong derivative without a word; which pairs can do harm follows from the program.
/// </summary>
internal static class SpanChecks
{
    /// <summary>The runtime's method takes so many buffers to compare one with.</summary>
    private const int PairsOfOneLine = 3;

    public static void Write(CodeWriter writer, PlannedMember member, TypeNames names)
    {
        if (member.Kind is null)
        {
            return;
        }

        Buffer[] buffers = Buffers(member);
        var lines = new List<string>();
        string Check(string method, Buffer of) => $"{names.Type("global::DiffCompile.BufferChecks")}.{method}<{of.Element}>";
        foreach (Buffer twin in buffers)
        {
            if (Primal(twin, buffers) is { } primal)
            {
                lines.Add($"{Check("SameLength", twin)}({twin.Name}, {primal.Name});");
            }
        }

        foreach (IGrouping<Buffer, Buffer> others in Pairs(buffers).GroupBy(p => p.Written, p => p.Other))
        {
            Buffer[] all = others.ToArray();
            for (int at = 0; at < all.Length; at += PairsOfOneLine)
            {
                string compared = string.Join(", ", all.Skip(at).Take(PairsOfOneLine).Select(o => o.Name));
                lines.Add($"{Check("Apart", others.Key)}({others.Key.Name}, {compared});");
            }
        }

        lines.ForEach(writer.Line);
        if (lines.Count > 0)
        {
            writer.Blank();
        }
    }

    /// <summary>Pairs that must not share memory.</summary>
    private static IEnumerable<(Buffer Written, Buffer Other)> Pairs(Buffer[] buffers)
    {
        for (int i = 0; i < buffers.Length; i++)
        {
            for (int j = i + 1; j < buffers.Length; j++)
            {
                Buffer a = buffers[i], b = buffers[j];
                if (a.Scalar == b.Scalar && (Harms(a, b) || Harms(b, a)))
                {
                    yield return a.IsWritten ? (a, b) : (b, a);
                }
            }
        }
    }

    // Two buffers that are only added to may be one.
    private static bool Harms(Buffer a, Buffer b) =>
        ((a.Use & Use.Set) != 0 && b.Use != Use.None) || ((a.Use & Use.Add) != 0 && (b.Use & Use.Read) != 0);

    private static Buffer[] Buffers(PlannedMember member)
    {
        var roots = new BufferRoots(member.Function);
        var uses = new Dictionary<int, Use>();
        foreach (Equation equation in member.Function.Body.AllEquations())
        {
            foreach ((Value buffer, Use use) in UsesIn(equation))
            {
                int root = roots.Of(buffer);
                uses[root] = use | (uses.TryGetValue(root, out Use known) ? known : Use.None);
            }
        }

        return member.Function.Inputs
            .Select((input, i) => (input, text: member.Plan.Inputs[i]))
            .Where(p => p.input.Type.IsBuffer)
            .Select(p => new Buffer(p.text, p.input.Type.Element.Keyword, p.input.Type.Scalar, uses.TryGetValue(p.input.Id, out Use use) ? use : Use.None))
            .ToArray();
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

    /// <summary>The buffer that a tangent or cotangent belongs to.</summary>
    private static Buffer? Primal(Buffer twin, Buffer[] buffers)
    {
        string name = twin.Plain.TrimEnd('_');
        foreach (string suffix in new[] { "Bar", "Dot" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return buffers.FirstOrDefault(b => b != twin && b.Plain == name.Substring(0, name.Length - suffix.Length));
            }
        }

        return null;
    }

    [Flags]
    private enum Use
    {
        None = 0,
        Read = 1,
        Add = 2,
        Set = 4,
    }

    private sealed record Buffer(string Name, string Element, ScalarKind Scalar, Use Use)
    {
        public string Plain => Name.TrimStart('@');

        public bool IsWritten => (Use & (Use.Add | Use.Set)) != 0;
    }
}
