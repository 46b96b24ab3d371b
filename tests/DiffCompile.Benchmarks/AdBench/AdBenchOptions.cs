using System.Globalization;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>What the command line of <c>adbench</c> says.</summary>
internal sealed class AdBenchOptions
{
    public const string Usage = """
        Usage: adbench --objective gmm|ba|lstm|hand --input FILE [options]
          --model DIR          folder of the hand model; default: the folder 'model' beside the input
          --complicated        the hand input has barycentric coordinates
          --form adbench|corrected
                               gmm: sign of the log prior, lstm: 2 inside log-sum-exp; default adbench
          --repeat N           how often each variant is timed; default 21
          --json FILE          writes all numbers to FILE
          --hand-written       takes the derivative written by hand instead of the generated one
        """;

    private static readonly string[] Objectives = ["gmm", "ba", "lstm", "hand"];

    public string Objective { get; private set; } = "";

    public string Input { get; private set; } = "";

    public string Model { get; private set; } = "";

    public bool Complicated { get; private set; }

    public bool Corrected { get; private set; }

    public int Repeat { get; private set; } = 21;

    public string? Json { get; private set; }

    public bool HandWritten { get; private set; }

    /// <summary>The options in the arguments.</summary>
    /// <exception cref="ArgumentException">They are not understood; the message names the option.</exception>
    public static AdBenchOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new AdBenchOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            switch (name)
            {
                case "--complicated":
                    options.Complicated = true;
                    continue;
                case "--hand-written":
                    options.HandWritten = true;
                    continue;
            }

            string value = ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} is not an option, or lacks its value.");
            switch (name)
            {
                case "--objective":
                    options.Objective = OneOf(name, value, Objectives);
                    break;
                case "--input":
                    options.Input = value;
                    break;
                case "--model":
                    options.Model = value;
                    break;
                case "--form":
                    options.Corrected = OneOf(name, value, "adbench", "corrected") == "corrected";
                    break;
                case "--repeat":
                    options.Repeat = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0
                        ? n
                        : throw new ArgumentException($"--repeat {value}: expected an integer above 0.");
                    break;
                case "--json":
                    options.Json = value;
                    break;
                default:
                    throw new ArgumentException($"{name} is not an option.");
            }
        }

        options.Check();
        return options;
    }

    private void Check()
    {
        if (Objective.Length == 0 || Input.Length == 0)
        {
            throw new ArgumentException("--objective and --input are needed.");
        }

        if (Objective != "hand" && (Complicated || Model.Length > 0))
        {
            throw new ArgumentException("--complicated and --model belong to --objective hand.");
        }

        if (Corrected && Objective is not ("gmm" or "lstm"))
        {
            throw new ArgumentException("--form corrected belongs to --objective gmm and lstm; the others have one form.");
        }

        if (Json is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            throw new ArgumentException($"--json {file}: its folder does not exist.");
        }

        if (Model.Length == 0)
        {
            Model = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Input))!, "model");
        }
    }

    private static string OneOf(string name, string value, params string[] known) => Array.IndexOf(known, value) >= 0
        ? value
        : throw new ArgumentException($"{name} {value}: expected one of {string.Join(", ", known)}.");
}
