using System.Buffers.Binary;
using DiffCompile.Model.Catalogs;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

public sealed class PinocchioReaderTests : IDisposable
{
    private const string Box256 = "data/halos/pinocchio-256-z0.catalog.out";

    private readonly CatalogFiles files = new();

    public void Dispose() => files.Dispose();

    [SharedDataFact(Box256)]
    public void The_public_catalog_has_its_published_counts()
    {
        var reader = HaloCatalogReaders.Open(SharedData.PathOf(Box256), CatalogFormat.Pinocchio);
        var catalog = reader.ReadAll();

        reader.Metadata.HaloCount.ShouldBe(73_889);
        catalog.Count.ShouldBe(73_889);
        catalog.HostsOnly().Count.ShouldBe(73_889);
        var masses = catalog.Halos.MassMsunPerH.ToArray();
        masses.Min().ShouldBe(8.33e11, 0.005e11);
        masses.Max().ShouldBe(1.46e15, 0.005e15);
        masses.GroupBy(mass => (int)Math.Floor((Math.Log10(mass) - 11.5) / 0.5)).OrderBy(bin => bin.Key).Select(bin => bin.Count())
            .ShouldBe([14_205, 36_795, 15_212, 5_340, 1_812, 446, 74, 5]);
    }

    [SharedDataFact(Box256)]
    public void The_public_catalog_fills_an_assumed_box_of_256()
    {
        var catalog = HaloCatalogReaders.Open(SharedData.PathOf(Box256), CatalogFormat.Pinocchio).ReadAll();

        catalog.Metadata.Box.ShouldBeNull();
        catalog.Box.ShouldBe(new SimulationBox(256, BoxOrigin.Assumed));
        catalog.VolumeFilledFraction.ShouldBeInRange(0.9999, 1.0);

        // Read off a hexadecimal dump of the first halo: 2eb3f400, 7af30156, 8f6a7743 a33a3143 449b5542.
        catalog.Halos.Id[0].ShouldBe(0x00f4b32e);
        catalog.Halos.MassMsunPerH[0].ShouldBe(BitConverter.UInt32BitsToSingle(0x5601f37a));
        catalog.Halos.XMpcPerH[0].ShouldBe(BitConverter.UInt32BitsToSingle(0x43776a8f));
        catalog.Halos.YMpcPerH[0].ShouldBe(BitConverter.UInt32BitsToSingle(0x43313aa3));
        catalog.Halos.ZMpcPerH[0].ShouldBe(BitConverter.UInt32BitsToSingle(0x42559b44));
    }

    [Theory]
    [InlineData(56)]
    [InlineData(48)]
    public void What_is_written_is_read_back_over_blocks_and_batches(int haloBytes)
    {
        var reader = PinocchioReader.Open(Source(Catalog(10_000, haloBytes, blocks: 3, emptyBlock: 1)));
        var halos = HaloCatalog.FromBatches(reader.Metadata, reader.ReadBatches()).Halos;

        reader.ReadBatches().Count().ShouldBe(4);
        halos.Count.ShouldBe(20_000);
        halos.Id.ToArray().ShouldBe(Enumerable.Range(0, 20_000).Select(i => (long)i));
        for (var i = 0; i < halos.Count; i += 997)
        {
            halos.MassMsunPerH[i].ShouldBe((float)(1e12 + (1e9 * i)));
            (halos.XMpcPerH[i], halos.YMpcPerH[i], halos.ZMpcPerH[i]).ShouldBe((i % 100, (i % 100) + 0.25, (i % 100) + 0.5));
        }
    }

    [Fact]
    public void Wrong_byte_order_is_named()
    {
        var bytes = Catalog(2);
        for (var i = 0; i + 4 <= bytes.Length; i += 4)
        {
            bytes.AsSpan(i, 4).Reverse();
        }

        var error = OpenError(bytes);
        error.Message.ShouldContain("record 1, byte 0: wrong byte order");
        error.Message.ShouldContain("expected little-endian numbers");
        error.Record.ShouldBe(1);
        error.ByteOffset.ShouldBe(0);
    }

    [Fact]
    public void An_empty_file_is_named()
        => OpenError([]).Message.ShouldContain("record 1, byte 0: the file is empty; expected a record of 8 bytes (header");

    /// <summary>A cut anywhere: the record that it falls into and the end of the file are named.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(10, 1)]
    [InlineData(16, 2)]
    [InlineData(22, 2)]
    [InlineData(28, 3)]
    [InlineData(30, 3)]
    [InlineData(100, 3)]
    [InlineData(199, 3)]
    [InlineData(200, 3)]
    [InlineData(203, 3)]
    public void A_truncated_file_is_named_with_record_and_byte(int length, int record)
    {
        // 16 bytes of header, 12 of the count, then 4 + 3 × 56 + 4.
        var bytes = Catalog(3);
        bytes.Length.ShouldBe(204);
        var path = files.Write(bytes[..length]);

        var error = Should.Throw<CatalogFormatException>(() => HaloCatalogReaders.Open(path, CatalogFormat.Pinocchio).ReadAll());
        error.Message.ShouldStartWith($"{path}, record {record}, byte {length}: the file ends inside the record");
        error.Record.ShouldBe(record);
        error.ByteOffset.ShouldBe(length);

        // The same without a known length, as from a decompressing stream.
        error = Should.Throw<CatalogFormatException>(() =>
            PinocchioReader.Open(CatalogSource.FromStream("s", () => new ForwardOnlyStream(bytes[..length]))).ReadAll());
        error.Record.ShouldBe(record);
        error.ByteOffset.ShouldBe(length);
    }

