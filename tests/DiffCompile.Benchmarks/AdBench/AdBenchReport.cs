using System.Globalization;
using System.Text.Json;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>What one run of an objective gave. Times are medians of one call in milliseconds.</summary>
internal sealed class AdBenchReport
{
    private const int Shown = 8;

    public required string Objective { get; init; }

    public required string Input { get; init; }

    public required double[] Value { get; init; }

    public required double[] Derivative { get; init; }

    public required (int[] Rows, int[] Columns)? Structure { get; init; }

    public required string Layout { get; init; }

    public required string DerivativeSource { get; init; }

    /// <summary>What the derivative by hand calls, for comparison.</summary>
    public required string HandWrittenCalls { get; init; }

    public required double PrimalMs { get; init; }

    /// <summary>Null where there is no generated derivative.</summary>
    public required double? DerivativeMs { get; init; }

    public required double HandWrittenMs { get; init; }

    /// <summary>One Hessian-vector product; null where the objective has none.</summary>
    public required double? HessianVectorMs { get; init; }

    /// <summary>Bytes allocated by one call of the derivative that is reported.</summary>
    public required long BytesAllocated { get; init; }

    /// <summary>A line per field; long vectors shortened, with their length.</summary>
    public void Print(TextWriter to)
    {
        to.WriteLine($"objective: {Objective}");
        to.WriteLine($"input: {Input}");
        to.WriteLine($"value: {Short(Value)}");
        to.WriteLine($"derivative ({DerivativeSource}; {Layout}): {Short(Derivative)}");
        to.WriteLine($"primalMs: {Ms(PrimalMs)}");
        to.WriteLine($"derivativeMs: {(DerivativeMs is { } ms ? $"{Ms(ms)} ({Ratio(ms / PrimalMs)} primals, {Ratio(ms / HandWrittenMs)} by hand)" : "none")}");
        to.WriteLine($"handWrittenMs: {Ms(HandWrittenMs)} ({Ratio(HandWrittenMs / PrimalMs)} primals; calls: {HandWrittenCalls})");
        if (HessianVectorMs is { } product)
        {
            to.WriteLine($"hessianVectorMs: {Ms(product)} ({Ratio(product / DerivativeMs!.Value)} gradients)");
        }

        to.WriteLine($"bytesAllocated: {BytesAllocated}");
    }

    /// <summary>All numbers, 17 digits. The file appears whole or not at all.</summary>
    public void Save(string file)
    {
        string unfinished = file + ".unfinished";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create))
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = false }))
            {
                Write(json);
            }

            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("objective", Objective);
        json.WriteString("input", Input);
        json.WritePropertyName("value");
        if (Value.Length == 1)
        {
            json.WriteRawValue(Number(Value[0]));
        }
        else
        {
            Write(json, Value);
        }

        json.WritePropertyName("derivative");
        if (Structure is { } structure)
        {
            json.WriteStartObject();
            json.WritePropertyName("rows");
            Write(json, structure.Rows);
            json.WritePropertyName("cols");
            Write(json, structure.Columns);
            json.WritePropertyName("vals");
            Write(json, Derivative);
            json.WriteEndObject();
        }
        else
        {
            Write(json, Derivative);
        }

        json.WriteNumber("primalMs", PrimalMs);
        if (DerivativeMs is { } ms)
        {
            json.WriteNumber("derivativeMs", ms);
        }
        else
        {
            json.WriteNull("derivativeMs");
        }

        json.WriteNumber("handWrittenMs", HandWrittenMs);
        json.WriteNumber("bytesAllocated", BytesAllocated);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, double[] numbers)
    {
        json.WriteStartArray();
        foreach (double number in numbers)
        {
            json.WriteRawValue(Number(number));
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, int[] numbers)
    {
        json.WriteStartArray();
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static string Number(double x) => double.IsFinite(x)
        ? x.ToString("G17", CultureInfo.InvariantCulture)
        : throw new NotFiniteNumberException($"The objective or its derivative is {x.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold.");

    private static string Short(double[] numbers) => numbers.Length == 1
        ? numbers[0].ToString("G17", CultureInfo.InvariantCulture)
        : $"{numbers.Length} numbers: {string.Join(' ', numbers.Take(Shown).Select(x => x.ToString("G17", CultureInfo.InvariantCulture)))}{(numbers.Length > Shown ? " …" : "")}";

    private static string Ms(double ms) => ms.ToString("G4", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);
}
