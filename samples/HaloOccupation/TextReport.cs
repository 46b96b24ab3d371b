using System.Globalization;
using DiffCompile.Model.Catalogs;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>The result for people.</summary>
internal static class TextReport
{
    public static void Write(TextWriter output, Summary summary, GeneratedSource? source)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(summary);
        Result result = summary.Result;
        string[] parameters = [.. ParameterChanges.Names.Zip(ParameterChanges.Values(result.Parameters), (name, value) => Text($"{name} {value}"))];

        Row("catalog", $"{summary.Catalog.Catalog} ({summary.Catalog.Format})");
        foreach (string note in summary.Catalog.Notes)
        {
            Row(string.Empty, note);
        }

        Row("box", Text($"{result.BoxSizeMpcPerH} Mpc/h, {Origin(summary.Box.Origin)}; halos span {100.0 * result.VolumeFilledFraction:0.0} % of it"));
        Row("halos", Text($"{result.Halos} read, {summary.HalosCounted} counted"));
        Row("sample", Text($"Mr < {result.Sample}: {string.Join(", ", parameters)}"));
        output.WriteLine();
        Row("Σ⟨Ncen⟩", Text($"{result.SumCentrals:0.000000}"));
        Row("Σ⟨Nsat⟩", Text($"{result.SumSatellites:0.000000} unmodulated"));
        Row(string.Empty, Text($"{result.SumSatellitesModulated:0.000000} modulated by centrals"));
        Row("density n", result.NumberDensity is { } n
            ? Text($"{n:0.00000000e+0} (h/Mpc)³, centrals and modulated satellites in {summary.VolumeMpcPerHCubed} (Mpc/h)³")
            : "none: the volume of the halos is not known");
        output.WriteLine();
        Derivatives(output, summary);
        output.WriteLine();
        Row("derivatives", result.DerivativeMember);
        Row("generated in", source is null ? "unknown: no debug symbols beside the program" : Text($"{Path.GetRelativePath(".", source.File)}, line {source.Line}"));
        foreach (string warning in summary.Warnings)
        {
            output.WriteLine("warning: " + warning);
        }

        void Row(string label, string text) => output.WriteLine($"{label,-13}{text}");
    }

    private static void Derivatives(TextWriter output, Summary summary)
    {
        string quantity = summary.Result.NumberDensity is null ? "d ln N/dθ" : "d ln n/dθ";
        output.WriteLine($"{"θ",-13}{quantity,16}{"finite difference",20}{"deviation",12}");
        double[] exact = ParameterChanges.Values(summary.Result.DlnDensity);
        double[] approximate = ParameterChanges.Values(summary.FiniteDifferences);
        for (int i = 0; i < exact.Length; i++)
        {
            output.WriteLine(Text($"{ParameterChanges.Names[i],-13}{exact[i],16:0.0000000000}{approximate[i],20:0.0000000000}{approximate[i] - exact[i],12:0.0e+00}"));
        }
    }

    private static string Origin(BoxOrigin origin) => origin switch
    {
        BoxOrigin.StatedByCatalog => "stated by the catalog",
        BoxOrigin.StatedByCaller => "stated by --box",
        _ => "assumed: the smallest of whole Mpc/h that holds every coordinate",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
