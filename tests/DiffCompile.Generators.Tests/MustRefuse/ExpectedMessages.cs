namespace DiffCompile.Generators.Tests.MustRefuse;

/// <summary>The full message of every diagnostic of the programs, read by a person before it went into Messages.txt.</summary>
public static class ExpectedMessages
{
    private static readonly Dictionary<string, List<string>> ByProgram = Read();

    public static IReadOnlyList<string> Of(RefusedProgram program) => ByProgram.GetValueOrDefault(program.ToString(), []);

    // A line per program, then one indented line per message.
    private static Dictionary<string, List<string>> Read()
    {
        var assembly = typeof(ExpectedMessages).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith("Messages.txt", StringComparison.Ordinal)))!);
        Dictionary<string, List<string>> messages = [];
        List<string> current = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                current.Add(line.Trim());
            }
            else if (line.Length > 0)
            {
                messages.Add(line, current = []);
            }
        }

        return messages;
    }
}
