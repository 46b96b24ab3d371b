using System.Globalization;
using DiffCompile.Model.Catalogs;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

public sealed class RockstarReaderTests : IDisposable
{
    private const string Hodtools = "data/halos/hodtools-rockstar-z0.dat";

    private const string Header = "#ID DescID Mvir Rvir Rs X Y Z PID\n#Box size: 100.000000 Mpc/h\n";

    private readonly CatalogFiles files = new();

    public void Dispose() => files.Dispose();

    [SharedDataFact(Hodtools)]
    public void The_public_simulation_catalog_has_its_published_counts()
    {
        var reader = RockstarReader.Open(CatalogSource.FromFile(SharedData.PathOf(Hodtools)));
        var catalog = reader.ReadAll();

        catalog.Count.ShouldBe(9984);
        catalog.HostsOnly().Count.ShouldBe(9158);
        catalog.Within(CatalogRegion.Parse("0:256,0:128,0:128")).HostsOnly().Count.ShouldBe(6691);
        reader.ReadBatches().HostsOnly().Within(CatalogRegion.Parse("0:256,0:128,0:128")).Sum(batch => batch.Count).ShouldBe(6691);

        var masses = catalog.Halos.MassMsunPerH.ToArray();
        masses.Min().ShouldBe(1.482e11);
        masses.Max().ShouldBe(1.0e15, 0.01e15);
        var concentrations = catalog.Halos.ConcentrationOrRatio().Order().ToArray();
        ((concentrations[4991] + concentrations[4992]) / 2).ShouldBe(6.08, 0.005);
        concentrations[^1].ShouldBe(288, 0.5);
    }

    [SharedDataFact(Hodtools)]
    public void The_public_simulation_catalog_states_box_particle_mass_and_cosmology()
    {
        var metadata = RockstarReader.Open(CatalogSource.FromFile(SharedData.PathOf(Hodtools))).Metadata;

        metadata.Box.ShouldBe(new SimulationBox(1024.000122, BoxOrigin.StatedByCatalog));
        metadata.ParticleMassMsunPerH.ShouldBe(7.41e10);
        metadata.OmegaMatter.ShouldBe(0.267);
        metadata.OmegaLambda.ShouldBe(0.733);
        metadata.HubbleParameter.ShouldBe(0.719);
        metadata.ScaleFactor.ShouldBe(1.00427);
        metadata.Columns.ShouldBe(HaloColumns.All & ~HaloColumns.Concentration);
    }

    /// <summary>Its header names 42 columns, its rows have 37: the five (500c) shapes are not there.</summary>
    [SharedDataFact(Hodtools)]
    public void Columns_that_only_the_header_has_are_left_out_and_noted()
    {
        var reader = RockstarReader.Open(CatalogSource.FromFile(SharedData.PathOf(Hodtools)));
        var halos = reader.ReadAll().Halos;

        reader.Metadata.Notes.ShouldHaveSingleItem().ShouldContain("5 columns (500c)");
        halos.Id[0].ShouldBe(446317);
        halos.ParentId[0].ShouldBe(-1);
        halos.ParentId[2].ShouldBe(262919);
        halos.MassMsunPerH[2].ShouldBe(3.631e12);
        halos.RadiusKpcPerH[2].ShouldBe(317.974);
        halos.ScaleRadiusKpcPerH[2].ShouldBe(48.696);
        (halos.XMpcPerH[2], halos.YMpcPerH[2], halos.ZMpcPerH[2]).ShouldBe((10.89912, 20.30425, 5.43753));
        halos.Id[^1].ShouldBe(296072);
        halos.ParentId[^1].ShouldBe(-1);
    }

    [SharedDataFact(Hodtools)]
    public void The_corner_of_a_box_shows_as_a_small_filled_fraction()
    {
        var reader = RockstarReader.Open(CatalogSource.FromFile(SharedData.PathOf(Hodtools)));
        var catalog = reader.ReadAll();

        // Lowest and highest coordinates found by a separate script: x 0.02165 to 255.99501 and so on.
        catalog.Bounds.ShouldBe(new CoordinateBounds(0.02165, 255.99501, 0.0086, 127.99654, 0.01607, 255.99734));
        catalog.VolumeFilledFraction.ShouldBe(
            (255.99501 - 0.02165) * (127.99654 - 0.0086) * (255.99734 - 0.01607) / Math.Pow(1024.000122, 3), 1e-15);
        reader.ReadBatches().Aggregate(CoordinateBounds.Empty, (bounds, batch) => bounds.Include(batch)).ShouldBe(catalog.Bounds);
    }

