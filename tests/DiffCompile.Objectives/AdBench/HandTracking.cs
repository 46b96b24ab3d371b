namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Hand tracking (Taylor et al. 2014; Šrajer, Kukelova and Fitzgibbon 2018, section 3.3): a skinned mesh posed by 26
/// parameters, and the differences between observed points and the mesh. Transforms are the upper 3 × 4 of affine
/// matrices, row by row.
/// </summary>
public static partial class HandTracking
{
    /// <summary>
    /// Number of pose parameters: rotation vector 3, translation 3, then for each of five fingers the bend and the spread
    /// of its first joint and the bends of the next two, in radians.
    /// </summary>
    public const int PoseSize = 26;

    /// <summary>Numbers of an affine transform.</summary>
    public const int TransformSize = 12;

    private const int Fingers = 5;
    private const int BonesPerFinger = 4;

    /// <summary>Differences of the observed points and the vertices that correspond to them.</summary>
    /// <param name="pose">The pose, <see cref="PoseSize"/> numbers.</param>
    /// <param name="parents">Parent of each bone, smaller than the bone's own number; −1 where there is none.</param>
    /// <param name="baseRelatives">Transform of each bone relative to its parent at rest, [bone, 3, 4].</param>
    /// <param name="inverseBaseAbsolutes">Transform of the resting mesh into each bone's frame, [bone, 3, 4].</param>
    /// <param name="basePositions">Vertices at rest, [vertex, 3].</param>
    /// <param name="influenceStart">Where the influences of each vertex begin, and behind the last vertex their number.</param>
    /// <param name="influenceBones">Bone of each influence.</param>
    /// <param name="influenceWeights">Weight of each influence.</param>
    /// <param name="vertices">Vertex of each point.</param>
    /// <param name="points">Observed points, [point, 3].</param>
    /// <param name="angles">Scratch of 3 per bone: Euler angles.</param>
    /// <param name="absolutes">Scratch of 12 per bone.</param>
    /// <param name="transforms">Scratch of 12 per bone.</param>
    /// <param name="residuals">Output, [point, 3].</param>
    [Differentiable]
    public static void Simple(
        ReadOnlySpan<double> pose,
        ReadOnlySpan<int> parents,
        [NoGradient] ReadOnlySpan<double> baseRelatives,
        [NoGradient] ReadOnlySpan<double> inverseBaseAbsolutes,
        [NoGradient] ReadOnlySpan<double> basePositions,
        ReadOnlySpan<int> influenceStart,
        ReadOnlySpan<int> influenceBones,
        [NoGradient] ReadOnlySpan<double> influenceWeights,
        ReadOnlySpan<int> vertices,
        [NoGradient] ReadOnlySpan<double> points,
        [Scratch] Span<double> angles,
        [Scratch] Span<double> absolutes,
        [Scratch] Span<double> transforms,
        Span<double> residuals)
    {
        Pose(pose, parents, baseRelatives, inverseBaseAbsolutes, angles, absolutes, transforms);
        Span<double> rotation = stackalloc double[9];
        RotationAbout(pose[0], pose[1], pose[2], rotation);
        for (int p = 0; p < vertices.Length; p++)
        {
            var (x, y, z) = Skin(vertices[p], basePositions, influenceStart, influenceBones, influenceWeights, transforms);
            for (int i = 0; i < 3; i++)
            {
                double turned = rotation[3 * i] * x + rotation[3 * i + 1] * y + rotation[3 * i + 2] * z;
                residuals[3 * p + i] = points[3 * p + i] - (turned + pose[3 + i]);
            }
        }
    }

