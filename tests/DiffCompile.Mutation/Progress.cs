using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiffCompile.Mutation;

/// <summary>
/// Verdicts kept in a file, one JSON object per line, so that a run that was stopped goes on where it was. What was killed
/// is not run again; survivors are, since a test may have been added.
/// </summary>
internal sealed class Progress
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly string? _path;
    private readonly Dictionary<string, Line> _killed = [];

    /// <param name="path">The file, which need not exist; null to keep nothing.</param>
    /// <exception cref="FormatException">A line is no verdict.</exception>
    public Progress(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path))
        {
            return;
        }

        foreach ((int number, string text) in File.ReadAllLines(path).Index())
        {
            try
            {
                var line = JsonSerializer.Deserialize<Line>(text, Format)!;
                if (line.Fate is not (Fate.Survived or Fate.NotReached))
                {
                    _killed[line.Key] = line;
                }
            }
            catch (JsonException wrong)
            {
                throw new FormatException($"{path}({number + 1}): expected a verdict of this program: {wrong.Message}");
            }
        }
    }

    /// <summary>How the mutant was killed before; null if it was not.</summary>
    public Verdict? Known(Mutation mutation) =>
        _killed.TryGetValue(mutation.Key, out Line? line) ? new Verdict(mutation, line.Fate, line.Detail, line.Seconds) : null;

    public void Add(Verdict verdict)
    {
        if (_path is not null)
        {
            File.AppendAllText(_path, JsonSerializer.Serialize(new Line(verdict.Mutation.Key, verdict.Fate, verdict.Detail, verdict.Seconds), Format) + "\n");
        }
    }

    private sealed record Line(string Key, Fate Fate, string Detail, double Seconds);
}
