using DiffCompile.Model.Catalogs;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

/// <summary>Each way in which a Rockstar catalog can be wrong, and the message that says so.</summary>
public sealed class RockstarReaderErrorTests : IDisposable
{
    private const string Header = "#ID DescID Mvir Rvir Rs X Y Z PID\n#Box size: 100.000000 Mpc/h\n";

    private readonly CatalogFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("nan", "Mvir", "'nan' is not possible as the mass (Msun/h); expected a finite mass above zero")]
    [InlineData("-NaN", "Mvir", "'-NaN' is not possible")]
    [InlineData("inf", "Mvir", "'inf' is not possible")]
    [InlineData("0.0", "Mvir", "'0.0' is not possible")]
    [InlineData("-1e12", "Mvir", "'-1e12' is not possible")]
    [InlineData("1e12x", "Mvir", "'1e12x' is not a number")]
    [InlineData("1,5e12", "Mvir", "'1,5e12' is not a number")]
    [InlineData("1e", "Mvir", "'1e' is not a number")]
    [InlineData(".", "Mvir", "'.' is not a number")]
    [InlineData("-200", "Rvir", "'-200' is not possible as the radius (kpc/h); expected a finite radius of zero or more in kpc/h")]
    [InlineData("NaN", "Rs", "'NaN' is not possible as the scale radius (kpc/h)")]
    [InlineData("-1", "X", "expected a coordinate inside the box, 0 to 100 Mpc/h")]
    [InlineData("100.5", "Y", "expected a coordinate inside the box, 0 to 100 Mpc/h")]
    [InlineData("nan", "Z", "'nan' is not possible as the z (Mpc/h)")]
    [InlineData("1.5", "PID", "'1.5' is not an integer as the parent id; expected a 64-bit integer")]
    [InlineData("99999999999999999999", "ID", "'99999999999999999999' is not an integer")]
    public void A_bad_value_is_reported_with_file_line_column_and_expectation(string value, string column, string message)
    {
        string[] names = ["ID", "DescID", "Mvir", "Rvir", "Rs", "X", "Y", "Z", "PID"];
        string[] row = ["1", "-1", "1e12", "200", "20", "1", "2", "3", "-1"];
        row[Array.IndexOf(names, column)] = value;
        var path = files.Write(Header + "1 -1 1e12 200 20 1 2 3 -1\n" + string.Join(' ', row) + "\n");

        var error = Should.Throw<CatalogFormatException>(() => HaloCatalogReaders.Open(path, CatalogFormat.Rockstar).ReadAll());

        error.Catalog.ShouldBe(path);
        error.Line.ShouldBe(4);
        error.Column.ShouldBe(column);
        error.Message.ShouldStartWith($"{path}, line 4, column '{column}': ");
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void A_coordinate_at_the_edge_may_be_out_by_rounding()
        => Read(Header + "1 -1 1e12 200 20 100.00001 0 -0.00001 -1\n").Count.ShouldBe(1);

    [Theory]
    [InlineData("1 -1 1e12 200 20 1 2 3\n", "line 3: the row has 8 columns; expected 9, as the header has")]
    [InlineData("1 -1 1e12 200 20 1 2 3 -1 0\n", "line 3: the row has 10 columns; expected 9")]
    public void A_row_with_another_number_of_columns_is_reported(string row, string message)
    {
        // In the second row of numbers; in the first it is the header that does not fit.
        Error(Header.Replace("#Box size: 100.000000 Mpc/h\n", "", StringComparison.Ordinal) + "1 -1 1e12 200 20 1 2 3 -1\n" + row)
            .Message.ShouldContain(message);
        Error(Header + row).Message.ShouldContain("the header names 9 columns, the first row has");
    }

    [Theory]
    [InlineData("", "line 1: the file is empty; expected a header line that starts with #")]
    [InlineData("1 2 3\n", "line 1: there is no header")]
    [InlineData("#ID Mvir X Y Z\n# nothing follows\n", "there is no halo behind the header; expected at least one row")]
    [InlineData("\n\n", "there is no header")]
    [InlineData("#ID Mvir X Y\n1 1e12 1 2\n", "line 1, column 'z': the column is missing: the z (Mpc/h) is required")]
    [InlineData("#ID M200b X Y Z\n1 1e12 1 2 3\n", "line 1, column 'mvir': the column is missing")]
    [InlineData("#ID Mvir mvir X Y Z\n1 1e12 1e12 1 2 3\n", "the name occurs more than once")]
    [InlineData("#ID Mvir X Y Z\n#Box size: 100 kpc/h\n1 1e12 1 2 3\n", "line 2: the header states a box size of 100 kpc/h; expected a finite number above zero in Mpc/h")]
    [InlineData("#ID Mvir X Y Z\n#Box size: -1 Mpc/h\n1 1e12 1 2 3\n", "line 2: the header states a box size of -1 Mpc/h")]
    [InlineData("#ID Mvir X Y Z\n#Units: Masses in Msun\n1 1e12 1 2 3\n", "line 2: the header states Masses in Msun; expected Msun/h")]
    [InlineData("#ID Mvir X Y Z\n#Units: Positions in kpc / h (comoving)\n1 1e12 1 2 3\n", "line 2: the header states Positions in kpc / h; expected Mpc/h")]
    public void A_header_that_will_not_do_is_reported_on_opening(string text, string message)
    {
        var path = files.Write(text);
        var error = Should.Throw<CatalogFormatException>(() => RockstarReader.Open(CatalogSource.FromFile(path)));
        error.Message.ShouldStartWith(path);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void A_column_asked_for_by_name_must_exist()
    {
        var path = files.Write("#ID Mvir X Y Z\n1 1e12 1 2 3\n");
        var error = Should.Throw<CatalogFormatException>(() => RockstarReader.Open(
            CatalogSource.FromFile(path), new() { Names = new() { RadiusKpcPerH = "R500c" } }));
        error.Column.ShouldBe("R500c");
        error.Message.ShouldContain("asked for as the radius (kpc/h)");
        error.Message.ShouldContain("ID, Mvir, X, Y, Z");
        Should.Throw<CatalogFormatException>(() => RockstarReader.Open(
            CatalogSource.FromFile(path), new() { Names = new() { XMpcPerH = "y" } })).Message.ShouldContain("taken both as the x (Mpc/h) and as the y (Mpc/h)");
    }

    [Fact]
    public void A_missing_file_is_the_base_librarys_exception()
        => Should.Throw<FileNotFoundException>(() => HaloCatalogReaders.Open(files.Missing(), CatalogFormat.Rockstar))
            .Message.ShouldContain("there-is-no-such-file.dat");

    [Fact]
    public void A_binary_file_is_no_text_catalog()
    {
        var source = CatalogSource.FromStream("noise", () => new RepeatedRowStream("#ID Mvir", "\0\0\0\0\0\0\0\0", 1L << 40));
        Should.Throw<CatalogFormatException>(() => RockstarReader.Open(source)).Message.ShouldContain("noise, line 1: the line goes on for more than");
    }

    private CatalogFormatException Error(string text) => Should.Throw<CatalogFormatException>(() => Read(text));

    private HaloCatalog Read(string text) => HaloCatalogReaders.Open(files.Write(text), CatalogFormat.Rockstar).ReadAll();
}
