using System.Globalization;
using System.Text.Json.Nodes;
using DiffCompile.Model.Catalogs;
using DiffCompile.Samples.HaloOccupation;
using Shouldly;
using Xunit;

namespace DiffCompile.Samples.Tests.HaloOccupation;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_arguments_the_embedded_catalog_gives_the_same_result_every_time()
    {
        string first = folder.PathOf("first.json");
        string second = folder.PathOf("second.json");
        SampleRun run = SampleRun.Of("--json", first);
        SampleRun.Of("--json", second).Output.ShouldBe(run.Output);
        File.ReadAllBytes(second).ShouldBe(File.ReadAllBytes(first));
        run.ExitCode.ShouldBe(0);

        // The hosts of Bolshoi-Planck in equal mass bins: the density and its derivatives that were published for them,
        // up to the draw and the distribution inside the bins.
        JsonObject json = JsonNode.Parse(File.ReadAllText(first))!.AsObject();
        json["halos"]!.GetValue<int>().ShouldBe(997_674);
        json.Number("boxSizeMpcPerH").ShouldBe(250.0);
        json.Number("volumeFilledFraction").ShouldBeInRange(0.999, 1.0);
        json.Number("numberDensity").ShouldBe(5.560767e-3, 0.01 * 5.560767e-3);
        double[] expected = [-1.68486, 0.42278, -0.01962, -0.53303, 0.04210];
        json.PerParameter("dlnDensity").Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.005);
    }

    [Fact]
    public void The_json_object_has_its_fields_in_order()
    {
        JsonObject json = SampleRun.Json([.. Small(), "--sample", "-21", "--set", "alpha=1.2"]);
        json.Select(field => field.Key).ShouldBe(
        [
            "halos", "volumeFilledFraction", "boxSizeMpcPerH", "sample", "parameters", "sumCentrals", "sumSatellites",
            "sumSatellitesModulated", "numberDensity", "dlnDensity", "derivativeMember",
        ]);
        json.Number("sample").ShouldBe(-21.0);
        json.PerParameter("parameters").ShouldBe([12.79, 0.39, 11.92, 13.94, 1.2]);
    }

    [Fact]
    public void The_member_that_made_the_derivatives_is_named_and_located()
    {
        string member = SampleRun.Json(Small())["derivativeMember"]!.GetValue<string>();
        member.ShouldBe("DiffCompile.Samples.HaloOccupation.GalaxyCount.MeanGalaxiesValueAndGradient");
        int dot = member.LastIndexOf('.');
        Type? type = typeof(Program).Assembly.GetType(member[..dot]);
        type.ShouldNotBeNull();
        type.GetMethod(member[(dot + 1)..]).ShouldNotBeNull();

        GeneratedSource? source = GeneratedSource.Of(GalaxyCount.MeanGalaxiesValueAndGradient);
        source.ShouldNotBeNull();
        source.File.ShouldEndWith(".g.cs");
        SampleRun.Of(Small()).Output.ShouldContain($"{Path.GetFileName(source.File)}, line {source.Line}");
        if (File.Exists(source.File))
        {
            // The last member to begin above the line.
            File.ReadAllLines(source.File)[..source.Line].Last(line => line.Contains("public static"))
                .ShouldContain("MeanGalaxiesValueAndGradient(");
        }
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_language()
    {
        string[] arguments = [.. Small(), "--sample", "-22"];
        string expected = SampleRun.Of(arguments).Output;
        expected.ShouldContain("Mr < -22");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A comma for the decimal point; a minus sign that is not the hyphen.
            foreach (string language in new[] { "de-DE", "sv-SE" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(language);
                SampleRun.Of(arguments).Output.ShouldBe(expected);
                SampleRun.Of("--set", "alpha=-1.5").Error.ShouldContain("alpha = -1.5 is not possible");
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Cancelling_leaves_an_earlier_result_alone()
    {
        string file = folder.Write("result.json", "earlier");
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAtFirstReport(cancellation);

        SampleRun run = SampleRun.Of(["--json", file], progress, cancellation.Token);

        run.ExitCode.ShouldBe(130);
        run.Error.Trim().ShouldBe("Cancelled; nothing was written.");
        run.Output.ShouldBe(string.Empty);
        progress.Reports.ShouldBe(1);
        File.ReadAllText(file).ShouldBe("earlier");
        folder.Files().ShouldBe(["result.json"]);
    }

    [Fact]
    public void An_earlier_result_is_replaced_as_a_whole()
    {
        string file = folder.Write("result.json", new string('x', 100_000));
        SampleRun.Of([.. Small(), "--json", file]).ExitCode.ShouldBe(0);
        JsonNode.Parse(File.ReadAllText(file)).ShouldNotBeNull();
        folder.Files().ShouldBe(["halos.csv", "result.json"]);
    }

    [Fact]
    public void A_compensated_sum_keeps_what_a_plain_one_loses()
    {
        var sum = new CompensatedSum();
        foreach (double term in new[] { 1.0, 1e100, 1.0, -1e100 })
        {
            sum.Add(term);
        }

        sum.Total.ShouldBe(2.0);
        var both = new CompensatedSum();
        both.Add(sum);
        both.Add(sum);
        both.Total.ShouldBe(4.0);
    }

    /// <summary>Arguments for a catalog of two halos.</summary>
    private string[] Small()
        => ["--catalog", folder.Write("halos.csv", "mass,x,y,z,pid\n1e13,1.5,2,3,-1\n2e14,9.5,9.5,9.5,-1\n"), "--format", "csv"];

    private sealed class CancelAtFirstReport(CancellationTokenSource cancellation) : IProgress<CatalogProgress>
    {
        public int Reports { get; private set; }

        public void Report(CatalogProgress value)
        {
            Reports++;
            cancellation.Cancel();
        }
    }
}
