using System.Text.Json;
using DiffCompile.TestKit;

namespace DiffCompile.Objectives.Tests.Support;

/// <summary>ADBench's own reference values.</summary>
internal static class Expected
{
    public const string File = "data/adbench/expected.json";

    private static readonly Lazy<JsonElement> Root = new(() => JsonDocument.Parse(System.IO.File.ReadAllText(SharedData.PathOf(File))).RootElement);

    public static double Number(string test, string name) => Root.Value.GetProperty(test).GetProperty(name).GetDouble();

    /// <summary>A vector, or the rows of a matrix one after the other.</summary>
    public static double[] Numbers(string test, string name) => Flatten(Root.Value.GetProperty(test).GetProperty(name)).ToArray();

    private static IEnumerable<double> Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [element.GetDouble()];
}