    [Theory]
    [InlineData(12, 9, "record 1, byte 12: the trailing length of the record (header: number of blocks, bytes per halo) is 9; expected 8, as its leading length")]
    [InlineData(0, 7, "record 1, byte 0: the leading length of the record (header: number of blocks, bytes per halo) is 7; expected 8 bytes")]
    [InlineData(4, 0, "record 1, byte 4, column 'number of blocks': the header gives 0 blocks; expected at least one")]
    [InlineData(8, 64, "record 1, byte 8, column 'bytes per halo': the header gives 64 bytes per halo; expected 56, or 48 in the light form")]
    [InlineData(8, 1, "this is the older form with one record per halo")]
    [InlineData(20, -1, "record 2, byte 20, column 'number of halos': the number of halos is -1")]
    [InlineData(20, 4, "record 3, byte 28: the leading length of the record (4 halos of 56 bytes) is 168; expected 224 bytes")]
    [InlineData(28, 160, "record 3, byte 28: the leading length of the record (3 halos of 56 bytes) is 160; expected 168 bytes")]
    [InlineData(200, 160, "record 3, byte 200: the trailing length of the record (3 halos of 56 bytes) is 160; expected 168")]
    [InlineData(4, 2, "record 4, byte 204: the file ends inside the record (number of halos)")]
    public void A_changed_word_is_named(int at, int word, string message)
    {
        var bytes = Catalog(3);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), word);

        ReadError(bytes).Message.ShouldContain(message);
    }

    [Fact]
    public void Bytes_behind_the_last_record_are_named()
        => ReadError([.. Catalog(3), 0]).Message.ShouldContain("byte 204: there are bytes behind the last record; expected the end of the file");

    [Fact]
    public void A_catalog_without_halos_is_named()
        => ReadError(Catalog(3, emptyBlock: 0)).Message.ShouldContain("the catalog holds no halo; expected at least one");

    [Theory]
    [InlineData(8, float.NaN, "mass (Msun/h) = NaN; expected a finite mass above zero in Msun/h")]
    [InlineData(8, -1f, "mass (Msun/h) = -1; expected a finite mass above zero in Msun/h")]
    [InlineData(8, 0f, "mass (Msun/h) = 0; expected a finite mass above zero in Msun/h")]
    [InlineData(12, float.PositiveInfinity, "x (Mpc/h) = ∞")]
    [InlineData(20, 300f, "z (Mpc/h) = 300; expected a coordinate inside the box, 0 to 256 Mpc/h")]
    public void A_bad_value_is_named_with_its_halo_and_byte(int at, float value, string message)
    {
        const int SecondHalo = 32 + 56;
        var bytes = Catalog(3);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(SecondHalo + at), value);

        var error = ReadError(bytes, new() { BoxSizeMpcPerH = 256 });
        error.Record.ShouldBe(3);
        error.ByteOffset.ShouldBe(SecondHalo + at);
        error.Message.ShouldContain("halo 1 of the record, counted from 0, has ");
        error.Message.ShouldContain(message.Replace("∞", "Infinity", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_is_no_Pinocchio_catalog()
        => OpenError("#ID Mvir X Y Z\n"u8.ToArray()).Message.ShouldContain("record 1, byte 0: the leading length");

    [Fact]
    public void A_missing_file_is_the_base_librarys_exception()
        => Should.Throw<FileNotFoundException>(() => HaloCatalogReaders.Open(files.Missing(), CatalogFormat.Pinocchio));

    [Fact]
    public void Column_names_make_no_sense()
        => Should.Throw<ArgumentException>(() => PinocchioReader.Open(Source(Catalog(1)), new() { Names = new() { Id = "id" } }));

    internal static CatalogSource Source(byte[] bytes) => CatalogSource.FromStream("bytes", () => new MemoryStream(bytes));

    /// <summary>Writes the format as documented: halo i has mass 1e12 + 1e9 i and lies near (i, i + ¼, i + ½) modulo 100.</summary>
    internal static byte[] Catalog(int halosPerBlock, int haloBytes = 56, int blocks = 1, int emptyBlock = -1)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Record(() =>
        {
            writer.Write(blocks);
            writer.Write(haloBytes);
        });
        var next = 0;
        for (var block = 0; block < blocks; block++)
        {
            var halos = block == emptyBlock ? 0 : halosPerBlock;
            Record(() => writer.Write(halos));
            if (halos > 0)
            {
                Record(() =>
                {
                    for (var i = 0; i < halos; i++, next++)
                    {
                        var start = stream.Position;
                        writer.Write((ulong)next);
                        writer.Write((float)(1e12 + (1e9 * next)));
                        foreach (var offset in new[] { 0f, 0.25f, 0.5f })
                        {
                            writer.Write((next % 100) + offset);
                        }

                        while (stream.Position < start + haloBytes)
                        {
                            writer.Write(-1f);
                        }
                    }
                });
            }
        }

        return stream.ToArray();

        void Record(Action content)
        {
            var start = stream.Position;
            writer.Write(0);
            content();
            var length = (int)(stream.Position - start - 4);
            writer.Write(length);
            var end = stream.Position;
            stream.Position = start;
            writer.Write(length);
            stream.Position = end;
        }
    }

    private CatalogFormatException OpenError(byte[] bytes)
        => Should.Throw<CatalogFormatException>(() => HaloCatalogReaders.Open(files.Write(bytes), CatalogFormat.Pinocchio));

    private CatalogFormatException ReadError(byte[] bytes, HaloReaderOptions? options = null)
        => Should.Throw<CatalogFormatException>(() => HaloCatalogReaders.Open(files.Write(bytes), CatalogFormat.Pinocchio, options).ReadAll());

    private sealed class ForwardOnlyStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
