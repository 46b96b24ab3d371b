using System.Text;
using DiffCompile.Model.Catalogs;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Galaxy counts of a halo catalog and their derivatives with respect to the model parameters.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int NoResult = 1;
    private const int WrongArgument = 2;
    private const int Cancelled = 130;

    private static int Main(string[] arguments)
    {
        Console.OutputEncoding = Encoding.UTF8;
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            cancellation.Cancel();
        };
        var progress = Console.IsErrorRedirected ? null : new ProgressLine(Console.Error);
        return Run(arguments, Console.Out, Console.Error, progress, cancellation.Token);
    }

    /// <summary>The program without a console around it.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error,
        IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        try
        {
            Options options = CommandLine.Parse(arguments);
            if (options.Help)
            {
                output.WriteLine(CommandLine.Help);
                return Success;
            }

            if (options.JsonFile is { } path)
            {
                JsonFile.CheckPath(path);
            }

            Summary summary = OccupationRun.Execute(options, progress, cancellationToken);
            if (options.JsonFile is { } file)
            {
                cancellationToken.ThrowIfCancellationRequested();
                JsonFile.Write(file, summary.Result.ToJson());
            }

            TextReport.Write(output, summary, GeneratedSource.Of(GalaxyCount.MeanGalaxiesValueAndGradient));
            return Success;
        }
        catch (UsageException e)
        {
            error.WriteLine($"error: {e.Message} See --help.");
            return WrongArgument;
        }
        catch (Exception e) when (e is CatalogFormatException or ResultException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine("error: " + e.Message);
            return NoResult;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Cancelled; nothing was written.");
            return Cancelled;
        }
    }
}
