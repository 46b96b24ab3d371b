using System.Globalization;
using DiffCompile.Model.Catalogs;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

public sealed class CsvReaderTests : IDisposable
{
    private readonly CatalogFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void What_is_written_is_read_back_to_the_bit()
    {
        var halos = new SyntheticCatalog(new() { HaloCount = 5000 }).ReadAll().Halos;
        var text = new System.Text.StringBuilder("id,massMsunPerH,xMpcPerH,yMpcPerH,zMpcPerH,radiusKpcPerH,scaleRadiusKpcPerH,concentration,parentId\n");
        for (var i = 0; i < halos.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{halos.Id[i]},{halos.MassMsunPerH[i]:R},{halos.XMpcPerH[i]:R},{halos.YMpcPerH[i]:R},{halos.ZMpcPerH[i]:R},{halos.RadiusKpcPerH[i]:R},{halos.ScaleRadiusKpcPerH[i]:R},{halos.Concentration[i]:R},{halos.ParentId[i]}\n");
        }

        var read = Read(text.ToString(), new() { BlockBytes = 10_000 }).Halos;

        read.Columns.ShouldBe(HaloColumns.All);
        read.Id.ToArray().ShouldBe(halos.Id.ToArray());
        read.MassMsunPerH.ToArray().ShouldBe(halos.MassMsunPerH.ToArray());
        read.XMpcPerH.ToArray().ShouldBe(halos.XMpcPerH.ToArray());
        read.YMpcPerH.ToArray().ShouldBe(halos.YMpcPerH.ToArray());
        read.ZMpcPerH.ToArray().ShouldBe(halos.ZMpcPerH.ToArray());
        read.RadiusKpcPerH.ToArray().ShouldBe(halos.RadiusKpcPerH.ToArray());
        read.ScaleRadiusKpcPerH.ToArray().ShouldBe(halos.ScaleRadiusKpcPerH.ToArray());
        read.Concentration.ToArray().ShouldBe(halos.Concentration.ToArray());
        read.ParentId.ToArray().ShouldBe(halos.ParentId.ToArray());
    }

    [Theory]
    [InlineData("mass [Msun/h],x [Mpc/h],y [Mpc/h],z [Mpc/h],rvir [Mpc/h],rs [kpc/h]")]
    [InlineData("halo_mvir,halo_x,halo_y,halo_z,rvir_mpc_h,rs_kpc_h")]
    [InlineData("\"mvir (Msun/h)\" , \"X\",Y, z ,radiusMpcPerH,scaleRadiusKpcPerH")]
    public void Usual_names_are_found_and_units_in_names_are_heeded(string header)
    {
        var halos = Read(header + "\n1.5e12,1,2,3,0.25,30\n").Halos;

        halos.MassMsunPerH[0].ShouldBe(1.5e12);
        (halos.XMpcPerH[0], halos.YMpcPerH[0], halos.ZMpcPerH[0]).ShouldBe((1, 2, 3));
        halos.RadiusKpcPerH[0].ShouldBe(250);
        halos.ScaleRadiusKpcPerH[0].ShouldBe(30);
    }

    [Fact]
    public void Coordinates_in_kiloparsec_are_converted()
    {
        var halos = Read("mass,x_kpc_h,y_kpc_h,z_kpc_h\n1e12,1500,2500,500\n").Halos;
        (halos.XMpcPerH[0], halos.YMpcPerH[0], halos.ZMpcPerH[0]).ShouldBe((1.5, 2.5, 0.5));
    }

    [Fact]
    public void A_radius_of_unknown_unit_is_not_taken_unless_asked_for()
    {
        const string Text = "mass,x,y,z,rvir\n1e12,1,2,3,200\n";
        Read(Text).Halos.Columns.ShouldBe(HaloColumns.Required);
        Read(Text, new() { Names = new() { RadiusKpcPerH = "RVIR" } }).Halos.RadiusKpcPerH[0].ShouldBe(200);
    }

