namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Jacobian of <see cref="HandTracking"/> written by hand: one forward sweep that carries, for each bone, its transform and
/// the at most four derivatives of it that are not zero. A sine and a cosine per joint angle and for the whole hand.
/// </summary>
public sealed partial class HandTrackingByHand
{
    private const int Size = HandTracking.TransformSize;
    private const int Joints = 4;
    private readonly HandInput _input;
    private readonly HandModel _model;
    private readonly double[] _relatives;
    private readonly double[] _absolutes;
    private readonly double[] _transforms;

    // Turned with the whole hand: absolute transforms, their derivatives and those of the transforms, [bone, joint angle].
    private readonly double[] _turned;
    private readonly double[] _absoluteDots;
    private readonly double[] _transformDots;
    private readonly double[] _spread = new double[Size];
    private readonly double[] _rotation = new double[9];
    private readonly double[] _rotationDots = new double[27];

    /// <summary>Buffers for one input; its parameters may be changed between calls.</summary>
    public HandTrackingByHand(HandInput input)
    {
        _input = input;
        _model = input.Model;
        int numbers = _model.Bones * Size;
        _relatives = new double[numbers];
        _absolutes = new double[numbers];
        _transforms = new double[numbers];
        _turned = new double[numbers];
        _absoluteDots = new double[numbers * Joints];
        _transformDots = new double[numbers * Joints];
    }

    /// <summary>Columns of the Jacobian: the pose, of the complicated form after two for the point's own coordinates.</summary>
    public int Columns => _input.Complicated ? HandTracking.PoseSize + 2 : HandTracking.PoseSize;

    /// <summary>Residuals and Jacobian.</summary>
    /// <param name="residuals">Overwritten, [point, 3].</param>
    /// <param name="jacobian">Overwritten, [point, 3, <see cref="Columns"/>].</param>
    public void Jacobian(Span<double> residuals, Span<double> jacobian)
    {
        TurnHand();
        PoseBones();
        int columns = Columns;
        jacobian.Clear();
        for (int p = 0; p < _input.PointCount; p++)
        {
            Span<double> rows = jacobian.Slice(3 * p * columns, 3 * columns);
            (double x, double y, double z) = _input.Complicated ? Inside(p, rows, columns) : Vertex(_input.Vertices[p], 1.0, rows, columns, 0);
            for (int i = 0; i < 3; i++)
            {
                Span<double> row = rows.Slice(i * columns + columns - HandTracking.PoseSize, HandTracking.PoseSize);
                residuals[3 * p + i] = _input.Points[3 * p + i] - (Turn(i, x, y, z) + _input.Pose[3 + i]);
                for (int k = 0; k < 3; k++)
                {
                    int at = 9 * k + 3 * i;
                    row[k] = -(_rotationDots[at] * x + _rotationDots[at + 1] * y + _rotationDots[at + 2] * z);
                }

                row[3 + i] = -1.0;
            }
        }
    }

    private double Turn(int row, double x, double y, double z) =>
        _rotation[3 * row] * x + _rotation[3 * row + 1] * y + _rotation[3 * row + 2] * z;

    /// <summary>A point inside a triangle: mean of the corners, and the two columns of its own coordinates.</summary>
    private (double X, double Y, double Z) Inside(int p, Span<double> rows, int columns)
    {
        double u = _input.Barycentric[2 * p], v = _input.Barycentric[2 * p + 1], w = 1.0 - u - v;
        ReadOnlySpan<int> corners = _input.Vertices.AsSpan(3 * p, 3);
        (double ax, double ay, double az) = Vertex(corners[0], u, rows, columns, 2);
        (double bx, double by, double bz) = Vertex(corners[1], v, rows, columns, 2);
        (double cx, double cy, double cz) = Vertex(corners[2], w, rows, columns, 2);
        for (int i = 0; i < 3; i++)
        {
            rows[i * columns] = -Turn(i, ax - cx, ay - cy, az - cz);
            rows[i * columns + 1] = -Turn(i, bx - cx, by - cy, bz - cz);
        }

        return (u * ax + v * bx + w * cx, u * ay + v * by + w * cy, u * az + v * bz + w * cz);
    }

    /// <summary>Place of a vertex before the hand turns; adds its share to the columns of the joint angles.</summary>
    private (double X, double Y, double Z) Vertex(int vertex, double share, Span<double> rows, int columns, int first)
    {
        double bx = _model.BasePositions[3 * vertex], by = _model.BasePositions[3 * vertex + 1], bz = _model.BasePositions[3 * vertex + 2];
        double x = 0.0, y = 0.0, z = 0.0;
        int end = _model.InfluenceStart[vertex + 1];
        for (int i = _model.InfluenceStart[vertex]; i < end; i++)
        {
            int bone = _model.InfluenceBones[i];
            double weight = _model.InfluenceWeights[i];
            ReadOnlySpan<double> t = _transforms.AsSpan(bone * Size, Size);
            double wx = weight * bx, wy = weight * by, wz = weight * bz;
            x += t[0] * wx + t[1] * wy + t[2] * wz + t[3] * weight;
            y += t[4] * wx + t[5] * wy + t[6] * wz + t[7] * weight;
            z += t[8] * wx + t[9] * wy + t[10] * wz + t[11] * weight;

            (int column, int angles) = AnglesOf(bone);
            wx *= share;
            wy *= share;
            wz *= share;
            weight *= share;
            for (int k = 0; k < angles; k++)
            {
                ReadOnlySpan<double> dot = _transformDots.AsSpan((bone * Joints + k) * Size, Size);
                int at = first + column + k;
                rows[at] -= dot[0] * wx + dot[1] * wy + dot[2] * wz + dot[3] * weight;
                rows[columns + at] -= dot[4] * wx + dot[5] * wy + dot[6] * wz + dot[7] * weight;
                rows[2 * columns + at] -= dot[8] * wx + dot[9] * wy + dot[10] * wz + dot[11] * weight;
            }
        }

        return (x, y, z);
    }

    /// <summary>First pose parameter and number of the joint angles that move a bone.</summary>
    private static (int Column, int Count) AnglesOf(int bone)
    {
        // Bone 0 is the wrist, then four bones for each of five fingers, of which the first does not turn, then the forearm.
        int finger = (bone - 1) >> 2, joint = (bone - 1) & 3;
        return bone is >= 1 and <= 20 && joint > 0 ? (6 + 4 * finger, joint + 1) : (0, 0);
    }
}