    /// <summary>The catalog's radii are those of Bryan and Norman (1998), computed by another program.</summary>
    [SharedDataFact(Hodtools)]
    public void Virial_radii_agree_with_those_of_the_simulation()
    {
        var reader = RockstarReader.Open(CatalogSource.FromFile(SharedData.PathOf(Hodtools)));
        var halos = reader.ReadAll().Halos;
        var a = reader.Metadata.ScaleFactor!.Value;
        var matter = 0.267 / (a * a * a);
        var omega = matter / (matter + 0.733);

        for (var i = 0; i < halos.Count; i++)
        {
            // Comoving radius: the critical density of that epoch, seen from today, is matter / omega times today's, times a³.
            var today = HaloStructure.VirialRadiusKpcPerH(halos.MassMsunPerH[i], omega);
            var radius = today / Math.Cbrt(matter / omega * a * a * a);
            halos.RadiusKpcPerH[i].ShouldBe(radius, 1e-3 * radius);
        }
    }

    [SharedDataTheory(Hodtools)]
    [InlineData(1, 1 << 20)]
    [InlineData(1, 4096)]
    [InlineData(3, 4096)]
    [InlineData(2, 16)]
    public void Block_size_and_parallelism_do_not_change_the_result(int parallelism, int blockBytes)
    {
        var source = CatalogSource.FromFile(SharedData.PathOf(Hodtools));
        var options = new HaloReaderOptions { Parallelism = parallelism, BlockBytes = blockBytes };
        var expected = HaloCatalogReaders.Open(source, CatalogFormat.Rockstar).ReadAll().Halos;
        var halos = HaloCatalogReaders.Open(source, CatalogFormat.Rockstar, options).ReadAll().Halos;

        halos.MassMsunPerH.ToArray().ShouldBe(expected.MassMsunPerH.ToArray());
        halos.XMpcPerH.ToArray().ShouldBe(expected.XMpcPerH.ToArray());
        halos.ZMpcPerH.ToArray().ShouldBe(expected.ZMpcPerH.ToArray());
        halos.ParentId.ToArray().ShouldBe(expected.ParentId.ToArray());
    }

    [Fact]
    public void Consistent_trees_headers_are_read_by_name()
    {
        var catalog = Read(
            "#scale(0) id(1) desc_scale(2) pid(5) upid(6) sam_mvir(9) mvir(10) rvir(11) rs(12) x(17) y(18) z(19) A[x](500c)\n"
            + "#Omega_M = 0.307115; Omega_L = 0.692885; h0 = 0.677700\n"
            + "#Full box size = 250.000000 Mpc/h\n"
            + "1.0 7 0 -1 -1 9e12 1.5e12 230.5 30.25 1.5 2.5 3.5 0\n"
            + "1.0 8 0 7 7 9e12 2.5e11 100 10 1.25 2.25 3.25 0\n");

        catalog.Halos.MassMsunPerH.ToArray().ShouldBe([1.5e12, 2.5e11]);
        catalog.Halos.RadiusKpcPerH.ToArray().ShouldBe([230.5, 100]);
        catalog.Halos.ScaleRadiusKpcPerH.ToArray().ShouldBe([30.25, 10]);
        catalog.Halos.XMpcPerH.ToArray().ShouldBe([1.5, 1.25]);
        catalog.Halos.YMpcPerH.ToArray().ShouldBe([2.5, 2.25]);
        catalog.Halos.ZMpcPerH.ToArray().ShouldBe([3.5, 3.25]);
        catalog.Halos.ParentId.ToArray().ShouldBe([-1, 7]);
        catalog.Halos.Id.ToArray().ShouldBe([7, 8]);
        catalog.Halos.ConcentrationOrRatio().ShouldBe([230.5 / 30.25, 10]);
        catalog.Box.ShouldBe(new SimulationBox(250, BoxOrigin.StatedByCatalog));
        catalog.Metadata.OmegaMatter.ShouldBe(0.307115);
        catalog.Metadata.HubbleParameter.ShouldBe(0.6777);
    }

    [Fact]
    public void Another_mass_definition_brings_its_own_radius_or_none()
    {
        const string Text = "#ID Mvir Rvir M200b R200b M200c X Y Z\n1 1e12 200 2e12 300 3e12 1 2 3\n";

        var mean = Read(Text, new() { Names = new() { MassMsunPerH = "m200B" } });
        mean.Halos.MassMsunPerH[0].ShouldBe(2e12);
        mean.Halos.RadiusKpcPerH[0].ShouldBe(300);
        Read(Text, new() { Names = new() { MassMsunPerH = "M200c" } }).Halos.Columns.HasFlag(HaloColumns.Radius).ShouldBeFalse();
        Read(Text, new() { Names = new() { MassMsunPerH = "M200c", RadiusKpcPerH = "Rvir" } }).Halos.RadiusKpcPerH[0].ShouldBe(200);
    }

