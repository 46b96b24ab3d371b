using System.Text.Json.Nodes;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Samples.Tests.HaloOccupation;

/// <summary>
/// The JSON object on two public catalogs against numbers that were computed independently. A number printed with k
/// decimals agrees when the difference is at most half a unit of the last.
/// </summary>
public class PublishedNumbersTests
{
    private const string Pinocchio = "data/halos/pinocchio-256-z0.catalog.out";
    private const string Rockstar = "data/halos/hodtools-rockstar-z0.dat";

    [SharedDataTheory(Pinocchio)]
    [InlineData("-20", 57_952.64, 21_966.30, 21_411.77, 4.730487e-3, new[] { -.96649, -.20730, -.01862, -.65849, .13435 })]
    [InlineData("-21", 14_362.98, 4_031.79, 3_515.48, 1.065639e-3, new[] { -1.76453, .64061, -.01493, -.52068, -.03159 })]
    public void Pinocchio_box(string sample, double centrals, double satellites, double modulated, double density, double[] derivatives)
    {
        JsonObject json = SampleRun.Json("--catalog", SharedData.PathOf(Pinocchio), "--format", "pinocchio", "--sample", sample);

        json["halos"]!.GetValue<long>().ShouldBe(73_889);
        json.Number("boxSizeMpcPerH").ShouldBe(256.0);
        json.Number("volumeFilledFraction").ShouldBeInRange(0.999, 1.0);
        json.Number("sumCentrals").ShouldBe(centrals, 0.005);
        json.Number("sumSatellites").ShouldBe(satellites, 0.005);
        json.Number("sumSatellitesModulated").ShouldBe(modulated, 0.005);
        json.Number("numberDensity").ShouldBe(density, 0.5e-9);
        json.PerParameter("dlnDensity").Zip(derivatives).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 0.5e-5);
    }

    [SharedDataTheory(Rockstar)]
    [InlineData("-20", 6_776.488, 4_181.248, 4_152.444)]
    [InlineData("-21", 3_068.893, 798.571, 717.785)]
    public void Rockstar_hosts(string sample, double centrals, double satellites, double modulated)
    {
        JsonObject json = SampleRun.Json("--catalog", SharedData.PathOf(Rockstar), "--format", "rockstar", "--sample", sample);

        json["halos"]!.GetValue<long>().ShouldBe(9_984);
        json.Number("boxSizeMpcPerH").ShouldBe(1024.0, 0.001);
        json.Number("volumeFilledFraction").ShouldBeLessThan(0.02);
        json.Number("sumCentrals").ShouldBe(centrals, 0.0005);
        json.Number("sumSatellites").ShouldBe(satellites, 0.0005);
        json.Number("sumSatellitesModulated").ShouldBe(modulated, 0.0005);
        json.ContainsKey("numberDensity").ShouldBeTrue();
        json["numberDensity"].ShouldBeNull();
    }

    [SharedDataTheory(Rockstar)]
    [InlineData("-20", 4_950.434, 3_165.862, 3_144.672)]
    [InlineData("-21", 2_255.638, 608.882, 550.251)]
    public void Rockstar_complete_block(string sample, double centrals, double satellites, double modulated)
    {
        JsonObject json = SampleRun.Json(
            "--catalog", SharedData.PathOf(Rockstar), "--format", "rockstar", "--sample", sample, "--region", "0:256,0:128,0:128");

        json["halos"]!.GetValue<long>().ShouldBe(9_984);
        json.Number("sumCentrals").ShouldBe(centrals, 0.0005);
        json.Number("sumSatellites").ShouldBe(satellites, 0.0005);
        json.Number("sumSatellitesModulated").ShouldBe(modulated, 0.0005);
        json.Number("numberDensity").ShouldBe((centrals + modulated) / (256.0 * 128.0 * 128.0), 1e-9);
    }

    [SharedDataFact(Rockstar)]
    public void Rockstar_hosts_are_counted_and_the_missing_density_is_explained()
    {
        SampleRun run = SampleRun.Of("--catalog", SharedData.PathOf(Rockstar), "--format", "rockstar");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("9984 read, 9158 counted");
        run.Output.ShouldContain("density n    none");
        run.Output.ShouldContain("d ln N/dθ");
        run.Output.ShouldContain("warning: The halos span 0.8 % of the box of 1024.000122 Mpc/h");
        run.Output.ShouldContain("State --volume or --region.");
    }
}
