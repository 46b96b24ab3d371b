namespace DiffCompile.Objectives.AdBench;

/// <summary>An input of <see cref="BundleAdjustment"/>: cameras, points, and observations of a point by a camera.</summary>
public sealed class BundleAdjustmentInput
{
    private BundleAdjustmentInput()
    {
    }

    /// <summary>Cameras, [camera, 11].</summary>
    public required double[] Cameras { get; init; }

    /// <summary>Points, [point, 3].</summary>
    public required double[] Points { get; init; }

    /// <summary>Weights, [observation].</summary>
    public required double[] Weights { get; init; }

    /// <summary>Features, [observation, 2], pixels.</summary>
    public required double[] Features { get; init; }

    /// <summary>Camera of each observation.</summary>
    public required int[] CameraOf { get; init; }

    /// <summary>Point of each observation.</summary>
    public required int[] PointOf { get; init; }

    /// <summary>
    /// Reads ADBench's text: the numbers of cameras, points and observations, then one camera, one point, one weight and
    /// one feature. All cameras, points, weights and features are equal to these, and observation i is of point i by
    /// camera i, each modulo their number.
    /// </summary>
    /// <exception cref="ObjectiveInputException">The file does not hold that.</exception>
    public static BundleAdjustmentInput Read(string file)
    {
        using var reader = new NumberReader(file);
        int cameras = reader.Integer("the number of cameras", 1, 1 << 24);
        int points = reader.Integer("the number of points", 1, 1 << 26);
        int observations = reader.Integer("the number of observations", 1, 1 << 26);
        var input = new BundleAdjustmentInput
        {
            Cameras = Repeat(reader.Reals(BundleAdjustment.CameraSize, "the camera"), cameras),
            Points = Repeat(reader.Reals(3, "the point"), points),
            Weights = Repeat(reader.Reals(1, "the weight"), observations),
            Features = Repeat(reader.Reals(2, "the feature"), observations),
            CameraOf = new int[observations],
            PointOf = new int[observations],
        };
        reader.End();
        for (int i = 0; i < observations; i++)
        {
            input.CameraOf[i] = i % cameras;
            input.PointOf[i] = i % points;
        }

        return input;
    }

    private static double[] Repeat(double[] one, int count)
    {
        var all = new double[one.Length * count];
        for (int i = 0; i < count; i++)
        {
            one.CopyTo(all, i * one.Length);
        }

        return all;
    }
}
