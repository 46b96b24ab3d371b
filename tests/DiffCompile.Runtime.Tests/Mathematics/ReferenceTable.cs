using System.Globalization;

namespace DiffCompile.Runtime.Tests.Mathematics;

/// <summary>An exact number as the nearest double and the rest in its ulp.</summary>
public readonly record struct Exact(double Rounded, double RestInUlp)
{
    /// <summary>
    /// Distance of <paramref name="computed"/> from the exact number, in ulp of the larger of the exact number and
    /// <paramref name="scale"/>. 0 for equal infinities, +∞ where only one of the two is finite or a number.
    /// </summary>
    public double ErrorInUlp(double computed, double scale = 0.0)
    {
        if (!double.IsFinite(Rounded) || !double.IsFinite(computed))
        {
            return computed.Equals(Rounded) ? 0.0 : double.PositiveInfinity;
        }

        double ulp = Ulp(Rounded);
        double error = Math.Abs((computed - Rounded) / ulp - RestInUlp);
        return error * (ulp / Ulp(Math.Max(Math.Abs(Rounded), scale)));
    }

    private static double Ulp(double x)
    {
        x = Math.Abs(x);
        return x == double.MaxValue ? x - Math.BitDecrement(x) : Math.BitIncrement(x) - x;
    }
}

/// <summary>One line of a table: arguments, exact value, exact derivative.</summary>
public sealed record ReferencePoint(double[] Arguments, Exact Value, Exact Derivative);

/// <summary>A table written by ReferenceData/make_reference.py, which explains the columns.</summary>
public static class ReferenceTable
{
    public static IReadOnlyList<ReferencePoint> Read(string name)
        => [.. File.ReadLines(Path.Combine(Folder(), name + ".csv")).Select(Parse)];

    private static ReferencePoint Parse(string line)
    {
        double[] numbers = [.. line.Split(',').Select(Number)];
        return new ReferencePoint(numbers[..^4], new Exact(numbers[^4], numbers[^3]), new Exact(numbers[^2], numbers[^1]));
    }

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Folder()
        => Environment.GetEnvironmentVariable("SPECIAL_FUNCTION_TABLES")
            ?? Path.Combine(AppContext.BaseDirectory, "Mathematics", "ReferenceData");
}
