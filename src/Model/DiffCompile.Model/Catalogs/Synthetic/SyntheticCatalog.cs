using System.Globalization;
using System.Numerics;
using DiffCompile.Sampling;

namespace DiffCompile.Model.Catalogs;

/// <summary>
/// A catalog of host halos made up from the host counts of Bolshoi-Planck (<see cref="BolshoiPlanckHosts"/>): masses drawn
/// inside the mass bins, virial radii by <see cref="HaloStructure.VirialRadiusKpcPerH"/>, concentrations log-normal about
/// <see cref="HaloStructure.MedianConcentration"/>, positions as <see cref="SyntheticPositions"/> says, in a periodic box of
/// 250 Mpc/h. It has every column; halos of all masses are mixed in its order.
/// </summary>
/// <remarks>
/// Every number is a function of the seed and of the halo's number only (<see cref="Philox"/>), so that the same options
/// give the same bits for any number of threads. Across machines, bits may differ where their exp and log do.
/// </remarks>
public sealed class SyntheticCatalog : IHaloCatalogReader
{
    private const int HalosPerBatch = 16384;
    private const int HalosPerSlice = 1024;

    private readonly SyntheticCatalogOptions options;
    private readonly int[] firstOfBin;
    private readonly long stride;

    /// <summary>Prepares the catalog; halos are made while it is read.</summary>
    public SyntheticCatalog(SyntheticCatalogOptions? options = null)
    {
        this.options = options ??= new SyntheticCatalogOptions();
        var shares = BolshoiPlanckHosts.Apportion(options.HaloCount);
        firstOfBin = new int[shares.Length];
        for (var bin = 1; bin < shares.Length; bin++)
        {
            firstOfBin[bin] = firstOfBin[bin - 1] + shares[bin - 1];
        }

        stride = MixingStride(options.HaloCount);
        Metadata = new HaloCatalogMetadata
        {
            Catalog = string.Create(CultureInfo.InvariantCulture, $"synthetic catalog, seed {options.Seed}"),
            Format = "synthetic",
            Columns = HaloColumns.All,
            Box = new SimulationBox(BolshoiPlanckHosts.BoxSizeMpcPerH, BoxOrigin.StatedByCatalog),
            ScaleFactor = 1.0,
            OmegaMatter = BolshoiPlanckHosts.OmegaMatter,
            OmegaLambda = 1.0 - BolshoiPlanckHosts.OmegaMatter,
            HubbleParameter = BolshoiPlanckHosts.HubbleParameter,
            HaloCount = options.HaloCount,
            Notes = [$"Made up from the host counts of Bolshoi-Planck, with {(options.Positions == SyntheticPositions.Uniform ? "uniform" : "clustered")} positions."],
        };
    }

    /// <summary>The draws of one halo; each is a counter block of its own.</summary>
    private enum Draw : ulong
    {
        MassAndX,
        YAndZ,
        ConcentrationAndThirdOffset,
        Membership,
        FirstTwoOffsets,
        CentreXAndY,
        CentreZ,
    }

    /// <inheritdoc/>
    public HaloCatalogMetadata Metadata { get; }

    /// <inheritdoc/>
    public IEnumerable<HaloBatch> ReadBatches(
        IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        for (var first = 0L; first < options.HaloCount; first += HalosPerBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = Make((int)first, (int)Math.Min(HalosPerBatch, options.HaloCount - first));
            var done = first + batch.Count;
            progress?.Report(new CatalogProgress(done, done, options.HaloCount));
            yield return batch;
        }
    }

