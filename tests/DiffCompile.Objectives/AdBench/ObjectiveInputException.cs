namespace DiffCompile.Objectives.AdBench;

/// <summary>An input file does not hold what its format promises. The message names file, line and what was expected.</summary>
/// <param name="file">The file.</param>
/// <param name="line">Line number from 1; 0 where no line is to blame.</param>
/// <param name="found">What is wrong, without the place and without a closing stop.</param>
public sealed class ObjectiveInputException(string file, int line, string found)
    : FormatException(line > 0 ? $"{file}, line {line}: {found}." : $"{file}: {found}.")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Line number from 1; 0 where no line is to blame.</summary>
    public int Line { get; } = line;
}
