namespace DiffCompile.Objectives.AdBench;

/// <summary>An input of <see cref="Lstm"/>.</summary>
public sealed class LstmInput
{
    private LstmInput()
    {
    }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Number of characters.</summary>
    public required int Characters { get; init; }

    /// <summary>Number of bits of a character.</summary>
    public required int Bits { get; init; }

    /// <summary>Parameters of the layers, [layer, 2, 4, bit].</summary>
    public required double[] Main { get; init; }

    /// <summary>Parameters of input and output, [3, bit].</summary>
    public required double[] Extra { get; init; }

    /// <summary>State before the first character, [layer, 2, bit].</summary>
    public required double[] State { get; init; }

    /// <summary>The text, [character, bit].</summary>
    public required double[] Sequence { get; init; }

    /// <summary>
    /// Reads ADBench's text: the numbers of layers, characters and bits, then the layers' parameters, those of input and
    /// output, the state and the text.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="characters">How many characters of the text to keep; all where the file has fewer.</param>
    /// <exception cref="ObjectiveInputException">The file does not hold that.</exception>
    public static LstmInput Read(string file, int characters = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(characters, 2);
        using var reader = new NumberReader(file);
        int layers = reader.Integer("the number of layers", 1, 1 << 20);
        int written = reader.Integer("the number of characters", 2);
        int bits = reader.Integer("the number of bits", 1, 1 << 20);
        var input = new LstmInput
        {
            Layers = layers,
            Characters = Math.Min(characters, written),
            Bits = bits,
            Main = reader.Reals(8L * layers * bits, "the parameters of the layers"),
            Extra = reader.Reals(3L * bits, "the parameters of input and output"),
            State = reader.Reals(2L * layers * bits, "the state"),
            Sequence = reader.Reals((long)written * bits, "the text"),
        };
        reader.End();
        return input;
    }
}
