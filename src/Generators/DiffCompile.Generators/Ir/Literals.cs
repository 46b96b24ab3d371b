using System.Globalization;
using DiffCompile.Generators.Infrastructure;

namespace DiffCompile.Generators.Ir;

/// <summary>Makes constants, with exact bits and text that no culture or host changes.</summary>
internal static class Literals
{
    // Derivative passes make these all the time; their text is looked for once.
    private static readonly double[] Frequent = [0.0, 1.0, -1.0, 2.0];
    private static readonly Value[] FrequentDoubles = Frequent.Select(x => Double(x)).ToArray();
    private static readonly Value[] FrequentSingles = Frequent.Select(x => Single((float)x)).ToArray();

    public static Value Double(double value, string? authorText = null) =>
        new(0, IrType.Float64, "", new Literal(BitConverter.DoubleToInt64Bits(value), authorText ?? FormatDouble(value)));

    public static Value Single(float value, string? authorText = null) =>
        new(0, IrType.Float32, "", new Literal(SingleBits(value), authorText ?? FormatSingle(value)));

    public static Value Int32(int value, string? authorText = null) =>
        new(0, IrType.Int32, "", new Literal(value, authorText ?? FormatInteger(value, "")));

    public static Value Int64(long value, string? authorText = null) =>
        new(0, IrType.Int64, "", new Literal(value, authorText ?? FormatInteger(value, "L")));

    public static Value Bool(bool value) => new(0, IrType.Bool, "", new Literal(value ? 1 : 0, value ? "true" : "false"));

    /// <summary>The number <paramref name="value"/> in the floating type <paramref name="type"/>.</summary>
    public static Value Float(IrType type, double value) =>
        Array.IndexOf(Frequent, value) is var i and >= 0 && (value != 0.0 || double.IsPositiveInfinity(1.0 / value))
            ? (type.Scalar == ScalarKind.Float32 ? FrequentSingles : FrequentDoubles)[i]
            : type.Scalar == ScalarKind.Float32 ? Single((float)value) : Double(value);

    /// <summary>A constant in the floating type <paramref name="type"/>, as a cast converts it; null for what is none.</summary>
    public static Value? AsFloat(Value value, IrType type) =>
        !value.IsConstant || !type.IsFloat || value.Type.Scalar is ScalarKind.Bool or ScalarKind.Int64 ? null
        : value.Type == type ? value
        : Float(type, NumberOf(value));

    /// <summary>Zero, or false, of a scalar type.</summary>
    public static Value Zero(IrType type) => type.Scalar switch
    {
        ScalarKind.Bool => Bool(false),
        ScalarKind.Int32 => Int32(0),
        ScalarKind.Int64 => Int64(0),
        _ => Float(type, 0.0),
    };

    /// <summary>The number that a floating or integer constant stands for.</summary>
    public static double NumberOf(Value constant) => constant.Type.Scalar switch
    {
        ScalarKind.Float64 => BitConverter.Int64BitsToDouble(constant.Literal!.Bits),
        ScalarKind.Float32 => SingleFromBits((int)constant.Literal!.Bits),
        _ => constant.Literal!.Bits,
    };

    /// <summary>Is this the floating constant <paramref name="number"/>? Tells +0 from −0.</summary>
    public static bool Is(Value value, double number) =>
        value.IsConstant && value.Type.IsFloat
        && BitConverter.DoubleToInt64Bits(NumberOf(value)) == BitConverter.DoubleToInt64Bits(number);

    public static string FormatDouble(double value) =>
        Special(value, "double") ?? WithPoint(Shortest(value, digits => value.ToString("G" + digits, CultureInfo.InvariantCulture), text => double.Parse(text, CultureInfo.InvariantCulture), 15, 17));

    public static string FormatSingle(float value) =>
        Special(value, "float") ?? WithPoint(Shortest(value, digits => value.ToString("G" + digits, CultureInfo.InvariantCulture), text => (double)float.Parse(text, CultureInfo.InvariantCulture), 6, 9)) + "f";

    // Some hosts parse and format "R" inexactly, so the first length that reads back is searched for.
    private static string Shortest(double value, Func<int, string> format, Func<string, double> parse, int first, int last)
    {
        for (int digits = first; digits < last; digits++)
        {
            string text = format(digits);
            if (parse(text).Equals(value))
            {
                return text;
            }
        }

        return format(last);
    }

    private static string WithPoint(string text)
    {
        if (text.IndexOf('E') is int e and >= 0)
        {
            string exponent = text.Substring(e + 1);
            return text.Substring(0, e) + "e" + (exponent[0] == '+' ? exponent.Substring(1) : exponent).Replace("-0", "-");
        }

        return text.Contains('.') ? text : text + ".0";
    }

    private static string? Special(double value, string keyword) =>
        double.IsNaN(value) ? keyword + ".NaN"
        : double.IsPositiveInfinity(value) ? keyword + ".PositiveInfinity"
        : double.IsNegativeInfinity(value) ? keyword + ".NegativeInfinity"
        : value == 0.0 && double.IsNegativeInfinity(1.0 / value) ? (keyword == "float" ? "-0.0f" : "-0.0")
        : null;

    private static string FormatInteger(long value, string suffix) =>
        value == long.MinValue ? "long.MinValue"
        : value == int.MinValue && suffix.Length == 0 ? "int.MinValue"
        : value.ToString(CultureInfo.InvariantCulture.NumberFormat) + suffix;

    private static unsafe int SingleBits(float value) => *(int*)&value;

    private static unsafe float SingleFromBits(int bits) => *(float*)&bits;
}
