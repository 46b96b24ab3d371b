using System.Text.Json.Nodes;
using DiffCompile.Model.Occupation;
using Shouldly;
using Xunit;

namespace DiffCompile.Samples.Tests.HaloOccupation;

/// <summary>Which halos are counted, in which volume, and what is said where that is in doubt.</summary>
public sealed class CatalogHandlingTests : IDisposable
{
    // Four hosts at corners of a box of 100 Mpc/h, and a subhalo of the first.
    private const string Corners = """
        mass,x,y,z,pid
        1e13,0,0,0,-1
        2e13,99.5,0,50,-1
        3e13,0,99.5,99.5,-1
        4e13,99.5,99.5,20,-1
        1e12,1,1,1,7
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Subhalos_are_left_out_by_default_and_counted_on_request()
    {
        Centrals(Corners).ShouldBe(Expected(1e13, 2e13, 3e13, 4e13), 1e-12);
        Centrals(Corners, "--hosts-only", "true").ShouldBe(Expected(1e13, 2e13, 3e13, 4e13), 1e-12);
        Centrals(Corners, "--hosts-only", "false").ShouldBe(Expected(1e13, 2e13, 3e13, 4e13, 1e12), 1e-12);
        Json(Corners)["halos"]!.GetValue<int>().ShouldBe(5);
        Run(Corners).Output.ShouldContain("5 read, 4 counted");
    }

    [Fact]
    public void Without_parent_ids_every_halo_is_counted_with_a_warning()
    {
        const string NoParents = "mass,x,y,z\n1e13,0,0,0\n2e13,10,10,10\n";

        SampleRun run = Run(NoParents);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("warning: The catalog has no parent ids, so that hosts cannot be told from subhalos: every halo is counted.");
        Run(NoParents, "--hosts-only", "false").Output.ShouldNotContain("warning");

        SampleRun refused = Run(NoParents, "--hosts-only", "true");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("--hosts-only: ");
        refused.Error.ShouldContain("has no parent ids to tell hosts from subhalos; expected false for this catalog.");
    }

    [Fact]
    public void The_box_is_the_smallest_whole_one_and_is_said_to_be_assumed()
    {
        JsonObject json = Json(Corners);
        json.Number("boxSizeMpcPerH").ShouldBe(100.0);
        json.Number("volumeFilledFraction").ShouldBe(Math.Pow(0.995, 3), 1e-12);
        json.Number("numberDensity").ShouldBe(Galaxies(json) / 1e6, 1e-18);
        Run(Corners).Output.ShouldContain("100 Mpc/h, assumed: the smallest of whole Mpc/h that holds every coordinate; halos span 98.5 % of it");
    }

    [Fact]
    public void A_stated_box_is_taken_while_half_of_it_is_filled()
    {
        // 99.5³/125³ is 50.4 %, 99.5³/126³ is 49.2 %.
        JsonObject half = Json(Corners, "--box", "125");
        half.Number("numberDensity").ShouldBe(Galaxies(half) / Math.Pow(125, 3), 1e-18);

        JsonObject less = Json(Corners, "--box", "126");
        less.Number("boxSizeMpcPerH").ShouldBe(126.0);
        less["numberDensity"].ShouldBeNull();
        less.PerParameter("dlnDensity").ShouldBe(half.PerParameter("dlnDensity"));
        Run(Corners, "--box", "126").Output.ShouldContain("warning: The halos span 49.2 % of the box of 126 Mpc/h");
    }

    [Fact]
    public void A_volume_gives_a_density_whatever_the_box()
    {
        JsonObject json = Json(Corners, "--box", "1000", "--volume", "2e6");
        json.Number("numberDensity").ShouldBe(Galaxies(json) / 2e6, 1e-18);
        JsonObject both = Json(Corners, "--region", "0:100,0:100,0:60", "--volume", "2e6");
        both.Number("numberDensity").ShouldBe(Galaxies(both) / 2e6, 1e-18);
    }

    [Fact]
    public void A_region_cuts_halos_and_gives_its_volume()
    {
        JsonObject json = Json(Corners, "--box", "1000", "--region", "0:100,0:100,0:50");
        json["halos"]!.GetValue<int>().ShouldBe(5);
        json.Number("boxSizeMpcPerH").ShouldBe(1000.0);
        json.Number("volumeFilledFraction").ShouldBe(99.5 * 99.5 * 99.5 / 1e9, 1e-15);
        json.Number("sumCentrals").ShouldBe(Expected(1e13, 4e13), 1e-12);
        json.Number("numberDensity").ShouldBe(Galaxies(json) / 500_000.0, 1e-18);

        // x < 99.5: upper faces do not belong to a region.
        Centrals(Corners, "--region", "0:99.5,0:100,0:100").ShouldBe(Expected(1e13, 3e13), 1e-12);
    }

    [Fact]
    public void A_region_that_the_halos_do_not_span_is_pointed_out()
        => Run(Corners, "--region", "0:100,0:100,0:50").Output.ShouldContain("warning: The halos span 39.6 % of the region");

    [Fact]
    public void A_region_beyond_a_box_is_refused_where_it_is_stated_and_pointed_out_where_it_is_assumed()
    {
        SampleRun stated = Run(Corners, "--box", "100", "--region", "0:100,0:100,0:101");
        stated.ExitCode.ShouldBe(2);
        stated.Error.ShouldContain("--region: 0:100,0:100,0:101 reaches out of the box; expected 0 to 100 Mpc/h on every axis.");

        SampleRun assumed = Run(Corners, "--region", "0:100,0:100,0:101");
        assumed.ExitCode.ShouldBe(0);
        assumed.Output.ShouldContain("warning: --region: 0:100,0:100,0:101 reaches out of the box that is assumed, 0 to 100 Mpc/h on every axis.");
    }

    [Theory]
    [InlineData("mass,x,y,z\n1e13,0,0,zero\n", "line 2, column 'z'")]
    [InlineData("mass,x,y,z\n-1e13,0,0,0\n", "line 2, column 'mass'")]
    [InlineData("x,y,z\n0,0,0\n", "mass")]
    [InlineData("", "empty")]
    [InlineData("mass,x,y,z\n1e13,-5,0,0\n", "-5")]
    public void A_catalog_that_cannot_be_read_is_reported_as_its_reader_does(string text, string message)
    {
        SampleRun run = Run(text, "--json", folder.PathOf("result.json"));
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("error: ");
        run.Error.ShouldContain("halos.csv");
        run.Error.ShouldContain(message);
        run.Output.ShouldBe(string.Empty);
        folder.Files().ShouldBe(["halos.csv"]);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_reported()
    {
        SampleRun missing = SampleRun.Of("--catalog", folder.PathOf("none.csv"), "--format", "csv");
        missing.ExitCode.ShouldBe(1);
        missing.Error.ShouldContain("none.csv");
        SampleRun isFolder = SampleRun.Of("--catalog", Path.GetTempPath(), "--format", "csv");
        isFolder.ExitCode.ShouldBe(1);
        isFolder.Error.ShouldStartWith("error: ");
    }

    [Theory]
    [InlineData("--region 40:50,40:50,40:50", "there is no host halo in the region 40:50,40:50,40:50; expected at least one.")]
    [InlineData("--set logMmin=500", "the halos hold 0 galaxies, whose logarithm has no finite derivatives")]
    [InlineData("--set alpha=1e4 logM1=1", "expected parameters that give a finite number above 0.")]
    public void A_result_that_does_not_exist_is_an_error(string arguments, string message)
    {
        SampleRun run = Run(Corners, [.. arguments.Split(' '), "--json", folder.PathOf("result.json")]);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
        folder.Files().ShouldBe(["halos.csv"]);
    }

    [Fact]
    public void Subhalos_alone_are_no_hosts()
        => Run("mass,x,y,z,pid\n1e13,0,0,0,5\n").Error.ShouldContain("there is no host halo; expected at least one.");

    private static double Expected(params double[] masses)
    {
        Zheng07Parameters p = Zheng07Samples.ForThreshold(-20.0);
        return masses.Sum(m => Zheng07.MeanCentral(Math.Log10(m), p.LogMmin, p.SigmaLogM));
    }

    private static double Galaxies(JsonObject json) => json.Number("sumCentrals") + json.Number("sumSatellitesModulated");

    private double Centrals(string text, params string[] arguments) => Json(text, arguments).Number("sumCentrals");

    private JsonObject Json(string text, params string[] arguments)
        => SampleRun.Json(["--catalog", folder.Write("halos.csv", text), "--format", "csv", .. arguments]);

    private SampleRun Run(string text, params string[] arguments)
        => SampleRun.Of(["--catalog", folder.Write("halos.csv", text), "--format", "csv", .. arguments]);
}
