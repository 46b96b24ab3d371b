using DiffCompile.Model.Catalogs;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.Catalogs;

/// <summary>Measured memory is that of the whole process, so that nothing else may run beside it.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Catalogs larger than the memory a reader may use, progress and cancellation.</summary>
[Collection("Alone")]
public sealed class StreamingTests
{
    private const string Header = "#ID Mvir X Y Z PID\n#Box size: 100 Mpc/h\n";
    private const string Row = "1 1.5e12 10.25 20.5 30.75 -1\n";

    private static CatalogSource Endless(long rows)
        => CatalogSource.FromStream("made while it is read", () => new RepeatedRowStream(Header, Row, rows));

    /// <summary>64 MiB of text with blocks of 64 KiB: what is alive at any time stays far below the catalog.</summary>
    [Fact]
    public void Memory_does_not_grow_with_the_catalog()
    {
        const long Rows = (64L << 20) / 29;
        var reader = RockstarReader.Open(Endless(Rows), new() { BlockBytes = 1 << 16, Parallelism = 2 });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var halos = 0L;
        var batches = 0;
        var most = 0L;
        foreach (var batch in reader.ReadBatches())
        {
            halos += batch.Count;
            batch.MassMsunPerH.IndexOfAnyExcept(1.5e12).ShouldBe(-1);
            batch.ZMpcPerH.IndexOfAnyExcept(30.75).ShouldBe(-1);
            if (++batches % 100 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        halos.ShouldBe(Rows);
        batches.ShouldBeGreaterThan(900);
        most.ShouldBeLessThan(4L << 20);
    }

    [Fact]
    public void Progress_counts_halos_and_work_up_to_the_end()
    {
        var log = new ProgressLog();
        var reader = RockstarReader.Open(Endless(10_000), new() { BlockBytes = 1 << 14 });

        reader.ReadBatches(log).Sum(batch => batch.Count).ShouldBe(10_000);

        log.Reports.Count.ShouldBeGreaterThan(10);
        log.Reports.Select(report => report.HalosRead).ShouldBe(log.Reports.Select(report => report.HalosRead).Order());
        log.Reports[^1].ShouldBe(new CatalogProgress(10_000, Header.Length + (10_000L * Row.Length), null));
        log.Reports[^1].Fraction.ShouldBeNull();
    }

    [Fact]
    public void Progress_of_a_file_ends_at_one()
    {
        using var files = new CatalogFiles();
        var log = new ProgressLog();
        var path = files.Write(Header + string.Concat(Enumerable.Repeat(Row, 1000)));

        HaloCatalogReaders.Open(path, CatalogFormat.Rockstar, new() { BlockBytes = 4096 }).ReadAll(log).Count.ShouldBe(1000);

        log.Reports[0].Fraction!.Value.ShouldBeInRange(0.05, 0.5);
        log.Reports[^1].Fraction.ShouldBe(1.0);
    }

    [Fact]
    public void Reading_can_be_cancelled_on_the_way()
    {
        using var cancellation = new CancellationTokenSource();
        var reader = RockstarReader.Open(Endless(long.MaxValue / 64), new() { BlockBytes = 1 << 14 });
        var batches = 0;

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (var batch in reader.ReadBatches(cancellationToken: cancellation.Token))
            {
                if (++batches == 5)
                {
                    cancellation.Cancel();
                }
            }
        });
        batches.ShouldBe(5);
    }

    [Fact]
    public void A_cancelled_token_reads_nothing_in_any_format()
    {
        var cancelled = new CancellationToken(canceled: true);
        IHaloCatalogReader[] readers =
        [
            RockstarReader.Open(Endless(10)),
            CsvReader.Open(CatalogSource.FromStream("csv", () => new RepeatedRowStream("mass,x,y,z\n", "1e12,1,2,3\n", 10))),
            PinocchioReader.Open(PinocchioReaderTests.Source(PinocchioReaderTests.Catalog(3))),
            new SyntheticCatalog(new() { HaloCount = 10 }),
        ];
        foreach (var reader in readers)
        {
            Should.Throw<OperationCanceledException>(() => reader.ReadAll(cancellationToken: cancelled));
        }
    }

    [Fact]
    public void A_reader_can_be_left_early_and_read_again()
    {
        var reader = RockstarReader.Open(Endless(100_000), new() { BlockBytes = 1 << 12 });

        reader.ReadBatches().First().Count.ShouldBeInRange(1, 1 << 12);
        reader.ReadBatches().Sum(batch => batch.Count).ShouldBe(100_000);
    }

    [Fact]
    public void Halos_before_a_bad_line_are_handed_out_and_the_line_is_named()
    {
        var text = Header + string.Concat(Enumerable.Repeat(Row, 5000)) + Row.Replace("1.5e12", "-1.5e12", StringComparison.Ordinal) + Row;
        var source = CatalogSource.FromStream("text", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));
        foreach (var parallelism in new[] { 1, 2, 5 })
        {
            var reader = RockstarReader.Open(source, new() { BlockBytes = 1024, Parallelism = parallelism });
            var halos = 0;
            var error = Should.Throw<CatalogFormatException>(() =>
            {
                foreach (var batch in reader.ReadBatches())
                {
                    halos += batch.Count;
                }
            });
            error.Line.ShouldBe(5003);
            halos.ShouldBeInRange(4950, 5000);
        }
    }

    [Fact]
    public void A_line_longer_than_a_block_is_read()
    {
        var row = "1 1.5e12" + new string(' ', 5000) + "10.25 20.5 30.75 -1\n";
        var reader = RockstarReader.Open(
            CatalogSource.FromStream("long lines", () => new RepeatedRowStream(Header, row, 20)), new() { BlockBytes = 64 });

        reader.ReadBatches().Sum(batch => batch.Count).ShouldBe(20);
    }
}
