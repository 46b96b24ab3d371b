using System.Globalization;
using DiffCompile.Model.Catalogs;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>One line of a terminal that says how far reading has come, and is wiped at the end.</summary>
internal sealed class ProgressLine(TextWriter terminal) : IProgress<CatalogProgress>
{
    private const int MillisecondsBetween = 100;

    private long next;

    public void Report(CatalogProgress value)
    {
        bool done = value.Fraction >= 1.0;
        if (!done && Environment.TickCount64 < next)
        {
            return;
        }

        next = Environment.TickCount64 + MillisecondsBetween;
        string text = done ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{value.HalosRead} halos read {value.Fraction:P0}");
        terminal.Write($"\r{text,-40}\r");
    }
}
