using System.Globalization;

namespace DiffCompile.Objectives.AdBench;

/// <summary>Reads a file of numbers parted by white space, in order, and names the line of whatever is not as expected.</summary>
internal sealed class NumberReader : IDisposable
{
    private readonly string _file;
    private readonly StreamReader _reader;
    private string[] _words = [];
    private int _next;
    private int _line;

    public NumberReader(string file)
    {
        _file = file;
        _reader = new StreamReader(file);
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>The next number, finite.</summary>
    public double Real(string what)
    {
        string word = Word(what);
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong($"'{word}' where {what} was expected, a finite number");
    }

    /// <summary>The next integer, from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Integer(string what, int least, int most = int.MaxValue)
    {
        string word = Word(what);
        if (!int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
        {
            throw Wrong($"'{word}' where {what} was expected, an integer");
        }

        string range = most == int.MaxValue ? $"at least {least}" : $"from {least} to {most}";
        return value >= least && value <= most ? value : throw Wrong($"{what} is {value}; expected {range}");
    }

    /// <summary>The next <paramref name="count"/> numbers.</summary>
    public double[] Reals(long count, string what)
    {
        if (count > Array.MaxLength)
        {
            throw Wrong($"the sizes ask for {count} numbers of {what}, more than an array holds");
        }

        // Grows with the file, so that a wrong size in the header cannot ask for memory that no file fills.
        var values = new List<double>((int)Math.Min(count, 1 << 16));
        while (values.Count < count)
        {
            values.Add(Real($"{what}, number {values.Count + 1} of {count}"));
        }

        return values.ToArray();
    }

    /// <summary>Fails unless only white space is left.</summary>
    public void End()
    {
        if (Fill())
        {
            throw Wrong($"'{_words[_next]}' after the last number that was expected");
        }
    }

    /// <summary>An error at the line read last.</summary>
    public ObjectiveInputException Wrong(string found) => new(_file, _line, found);

    private string Word(string what) =>
        Fill() ? _words[_next++] : throw Wrong($"the file ends where {what} was expected");

    private bool Fill()
    {
        while (_next == _words.Length)
        {
            if (_reader.ReadLine() is not { } line)
            {
                return false;
            }

            _line++;
            _words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            _next = 0;
        }

        return true;
    }
}
