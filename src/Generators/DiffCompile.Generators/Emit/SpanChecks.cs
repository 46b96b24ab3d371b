using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Checks at entry of members with spans: a twin has the length of its primal, and what is written overlaps nothing that
/// is read. Spans that share memory would give a wrong derivative without a word.
/// </summary>
internal static class SpanChecks
{
    private const string Writable = "global::System.Span<";
    private const string Exception = "global::System.ArgumentException";
    private const string ReadOnly = "global::System.ReadOnlySpan<";

    public static void Write(CodeWriter writer, MemberPlan plan, MemberKind? kind, TypeNames names)
    {
        MemberParameter[] written = plan.Parameters.Where(p => p.CSharpType.StartsWith(Writable, StringComparison.Ordinal) && p.Name != plan.Outputs.Destination).ToArray();
        MemberParameter[] read = plan.Parameters.Where(p => p.CSharpType.StartsWith(ReadOnly, StringComparison.Ordinal)).ToArray();
        foreach (MemberParameter twin in written.Concat(read))
        {
            if (Primal(twin, read) is { } primal)
            {
                writer.Open($"if ({Name(twin)}.Length != {Name(primal)}.Length)");
                writer.Line($"throw new {names.Type(Exception)}($\"Expected a span of the length of {primal.Name}, {{{Name(primal)}.Length}}, got one of length {{{Name(twin)}.Length}}.\", nameof({Name(twin)}));");
                writer.Close();
                writer.Blank();
            }
        }

        // Members that add may be given the same cotangent buffer twice; members that clear may not.
        bool overwrites = kind is MemberKind.Gradient or MemberKind.ValueAndGradient;
        for (int i = 0; i < written.Length; i++)
        {
            foreach (MemberParameter other in read.Concat(overwrites ? written.Skip(i + 1) : []).Where(o => Element(o) == Element(written[i])))
            {
                writer.Open($"if ({names.Type("global::System.MemoryExtensions")}.Overlaps({Name(written[i])}, {Name(other)}))");
                writer.Line($"throw new {names.Type(Exception)}(\"{written[i].Name} is written to and must not share memory with {other.Name}.\", nameof({Name(written[i])}));");
                writer.Close();
                writer.Blank();
            }
        }
    }

    private static string Name(MemberParameter parameter) => Identifiers.Escape(parameter.Name);

    private static string Element(MemberParameter parameter) => parameter.CSharpType.Substring(parameter.CSharpType.IndexOf('<'));

    /// <summary>The span that a tangent or cotangent belongs to.</summary>
    private static MemberParameter? Primal(MemberParameter twin, MemberParameter[] read)
    {
        string name = twin.Name.TrimEnd('_');
        foreach (string suffix in new[] { "Bar", "Dot" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return read.FirstOrDefault(r => r != twin && r.Name == name.Substring(0, name.Length - suffix.Length));
            }
        }

        return null;
    }
}