    private HaloBatch Make(int first, int count)
    {
        var reals = new double[]?[HaloFields.RealCount];
        for (var field = 0; field < reals.Length; field++)
        {
            reals[field] = new double[count];
        }

        var ids = new long[count];
        var parentIds = new long[count];
        Array.Fill(parentIds, HaloSelection.HostParentId);
        var slices = (count + HalosPerSlice - 1) / HalosPerSlice;
        Parallel.For(0, slices, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism }, slice =>
        {
            var end = Math.Min(count, (slice + 1) * HalosPerSlice);
            for (var row = slice * HalosPerSlice; row < end; row++)
            {
                ids[row] = first + row;
                MakeHalo((ulong)((first + row) * stride % options.HaloCount), row, reals);
            }
        });
        return new HaloBatch(count, reals, ids, parentIds);
    }

    /// <summary>Makes one halo.</summary>
    /// <param name="halo">Its number in order of mass bins.</param>
    /// <param name="row">Its row in the batch.</param>
    /// <param name="reals">The columns of the batch.</param>
    private void MakeHalo(ulong halo, int row, double[]?[] reals)
    {
        var massAndX = Block(halo, Draw.MassAndX);
        var (scatter, thirdOffset) = Block(halo, Draw.ConcentrationAndThirdOffset).Normals();

        var mass = BolshoiPlanckHosts.MassMsunPerH(BinOf((int)halo), massAndX.Uniform0);
        var radius = HaloStructure.VirialRadiusKpcPerH(mass, BolshoiPlanckHosts.OmegaMatter);
        var concentration = HaloStructure.MedianConcentration(mass) * Math.Pow(10.0, options.ConcentrationScatterDex * scatter);
        var position = options.Positions == SyntheticPositions.Uniform
            ? UniformPosition(massAndX.Uniform1, Block(halo, Draw.YAndZ))
            : ClusteredPosition(halo, thirdOffset);

        reals[(int)HaloField.Mass]![row] = mass;
        reals[(int)HaloField.X]![row] = position.X;
        reals[(int)HaloField.Y]![row] = position.Y;
        reals[(int)HaloField.Z]![row] = position.Z;
        reals[(int)HaloField.Radius]![row] = radius;
        reals[(int)HaloField.ScaleRadius]![row] = radius / concentration;
        reals[(int)HaloField.Concentration]![row] = concentration;
    }

    private static (double X, double Y, double Z) UniformPosition(double x, PhiloxBlock yAndZ)
    {
        const double L = BolshoiPlanckHosts.BoxSizeMpcPerH;
        return (L * x, L * yAndZ.Uniform0, L * yAndZ.Uniform1);
    }

    private (double X, double Y, double Z) ClusteredPosition(ulong halo, double thirdOffset)
    {
        const double L = BolshoiPlanckHosts.BoxSizeMpcPerH;
        var cluster = (ulong)(Block(halo, Draw.Membership).Uniform0 * options.ClusterCount);
        var centreXAndY = Block(cluster, Draw.CentreXAndY);
        var centreZ = Block(cluster, Draw.CentreZ);
        var (firstOffset, secondOffset) = Block(halo, Draw.FirstTwoOffsets).Normals();
        var spread = options.ClusterSpreadMpcPerH;
        return (
            Wrap((L * centreXAndY.Uniform0) + (spread * firstOffset)),
            Wrap((L * centreXAndY.Uniform1) + (spread * secondOffset)),
            Wrap((L * centreZ.Uniform0) + (spread * thirdOffset)));
    }

    /// <summary>Brings a coordinate into [0, L).</summary>
    private static double Wrap(double x)
    {
        const double L = BolshoiPlanckHosts.BoxSizeMpcPerH;
        var wrapped = x - (L * Math.Floor(x / L));
        return wrapped < L ? wrapped : 0.0;
    }

    private PhiloxBlock Block(ulong element, Draw draw) => Philox.Block(options.Seed, element, (ulong)draw);

    /// <summary>The bin of a halo numbered in order of bins; empty bins are stepped over.</summary>
    private int BinOf(int halo)
    {
        var bin = firstOfBin.Length - 1;
        while (firstOfBin[bin] > halo)
        {
            bin--;
        }

        return bin;
    }

    /// <summary>
    /// A step near the golden section of the count and without a common factor with it: stepping by it visits every halo
    /// once, and neighbours in the catalog differ in mass as in a real one.
    /// </summary>
    private static long MixingStride(int count)
    {
        var stride = Math.Max(1L, (long)(0.6180339887498949 * count));
        while (BigInteger.GreatestCommonDivisor(stride, count) != 1)
        {
            stride++;
        }

        return stride;
    }
}