    [Fact]
    public void Only_the_columns_asked_for_are_read()
    {
        // The radius is no number, but nobody asks for it.
        var catalog = Read(Header + "1 -1 1e12 oops 1 1 2 3 -1\n", new() { Columns = HaloColumns.ParentId });

        catalog.Halos.Columns.ShouldBe(HaloColumns.Required | HaloColumns.ParentId);
        Should.Throw<InvalidOperationException>(() => catalog.Halos.RadiusKpcPerH.Length).Message.ShouldContain("radius (kpc/h)");
    }

    [Fact]
    public void Comments_blank_lines_tabs_and_carriage_returns_are_no_trouble()
    {
        var catalog = Read(
            "\uFEFF#ID\tMvir X Y Z\r\n# a remark\r\n\r\n1\t1e12  1 2 3 \r\n  # another; among the rows\r\n\t2 2e12 4 5 6\r\n   \r\n3 3e12 7 8 9");

        catalog.Halos.MassMsunPerH.ToArray().ShouldBe([1e12, 2e12, 3e12]);
        catalog.Halos.ZMpcPerH.ToArray().ShouldBe([3, 6, 9]);
    }

    [Fact]
    public void Without_a_stated_box_the_smallest_whole_one_is_assumed()
    {
        var catalog = Read("#ID Mvir X Y Z\n1 1e12 10.5 2 3\n2 1e12 1 99.01 7\n");

        catalog.Metadata.Box.ShouldBeNull();
        catalog.Box.ShouldBe(new SimulationBox(100, BoxOrigin.Assumed));
        catalog.VolumeFilledFraction.ShouldBe(9.5 * 97.01 * 4 / 1e6, 1e-15);

        var part = catalog.Within(new CatalogRegion(0, 5, 0, 100, 0, 100));
        part.Count.ShouldBe(1);
        part.Box.ShouldBe(catalog.Box);
        catalog.Within(new CatalogRegion(200, 201, 0, 1, 0, 1)).VolumeFilledFraction.ShouldBe(0);
    }

    [Fact]
    public void The_callers_box_takes_the_place_of_the_stated_one()
    {
        var catalog = Read(Header + "1 -1 1e12 1 1 250 2 3 -1\n", new() { BoxSizeMpcPerH = 300 });

        catalog.Box.ShouldBe(new SimulationBox(300, BoxOrigin.StatedByCaller));
    }

    [Fact]
    public void Numbers_are_read_to_the_last_bit()
    {
        var random = new Random(20240607);
        var numbers = new List<string> { "1", "0.1", "9007199254740993", "123456789012345678901234567890", "1e22", "1e23", "5e-324", "2.2250738585072011e-308", "1.7976931348623157E+308", ".5", "5.", "+7", "1e+05", "00012.50" };
        for (var i = 0; i < 20000; i++)
        {
            var value = Math.Exp((random.NextDouble() - 0.5) * 200);
            numbers.Add(value.ToString((i % 4) switch { 0 => "R", 1 => "E3", 2 => "E16", _ => "F6" }, CultureInfo.InvariantCulture));
        }

        numbers.RemoveAll(text => double.Parse(text, CultureInfo.InvariantCulture) == 0);
        var catalog = ReadBatch("#ID Mvir X Y Z\n" + string.Concat(numbers.Select((text, i) => $"{i} {text} {text} -{text.TrimStart('+')} 0\n")));

        for (var i = 0; i < numbers.Count; i++)
        {
            var expected = double.Parse(numbers[i], NumberStyles.Float, CultureInfo.InvariantCulture);
            catalog.MassMsunPerH[i].ShouldBe(expected, numbers[i]);
            BitConverter.DoubleToInt64Bits(catalog.YMpcPerH[i]).ShouldBe(BitConverter.DoubleToInt64Bits(-expected), numbers[i]);
        }
    }

    [Fact]
    public void A_foreign_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var catalog = Read(Header + "1 -1 1.5e12 1 1 10.25 2 3 -1\n");
            catalog.Halos.MassMsunPerH[0].ShouldBe(1.5e12);
            catalog.Halos.XMpcPerH[0].ShouldBe(10.25);
            Should.Throw<CatalogFormatException>(() => Read(Header + "1 -1 1.5e12 1 1 100.25 2 3 -1\n")).Message
                .ShouldContain("'100.25' is not possible as the x (Mpc/h); expected a coordinate inside the box, 0 to 100 Mpc/h");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private HaloCatalog Read(string text, HaloReaderOptions? options = null)
        => HaloCatalogReaders.Open(files.Write(text), CatalogFormat.Rockstar, options).ReadAll();

    /// <summary>The halos alone, of which some have negative coordinates, so that no box can be assumed.</summary>
    private HaloBatch ReadBatch(string text)
        => HaloCatalogReaders.Open(files.Write(text), CatalogFormat.Rockstar, new() { BlockBytes = 1 << 24 })
            .ReadBatches().ShouldHaveSingleItem();
}
