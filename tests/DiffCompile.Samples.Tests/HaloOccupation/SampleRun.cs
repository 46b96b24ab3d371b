using System.Text.Json.Nodes;
using DiffCompile.Model.Catalogs;
using DiffCompile.Samples.HaloOccupation;
using Shouldly;

namespace DiffCompile.Samples.Tests.HaloOccupation;

/// <summary>One run of the program, with all it leaves behind.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Error)
{
    public static SampleRun Of(params string[] arguments) => Of(arguments, null, CancellationToken.None);

    public static SampleRun Of(string[] arguments, IProgress<CatalogProgress>? progress, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = Program.Run(arguments, output, error, progress, cancellationToken);
        return new SampleRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs with <c>--json</c>; the run must succeed.</summary>
    public static JsonObject Json(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string file = folder.PathOf("result.json");
        SampleRun run = Of([.. arguments, "--json", file]);
        run.Error.ShouldBe(string.Empty);
        run.ExitCode.ShouldBe(0);
        return JsonNode.Parse(File.ReadAllText(file))!.AsObject();
    }
}

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("diffcompile-samples-").FullName;

    public string PathOf(string name) => Path.Combine(folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string[] Files() => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

internal static class JsonNumbers
{
    public static double Number(this JsonObject json, string name) => json[name]!.GetValue<double>();

    /// <summary>The five values of an object with one per parameter, in the order of the parameters.</summary>
    public static double[] PerParameter(this JsonObject json, string name)
    {
        JsonObject values = json[name]!.AsObject();
        values.Select(v => v.Key).ShouldBe(["logMmin", "sigmaLogM", "logM0", "logM1", "alpha"]);
        return [.. values.Select(v => v.Value!.GetValue<double>())];
    }
}