    /// <summary>Differences of the observed points and points inside the triangles that correspond to them.</summary>
    /// <param name="barycentric">Place of each point inside its triangle, [point, 2]: weights of the first two corners.</param>
    /// <param name="pose">The pose, <see cref="PoseSize"/> numbers.</param>
    /// <param name="parents">Parent of each bone, smaller than the bone's own number; −1 where there is none.</param>
    /// <param name="baseRelatives">Transform of each bone relative to its parent at rest, [bone, 3, 4].</param>
    /// <param name="inverseBaseAbsolutes">Transform of the resting mesh into each bone's frame, [bone, 3, 4].</param>
    /// <param name="basePositions">Vertices at rest, [vertex, 3].</param>
    /// <param name="influenceStart">Where the influences of each vertex begin, and behind the last vertex their number.</param>
    /// <param name="influenceBones">Bone of each influence.</param>
    /// <param name="influenceWeights">Weight of each influence.</param>
    /// <param name="corners">Vertices of each point's triangle, [point, 3].</param>
    /// <param name="points">Observed points, [point, 3].</param>
    /// <param name="angles">Scratch of 3 per bone: Euler angles.</param>
    /// <param name="absolutes">Scratch of 12 per bone.</param>
    /// <param name="transforms">Scratch of 12 per bone.</param>
    /// <param name="residuals">Output, [point, 3].</param>
    [Differentiable]
    public static void Complicated(
        ReadOnlySpan<double> barycentric,
        ReadOnlySpan<double> pose,
        ReadOnlySpan<int> parents,
        [NoGradient] ReadOnlySpan<double> baseRelatives,
        [NoGradient] ReadOnlySpan<double> inverseBaseAbsolutes,
        [NoGradient] ReadOnlySpan<double> basePositions,
        ReadOnlySpan<int> influenceStart,
        ReadOnlySpan<int> influenceBones,
        [NoGradient] ReadOnlySpan<double> influenceWeights,
        ReadOnlySpan<int> corners,
        [NoGradient] ReadOnlySpan<double> points,
        [Scratch] Span<double> angles,
        [Scratch] Span<double> absolutes,
        [Scratch] Span<double> transforms,
        Span<double> residuals)
    {
        Pose(pose, parents, baseRelatives, inverseBaseAbsolutes, angles, absolutes, transforms);
        Span<double> rotation = stackalloc double[9];
        RotationAbout(pose[0], pose[1], pose[2], rotation);
        for (int p = 0; p < corners.Length / 3; p++)
        {
            double u = barycentric[2 * p];
            double v = barycentric[2 * p + 1];
            double w = 1.0 - u - v;
            var (ax, ay, az) = Skin(corners[3 * p], basePositions, influenceStart, influenceBones, influenceWeights, transforms);
            var (bx, by, bz) = Skin(corners[3 * p + 1], basePositions, influenceStart, influenceBones, influenceWeights, transforms);
            var (cx, cy, cz) = Skin(corners[3 * p + 2], basePositions, influenceStart, influenceBones, influenceWeights, transforms);
            double x = u * ax + v * bx + w * cx;
            double y = u * ay + v * by + w * cy;
            double z = u * az + v * bz + w * cz;
            for (int i = 0; i < 3; i++)
            {
                double turned = rotation[3 * i] * x + rotation[3 * i + 1] * y + rotation[3 * i + 2] * z;
                residuals[3 * p + i] = points[3 * p + i] - (turned + pose[3 + i]);
            }
        }
    }

    /// <summary>Place of a vertex of the posed hand before the hand as a whole is turned and moved.</summary>
    private static (double X, double Y, double Z) Skin(
        int vertex,
        ReadOnlySpan<double> basePositions,
        ReadOnlySpan<int> influenceStart,
        ReadOnlySpan<int> influenceBones,
        ReadOnlySpan<double> influenceWeights,
        ReadOnlySpan<double> transforms)
    {
        double bx = basePositions[3 * vertex];
        double by = basePositions[3 * vertex + 1];
        double bz = basePositions[3 * vertex + 2];
        double x = 0.0;
        double y = 0.0;
        double z = 0.0;
        for (int i = influenceStart[vertex]; i < influenceStart[vertex + 1]; i++)
        {
            int t = TransformSize * influenceBones[i];
            double weight = influenceWeights[i];
            x += weight * (transforms[t] * bx + transforms[t + 1] * by + transforms[t + 2] * bz + transforms[t + 3]);
            y += weight * (transforms[t + 4] * bx + transforms[t + 5] * by + transforms[t + 6] * bz + transforms[t + 7]);
            z += weight * (transforms[t + 8] * bx + transforms[t + 9] * by + transforms[t + 10] * bz + transforms[t + 11]);
        }

        return (x, y, z);
    }
}
