namespace DiffCompile.Objectives.AdBench;

/// <summary>An input of <see cref="HandTracking"/>.</summary>
public sealed class HandInput
{
    private HandInput()
    {
    }

    /// <summary>The hand.</summary>
    public required HandModel Model { get; init; }

    /// <summary>Whether the points lie inside triangles.</summary>
    public required bool Complicated { get; init; }

    /// <summary>Vertex of each point; of the complicated form the three corners of its triangle, [point, 3].</summary>
    public required int[] Vertices { get; init; }

    /// <summary>Observed points, [point, 3].</summary>
    public required double[] Points { get; init; }

    /// <summary>Place of each point inside its triangle, [point, 2]; empty for the simple form.</summary>
    public required double[] Barycentric { get; init; }

    /// <summary>The pose, 26 numbers.</summary>
    public required double[] Pose { get; init; }

    /// <summary>Number of points.</summary>
    public int PointCount => Points.Length / 3;

    /// <summary>
    /// Reads ADBench's text: the numbers of points and pose parameters; a vertex (of the complicated form a triangle) and
    /// three coordinates for each point; of the complicated form two barycentric coordinates for each point; the pose.
    /// </summary>
    /// <exception cref="ObjectiveInputException">The file does not hold that.</exception>
    public static HandInput Read(string file, HandModel model, bool complicated)
    {
        using var reader = new NumberReader(file);
        int count = reader.Integer("the number of points", 1, 1 << 24);
        reader.Integer("the number of pose parameters", HandTracking.PoseSize, HandTracking.PoseSize);
        var vertices = new List<int>();
        var points = new List<double>();
        for (int p = 0; p < count; p++)
        {
            if (complicated)
            {
                int triangle = reader.Integer("the triangle of a point", 0, model.Triangles.Length / 3 - 1);
                vertices.AddRange(model.Triangles.AsSpan(3 * triangle, 3));
            }
            else
            {
                vertices.Add(reader.Integer("the vertex of a point", 0, model.Vertices - 1));
            }

            points.AddRange(reader.Reals(3, "the point"));
        }

        var input = new HandInput
        {
            Model = model,
            Complicated = complicated,
            Vertices = [.. vertices],
            Points = [.. points],
            Barycentric = complicated ? reader.Reals(2L * count, "the barycentric coordinates") : [],
            Pose = reader.Reals(HandTracking.PoseSize, "the pose"),
        };
        reader.End();
        return input;
    }
}
