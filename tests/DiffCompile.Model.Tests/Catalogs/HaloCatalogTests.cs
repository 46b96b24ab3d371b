using DiffCompile.Model.Catalogs;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

public class HaloCatalogTests
{
    private static readonly HaloCatalogMetadata Metadata = new() { Catalog = "test", Format = "none", Columns = HaloColumns.Required };

    private static HaloBatch Batch(double[] x, long[]? parentId = null)
        => HaloBatch.FromColumns([.. x.Select(_ => 1e12)], x, x, x, parentId: parentId);

    [Fact]
    public void Regions_are_half_open()
    {
        var region = CatalogRegion.Parse("0:256,-1.5:128,0:1e2");

        region.ShouldBe(new CatalogRegion(0, 256, -1.5, 128, 0, 100));
        region.VolumeMpcPerHCubed.ShouldBe(256 * 129.5 * 100);
        CatalogRegion.Parse(region.ToString()).ShouldBe(region);
        region.Contains(0, -1.5, 0).ShouldBeTrue();
        region.Contains(255.999, 127.999, 99.999).ShouldBeTrue();
        region.Contains(256, 0, 0).ShouldBeFalse();
        region.Contains(0, 128, 0).ShouldBeFalse();
        region.Contains(0, 0, 100).ShouldBeFalse();
        region.Contains(-0.001, 0, 0).ShouldBeFalse();
        region.Contains(0, 0, double.NaN).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "1 part(s) between commas")]
    [InlineData("0:1,0:1", "2 part(s) between commas")]
    [InlineData("0:1,0:1,0", "'0' is not a pair")]
    [InlineData("0:1,0:1:2,0:1", "'0:1:2' is not a pair")]
    [InlineData("0:1,a:1,0:1", "'a' is not a number")]
    [InlineData("0:1,1:1,0:1", "from y = 1 to 1 Mpc/h; expected two finite bounds")]
    [InlineData("0:1,0:1,2:1", "from z = 2 to 1 Mpc/h")]
    [InlineData("0:1,0:1,0:Infinity", "two finite bounds")]
    public void A_malformed_region_is_named(string text, string message)
        => Should.Throw<FormatException>(() => CatalogRegion.Parse(text)).Message.ShouldContain(message);

    [Theory]
    [InlineData(255.99, 256)]
    [InlineData(256.0, 256)]
    [InlineData(256.0001, 257)]
    [InlineData(0.2, 1)]
    [InlineData(0.0, 1)]
    public void The_assumed_box_is_the_smallest_of_whole_megaparsecs(double highest, double size)
    {
        var catalog = new HaloCatalog(Metadata, Batch([0, highest]));
        catalog.Box.ShouldBe(new SimulationBox(size, BoxOrigin.Assumed));
        catalog.VolumeFilledFraction.ShouldBe(Math.Pow(highest / size, 3), 1e-12);
    }

    [Fact]
    public void No_box_is_assumed_for_negative_or_absent_coordinates()
    {
        Should.Throw<InvalidOperationException>(() => new HaloCatalog(Metadata, Batch([-3, 5]))).Message.ShouldContain("coordinate of -3 Mpc/h");
        Should.Throw<InvalidOperationException>(() => new HaloCatalog(Metadata, Batch([]))).Message.ShouldContain("no halo to assume one from");
        new HaloCatalog(Metadata with { Box = new SimulationBox(10, BoxOrigin.StatedByCaller) }, Batch([])).VolumeFilledFraction.ShouldBe(0);
    }

    [Fact]
    public void Filters_compose_and_drop_empty_batches()
    {
        HaloBatch[] batches = [Batch([1, 2, 3], [-1, 7, -1]), Batch([4, 5], [9, 9]), Batch([6, 7, 8], [-1, -1, -1])];
        var kept = batches.HostsOnly().Within(new CatalogRegion(2, 8, 0, 100, 0, 100)).ToArray();

        kept.Select(batch => batch.XMpcPerH.ToArray()).ShouldBe([[3.0], [6.0, 7.0]]);
        batches.HostsOnly().Last().ShouldBeSameAs(batches[2]);
    }

    [Fact]
    public void Hosts_cannot_be_told_without_a_parent_identifier()
        => Should.Throw<InvalidOperationException>(() => new HaloCatalog(Metadata, Batch([1, 2])).HostsOnly())
            .Message.ShouldContain("no column parent id");

    [Fact]
    public void Columns_in_memory_are_checked_and_copied()
    {
        double[] mass = [1e12, 2e12];
        var batch = HaloBatch.FromColumns(mass, [1, 2], [1, 2], [1, 2], concentration: [5, 6], id: [3, 4]);
        mass[0] = 0;

        batch.MassMsunPerH[0].ShouldBe(1e12);
        batch.Columns.ShouldBe(HaloColumns.Required | HaloColumns.Concentration | HaloColumns.Id);
        batch.ConcentrationOrRatio().ShouldBe([5, 6]);
        Should.Throw<ArgumentException>(() => HaloBatch.FromColumns([1e12], [1, 2], [1], [1])).Message.ShouldContain("x (Mpc/h) has 2 values; expected 1");
        Should.Throw<ArgumentException>(() => HaloBatch.FromColumns([-1], [1], [1], [1])).Message.ShouldContain("Halo 0 has mass (Msun/h) = -1");
        Should.Throw<ArgumentException>(() => HaloBatch.FromColumns([1], [1], [1], [1], parentId: [])).Message.ShouldContain("parent id has 0 values");
        Should.Throw<ArgumentOutOfRangeException>(() => batch.Select([2]));
        Should.Throw<InvalidOperationException>(() => Batch([1]).ConcentrationOrRatio()).Message.ShouldContain("radius (kpc/h)");
    }

    [Fact]
    public void Batches_with_different_columns_do_not_join()
        => Should.Throw<ArgumentException>(() => HaloCatalog.FromBatches(Metadata, [Batch([1]), Batch([2], [-1])]));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new HaloReaderOptions { BoxSizeMpcPerH = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new HaloReaderOptions { BoxSizeMpcPerH = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new HaloReaderOptions { Parallelism = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new HaloReaderOptions { BlockBytes = 1 });
        Should.Throw<ArgumentOutOfRangeException>(() => HaloCatalogReaders.Open("x", (CatalogFormat)7));
    }
}