    [Fact]
    public void Names_given_by_the_caller_go_before_the_usual_ones()
    {
        var halos = Read("mass,x,y,z,\"M, other\"\n1e12,1,2,3,\"5e12\"\n", new() { Names = new() { MassMsunPerH = "M, other" } }).Halos;
        halos.MassMsunPerH[0].ShouldBe(5e12);
    }

    [Fact]
    public void Quotes_blanks_comments_and_empty_lines_are_no_trouble()
    {
        var halos = Read("\uFEFF# made up\r\n\r\nname,mass,x,y,z\r\n\"a, \"\"b\"\"\", \"1e12\" , 1,2 ,3\r\n\r\nplain,2e12,4,5,6").Halos;
        halos.MassMsunPerH.ToArray().ShouldBe([1e12, 2e12]);
        halos.XMpcPerH.ToArray().ShouldBe([1, 4]);
        halos.ZMpcPerH.ToArray().ShouldBe([3, 6]);
    }

    [Theory]
    [InlineData("1e12,1,2", "line 3: the row has 3 columns; expected 4, as the header has")]
    [InlineData("1e12,1,2,3,4", "line 3: the row has 5 columns; expected 4")]
    [InlineData("1e12,1,2,3,", "line 3: the row has 5 columns; expected 4")]
    [InlineData("1e12,,2,3", "line 3, column 'x': '' is not a number as the x (Mpc/h); expected a finite coordinate in Mpc/h")]
    [InlineData("1e12,1,2,\"3", "line 3: a quoted value is not closed")]
    [InlineData("1e12,1,\"2\"x,3", "line 3: a quoted value is not closed before a comma")]
    [InlineData("nan,1,2,3", "line 3, column 'mass': 'nan' is not possible as the mass (Msun/h)")]
    [InlineData("-5,1,2,3", "line 3, column 'mass': '-5' is not possible")]
    [InlineData("0,1,2,3", "line 3, column 'mass': '0' is not possible")]
    [InlineData("heavy,1,2,3", "line 3, column 'mass': 'heavy' is not a number")]
    [InlineData("1e12,1,inf,3", "line 3, column 'y': 'inf' is not possible")]
    public void A_bad_row_is_reported(string row, string message)
    {
        var path = files.Write($"mass,x,y,z\n1e12,1,2,3\n{row}\n1e12,1,2,3\n");
        var error = Should.Throw<CatalogFormatException>(() => HaloCatalogReaders.Open(path, CatalogFormat.Csv).ReadAll());
        error.Message.ShouldStartWith($"{path}, ");
        error.Message.ShouldContain(message);
        error.Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("", "line 1: the file is empty; expected a header line")]
    [InlineData("# only a comment\n", "line 1: there is no header")]
    [InlineData("mass,x,y,z\n\n", "line 1: there is no halo behind the header")]
    [InlineData("# comment\nmass,x,y\n1,2,3\n", "line 2, column 'zmpcperh, zmpch, z, haloz, zkpcperh, zkpch': the column is missing: the z (Mpc/h) is required")]
    [InlineData("weight,x,y,z\n1,2,3,4\n", "expected it among the 4 columns of the header: weight, x, y, z")]
    [InlineData("mass,x,X,y,z\n1,2,3,4,5\n", "column 'x': the name occurs more than once")]
    [InlineData("mass,x,y,\"z\n1,2,3,4\n", "line 1: a quoted value is not closed")]
    public void A_header_that_will_not_do_is_reported_on_opening(string text, string message)
    {
        var path = files.Write(text);
        var error = Should.Throw<CatalogFormatException>(() => CsvReader.Open(CatalogSource.FromFile(path)));
        error.Message.ShouldStartWith(path);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void A_missing_file_is_the_base_librarys_exception()
        => Should.Throw<FileNotFoundException>(() => HaloCatalogReaders.Open(files.Missing(), CatalogFormat.Csv));

    private HaloCatalog Read(string text, HaloReaderOptions? options = null)
        => HaloCatalogReaders.Open(files.Write(text), CatalogFormat.Csv, options).ReadAll();
}
