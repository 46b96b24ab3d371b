using System.Globalization;
using DiffCompile.Model.Catalogs;
using DiffCompile.Model.Occupation;
using DiffCompile.Samples.HaloOccupation;
using Shouldly;
using Xunit;

namespace DiffCompile.Samples.Tests.HaloOccupation;

public class CommandLineTests
{
    [Fact]
    public void No_argument_is_needed() => CommandLine.Parse([]).ShouldBe(new Options
    {
        Sample = -20.0,
        Parameters = new Zheng07Parameters(12.02, 0.26, 11.38, 13.31, 1.06),
    });

    [Fact]
    public void Every_option_is_understood() => CommandLine.Parse(
        [
            "--catalog", "halos.csv", "--format", "csv", "--box", "512.5", "--volume", "1e6", "--region", "0:1,2:3,4:5.5",
            "--hosts-only", "false", "--sample", "-21.5", "--set", "logMmin=13", "alpha=0.9", "--json", "out.json", "--set", "logM0=-3",
        ]).ShouldBe(new Options
        {
            Catalog = "halos.csv",
            Format = CatalogFormat.Csv,
            BoxSizeMpcPerH = 512.5,
            VolumeMpcPerHCubed = 1e6,
            Region = new CatalogRegion(0, 1, 2, 3, 4, 5.5),
            HostsOnly = false,
            Sample = -21.5,
            Parameters = new Zheng07Parameters(13.0, 0.51, -3.0, 13.91, 0.9),
            JsonFile = "out.json",
        });

    [Fact]
    public void All_nine_published_samples_are_known()
    {
        foreach (var (threshold, parameters) in Zheng07Samples.All)
        {
            CommandLine.Parse(["--sample", threshold.ToString(CultureInfo.InvariantCulture)]).Parameters.ShouldBe(parameters);
        }
    }

    [Theory]
    [InlineData("--frobnicate", "'--frobnicate': there is no such option; expected one of --catalog, --format, --box")]
    [InlineData("halos.csv", "'halos.csv': a value without an option; expected one of --catalog")]
    [InlineData("--box 1 2", "'2': a value without an option")]
    [InlineData("--catalog", "--catalog: no value follows; expected a value after it.")]
    [InlineData("--catalog --format csv", "--catalog: no value follows")]
    [InlineData("--set", "--set: no value follows")]
    [InlineData("--sample -20 --sample -21", "--sample: given twice; expected it once.")]
    [InlineData("--catalog a.csv", "--format: not given; expected rockstar, pinocchio or csv, the format of 'a.csv'.")]
    [InlineData("--format csv", "--format: given without a catalog; expected --catalog with it.")]
    [InlineData("--catalog a.csv --format fits", "--format: 'fits' is no known format; expected rockstar, pinocchio or csv.")]
    [InlineData("--catalog a.csv --format csv --box 0", "--box: '0' is not possible; expected the side of the box in Mpc/h, a number above 0.")]
    [InlineData("--catalog a.csv --format csv --box NaN", "--box: 'NaN' is not possible")]
    [InlineData("--catalog a.csv --format csv --box 250,5", "--box: '250,5' is not possible")]
    [InlineData("--box 300", "--box: the embedded catalog fills a box of its own; expected --catalog with it.")]
    [InlineData("--volume -3", "--volume: '-3' is not possible; expected a volume in (Mpc/h)³, a number above 0.")]
    [InlineData("--volume Infinity", "--volume: 'Infinity' is not possible")]
    [InlineData("--volume much", "--volume: 'much' is not possible")]
    [InlineData("--region 0:10,0:10", "--region: The region '0:10,0:10' cannot be read: 2 part(s) between commas, not 3")]
    [InlineData("--region 0:10,0:10,5", "--region: The region '0:10,0:10,5' cannot be read: '5' is not a pair")]
    [InlineData("--region 0:10,0:10,9:a", "--region: The region '0:10,0:10,9:a' cannot be read: 'a' is not a number")]
    [InlineData("--region 0:10,10:0,0:10", "--region: The region '0:10,10:0,0:10' is empty or unbounded")]
    [InlineData("--region 0:10,0:10,0:300", "--region: 0:10,0:10,0:300 reaches out of the box; expected 0 to 250 Mpc/h on every axis.")]
    [InlineData("--region -1:10,0:10,0:10", "--region: -1:10,0:10,0:10 reaches out of the box")]
    [InlineData("--hosts-only yes", "--hosts-only: 'yes' is neither; expected true or false.")]
    [InlineData("--sample -20.25", "--sample: '-20.25' is no published sample; expected one of -18, -18.5, -19, -19.5, -20, -20.5, -21, -21.5, -22.")]
    [InlineData("--sample bright", "--sample: 'bright' is no published sample")]
    [InlineData("--set logMmin", "--set: 'logMmin' is no change of a parameter; expected NAME=VALUE, for example logMmin=12.02.")]
    [InlineData("--set logMmin=12=13", "--set: 'logMmin=12=13' is no change of a parameter")]
    [InlineData("--set mass=12", "--set: 'mass' is no parameter; expected one of logMmin, sigmaLogM, logM0, logM1, alpha.")]
    [InlineData("--set alpha=1 alpha=2", "--set: 'alpha' is changed twice; expected each parameter once.")]
    [InlineData("--set alpha=1 --set alpha=2", "--set: 'alpha' is changed twice")]
    [InlineData("--set logM1=", "--set: '' for logM1 is not possible; expected a finite number.")]
    [InlineData("--set logM1=1e999", "--set: '1e999' for logM1 is not possible")]
    [InlineData("--set sigmaLogM=0", "--set: sigmaLogM = 0 is not possible; expected a number above 0.")]
    [InlineData("--set alpha=-1", "--set: alpha = -1 is not possible; expected a number above 0.")]
    [InlineData("--json /no/such/folder/out.json", "--json: the folder of '/no/such/folder/out.json' does not exist")]
    [InlineData("--json .", "--json: '.' is a folder; expected a file.")]
    public void A_wrong_argument_is_named_with_what_was_expected(string arguments, string message)
    {
        SampleRun run = SampleRun.Of(arguments.Split(' '));

        run.Error.ShouldStartWith("error: " + message);
        run.Error.TrimEnd().ShouldEndWith("See --help.");
        run.Output.ShouldBe(string.Empty);
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void An_empty_value_is_none()
        => SampleRun.Of("--json", " ").Error.ShouldStartWith("error: --json: no value follows");

    [Fact]
    public void Help_explains_every_option_and_does_nothing_else()
    {
        SampleRun run = SampleRun.Of("--catalog", "missing.csv", "--help");

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBe(string.Empty);
        string[] options =
            ["--catalog", "--format", "--box", "--volume", "--region", "--hosts-only", "--sample", "--set", "--json", "--help"];
        options.ShouldAllBe(option => run.Output.Contains("\n  " + option));
    }
}
